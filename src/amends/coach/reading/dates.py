"""Dates as each language writes them: “25 September 2026”, “den 3 mars”, “3 marca”, “2026年3月3日”."""

import re
from dataclasses import dataclass
from functools import cache
from re import Match, Pattern

from amends.coach.reading.language import Language

_ISO = r"(?<![\d-])(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})(?![\d-])"
_NUMBERS = (
    r"(?<![\d.,/])(?P<d2>\d{1,2})(?P<sep>[./])(?P<m2>\d{1,2})"
    r"(?:(?P=sep)(?P<y2>\d{4}|\d{2}))?(?![\d/])(?:\.(?!\d))?"
)
_HAN = (
    r"(?:(?P<y3>\d{4}|[〇零一二三四五六七八九]{4})\s*年\s*)?"
    r"(?P<m3>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?P<d3>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"
)
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a text. ``year`` is None where the text leaves it out."""

    start: int
    end: int
    month: int
    day: int
    year: int | None = None

    def may_be(self, iso: str) -> bool:
        """Whether it is the day ``YYYY-MM-DD`` (a year left out fits every year)."""
        year, month, day = (int(part) for part in iso[:10].split("-"))
        return (self.month, self.day) == (month, day) and self.year in (None, year)


def dates(text: str, language: Language) -> list[Day]:
    """Every date of a text in its order; what could not be in a calendar is none."""
    found = [_day(match, language) for match in _pattern(language).finditer(text)]
    return [day for day in found if day is not None]


def _day(match: Match[str], language: Language) -> Day | None:
    part = match.groupdict()
    year = next((part[name] for name in ("y1", "y2", "y3", "y4", "y5", "y6") if part.get(name)), None)
    if worded := part.get("o6"):
        day = language.ordinals[worded.lower()]
    else:
        day = next(_number(part[name]) for name in ("d1", "d2", "d3", "d4", "d5") if part.get(name))
    names = [name for name in part if name.startswith("n") and part[name]]
    if names:
        month = int(names[0].split("_")[1])
    else:
        month = next(_number(part[name]) for name in ("m1", "m2", "m3") if part.get(name))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if part.get("d2") and not part.get("y2") and not _plain(match):
        return None
    return Day(match.start(), match.end(), month, day, _year(year))


def _plain(match: Match[str]) -> bool:
    """“12.30” alone is as often a time or a sum: only what ends like a date, or has a stroke, is one."""
    return (
        match.group("sep") == "/"
        or match.group().endswith(".")
        or (len(match.group("m2")) == 2 and (match.group("m2")[0] == "0" and match.group("d2") != "0"))
    )


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    if not written.isdigit():
        return int("".join(str(_DIGITS[digit]) for digit in written))
    return int(written) + (2000 if len(written) == 2 else 0)


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS.get(written, 0)
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


@cache
def _names(months: tuple[tuple[str, ...], ...], group: str) -> str:
    """One group for each month, longest names first."""
    either = []
    for number, names in enumerate(months, start=1):
        longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        either.append(rf"(?P<n{group}_{number}>{longest})")
    return rf"(?:{'|'.join(either)})"


_patterns: dict[str, Pattern[str]] = {}


def _pattern(language: Language) -> Pattern[str]:
    if language.code not in _patterns:
        _patterns[language.code] = re.compile("|".join(_forms(language)), re.IGNORECASE)
    return _patterns[language.code]


def _forms(language: Language) -> list[str]:
    forms = [_ISO, _HAN] if language.by_character else [_ISO]
    if not language.by_character:
        months = tuple(tuple(names) for names in language.months)
        forms.append(
            r"(?<![\d.,])(?P<d4>\d{1,2})(?:st|nd|rd|th|hb|[.:]?[ae]|\.)?(?:\s+of|\s+day of|\s+hb\.?)?\s+"
            rf"{_names(months, 'a')}\b\.?(?:,?\s+(?P<y4>\d{{4}})(?:\s*r\.)?)?"
        )
        forms.append(
            rf"\b{_names(months, 'b')}\.?\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.:]\d|\d)"
            r"(?:,?\s+(?P<y5>\d{4}))?"
        )
        if language.ordinals:
            either = "|".join(re.escape(word) for word in sorted(language.ordinals, key=len, reverse=True))
            forms.append(rf"\b(?P<o6>{either})\s+(?:of\s+)?{_names(months, 'c')}\b(?:,?\s+(?P<y6>\d{{4}}))?")
    return [*forms, _NUMBERS]
