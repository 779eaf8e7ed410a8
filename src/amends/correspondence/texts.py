"""The standard texts to customers, filled from the case: one source for mail, letter and telephone.

The words lie in ``packs/languages/<language>/letters/<name>.txt`` (see ``letters.texts``). Blanks that the
caller does not fill come from ``blanks.FROM_THE_CASE``. Greeting and close are added by the medium.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Template

from amends.cases.choices import Channel, Finding, Purpose
from amends.cases.models import Complaint, Event
from amends.cases.models.settlement import OfferAnswer
from amends.correspondence.addressee import addressee, house_name
from amends.correspondence.blanks import FROM_THE_CASE, ONLY_GIVEN
from amends.correspondence.letters.address import closing, phone_frame, pronouns, salutation
from amends.correspondence.letters.fields import FIELDS, Money, Value
from amends.correspondence.letters.texts import wording
from amends.correspondence.phrasebook import letter_needs, letter_text

SPOKEN = (Channel.PHONE, Channel.IN_PERSON)
NOT_SPOKEN = frozenset({"link"})

# What the case could fill in and a text does not say: the agreement lists its remedies in its own words, no
# clock runs after a referral that would keep a promise, and the reasons of a finding are none for a
# counter-answer.
LEFT_OUT: Mapping[str, frozenset[str]] = {
    "agreement": frozenset({"remedies"}),
    "referral": frozenset({"word_by"}),
    "counter-answer": frozenset({"reasons"}),
}

ENDINGS = ("complaint.completed", "complaint.refused", "complaint.resolved_at_once")


@dataclass(frozen=True)
class Draft:
    """A message before anybody sent it. ``subject`` is one line, ``text`` stands between the other two."""

    subject: str
    text: str
    greeting: str = ""
    close: str = ""

    @property
    def body(self) -> str:
        """All that goes out."""
        return framed(self.text, self.greeting, self.close)


def framed(text: str, greeting: str, close: str) -> str:
    """A text between its greeting and its close, as it goes out and is stored."""
    return "\n\n".join(part for part in (greeting, text.strip(), close) if part)


def draft_message(
    purpose: str,
    complaint: Complaint,
    *,
    sender: str = "",
    position: str = "",
    house: str = "",
    channel: str = Channel.EMAIL,
    **values: object,
) -> Draft:
    """The standard text for a ``cases.choices.Purpose``, or of that name, in the complaint's language.

    ``sender`` is the person who signs, with their ``position`` in the ``house``; without one it does. For
    a ``channel`` that is spoken it is what to say. ``values`` fill blanks by name and win over what the case
    says: a string as it is, a date or a sum as the language writes it, several as a list with dashes; one
    that this text has no place for is left out. Raises ValueError for a value whose name no text knows,
    KeyError for a blank that only the caller can fill (``code``), FileNotFoundError for an unknown text.
    """
    name = text_name(purpose, complaint, spoken=channel in SPOKEN)
    text = letter_text(complaint.language, name)
    return filled_in(
        text, name, complaint, values, sender=sender, position=position, house=house, channel=channel
    )


def filled_in(
    text: str,
    name: str,
    complaint: Complaint,
    values: Mapping[str, object],
    *,
    sender: str = "",
    position: str = "",
    house: str = "",
    channel: str = Channel.EMAIL,
) -> Draft:
    """Any words in place of the text ``name``, filled likewise. Raises as ``draft_message``."""
    if unknown := values.keys() - FIELDS.keys():
        raise ValueError(f"no text has a blank named {', '.join(sorted(unknown))}")
    language, person, spoken = complaint.language, addressee(complaint), channel in SPOKEN
    blanks = set(Template(text).get_identifiers())
    given = {field: _value(value) for field, value in values.items()}
    if missing := blanks & ONLY_GIVEN - given.keys():
        raise KeyError(f"{', '.join(sorted(missing))} must be given")
    left_out = LEFT_OUT.get(name, frozenset()) | (NOT_SPOKEN if spoken else frozenset())
    known = blanks & FROM_THE_CASE.keys() - given.keys() - left_out
    filled = {field: FROM_THE_CASE[field](complaint) for field in known} | given
    said = wording(language, text, filled, reference=complaint.reference, you=pronouns(person, language))
    greeting, close = frame(complaint, sender=sender, position=position, house=house, channel=channel)
    words = said.text[:1].upper() + said.text[1:] if spoken else said.text  # Polish mails go on after a comma
    return Draft(said.subject, words, greeting, close)


def frame(
    complaint: Complaint, *, sender: str, position: str = "", house: str = "", channel: str
) -> tuple[str, str]:
    """What the medium puts before and after a text: greeting and close, or how a call opens and ends.

    ``house`` is the name under which the house signs, where it is known already.
    """
    language, person, house = complaint.language, addressee(complaint), house or house_name()
    if channel in SPOKEN:
        return phone_frame(person, language, sender=sender, house=house, reference=complaint.reference)
    return salutation(person, language), closing(language, (sender, position, house))


def said_of(purpose: str, complaint: Complaint, blank: str, value: str) -> str:
    """How the text of a purpose says one blank: the paragraphs that have it, else the value alone."""
    language = complaint.language
    text = letter_text(language, text_name(purpose, complaint))
    paragraphs = [p for p in text.split("\n\n")[1:] if blank in Template(p).get_identifiers()]
    you = pronouns(addressee(complaint), language)
    said = wording(
        language, "\n\n".join(["", *paragraphs]), {blank: value}, reference=complaint.reference, you=you
    )
    return said.text or value


def text_name(purpose: str, complaint: Complaint, *, spoken: bool = False) -> str:
    """Which text a purpose has in this case; where there is one for the telephone and it is spoken, that."""
    found = TEXTS.get(purpose, purpose)
    name = found if isinstance(found, str) else found(complaint)
    by_phone = f"{name}-phone"
    return by_phone if spoken and by_phone in letter_needs() else name


def _follow_up(complaint: Complaint) -> str:
    """Who was told no is not asked whether it is good now."""
    events = Event.objects.filter(complaint=complaint, name__in=ENDINGS).order_by("-number")
    refused = events.values_list("name", flat=True).first() == "complaint.refused"
    return "follow-up-refused" if refused else "follow-up"


def _decision(complaint: Complaint) -> str:
    """As the findings say; to be asked once every point has one."""
    found = {issue.finding for issue in complaint.issues.all()}
    if found == {Finding.JUSTIFIED}:
        return "decision-upheld"
    upheld = found & {Finding.JUSTIFIED, Finding.EXAGGERATED}
    return "decision-in-part" if upheld else "decision-rejected"


def _offer(complaint: Complaint) -> str:
    """Whoever asked for something else gets an answer to that, and not the first offer's words again."""
    last = complaint.offers.order_by("-round").values_list("answer", flat=True).first()
    return "counter-answer" if last == OfferAnswer.COUNTERED else "offer"


