"""A message as a mail: plain text, in the customer's language, recognisable if it ever comes twice."""

import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from amends.cases.models import Message


class Undeliverable(Exception):
    """No use in trying again: the address or the message itself is at fault."""


def send(message: Message) -> None:
    """Hand a message of the file to the mail server.

    Raises Undeliverable when it never will be taken, OSError (smtplib's errors are such) when later it may.
    """
    by_program = {"Auto-Submitted": "auto-generated"} if message.author_id is None else {}
    send_text(
        to=message.to,
        subject=message.subject,
        body=message.body,
        language=message.language,
        name=message.key,
        headers=by_program,
    )


def send_text(
    *, to: str, subject: str, body: str, language: str, name: str, headers: dict[str, str] | None = None
) -> None:
    """Hand a text to the mail server. ``name`` makes the Message-ID: the same mail twice has the same one."""
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.rpartition("@")[2] or "localhost"
    mail = EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        from_email=_sender(),
        to=[to],
        headers={"Message-ID": f"<{name}@{domain}>", "Content-Language": language} | (headers or {}),
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code >= 500 for code, _ in refused.recipients.values()):  # RFC 5321 4.2.1: for good
            raise Undeliverable(_spoken(refused)) from refused
        raise
    except (ValueError, UnicodeError) as wrong:  # an address or header that is no such thing
        raise Undeliverable(str(wrong)) from wrong


def _sender() -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or settings.AMENDS_HOUSE_NAME, address))


def _spoken(refused: smtplib.SMTPRecipientsRefused) -> str:
    answers = (f"{code} {text.decode(errors='replace')}" for code, text in refused.recipients.values())
    return "; ".join(answers)
