"""The blanks that may stand in a text: what each means, what it may say, whether the text needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

from django.utils.functional import Promise

from amends.correspondence.blanks import FROM_THE_CASE
from amends.correspondence.house_texts.words import BLANKS, PRONOUNS
from amends.correspondence.letters.address import pronouns
from amends.correspondence.letters.sample import made_up_case
from amends.correspondence.letters.texts import written
from amends.correspondence.phrasebook import letter_needs, pack_text, phrases

ALWAYS = frozenset({"reference"})  # what every complaint has


@dataclass(frozen=True)
class Blank:
    """One blank. ``usual``: the pack's text has it; the others fill themselves from the case."""

    name: str
    meaning: str | Promise
    example: str
    needed: bool
    usual: bool


def pronouns_of(language: str) -> set[str]:
    """The words for “you” that this language's texts use as blanks."""
    return set(phrases(language)["letter"].get("you", {}))


def allowed_in(language: str, name: str) -> set[str]:
    """Every blank that something fills in this text: the case, or the step that sends it."""
    in_the_pack = set(Template(pack_text(language, name)).get_identifiers())
    return in_the_pack | ALWAYS | FROM_THE_CASE.keys() | pronouns_of(language)


def sure_in(language: str, name: str) -> set[str]:
    """The blanks that are never empty in this text."""
    return pronouns_of(language) | ALWAYS | set(letter_needs()[name])


def blanks_of(language: str, name: str) -> list[Blank]:
    """The blanks of a text, the needed ones first, then those of the pack's text, in the order of the field
    table. Examples are those of the made-up case.
    """
    in_the_pack = set(Template(pack_text(language, name)).get_identifiers())
    needed, examples = set(letter_needs()[name]), _examples(language)
    rows = [
        Blank(blank, meaning, examples.get(blank, ""), blank in needed, blank in in_the_pack)
        for blank, meaning in (BLANKS | PRONOUNS).items()
        if blank in allowed_in(language, name)
    ]
    return sorted(rows, key=lambda row: (not row.needed, not row.usual))


def _examples(language: str) -> Mapping[str, str]:
    case = made_up_case(language)
    you = pronouns(case.customer, language)
    apology = Template(phrases(language)["words"]["apology"]).substitute(you)
    said = {field: written(value, language) for field, value in case.values.items()}
    return said | {"reference": case.reference, "apology": apology, **you}
