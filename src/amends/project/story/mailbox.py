"""A mail backend that leaves each mail as a file of its own, named by what it is for."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from amends.cases.models import Complaint, Message
from amends.cases.models.message import Direction
from amends.correspondence.letters.of_case import letter_of
from amends.correspondence.letters.setting import set_pdf
from amends.kit import clock

_CODE = re.compile(r"^\d{6}$", re.MULTILINE)


class MailFiles(BaseEmailBackend):
    """Writes ``01-receipt.eml``, ``02-acknowledgement.eml`` … into ``folder``."""

    def __init__(self, *, folder: Path, **rest: Any) -> None:
        super().__init__(**rest)
        self.folder = folder

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Each as a file, dated by the clock of the story."""
        for number, mail in enumerate(email_messages, start=len(mails(self.folder)) + 1):
            mail.extra_headers.setdefault("Date", format_datetime(clock.now()))
            name = f"{number:02d}-{_purpose(mail)}.eml"
            (self.folder / name).write_bytes(mail.message().as_bytes())
        return len(email_messages)


@contextmanager
def mail_goes_to(folder: Path) -> Iterator[None]:
    """Within the block every mail of this process becomes a file in ``folder``."""
    before = settings.MAILERS
    backend = f"{MailFiles.__module__}.{MailFiles.__qualname__}"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"folder": folder}}}
    try:
        yield
    finally:
        settings.MAILERS = before


def leave_letters(complaint: Complaint, folder: Path) -> None:
    """Each message to the customer as the letter that it would be on paper, beside its mail."""
    sent = {message_id(path): path for path in mails(folder)}
    rows = Message.objects.filter(complaint=complaint, direction=Direction.OUT).select_related("complaint")
    for message in rows:
        if path := sent.get(message.message_id):
            path.with_suffix(".pdf").write_bytes(set_pdf([letter_of(message)]))


def message_id(path: Path) -> str:
    """The Message-ID of a mail."""
    return str(message_from_bytes(path.read_bytes(), policy=default)["Message-ID"] or "")


def mails(folder: Path) -> list[Path]:
    """The mails in the folder, the first one first."""
    return sorted(folder.glob("[0-9][0-9]-*.eml"))


def read(path: Path) -> tuple[str, str]:
    """Subject and text of a mail."""
    mail = message_from_bytes(path.read_bytes(), policy=default)
    body = mail.get_body(("plain",))
    return str(mail["Subject"]), body.get_content().strip() if body else ""


def code_in(path: Path) -> str:
    """The one-time code as the customer reads it in their mail. LookupError if there is none."""
    if found := _CODE.search(read(path)[1]):
        return found.group()
    raise LookupError(f"no code in {path.name}")


def _purpose(mail: EmailMessage) -> str:
    name = str(mail.extra_headers.get("Message-ID", "")).strip("<>").partition("@")[0]
    if name.startswith(("code.", "duty.")):  # neither stands on the case as a message
        return name.partition(".")[0]
    return Message.objects.filter(key=name).values_list("purpose", flat=True).first() or "mail"
