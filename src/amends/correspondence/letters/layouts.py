"""Where things stand on the page: each language's own formal letter, and the three English layouts.

A language brings its order of parts, its words and its numbering. A layout that is asked for by name decides
what the English table decides (date, close and signature, first lines) and nothing else, in every language.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Layout(StrEnum):
    """The three layouts of English business letters."""

    FULL_BLOCK = "full-block"
    MODIFIED_BLOCK = "modified-block"
    SEMI_BLOCK = "semi-block"


class Paper(StrEnum):
    """The sheets that are set, by Typst's names."""

    A4 = "a4"
    US_LETTER = "us-letter"


class Window(StrEnum):
    """Where the window of the envelope is. NONE prints neither a return line nor fold marks."""

    LEFT = "left"
    RIGHT = "right"
    NONE = "none"


@dataclass(frozen=True)
class Style:
    """How one letter is laid out; the words are those that ``letter.typ`` knows.

    ``date``: left | centre (below the address) | upper (with the references) | end (below the signature).
    ``upper``: none | labelled | right-aligned. ``subject``: before | after (the salutation) | centred.
    ``close``: left | centre | right-centred | right (the formula stays left, the signature is right).
    ``indent``: flush | half-inch | two-characters. ``points``: a dash, or a numbering.
    """

    window: Window
    date: str
    upper: str
    subject: str
    close: str
    indent: str = "flush"
    points: str = "–"
    numbered: bool = False


OWN: dict[str, Style] = {
    "en": Style(Window.LEFT, date="left", upper="none", subject="after", close="left"),
    "sv": Style(Window.RIGHT, date="upper", upper="labelled", subject="before", close="left"),
    "pl": Style(Window.RIGHT, date="upper", upper="right-aligned", subject="before", close="right-centred"),
    "ms": Style(
        Window.LEFT, date="upper", upper="labelled", subject="after", close="left",
        points="(a)", numbered=True,
    ),
    "zh-hans": Style(
        Window.LEFT, date="end", upper="labelled", subject="centred", close="right",
        indent="two-characters", points="（1）",
    ),
}  # fmt: skip


def style_of(language: str, layout: Layout | None) -> Style:
    """The style of a letter: the language's own, or with the alignment of the layout that was asked for.

    A date at the end, as in Chinese, stays below the signature and moves with it.
    """
    own = OWN[language]
    if layout is None:
        return own
    side = "left" if layout is Layout.FULL_BLOCK else "centre"
    return replace(
        own,
        date="end" if own.date == "end" else side,
        upper="none",
        close=side,
        indent="half-inch" if layout is Layout.SEMI_BLOCK else "flush",
    )


def measures(paper: Paper, window: Window) -> dict[str, object]:
    """The fixed places of the first page, in millimetres from its upper left corner.

    A4 with a left window follows DIN 5008 form B: the address field begins at 45 mm, its address part at
    62.7 mm, the text at 97.4 mm, the sheet is folded at 105 and 210 mm. A right window is that of the
    Swedish and Polish E65, DL and C5 envelopes. US Letter is that of a No. 10 envelope, folded in thirds.
    """
    us, right = paper is Paper.US_LETTER, window is Window.RIGHT
    side = 25.4 if us else 25.0
    address_y = 59.0 if us else 56.0 if right else 62.7
    marks = [] if window is Window.NONE else ([93.1, 186.3] if us else [105.0, 210.0])
    return {
        "side": side,
        "head-width": 85,
        "upper-x": 120 if us else 117,
        "address-x": 117.0 if right else side,
        "address-width": 70 if right else 85,
        "address-y": address_y,
        "return-y": address_y - 6.5,
        "text-y": 100.0 if us else 97.4,
        "folds": marks,
    }
