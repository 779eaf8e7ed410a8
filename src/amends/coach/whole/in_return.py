"""Whether an invitation to review promises something for it: gift, discount, prize (``review.toml``).

Only such invitations are read for it: a review that was paid for, in whatever coin, is worth nothing to who
reads it, and laws against unfair practices forbid it.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from amends.coach.reading.language import Language, language_of, table
from amends.coach.whole.against import Lack
from amends.coach.whole.cues import Cue, cue_of
from amends.coach.whole.letter import Line, body

CODE = "paid-review"


def in_return(lines: Sequence[Line], language: Language) -> Iterator[Lack]:
    """Each sentence that speaks of a reward, unless it says that there is none."""
    reward = _reward(language.code)
    for line in body(lines):
        place = reward.find(line.written, line.traits)
        if place is not None:
            yield Lack(CODE, place=place)


@cache
def _reward(code: str) -> Cue:
    return cue_of(table(code, "review.toml")["reward"], language_of(code))