TEXTS: Mapping[str, str | Callable[[Complaint], str]] = {
    Purpose.RECEIPT: "receipt",
    Purpose.ACKNOWLEDGEMENT: "acknowledgement",
    Purpose.DETAILS: "request-for-details",
    Purpose.EXTENSION: "extension",
    Purpose.SAY_BACK: "say-back",
    Purpose.PROGRESS: "progress",
    Purpose.DECISION: _decision,
    Purpose.OFFER: _offer,
    Purpose.REMINDER: "offer-reminder",
    Purpose.COUNTER_ANSWER: "counter-answer",
    Purpose.CODE: "code",
    Purpose.AGREEMENT: "agreement",
    Purpose.SHIPPING: "shipping-notice",
    Purpose.REFUND: "refund-notice",
    Purpose.REFUSAL: "decision-rejected",
    Purpose.REFERRAL: "referral",
    Purpose.APOLOGY: "apology-from-above",
    Purpose.FOLLOW_UP: _follow_up,
    Purpose.CLOSING: "closing-thanks",
    Purpose.REVIEW: "review-invitation",
    Purpose.MASS: "mass-letter",
    Purpose.MEETING: "meeting",
    Purpose.OTHER: "other",
}


def _value(given: object) -> Value:
    if isinstance(given, str):
        return given.strip()
    if isinstance(given, date | Money):
        return given
    return tuple(given) if isinstance(given, Iterable) else "" if given is None else str(given)
