"""Reading the language packs: plain files, so that a house can change a sentence without touching code."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def message_text(language: str, name: str) -> str:
    """The text of ``languages/<language>/messages/<name>.txt``. FileNotFoundError if there is none."""
    return (files("amends.packs") / "languages" / language / "messages" / f"{name}.txt").read_text("utf-8")


@cache
def phrases(language: str) -> dict[str, dict[str, Any]]:
    """The greetings and short sentences of a language (``languages/<language>/phrases.toml``)."""
    return tomllib.loads((files("amends.packs") / "languages" / language / "phrases.toml").read_text("utf-8"))


@cache
def letter_text(language: str, name: str) -> str:
    """The text of ``languages/<language>/letters/<name>.txt``. FileNotFoundError if there is none."""
    return (files("amends.packs") / "languages" / language / "letters" / f"{name}.txt").read_text("utf-8")


@cache
def letter_needs() -> dict[str, tuple[str, ...]]:
    """Every letter text, in the order of the process, with the fields that it cannot do without."""
    table = tomllib.loads((files("amends.packs") / "letters.toml").read_text("utf-8"))
    return {name: tuple(row["needs"]) for name, row in table.items()}


def example_case(language: str) -> dict[str, Any]:
    """A made-up case with every field that letters can speak of (``languages/<language>/example.json``).

    It shows what a text looks like when its blanks are filled. Each call gives a case of its own.
    """
    given = (files("amends.packs") / "languages" / language / "example.json").read_text("utf-8")
    case: dict[str, Any] = json.loads(given)
    return case
