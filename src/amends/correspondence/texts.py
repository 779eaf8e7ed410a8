"""The standard texts to customers, filled from the case.

The words lie in ``packs/languages/<language>/messages/<purpose>.txt``: the first line is the subject, the
rest the body, ``$name`` a blank. One rule: a paragraph with a blank that nothing fills is left out, so a
text never says more than is known. Blanks that the caller does not fill come from ``blanks.FROM_THE_CASE``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from string import Template

from amends.cases.choices import Purpose
from amends.cases.models import Complaint, Event
from amends.correspondence.blanks import FROM_THE_CASE, ONLY_GIVEN, day
from amends.correspondence.phrasebook import message_text

REFUSED = "follow_up_refused"  # who was told no is not asked whether it is good now
ENDINGS = ("complaint.completed", "complaint.refused", "complaint.resolved_at_once")


@dataclass(frozen=True)
class Draft:
    """A message before anybody sent it. ``subject`` is one line."""

    subject: str
    body: str


def draft_message(purpose: str, complaint: Complaint, *, sender: str = "", **values: object) -> Draft:
    """The standard text for a ``cases.choices.Purpose``, in the complaint's language.

    ``sender`` is the person who signs; without one the house does. ``values`` fill blanks by name and win
    over what the case says: text as it is, a date as people of the language write it, several as a list
    with dashes; one that this text has no place for is left out. Raises ValueError for a value whose name no
    text knows, KeyError for a blank that only the caller can fill (``code``), FileNotFoundError for an
    unknown purpose.
    """
    if unknown := values.keys() - FROM_THE_CASE.keys() - ONLY_GIVEN:
        raise ValueError(f"no text has a blank named {', '.join(sorted(unknown))}")
    text = message_text(complaint.language, _variant(purpose, complaint))
    blanks = set(Template(text).get_identifiers())
    given = {name: _words(value, complaint.language) for name, value in values.items()}
    given["signature"] = "\n".join(filter(None, (sender.strip(), FROM_THE_CASE["house"](complaint))))
    filled = {name: FROM_THE_CASE[name](complaint).strip() for name in blanks - given.keys()} | given
    subject, _, body = text.partition("\n")
    return Draft(_fill(subject, filled), _fill(body, filled))


def _variant(purpose: str, complaint: Complaint) -> str:
    if purpose != Purpose.FOLLOW_UP:
        return str(purpose)
    events = Event.objects.filter(complaint=complaint, name__in=ENDINGS).order_by("-number")
    refused = events.values_list("name", flat=True).first() == "complaint.refused"
    return REFUSED if refused else str(purpose)


def _fill(text: str, filled: dict[str, str]) -> str:
    paragraphs = [Template(paragraph) for paragraph in text.strip().split("\n\n")]
    kept = (p for p in paragraphs if all(filled[name] for name in p.get_identifiers()))
    return "\n\n".join(p.substitute(filled).strip() for p in kept)


def _words(value: object, language: str) -> str:
    if isinstance(value, date | datetime):
        return day(value, language)
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value).strip()
    return "\n".join(f"– {item}" for item in value)
