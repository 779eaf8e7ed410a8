"""Sums of money as each language writes them: “£65.00”, “1 250,00 zł”, “RM 1,250”, “tre hundra kronor”."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from re import Pattern

from amends.coach.reading.language import Language

_AMOUNT = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,:]\d{1,2})?(?!\d)"
_GAP = r"[ \u00a0\u202f]?"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in a text. ``currency`` is the ISO 4217 code; None where the sign is unknown."""

    start: int
    end: int
    amount: Decimal
    currency: str | None


def sums(text: str, language: Language) -> list[Sum]:
    """Every sum of a text in its order."""
    found = []
    for match in _pattern(language).finditer(text):
        sign = (match["before"] or match["after"] or match["worded"] or "").strip().lower()
        worded = match["words"]
        amount = _worded(worded, language) if worded else number(match["n1"] or match["n2"])
        if amount is not None and (scale := match.groupdict().get("scale")):  # “1.2万元”
            amount *= language.numbers[scale]
        if amount is not None:
            currency = {k.lower(): v for k, v in language.currencies.items()}.get(sign)
            found.append(Sum(match.start(), match.end(), amount, currency))
    return found


def number(written: str) -> Decimal | None:
    """“1 250,00”, “1,250.50” and “65:-” as a number. None if it is none."""
    digits = re.sub(r"[ \u00a0\u202f'’]", "", written)
    cents = re.search(r"[.,:](\d{1,2})$", digits)
    whole = digits[: cents.start()] if cents else digits
    try:
        return Decimal(re.sub(r"[.,]", "", whole) + (f".{cents[1]}" if cents else ""))
    except InvalidOperation:
        return None


def _worded(written: str, language: Language) -> Decimal | None:
    """Number words put together: ten, hundred and thousand multiply what is before them, the rest adds."""
    total = section = ones = 0
    for word in list(written) if language.by_character else re.findall(_either(language), written.lower()):
        value = language.numbers.get(word, 0)
        if value in (10, 100):
            section, ones = section + max(ones, 1) * value, 0
        elif value >= 1000:
            total, section, ones = total + max(section + ones, 1) * value, 0, 0
        else:
            ones += value
    return Decimal(total + section + ones) or None


def _either(language: Language) -> str:
    """The number words of a language, longest first."""
    return "|".join(re.escape(word) for word in sorted(language.numbers, key=len, reverse=True))


_patterns: dict[str, Pattern[str]] = {}


def _pattern(language: Language) -> Pattern[str]:
    if language.code not in _patterns:
        signs = sorted(language.currencies, key=len, reverse=True)
        either = "|".join(
            re.escape(s) + (r"(?!\w)" if s[-1].isalpha() and not language.by_character else "") for s in signs
        )
        before = "|".join(re.escape(s) for s in signs)
        words = _either(language)
        gap = "" if language.by_character else r"[\s-]+(?:och\s+|and\s+|i\s+)?"
        scale = "(?P<scale>[百千万])?" if language.by_character else ""
        one = rf"(?:{words})" if language.by_character else rf"\b(?:{words})+\b"  # “tvåhundra”
        _patterns[language.code] = re.compile(
            rf"(?<![\w])(?P<before>{before}){_GAP}(?P<n1>{_AMOUNT})"
            rf"|(?<![\d.,])(?P<n2>{_AMOUNT}){_GAP}{scale}-?(?P<after>{either})"
            rf"|(?P<words>{one}(?:{gap}{one})*)\s?(?P<worded>{either})",
            re.IGNORECASE,
        )
    return _patterns[language.code]
