"""Fetching from a real IMAP server: everything once, whatever happens in between."""

from dataclasses import replace
from datetime import timedelta
from imaplib import IMAP4
from threading import Event, Thread, Timer
from time import monotonic
from typing import Any

import pytest
from django.db import connection
from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

from amends.correspondence import arrivals
from amends.correspondence.arrivals.keeping import raw_of
from amends.correspondence.mailroom import fetching, handing_over, imap, standing
from amends.correspondence.mailroom.faults import NoEncryption, NotKept, in_words
from amends.correspondence.mailroom.fetching import Fetching
from amends.correspondence.mailroom.imap import NotGiven, OpenMailbox
from amends.correspondence.mailroom.sources import Mailbox
from amends.correspondence.models import Arrival, MailSource
from amends.kit.clock import now
from tests.correspondence.mailroom.servers import ImapServer, free_port, message

pytestmark = pytest.mark.django_db


def look(mailbox: Mailbox, work: Fetching | None = None) -> Fetching:
    """One connection and one look, as after a start (or by a process that goes on)."""
    work = work or Fetching(mailbox, Event())
    with OpenMailbox(mailbox) as box:
        work.progress.meet(box, now())
        work.look(box)
    return work


def put(server: ImapServer, mailbox: Mailbox, *numbers: int, read: bool = False) -> None:
    for number in numbers:
        server.put(message(number), f'"{mailbox.folder}"', read=read)


def arrived() -> list[bytes]:
    return [raw_of(arrival) for arrival in Arrival.objects.order_by("pk")]


def read_there(server: ImapServer, mailbox: Mailbox) -> list[bool]:
    return server.read(f'"{mailbox.folder}"')


def test_at_first_what_nobody_has_read_and_then_everything_new(server: ImapServer, mailbox: Mailbox) -> None:
    put(server, mailbox, 1, read=True)
    put(server, mailbox, 2)
    look(mailbox)
    assert arrived() == [message(2)]
    put(server, mailbox, 3, read=True)  # opened in another program before we came
    put(server, mailbox, 4)
    look(mailbox)
    assert arrived() == [message(2), message(3), message(4)]
    assert read_there(server, mailbox) == [True, True, True, True]
    assert {arrival.source for arrival in Arrival.objects.all()} == {"imap"}
    look(mailbox)
    assert Arrival.objects.count() == 3


def test_only_what_is_new(server: ImapServer, mailbox: Mailbox) -> None:
    put(server, mailbox, 1)
    only_new = replace(mailbox, only_new=True)
    look(only_new)
    put(server, mailbox, 2)
    look(only_new)
    assert arrived() == [message(2)]
    assert read_there(server, mailbox) == [False, True]


def test_the_row_says_how_far_and_that_it_works(server: ImapServer, mailbox: Mailbox) -> None:
    MailSource.objects.create(name=mailbox.name, failing_since=now(), error="Nobody answers there.")
    put(server, mailbox, 1, 2)
    before = now()
    with OpenMailbox(mailbox) as box:
        validity, last = box.uid_validity, max(box.unread())
    look(mailbox)
    row = MailSource.objects.get()
    assert (row.uid_validity, row.last_uid) == (validity, last)
    assert (row.failing_since, row.error) == (None, "")
    assert row.checked_at is not None
    assert row.checked_at >= before


def test_the_server_numbers_its_messages_anew(server: ImapServer, mailbox: Mailbox) -> None:
    put(server, mailbox, 1)
    look(mailbox)
    MailSource.objects.update(uid_validity=7, last_uid=99_999)
    put(server, mailbox, 2, read=True)
    put(server, mailbox, 3)
    look(mailbox)
    assert arrived() == [message(1), message(2), message(3)]
    assert MailSource.objects.get().uid_validity != 7


