"""A message is kept before it is read, and taken in once whoever tries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections

from amends.cases import documents
from amends.cases.models import Complaint
from amends.correspondence.arrivals import (
    arrive,
    following,
    putting,
    reading,
    take_in,
    take_in_waiting,
    taking,
)
from amends.correspondence.arrivals.keeping import raw_of
from amends.correspondence.models import Arrival
from amends.people.models import Customer
from tests.conftest import MONDAY, House, roles_of_a_new_house
from tests.correspondence.arrivals.mails import came, mail

S = Arrival.State
pytestmark = pytest.mark.django_db


def test_the_bytes_are_kept_as_they_came_and_nothing_is_read() -> None:
    raw = b"From nobody\n\x00\xff not a mail at all"
    arrival = arrive(raw, source="pipe", at=MONDAY)
    assert raw_of(arrival) == raw
    assert (arrival.state, arrival.size, arrival.source) == (S.WAITING, len(raw), "pipe")
    assert (arrival.arrived_at, arrival.attempts, arrival.subject) == (MONDAY, 0, "")


def test_the_same_bytes_are_one_arrival_and_the_first_one_counts() -> None:
    first = arrive(mail(), source="imap", at=MONDAY)
    again = arrive(mail(), source="smtp", at=MONDAY + timedelta(days=1))
    assert again.pk == first.pk
    assert (again.source, again.arrived_at) == ("imap", MONDAY)
    assert Arrival.objects.count() == 1


def test_what_cannot_be_kept_is_said_and_leaves_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(content: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(documents, "put_away", full)
    with pytest.raises(OSError, match="No space"):
        arrive(mail(), source="pipe", at=MONDAY)
    assert not Arrival.objects.exists()


def test_taken_in_once() -> None:
    first = came(mail())
    assert (first.state, Complaint.objects.count()) == (S.TAKEN, 1)
    again = take_in(first, at=MONDAY)
    assert (again.pk, again.state, Complaint.objects.count()) == (first.pk, S.TAKEN, 1)
    assert came(mail()).pk == first.pk
    assert Complaint.objects.count() == 1


def test_a_fault_of_ours_is_tried_three_times_and_then_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object, **more: object) -> None:
        Customer.objects.create(name="half done")
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(putting, "put_new", fail)
    arrival = came(mail(), at=MONDAY)
    assert (arrival.state, arrival.attempts) == (S.WAITING, 1)
    assert arrival.error == "RuntimeError: a fault of ours"
    assert (arrival.sender, arrival.subject) == ("clara@example.org", "My kettle")
    later = MONDAY + taking.SETTLED
    assert take_in_waiting(later - timedelta(seconds=1)) == 0
    assert take_in_waiting(later) == 0
    assert take_in_waiting(later) == 1
    arrival.refresh_from_db()
    assert (arrival.state, arrival.why_unclear, arrival.attempts) == (S.UNCLEAR, "fault", 3)
    assert take_in_waiting(later) == 0
    assert not Customer.objects.exists()
    assert not Complaint.objects.exists()


def test_a_mail_that_brings_the_program_down_does_so_three_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Killed(BaseException):
        pass

    def die(arrival: Arrival) -> None:
        raise Killed

    monkeypatch.setattr(taking, "read", die)
    arrival = arrive(mail(), source="pipe", at=MONDAY)
    for tried in (1, 2, 3):
        with pytest.raises(Killed):
            take_in(Arrival.objects.get(), at=MONDAY)
        arrival.refresh_from_db()
        assert (arrival.state, arrival.attempts) == (S.WAITING, tried)
    assert take_in(arrival, at=MONDAY).state == S.UNCLEAR
    assert arrival.why_unclear == "fault"


def test_a_database_that_is_busy_is_no_fault_of_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*given: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(taking, "carry_out", busy)
    for _ in range(5):
        assert came(mail(), at=MONDAY).attempts == 0
    monkeypatch.undo()
    assert take_in_waiting(MONDAY + taking.SETTLED) == 1
    assert Arrival.objects.get().state == S.TAKEN


def test_a_mail_whose_bytes_are_gone_is_shown() -> None:
    arrival = arrive(mail(), source="pipe", at=MONDAY)
    documents.path_of(arrival.sha256).unlink()
    for _ in range(3):
        arrival = take_in(arrival, at=MONDAY)
    assert (arrival.state, arrival.why_unclear) == (S.UNCLEAR, "fault")
    assert arrival.error.startswith("FileNotFoundError")


def test_too_large_a_mail_is_kept_whole_and_left_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = mail("x" * 5000)
    for module in (following, reading):
        monkeypatch.setattr(module, "LARGEST", 4000)
    arrival = came(raw)
    assert (arrival.state, arrival.why_unclear) == (S.UNCLEAR, "large")
    assert (arrival.sender, arrival.subject) == ("clara@example.org", "My kettle")
    assert raw_of(arrival) == raw
    assert not Complaint.objects.exists()


def test_the_queries_of_one_mail(django_assert_max_num_queries: object) -> None:
    came(mail(sender="other@example.org"))
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        came(mail())
    assert Complaint.objects.count() == 2


def _at_once(*ways: object) -> list[object]:
    def go(way: object) -> object:
        try:
            return way()  # type: ignore[operator]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(ways)) as pool:
        return list(pool.map(go, ways))


@pytest.mark.usefixtures("committed")
def test_the_same_bytes_at_the_same_time_are_one_arrival() -> None:
    raw = mail()
    found = _at_once(*[lambda: arrive(raw, source="pipe", at=MONDAY).pk] * 4)
    assert len(set(found)) == 1
    assert Arrival.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_several_workers_take_one_arrival_in_once() -> None:
    roles_of_a_new_house()
    arrival = arrive(mail(), source="pipe", at=MONDAY)
    # Each as if it had read the row before the others counted their try.
    _at_once(*[lambda: take_in(Arrival.objects.get(pk=arrival.pk), at=MONDAY)] * 4)
    arrival.refresh_from_db()
    assert (arrival.state, Complaint.objects.count(), Customer.objects.count()) == (S.TAKEN, 1, 1)


@pytest.mark.usefixtures("committed")
def test_one_mail_by_several_ways_at_the_same_time_is_one_complaint() -> None:
    roles_of_a_new_house()
    copies = [mail(message_id="<one@example.org>", Received=f"from mx{n}.house.example") for n in range(4)]
    arrivals = [arrive(raw, source="imap", at=MONDAY) for raw in copies]
    _at_once(*[lambda a=a: take_in(a, at=MONDAY) for a in arrivals])
    assert sorted(Arrival.objects.values_list("state", flat=True)) == [*["repeated"] * 3, "taken"]
    assert Complaint.objects.count() == 1
    assert set(Arrival.objects.values_list("complaint", flat=True)) == {Complaint.objects.get().pk}


@pytest.mark.usefixtures("committed")
def test_a_kept_mail_outlives_a_power_cut() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a setting of SQLite")
    seen = []

    def note(execute: object, sql: str, *rest: object) -> object:
        seen.append(sql)
        return execute(sql, *rest)  # type: ignore[operator]

    with connection.execute_wrapper(note):
        arrive(mail(), source="pipe", at=MONDAY)
    order = [sql for sql in seen if "synchronous" in sql or sql.startswith("INSERT")]
    assert order[0] == "PRAGMA synchronous=FULL"
    assert order[1].startswith("INSERT")
    assert order[2] == "PRAGMA synchronous=NORMAL"
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)


def test_the_sweep_and_the_lists_use_their_indexes(house: House) -> None:
    waiting = Arrival.objects.filter(state=S.WAITING, arrived_at__lte=MONDAY).order_by("arrived_at", "pk")
    same = Arrival.objects.exclude(message_id="").filter(message_id="<a@b>").order_by("pk")
    if connection.vendor == "sqlite":
        assert "arrivals_waiting" in waiting.explain()
        assert "arrivals_by_message_id" in same.explain()
