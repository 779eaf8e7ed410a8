"""What a text of each kind owes: must-haves and advice (``packs/coach.toml``)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

MUST, ADVICE = "must-have", "advice"


@dataclass(frozen=True)
class Owed:
    """The codes of one kind of text."""

    must: Sequence[str]
    advice: Sequence[str]
    unasked: frozenset[str] = frozenset()  # codes that such a text is not looked at for

    @property
    def codes(self) -> tuple[str, ...]:
        """Both, must-haves first."""
        return (*self.must, *self.advice)

    def level(self, code: str) -> str:
        """Whether a code holds up sending."""
        return MUST if code in self.must else ADVICE


@cache
def owed(kind: str) -> Owed:
    """What a text of this kind owes: its row (``decision.upheld``, or ``decision``) and what always holds."""
    row = _table().get(kind) or _table().get(kind.partition(".")[0]) or {"must": [], "advice": []}
    always = _table()["always"]
    if "only" in row:
        left_out = {*always["must"], *always["advice"]} - {*row["only"]}
    else:
        left_out = set(row.get("without", ())) - {*row["must"], *row["advice"]}
    must = tuple(
        code for code in (*row["must"], *_else(always["must"], row["advice"])) if code not in left_out
    )
    advice = (code for code in (*row["advice"], *always["advice"]) if code not in left_out)
    return Owed(must, tuple(code for code in advice if code not in must), frozenset(left_out))


def _else(always: Sequence[str], said: Sequence[str]) -> list[str]:
    """What always holds, where the row does not say otherwise."""
    return [code for code in always if code not in said]


def kinds() -> tuple[str, ...]:
    """The kinds of text that the table knows, in its order."""
    return tuple(kind for kind in _table() if kind != "always")


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files("amends.packs") / "coach.toml").read_text("utf-8"))
