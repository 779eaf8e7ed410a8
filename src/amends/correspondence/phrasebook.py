"""Reading the language packs, which are plain files, and the house's own words that take their place."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def phrases(language: str) -> dict[str, dict[str, Any]]:
    """The greetings and short sentences of a language (``languages/<language>/phrases.toml``)."""
    return tomllib.loads((files("amends.packs") / "languages" / language / "phrases.toml").read_text("utf-8"))


@cache
def pack_text(language: str, name: str) -> str:
    """The text of ``languages/<language>/letters/<name>.txt``. FileNotFoundError if there is none."""
    return (files("amends.packs") / "languages" / language / "letters" / f"{name}.txt").read_text("utf-8")


def letter_text(language: str, name: str) -> str:
    """The text ``name`` as the house has it: its own newest version, or the pack's. One query, never kept.

    FileNotFoundError if there is no text of this name.
    """
    from amends.correspondence.models import HouseText  # here: who reads the packs alone needs no Django

    versions = HouseText.objects.filter(language=language, name=name).order_by("-version")
    return versions.values_list("text", flat=True).first() or pack_text(language, name)


@cache
def letter_needs() -> dict[str, tuple[str, ...]]:
    """Every letter text, in the order of the process, with the fields that it cannot do without."""
    table = tomllib.loads((files("amends.packs") / "letters.toml").read_text("utf-8"))
    return {name: tuple(row["needs"]) for name, row in table.items()}


@cache
def revision_table() -> dict[str, dict[str, str]]:
    """``packs/texts.toml`` as it stands: see ``tools/text_revisions.py``."""
    return tomllib.loads((files("amends.packs") / "texts.toml").read_text("utf-8"))


@cache
def text_revisions() -> dict[str, dict[str, int]]:
    """At which revision of its meaning the pack's text stands, by name and language."""
    return {
        name: {language: int(noted.split()[0]) for language, noted in row.items()}
        for name, row in revision_table().items()
    }


def example_case(language: str) -> dict[str, Any]:
    """A made-up case with every field that letters can speak of (``languages/<language>/example.json``).

    It shows what a text looks like when its blanks are filled. Each call gives a case of its own.
    """
    given = (files("amends.packs") / "languages" / language / "example.json").read_text("utf-8")
    case: dict[str, Any] = json.loads(given)
    return case
