"""What a letter to everybody says: begun from the standard text, written once in each language they have."""

from collections.abc import Iterator
from string import Template

from django.db.models import Count
from django.utils.translation import gettext as _

from amends.cases.models import Complaint
from amends.correspondence import letterheads
from amends.correspondence.addressee import addressee
from amends.correspondence.blanks import FROM_THE_CASE
from amends.correspondence.house_texts.versions import tidy
from amends.correspondence.letters.address import pronouns
from amends.correspondence.letters.fields import FIELDS
from amends.correspondence.letters.fonts import uncovered
from amends.correspondence.letters.texts import wording
from amends.correspondence.models import MassLetter
from amends.correspondence.phrasebook import letter_needs, letter_text, phrases
from amends.correspondence.texts import Draft, frame
from amends.people.languages import LANGUAGES

TEXT = "mass-letter"
OF_EACH_CASE = ("link", "received", "contact")  # what each customer's own case fills in
LONGEST_SUBJECT = 160


class NoText(Exception):
    """Nobody has written the letter in this customer's language."""


def start(letter: MassLetter, language: str) -> dict[str, str]:
    """Subject and text to begin with: the house's standard text, with the cause put in."""
    words = letter_text(language, TEXT)
    if language == letter.author.language:  # in the others the cause has to be said anew
        words = Template(words).safe_substitute(title=letter.title)
    subject, _newline, text = words.partition("\n")
    return {"subject": subject.strip(), "text": tidy(text)}


def languages_of(letter: MassLetter) -> dict[str, int]:
    """The languages of those who get it, with how many have each, in the house's order."""
    rows = letter.to.filter(left_out=False).order_by()
    counts = dict(rows.values_list("complaint__language").annotate(count=Count("pk")))
    return {code: counts[code] for code, _name in LANGUAGES if code in counts}


def faults(language: str, subject: str, text: str) -> list[str]:
    """What is wrong with the letter in one language, a sentence each; empty if it can go out."""
    whole = f"{subject}\n{text}"
    if not subject.strip() or not text.strip():
        return [_("A letter needs a subject and a text.")]
    if not Template(whole).is_valid():
        return [_("A dollar sign begins no blank here. For a dollar sign itself write $$.")]
    return list(_faults(language, subject, text))


def _faults(language: str, subject: str, text: str) -> Iterator[str]:
    you = set(phrases(language)["letter"].get("you", {}))
    blanks = set(Template(text).get_identifiers())
    for blank in letter_needs()[TEXT]:
        if blank in blanks:
            yield _("Still to be written, in place of the blank: $%(blank)s") % {"blank": blank}
    filled = {*you, *OF_EACH_CASE, "reference", "contact_phone"}
    if not any(set(Template(part).get_identifiers()) <= filled for part in text.split("\n\n")):
        yield _("Nothing would be left of it: each paragraph has a blank that nothing fills.")
    for blank in sorted(blanks - FIELDS.keys() - you - {"reference"}):
        yield _("Nothing fills the blank $%(blank)s.") % {"blank": blank}
    for blank in sorted(set(Template(subject).get_identifiers()) - you - {"reference"}):
        yield _("The subject cannot speak of $%(blank)s: write it out.") % {"blank": blank}
    if len(subject) > LONGEST_SUBJECT:
        yield _("The subject is longer than %(longest)s characters.") % {"longest": LONGEST_SUBJECT}
    if characters := uncovered(Template(f"{subject}{text}").safe_substitute()):
        yield _("The letters’ fonts have no picture for %(characters)s.") % {
            "characters": " ".join(characters)
        }


def missing(letter: MassLetter) -> list[str]:
    """What still keeps the letter from going out, a sentence each, language by language."""
    names, languages = dict(LANGUAGES), languages_of(letter)
    said = [] if languages else [_("Nobody gets it: all are left out.")]
    for language in languages:
        text = letter.texts.get(language)
        found = faults(language, **text) if text else [_("It is not written yet.")]
        said += [f"{names[language]}: {fault}" for fault in found]
    return said


def draft_for(letter: MassLetter, complaint: Complaint, *, channel: str) -> Draft:
    """The letter as this customer gets it, signed by its author. Raises NoText."""
    language = complaint.language
    if language not in letter.texts:
        raise NoText(language)
    text = f"{letter.texts[language]['subject']}\n{letter.texts[language]['text']}"
    blanks = set(Template(text).get_identifiers())
    filled = {name: FROM_THE_CASE[name](complaint) for name in OF_EACH_CASE if name in blanks}
    filled["contact_phone"] = letterheads.current().phone
    you = pronouns(addressee(complaint), language)
    said = wording(language, text, filled, reference=complaint.reference, you=you)
    author = letter.author
    greeting, close = frame(complaint, sender=author.name, position=author.title, channel=channel)
    return Draft(said.subject, said.text, greeting, close)
