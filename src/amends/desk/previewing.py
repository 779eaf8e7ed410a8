"""The preview of a composer: what the typed form would send, over one medium.

Pages are made when the text comes and fetched a moment later by an address of their own, which names their
content: so they lie in a cache shared by the web processes, and a browser may keep them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.choices import Channel
from amends.cases.models import Complaint
from amends.correspondence.addressee import too_long
from amends.correspondence.letters.fonts import uncovered
from amends.correspondence.preview import left_over, letter_pages, mail_page
from amends.correspondence.texts import frame, framed

MEDIA: Mapping[str, str | Promise] = {
    Channel.EMAIL.value: gettext_lazy("As e-mail"),
    Channel.LETTER.value: gettext_lazy("As letter"),
    Channel.PHONE.value: gettext_lazy("To say on the phone"),
}
KEPT = 3600  # seconds: a page left open shows its preview for that long


@dataclass(frozen=True)
class Words:
    """What a form would send: between greeting and close, and who signs."""

    subject: str
    text: str
    sender: str
    position: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class Shown:
    """One medium's preview. ``pages`` and ``html`` are addresses; ``warnings`` are sentences."""

    medium: str
    language: str
    subject: str
    body: str
    to: str
    pages: Sequence[str] = ()
    html: str = ""
    warnings: Sequence[str] = ()


def shown(complaint: Complaint, words: Words, medium: str, *, at: datetime) -> Shown:
    """The preview of ``words`` over ``medium``, one of MEDIA, as it would go at ``at``."""
    said = frame(complaint, sender=words.sender, position=words.position, channel=medium)
    body = framed(words.text, *said)
    subject = " ".join(words.subject.split()) or complaint.title
    pages: Sequence[str] = ()
    html = ""
    if medium == Channel.LETTER:
        pages = _pages(complaint, words, subject, at)
    elif medium == Channel.EMAIL:
        html = _keep(complaint, mail_page(complaint, subject=subject, body=body).encode(), "html")
    return Shown(
        medium=medium,
        language=complaint.language,
        subject=subject,
        body=body,
        to=_to(complaint, medium),
        pages=pages,
        html=html,
        warnings=[*_nothing(words), *_warnings(complaint, subject, body, medium)],
    )


def kept_page(complaint: Complaint, name: str) -> bytes | None:
    """A page that ``shown`` made for this complaint, if it is still kept."""
    content: bytes | None = caches["previews"].get(f"{complaint.key}:{name}")
    return content


def _pages(complaint: Complaint, words: Words, subject: str, at: datetime) -> list[str]:
    day = timezone.localdate(at)
    pages = letter_pages(
        complaint,
        subject=subject,
        text=words.text,
        sender=words.sender,
        position=words.position,
        day=day,
        purpose=words.purpose,
    )
    return [_keep(complaint, page, "png") for page in pages]


def _keep(complaint: Complaint, content: bytes, kind: str) -> str:
    name = f"{sha256(content).hexdigest()[:32]}.{kind}"
    caches["previews"].set(f"{complaint.key}:{name}", content, KEPT)
    return reverse("desk:preview-page", args=(complaint.key, name))


def _to(complaint: Complaint, medium: str) -> str:
    speaker = complaint.speaker
    if medium == Channel.EMAIL:
        return speaker.email
    return speaker.phone if medium == Channel.PHONE else complaint.customer.address


def _nothing(words: Words) -> list[str]:
    return [] if words.text else [_("There is no text yet: nothing goes out.")]


def _warnings(complaint: Complaint, subject: str, body: str, medium: str) -> list[str]:
    said = []
    if blanks := left_over(f"{subject}\n{body}"):
        said.append(_("Still to be filled in: %(blanks)s") % {"blanks": "  ".join(blanks)})
    if medium == Channel.LETTER:
        if missing := uncovered(subject + body):
            sentence = _(
                "No font of letters shows %(characters)s. Say it in words: the letter cannot be printed so."
            )
            said.append(sentence % {"characters": " ".join(missing)})
        if not complaint.customer.address.strip():
            said.append(_("No postal address is on file, so the letter cannot be posted."))
        elif too_long(complaint):
            said.append(_("The address has more lines than the window of an envelope shows."))
    elif medium == Channel.EMAIL and not complaint.speaker.email:
        said.append(_("No e-mail address is on file, so it cannot be sent by e-mail."))
    elif medium == Channel.PHONE and not complaint.speaker.phone:
        said.append(_("No phone number is on file."))
    return said
