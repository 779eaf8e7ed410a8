"""What the coach knows of a language: the files of its pack, read once."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

CODES = ("en", "sv", "pl", "ms", "zh-hans")
_SAME = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans"}


class UnknownLanguage(ValueError):
    """The coach does not read this language."""


@dataclass(frozen=True)
class Language:
    """The frame of a language: how it is cut, and its classes of words."""

    code: str
    stemmer: str  # a snowball algorithm; "" where words do not change
    by_character: bool  # Chinese: a rule's unit is the character
    gap: int  # how many words “..” skips at most
    abbreviations: frozenset[str]  # end in a full stop and never end a sentence
    stopwords: frozenset[str]
    stems: Mapping[str, str]  # word → stem, where the stemmer errs
    classes: Mapping[
        str, Sequence[str]
    ]  # name → patterns; “time” is a point in time that is no date: “tomorrow”
    months: Sequence[Sequence[str]]
    numbers: Mapping[str, int]  # “three” → 3
    ordinals: Mapping[str, int]  # “third” → 3, before the name of a month
    currencies: Mapping[str, str]  # as written → ISO 4217
    longest_sentence: int  # words beyond which a sentence is hard to read


def code_of(language: str) -> str:
    """The code of a language as the packs write it. ``zh`` is simplified Chinese; ``sv-SE`` is ``sv``.

    UnknownLanguage if the coach does not read it.
    """
    code = language.strip().lower().replace("_", "-")
    code = _SAME.get(code, code)
    if code not in CODES:
        code = next((known for known in CODES if code.startswith(f"{known}-")), code)
    if code not in CODES:
        raise UnknownLanguage(language)
    return code


def tag_of(code: str) -> str:
    """The code as programs outside expect it (BCP 47): ``zh-Hans``."""
    return "zh-Hans" if code == "zh-hans" else code


def pack(code: str) -> Traversable:
    """The folder of what the coach knows of a language."""
    return files("amends.packs") / "languages" / code / "coach"


def table(code: str, name: str) -> dict[str, Any]:
    """One TOML file of a language's pack."""
    return tomllib.loads((pack(code) / name).read_text("utf-8"))


@cache
def language_of(code: str) -> Language:
    """The language with this code (one of ``CODES``)."""
    data = table(code, "language.toml")
    return Language(
        code=code,
        stemmer=data.get("stemmer", ""),
        by_character=data.get("by_character", False),
        gap=data.get("gap", 3),
        abbreviations=frozenset(data.get("abbreviations", [])),
        stopwords=frozenset(data.get("stopwords", "").split()),
        stems=data.get("stems", {}),
        classes=data.get("classes", {}) | {"time": data.get("times", [])},
        months=[names.split() for names in data["months"]],
        numbers=data.get("numbers", {}),
        ordinals=data.get("ordinals", {}),
        currencies=data.get("currencies", {}),
        longest_sentence=data.get("longest_sentence", 30),
    )
