"""Handing a mail to the mail server, and what its answer means."""

import smtplib

from django.utils.translation import gettext

from amends.correspondence.mail import Mail
from amends.correspondence.smtp import CutOff

__all__ = ["CutOff", "Undeliverable", "hand_over"]


class Undeliverable(Exception):
    """No use in trying again: the address or the message itself is at fault."""


def hand_over(mail: Mail) -> None:
    """Hand a mail to the mail server; returns when the server has taken it.

    Raises Undeliverable when it never will be taken, CutOff when it may have been, and any other OSError
    (smtplib's errors are such) when it certainly was not and may be later.
    """
    try:
        if not mail.send():
            raise Undeliverable(gettext("There is no address to send it to."))
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code >= 500 for code, _ in refused.recipients.values()):  # RFC 5321 4.2.1: for good
            answers = (f"{code} {_said(text)}" for code, text in refused.recipients.values())
            raise Undeliverable("; ".join(answers)) from refused
        raise
    except smtplib.SMTPDataError as refused:
        if refused.smtp_code >= 500:  # too large, not wanted: the same mail will be so tomorrow
            raise Undeliverable(f"{refused.smtp_code} {_said(refused.smtp_error)}") from refused
        raise
    except (ValueError, UnicodeError) as wrong:  # an address or header that is no such thing
        raise Undeliverable(str(wrong)) from wrong


def _said(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
