"""The way to the mail server, which knows how far it came when it breaks off.

SMTP is certain but for one moment: after the last byte of a message and before the server's answer. Whoever
breaks off before has not sent it (RFC 5321, 4.1.1.4: the server acts on the end of the data and on nothing
less); whoever breaks off there cannot know.
"""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

_END = b"\r\n.\r\n"


class CutOff(OSError):
    """The whole message was handed over and no answer came: the mail server may have it or not."""


class Connection(smtplib.SMTP):
    """A connection that tells a message that was not sent from one that may have been."""

    _end_sent = False

    def send(self, s: Any) -> None:
        """Send bytes or a command; remembers that the end of a message went out."""
        super().send(s)
        if isinstance(s, bytes) and s.endswith(_END):
            self._end_sent = True

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand a message over. Raises CutOff when its end went out and no answer came that means anything."""
        self._end_sent = False
        try:
            code, reply = super().data(msg)
        except OSError as problem:  # smtplib's errors are such
            if self._end_sent:
                raise CutOff(str(problem)) from problem
            raise
        if not 200 <= code < 600 or 300 <= code < 400:
            raise CutOff(f"{code} {reply.decode(errors='replace')}")
        return (250, reply) if code < 300 else (code, reply)


class SecureConnection(Connection, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class Backend(EmailBackend):
    """Django's own, on such connections. Saying goodbye never undoes what was said before it."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What ``open`` connects with."""
        return SecureConnection if self.use_ssl else Connection

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        try:
            connection.quit()
        except OSError:  # the mail was answered for: who hangs up rudely changes nothing about that
            connection.close()
