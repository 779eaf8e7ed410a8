"""What the language coach is given, and what it answers."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, StringConstraints

from amends.api.schemas.values import Given, Long
from amends.coach.reading.language import UnknownLanguage, code_of


def _code(written: str) -> str:
    try:
        return code_of(written)
    except UnknownLanguage as unknown:
        raise ValueError(_("The coach does not read “%(language)s”.") % {"language": unknown}) from None


# As people write it: “zh”, “zh-Hans” and “sv-SE” are understood.
Language = Annotated[str, StringConstraints(max_length=20), AfterValidator(_code)]


class Draft(Given):
    """A draft to be read.

    ``language`` is what it is written in; without it the coach sees for itself. ``reader`` is the language
    of the reasons; without it that of the request. ``case`` is what the draft is held against:
    ``language``, ``stage``, ``decision``, ``issues``, ``remedies`` (``kind``, ``amount``, ``currency``,
    ``by``), ``letter_dated``, ``reference``, ``third_party`` (``name``).
    """

    text: Long
    language: Language | None = None
    reader: Language | None = None
    case: dict[str, Any] | None = None


class FindingFile(Schema):
    """A place to look at again. ``level`` is ``must-have`` or ``advice``; ``wording`` may replace it."""

    code: str
    start: int
    end: int
    text: str
    why: str
    instead: str
    level: str
    wording: str


class LackFile(Schema):
    """What the whole text lacks."""

    code: str
    why: str
    instead: str
    level: str


class HardFile(Schema):
    """What makes the text hard to follow."""

    code: str
    start: int
    end: int
    why: str
    instead: str


class ReadabilityFile(Schema):
    """Words (in Chinese characters) and sentences between salutation and close."""

    words: int
    sentences: int
    longest: int
    advice: list[HardFile]


class CoachedFile(Schema):
    """What the coach says. ``carp`` holds for each step the places ``[start, end]`` where it is taken."""

    language: str
    findings: list[FindingFile]
    carp: dict[str, list[tuple[int, int]]]
    missing: list[str]
    lacks: list[LackFile]
    readability: ReadabilityFile
