"""One connection to one folder of an IMAP server: what lies there, its bytes, and marking it as taken.

Messages are called by their UIDs. Nothing here changes a message but ``put_aside``.
"""

import re
import ssl
from contextlib import suppress
from datetime import date
from functools import cached_property
from imaplib import IMAP4
from threading import Event
from time import monotonic
from typing import Any, Self

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError
from imap_tools.idle import get_socket_poller
from imap_tools.utils import encode_folder

from amends.correspondence.mailroom.faults import NoEncryption
from amends.correspondence.mailroom.loopback import is_loopback
from amends.correspondence.mailroom.sources import Mailbox

PATIENCE = 30.0  # seconds to wait for a server's answer
_SLICE = 0.5  # seconds: how soon a wait notices that the house closes
_SIZE = re.compile(rb"RFC822\.SIZE\s+(\d+)", re.IGNORECASE)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class NotGiven(Exception):
    """The server has the message and does not hand it over."""


class OpenMailbox:
    """The folder, opened. Raises whatever imaplib, imap_tools and the network raise; see ``faults``."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.box = _connect(mailbox)
        try:
            login = self.box.login if (mailbox.user + mailbox.password).isascii() else self.box.login_utf8
            login(mailbox.user, mailbox.password, initial_folder=None)
            self.box.folder.set(mailbox.folder)
            # Both are told when the folder is opened, and only then.
            self.uid_validity = self._number("UIDVALIDITY")
            self.next_uid = self._number("UIDNEXT")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Take leave; of a server that does not listen any more too."""
        with suppress(OSError, IMAP4.error):
            self.box.client.sock.settimeout(1.0)
            self.box.client.logout()
        _hang_up(self.box)

    def highest(self) -> int:
        """The highest UID up to now."""
        return max(self.next_uid - 1, 0) if self.next_uid else max(self._search("ALL"), default=0)

    def unread(self) -> list[int]:
        """What nobody has read, and nobody marked as deleted."""
        return self._search("UNSEEN UNDELETED")

    def above(self, uid: int) -> list[int]:
        """What came after the message ``uid``, read or not."""
        # “n:*” always names the last message, also where that is below n (RFC 9051 6.4.8).
        return [found for found in self._search(f"UID {uid + 1}:* UNDELETED") if found > uid]

    def since(self, day: date) -> list[int]:
        """What came on that day or later, read or not."""
        said = f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"  # in English, whatever the house speaks
        return self._search(f"SINCE {said} UNDELETED")

    def has(self, uid: int) -> bool:
        """Whether the message is still there."""
        return bool(self._search(f"UID {uid}"))

    def size(self, uid: int) -> int:
        """How many bytes the server says that it has; 0 where it does not say. Raises NotGiven."""
        for item in self._fetch(uid, "(RFC822.SIZE)"):
            if said := _SIZE.search(_bytes(item)):
                return int(said[1])
        return 0

    def bytes_of(self, uid: int, at_most: int) -> bytes:
        """The message as it came, without marking it as read; of a larger one the first ``at_most`` bytes.

        Raises NotGiven.
        """
        part = "BODY.PEEK[]" if self.size(uid) <= at_most else f"BODY.PEEK[]<0.{at_most}>"
        for item in self._fetch(uid, f"({part})"):
            if isinstance(item, tuple) and len(item) == 2:
                return bytes(item[1])
        raise NotGiven("empty answer")

    def put_aside(self, uid: int, *, whole: bool = True) -> None:
        """Mark a message as taken, and move or delete it where the house wants that and has all of it."""
        leaves = whole and bool(self.mailbox.move or self.mailbox.delete)
        if whole and self.mailbox.move and self._move(uid):
            return
        self._told("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen \Deleted)" if leaves else r"(\Seen)")
        if leaves and "UIDPLUS" in self.capabilities:  # a plain EXPUNGE would take what others marked, too
            self._told("EXPUNGE", str(uid))

    def wait(self, seconds: float, stop: Event) -> None:
        """Return when something happens in the folder, when the time is over or when the house closes."""
        if "IDLE" not in self.capabilities:
            stop.wait(seconds)
            self.box.client.noop()
            return
        try:
            self.box.idle.start()  # type: ignore[no-untyped-call]
        except ImapToolsError:  # the server had something to say first: there is something to look at
            raise IMAP4.abort("news before IDLE") from None
        until = monotonic() + seconds
        sock = self.box.client.sock
        while not stop.is_set() and monotonic() < until and not get_socket_poller(sock, _SLICE):  # type: ignore[arg-type]
            pass
        self.box.idle.stop()  # type: ignore[no-untyped-call]

    @cached_property
    def capabilities(self) -> frozenset[str]:
        """What the server can, now that it knows us: some tell more after the sign-in."""
        _, data = self.box.client.capability()
        return frozenset(_bytes(data[-1] if data else b"").decode("ascii", "replace").upper().split())

    def _move(self, uid: int) -> bool:
        """Whether the message is gone; if not, a copy is there and it is to be deleted here."""
        verb = "MOVE" if "MOVE" in self.capabilities else "COPY"
        if verb == "MOVE":
            self._told("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
        target: Any = encode_folder(self.mailbox.move)
        try:
            self._told(verb, str(uid), target)
        except UnexpectedCommandStatusError:  # most likely the folder is not there yet
            self.box.client.create(target)
            self._told(verb, str(uid), target)
        return verb == "MOVE"

    def _search(self, criteria: str) -> list[int]:
        return sorted(int(uid) for uid in self.box.uids(criteria, charset=None))

    def _fetch(self, uid: int, what: str) -> list[Any]:
        status, items = self.box.client.uid("FETCH", str(uid), what)
        if status != "OK":
            raise NotGiven(" ".join(_bytes(item).decode(errors="replace") for item in items if item))
        found = [item for item in items if item is not None]
        if not found:
            raise NotGiven("nothing")
        return found

    def _told(self, *command: str) -> None:
        status, answer = self.box.client.uid(*command)
        if status != "OK":
            raise UnexpectedCommandStatusError((status, answer), "OK")

    def _number(self, what: str) -> int:
        values = self.box.client.response(what)[1]
        value = values[-1] if values else None
        return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _connect(mailbox: Mailbox) -> BaseMailBox:
    context = ssl.create_default_context()  # imaplib alone would trust any certificate
    if mailbox.insecure:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if mailbox.tls:
        return MailBox(mailbox.host, mailbox.port, timeout=PATIENCE, ssl_context=context)
    box = MailBoxUnencrypted(mailbox.host, mailbox.port, timeout=PATIENCE)
    if is_loopback(mailbox.host):
        return box
    try:
        if "STARTTLS" in box.client.capabilities:
            box.client.starttls(context)
        elif not mailbox.insecure:
            raise NoEncryption
    except BaseException:
        _hang_up(box)
        raise
    return box


def _hang_up(box: BaseMailBox) -> None:
    with suppress(OSError):  # it hung up before
        box.client.shutdown()


def _bytes(item: Any) -> bytes:
    if isinstance(item, tuple):
        item = item[0]
    return item if isinstance(item, bytes) else str(item).encode()
