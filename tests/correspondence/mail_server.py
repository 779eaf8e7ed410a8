"""A real mail server on loopback that answers, refuses and hangs up as a test tells it."""

import email.policy
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HANG_UP = "hang up"


class MailServer:
    """What it has taken, and what it says at each command. ``HANG_UP`` says nothing and goes."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.recipients: list[str] = []
        self.at_recipient = self.at_end = self.at_goodbye = ""
        self.when_leaving: Callable[[], object] = lambda: None
        self.url = ""

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails, read."""
        return [message_from_bytes(raw, policy=email.policy.default) for raw in self.taken]

    def _answer(self, server: SMTP, said: str, otherwise: str) -> str:
        if said == HANG_UP:
            transport: Any = server.transport
            transport.abort()
            return "421 gone"
        return said or otherwise

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer(server, self.at_recipient, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_end in ("", HANG_UP):
            content: Any = envelope.content
            self.taken.append(bytes(content or b""))
            self.recipients += envelope.rcpt_tos
        return self._answer(server, self.at_end, "250 taken")

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.when_leaving()
        return self._answer(server, self.at_goodbye, "221 bye")


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """Runs in a thread of its own within the block."""
    server, port = MailServer(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port, decode_data=False, **options)
    controller.start()
    server.url = f"smtp://127.0.0.1:{port}"
    try:
        yield server
    finally:
        controller.stop()
