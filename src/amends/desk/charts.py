"""The geometry of small charts: bars in one SVG, in whole units, without a line of script or style."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 340  # of the picture, as its labels are read on a phone
BAR, GAP, LABEL = 16, 6, 18


@dataclass(frozen=True)
class Part:
    """One rectangle: where it begins and how long it is; ``look`` names its pattern, ``words`` what it is."""

    x: int
    width: int
    look: str
    words: str


@dataclass(frozen=True)
class Bar:
    """One bar with the words above it."""

    label: str
    said: str
    parts: tuple[Part, ...]
    y: int

    @property
    def label_y(self) -> int:
        """Where the words stand."""
        return self.y - 5


@dataclass(frozen=True)
class Chart:
    """Bars one below the other."""

    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return len(self.bars) * (LABEL + BAR + GAP) + GAP


def bars(rows: Sequence[tuple[str, str, Sequence[tuple[str, float, str]]]], *, whole: float = 0) -> Chart:
    """A chart of ``rows``: label, what is said beside it, and its parts (look, size, words).

    ``whole`` is the size that fills the width; nought: the longest of the bars.
    """
    longest = whole or max((sum(size for _, size, _ in parts) for _, _, parts in rows), default=0) or 1
    made = []
    for number, (label, said, parts) in enumerate(rows):
        y = number * (LABEL + BAR + GAP) + LABEL
        made.append(Bar(label, said, tuple(_parts(parts, longest)), y))
    return Chart(tuple(made))


def _parts(parts: Sequence[tuple[str, float, str]], longest: float) -> Sequence[Part]:
    found, reached = [], 0.0
    for look, size, words in parts:
        start, reached = reached, reached + size
        x, end = round(start / longest * WIDTH), round(reached / longest * WIDTH)
        if end > x:
            found.append(Part(x, end - x, look, words))
    return found
