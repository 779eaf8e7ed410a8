"""What a text of each kind owes: must-haves and advice (``packs/coach.toml``)."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MUST, ADVICE = "must-have", "advice"


@dataclass(frozen=True)
class Owed:
    """The codes of one kind of text."""

    must: Sequence[str]
    advice: Sequence[str]

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
    table = tomllib.loads((files("amends.packs") / "coach.toml").read_text("utf-8"))
    row = table.get(kind) or table.get(kind.partition(".")[0]) or {"must": [], "advice": []}
    always = table["always"]
    must = (*row["must"], *always["must"])
    return Owed(must, tuple(code for code in (*row["advice"], *always["advice"]) if code not in must))
