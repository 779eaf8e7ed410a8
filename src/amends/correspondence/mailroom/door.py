"""The house's own door for mail: an SMTP or LMTP server that takes mail for the house's addresses only."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import Error as DatabaseFault
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _

from amends.correspondence.arrivals import LARGEST, arrive
from amends.correspondence.mailroom import standing
from amends.correspondence.mailroom.handing_over import take_up
from amends.correspondence.mailroom.house_addresses import is_ours
from amends.correspondence.mailroom.sources import Door
from amends.correspondence.models import Arrival
from amends.kit.clock import now

logger = logging.getLogger(__name__)

PATIENCE = 120  # seconds that somebody at the door may say nothing
LONGEST_LINE = 1_000_000  # bytes; the rule is 998, and mail of careless programs is still mail
LONGEST_PAUSE = 60.0  # seconds between two tries to open the door
MOST_RECIPIENTS = 100


class Porter:
    """Answers who stands at the door. What is answered with 250 lies on the disk."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.source = "lmtp" if door.lmtp else "smtp"
        # Two at a time: one may be read while another is put away. Each keeps its database connection.
        self.desk = ThreadPoolExecutor(max_workers=2, thread_name_prefix=self.source)

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """550 for whoever does not live here: the house passes no mail on."""
        if not is_ours(address, self.door.also_for):
            return "550 5.7.1 Not an address of this house"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """250 once the message is kept; 451 if it cannot be, so that the sender comes again.

        LMTP wants an answer for each recipient (RFC 2033 4.2): it is one message, so all are the same.
        """
        loop = asyncio.get_running_loop()
        try:
            arrival = await loop.run_in_executor(self.desk, self._keep, _with_envelope(envelope))
        except Exception:
            logger.exception("%s: a message could not be kept", self.door.name)
            answer = "451 4.3.0 It could not be kept; please try again later"
        else:
            self.desk.submit(self._take_up, arrival)
            answer = f"250 2.0.0 Kept as {arrival.key}"
        return "\r\n".join([answer] * (len(envelope.rcpt_tos) if self.door.lmtp else 1))

    async def handle_exception(self, fault: Exception) -> str:
        """A fault of ours: the sender comes again."""
        logger.error("%s", self.door.name, exc_info=fault)
        return "451 4.3.0 Please try again later"

    def _keep(self, raw: bytes) -> Arrival:
        close_old_connections()
        return arrive(raw, source=self.source, at=now())

    def _take_up(self, arrival: Arrival) -> None:
        close_old_connections()
        take_up(arrival, at=now())


class _Listener(Controller):
    """aiosmtpd's thread and loop around our SMTP or LMTP server."""

    def __init__(self, door: Door, porter: Porter) -> None:
        self.door, tls = door, _tls(door)
        # Here, where a port that is taken is heard of at once, and not in aiosmtpd's thread.
        family = socket.AF_INET6 if ":" in door.host else socket.AF_INET
        self.socket = socket.create_server((door.host, door.port), family=family)
        super().__init__(
            porter,
            hostname=door.host,
            port=door.port,
            data_size_limit=LARGEST,
            timeout=PATIENCE,
            ident="Amends",
            tls_context=tls,
        )

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self.socket)

    def factory(self) -> SMTP:
        kind = _Lmtp if self.door.lmtp else _Smtp
        return kind(self.handler, **self.SMTP_kwargs)


class _Smtp(SMTP):
    line_length_limit = LONGEST_LINE


class _Lmtp(LMTP):
    line_length_limit = LONGEST_LINE


def keep_open(door: Door, stop: Event) -> None:
    """Listen until ``stop`` is set. An address that is taken is tried again; the row says so meanwhile."""
    failed = 0
    while not stop.is_set():
        porter = Porter(door)
        listener = None
        try:
            listener = _Listener(door, porter)
            listener.start()
        except (OSError, ssl.SSLError) as fault:
            failed += 1
            said = _("It cannot listen there: %(said)s") % {"said": fault.strerror or fault}
            logger.warning("%s: %s", door.name, said)
            _say(door, said)
            if listener is not None:  # it did not answer in time; the address must be free for the next try
                listener.stop()
            stop.wait(min(LONGEST_PAUSE, 2.0 ** min(failed - 1, 10)))
            continue
        failed = 0
        try:
            while True:
                _say(door)
                if stop.wait(standing.SAID_EVERY):
                    break
        finally:
            listener.stop()
            porter.desk.shutdown(wait=True, cancel_futures=True)
    connection.close()


def _say(door: Door, fault: str = "") -> None:
    try:
        close_old_connections()
        if fault:
            standing.fails(door.name, now(), fault)
        else:
            standing.row_of(door.name)
            standing.works(door.name, now())
    except DatabaseFault:
        logger.warning("%s could not say how it stands", door.name, exc_info=True)
        with suppress(DatabaseFault):
            connection.close()


def _with_envelope(envelope: Envelope) -> bytes:
    """The message below the two lines that a server of last delivery adds (RFC 5321 4.4): the envelope may
    name a reply address that no header does. Nothing in them changes when the same mail comes again."""
    content = envelope.original_content or b""
    sender = (envelope.mail_from or "").strip("<>")
    lines = [f"Return-Path: <{sender}>", *(f"Delivered-To: {to}" for to in sorted(set(envelope.rcpt_tos)))]
    return "".join(f"{line}\r\n" for line in lines).encode() + content


def _tls(door: Door) -> ssl.SSLContext | None:
    if not door.certificate:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(door.certificate, door.key or None)
    return context
