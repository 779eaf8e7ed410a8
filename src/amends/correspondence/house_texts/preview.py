"""What a text looks like before it holds: as a mail, and as the page of a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

from django.utils import timezone

from amends.cases.choices import Channel
from amends.cases.models import Complaint
from amends.correspondence.blanks import ONLY_GIVEN
from amends.correspondence.letterheads import current, sheet_of
from amends.correspondence.letters import of_case
from amends.correspondence.letters.address import phone_frame
from amends.correspondence.letters.letter import laid_out, mail_said, say
from amends.correspondence.letters.sample import made_up_case, sample_case
from amends.correspondence.letters.setting import NoGlyph, set_png
from amends.correspondence.texts import Draft, filled_in
from amends.kit.clock import now


@dataclass(frozen=True)
class Preview:
    """A text with its blanks filled. ``pages`` are PNG pictures; none for what is said on the telephone.

    ``unseen`` are characters of the facts that no font of the letters has: then there are no pages either.
    """

    mail: Draft
    pages: Sequence[bytes] = ()
    unseen: Sequence[str] = ()


def preview(
    language: str, name: str, text: str, *, complaint: Complaint | None = None, sender: str = ""
) -> Preview:
    """The text ``name`` with these words, filled from the complaint or else the language's made-up case.

    It must have passed ``checks.faults``.
    """
    spoken = name.endswith("-phone")
    if complaint is None:
        return _made_up(language, text, spoken=spoken)
    examples = made_up_case(language).values
    given = {field: examples[field] for field in ONLY_GIVEN & set(Template(text).get_identifiers())}
    channel = Channel.PHONE if spoken else Channel.LETTER
    draft = filled_in(text, name, complaint, given, sender=sender, channel=channel)
    if spoken:
        return Preview(draft)
    page = of_case.letter_data(
        complaint, subject=draft.subject, text=draft.text, sender=sender, day=timezone.localdate(now())
    )  # fmt: skip
    return _set(draft, page)


def _made_up(language: str, text: str, *, spoken: bool) -> Preview:
    letterhead = current()
    case = sample_case(language, letterhead)
    said = say(case, language, text)
    if spoken:
        who = {"sender": case.signatory, "house": case.house.name, "reference": case.reference}
        return Preview(Draft(said.subject, said.text, *phone_frame(case.customer, language, **who)))
    page = laid_out(case, language, said, **sheet_of(letterhead))
    return _set(mail_said(case, language, said), page)


def _set(mail: Draft, page: dict[str, Any]) -> Preview:
    try:
        return Preview(mail, set_png([page]))
    except NoGlyph as missing:
        return Preview(mail, unseen=missing.characters)