def test_not_known_as_new_until_all_of_it_is_taken(
    server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(mailbox)
    MailSource.objects.update(uid_validity=7)
    put(server, mailbox, 1, 2, read=True)
    fails(monkeypatch, OSError("No space left on device"), at=2)
    with pytest.raises(NotKept):
        look(mailbox)
    assert MailSource.objects.get().uid_validity == 7
    monkeypatch.undo()
    look(mailbox)
    assert arrived() == [message(1), message(2)]


def fails(monkeypatch: pytest.MonkeyPatch, fault: Exception, at: int = 1) -> None:
    """The ``at``-th message, and those after it, cannot be kept."""
    kept: list[bytes] = []

    def arrive(raw: bytes, **how: Any) -> Arrival:
        kept.append(raw)
        if len(kept) >= at:
            raise fault
        return arrivals.arrive(raw, **how)

    monkeypatch.setattr(handing_over, "arrive", arrive)


def test_what_cannot_be_kept_stays_unread(
    server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(server, mailbox, 1)
    fails(monkeypatch, OSError("No space left on device"))
    with pytest.raises(NotKept) as fault:
        look(mailbox)
    assert in_words(fault.value) == "The mail could not be kept: No space left on device"
    assert read_there(server, mailbox) == [False]
    assert not Arrival.objects.exists()
    monkeypatch.undo()
    look(mailbox)
    assert arrived() == [message(1)]


def test_a_fault_in_reading_it_stops_nothing(
    server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_in(arrival: Arrival, **how: Any) -> Arrival:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(handing_over, "take_in", take_in)
    put(server, mailbox, 1, 2)
    look(mailbox)
    assert arrived() == [message(1), message(2)]
    assert {arrival.state for arrival in Arrival.objects.all()} == {Arrival.State.WAITING}


def test_one_that_brings_us_into_trouble_keeps_up_nobody(
    server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def arrive(raw: bytes, **how: Any) -> Arrival:
        if raw == message(1):
            raise ValueError("a fault of ours")
        return arrivals.arrive(raw, **how)

    monkeypatch.setattr(handing_over, "arrive", arrive)
    put(server, mailbox, 1, 2)
    look(mailbox)
    assert arrived() == [message(2)]
    assert MailSource.objects.get().error.endswith(" could not be taken: a fault of ours")
    assert read_there(server, mailbox) == [False, True]


@pytest.mark.parametrize("fault", [NotGiven("[SERVERBUG] cannot read it"), IMAP4.abort("EOF")])
def test_one_that_the_server_withholds_keeps_up_nobody(
    server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    look(mailbox)
    put(server, mailbox, 1, 2, 3)
    give = OpenMailbox.bytes_of

    def give_all_but_the_first(box: OpenMailbox, uid: int, at_most: int) -> bytes:
        raw = give(box, uid, at_most)
        if raw == message(1):
            raise fault
        return raw

    monkeypatch.setattr(OpenMailbox, "bytes_of", give_all_but_the_first)
    work = Fetching(mailbox, Event())
    if isinstance(fault, IMAP4.abort):
        with pytest.raises(IMAP4.abort):
            look(mailbox, work)
        with pytest.raises(IMAP4.abort):  # at once again, but after the others
            look(mailbox, work)
    look(mailbox, work)
    assert arrived() == [message(2), message(3)]
    row = MailSource.objects.get()
    assert row.failing_since is not None
    assert row.error.endswith(f" could not be taken: {fault}")
    monkeypatch.undo()
    look(mailbox)  # another process asks for it at once
    assert arrived() == [message(2), message(3), message(1)]
    assert MailSource.objects.get().failing_since is None


def test_one_that_somebody_took_away_meanwhile(
    server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(server, mailbox, 1, 2)
    work, wanted = Fetching(mailbox, Event()), []

    def gone_in_between(box: OpenMailbox) -> list[int]:
        wanted.extend(type(work.progress).wanted(work.progress, box))
        with server.client(f'"{mailbox.folder}"') as other:
            other.store("1", "+FLAGS", r"(\Deleted)")
            other.expunge()
        return wanted

    monkeypatch.setattr(work.progress, "wanted", gone_in_between)
    look(mailbox, work)
    assert len(wanted) == 2
    assert arrived() == [message(2)]
    assert MailSource.objects.get().failing_since is None


def test_a_huge_one_is_taken_in_part_and_stays(
    server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 100)
    put(server, mailbox, 1)
    look(replace(mailbox, delete=True))
    assert arrived() == [message(1)[:101]]
    assert read_there(server, mailbox) == [True]


def test_moved_to_a_folder_that_is_made_for_it(server: ImapServer, mailbox: Mailbox) -> None:
    put(server, mailbox, 1, 2)
    target = f"Taken {mailbox.folder}"
    look(replace(mailbox, move=target))
    assert arrived() == [message(1), message(2)]
    assert read_there(server, mailbox) == []
    assert server.read(f'"{target}"') == [True, True]


def test_deleted_without_touching_what_others_marked(server: ImapServer, mailbox: Mailbox) -> None:
    put(server, mailbox, 1, 2)
    with server.client(f'"{mailbox.folder}"') as other:
        other.store("1", "+FLAGS", r"(\Deleted)")
    look(replace(mailbox, delete=True))
    assert arrived() == [message(2)]
    assert len(read_there(server, mailbox)) == 1


def test_news_end_the_wait(server: ImapServer, mailbox: Mailbox) -> None:
    with OpenMailbox(mailbox) as box:
        assert "IDLE" in box.capabilities
        Timer(0.3, put, (server, mailbox, 1)).start()
        begun = monotonic()
        box.wait(10, Event())
        assert 0.2 < monotonic() - begun < 3
        assert len(box.unread()) == 1


def test_the_end_ends_the_wait(mailbox: Mailbox) -> None:
    stop = Event()
    work = Thread(target=_only_wait, args=(mailbox, stop))
    work.start()
    Timer(0.3, stop.set).start()
    work.join(3)
    assert not work.is_alive()


def _only_wait(mailbox: Mailbox, stop: Event) -> None:
    with OpenMailbox(mailbox) as box:
        box.wait(30, stop)


def test_what_is_wrong_is_said_in_words(mailbox: Mailbox) -> None:
    with pytest.raises(MailboxLoginError) as refused:
        OpenMailbox(replace(mailbox, password="wrong"))
    assert in_words(refused.value).startswith("The server does not take name or password: ")
    with pytest.raises(MailboxFolderSelectError) as missing:
        OpenMailbox(replace(mailbox, folder="Nowhere"))
    assert in_words(missing.value).startswith("The folder cannot be opened: ")
    with pytest.raises(ConnectionRefusedError) as away:
        OpenMailbox(replace(mailbox, port=free_port()))
    assert in_words(away.value) == "Nobody answers there."


def test_since_when_is_kept_from_the_first_failure(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Event()
    work = Fetching(replace(mailbox, port=free_port()), stop)
    pauses: list[float] = []

    def wait(seconds: float) -> bool:
        pauses.append(seconds)
        if len(pauses) == 9:
            stop.set()
        return stop.is_set()

    monkeypatch.setattr(stop, "wait", wait)
    monkeypatch.setattr(fetching, "close_old_connections", lambda: None)  # the test's own transaction
    monkeypatch.setattr(connection, "close", lambda: None)
    long_ago = now() - timedelta(hours=1)
    MailSource.objects.create(name=mailbox.name, failing_since=long_ago)
    work.run()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    row = MailSource.objects.get()
    assert (row.failing_since, row.error) == (long_ago, "Nobody answers there.")


def test_who_is_not_let_in_does_not_knock_again_at_once(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Event()
    pauses: list[float] = []

    def wait(seconds: float) -> bool:
        pauses.append(seconds)
        stop.set()
        return True

    monkeypatch.setattr(stop, "wait", wait)
    monkeypatch.setattr(fetching, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    Fetching(replace(mailbox, password="wrong"), stop).run()
    assert pauses == [60]
    assert MailSource.objects.get().error.startswith("The server does not take name or password: ")


def test_no_password_goes_over_the_network_as_it_is(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "is_loopback", lambda host: False)
    with pytest.raises(NoEncryption) as unsafe:
        OpenMailbox(mailbox)
    assert in_words(unsafe.value).startswith("The server offers no encryption.")
    with OpenMailbox(replace(mailbox, insecure=True)) as box:
        assert box.unread() == []


def test_a_connection_that_ends_after_a_look_is_nothing_to_tell(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Event()
    work = Fetching(mailbox, stop)
    told: list[str] = []
    pauses: list[float] = []

    def hang_up(box: OpenMailbox, seconds: float, stop: Event) -> None:
        told.append(MailSource.objects.get().error)
        raise IMAP4.abort("BYE Idle for too long")

    def wait(seconds: float) -> bool:
        told.append(MailSource.objects.get().error)
        pauses.append(seconds)
        if len(pauses) == 3:
            stop.set()
        return stop.is_set()

    monkeypatch.setattr(OpenMailbox, "wait", hang_up)
    monkeypatch.setattr(stop, "wait", wait)
    monkeypatch.setattr(fetching, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    work.run()
    # The first time it is opened again at once; a server that always does so is not run down.
    broke = "The connection broke off: BYE Idle for too long"
    assert told == ["", "", broke, "", broke, "", broke]
    assert pauses == [2, 4, 8]


def test_a_server_that_announces_nothing_is_asked(server: ImapServer, mailbox: Mailbox) -> None:
    with OpenMailbox(mailbox) as box:
        vars(box)["capabilities"] = frozenset({"IMAP4REV1"})
        put(server, mailbox, 1)
        begun = monotonic()
        box.wait(0.3, Event())
        assert 0.3 <= monotonic() - begun < 2
        assert len(box.unread()) == 1


def test_of_sources_that_are_gone_nothing_is_expected() -> None:
    MailSource.objects.create(name="a", checked_at=now(), uid_validity=7, last_uid=9)
    MailSource.objects.create(name="b", checked_at=now(), failing_since=now(), error="Nobody answers there.")
    standing.only({"a"})
    assert MailSource.objects.get(name="a").checked_at is not None
    gone = MailSource.objects.get(name="b")
    assert (gone.checked_at, gone.failing_since, gone.error) == (None, None, "")
    standing.only(())
    assert MailSource.objects.get(name="a").last_uid == 9
