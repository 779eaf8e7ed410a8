"""Reading one value of a case file by its kind, or saying what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import get_currency_name
from django.utils.translation import gettext as _

from amends.correspondence.letters.fields import Kind, Money, Remedy, Value

NOT_SEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control characters and the like: no font shows them
CURRENCY = re.compile(r"[A-Z]{3}")


class Wrong(ValueError):
    """A value that cannot be read; the text says why."""


def clean(text: str) -> str:
    """Text as it can be set: composed letters, plain line ends, nothing invisible."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    plain = plain.replace("\u2028", "\n").replace("\u2029", "\n\n")
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in NOT_SEEN).strip()


def text(given: Any) -> str:
    """A string, cleaned. Numbers count as text: a reference may be one."""
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        raise Wrong(_("must be text"))
    return clean(str(given))


def line(given: Any) -> str:
    """A string of one line."""
    return " ".join(text(given).split("\n"))


def several(given: Any) -> tuple[str, ...]:
    """A list of strings; one string is a list of one. Empty ones are left out."""
    rows = given if isinstance(given, list) else [given]
    return tuple(filter(None, (text(row) for row in rows)))


def lines(given: Any) -> tuple[str, ...]:
    """The lines of a list of strings, or of one string with line ends."""
    return tuple(filter(None, (row.strip() for item in several(given) for row in item.split("\n"))))


def day(given: Any) -> date:
    """A date as in ISO 8601; a time of day is left out."""
    try:
        return datetime.fromisoformat(text(given)).date()
    except ValueError:
        raise Wrong(_("must be a date such as 2026-11-22")) from None


def money(given: Any) -> Money:
    """A sum: {"amount": "1250.00", "currency": "SEK"}."""
    if not isinstance(given, dict) or given.keys() != {"amount", "currency"}:
        raise Wrong(_('must be a sum such as {"amount": "1250.00", "currency": "SEK"}'))
    currency = text(given["currency"])
    if not CURRENCY.fullmatch(currency) or get_currency_name(currency, locale="en") == currency:
        raise Wrong(_("names the currency “%(currency)s”, which does not exist") % {"currency": currency})
    try:
        amount = Decimal(text(given["amount"]))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < 10**12:
        raise Wrong(_("holds the amount “%(amount)s”, which is none") % {"amount": given["amount"]})
    return Money(amount, currency)


def remedies(given: Any) -> tuple[Remedy, ...]:
    """What will be done: strings, or {"what", "amount", "currency", "within_days"}."""
    rows = given if isinstance(given, list) else [given]
    return tuple(_remedy(row) for row in rows if row != "")


def _remedy(row: Any) -> Remedy:
    if not isinstance(row, dict):
        return Remedy(line(row))
    if "what" not in row or row.keys() - {"what", "amount", "currency", "within_days"}:
        raise Wrong(_("must say “what”, and may say “amount”, “currency” and “within_days”"))
    sum_ = {name: row[name] for name in ("amount", "currency") if name in row}
    days = row.get("within_days")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or days < 0):
        raise Wrong(_("must give “within_days” as a whole number"))
    return Remedy(line(row["what"]), money(sum_) if sum_ else None, days)


def link(given: Any) -> str:
    """An address on the web."""
    address = text(given)
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", address):
        raise Wrong(_("must be an address that begins with https:// or http://"))
    return address


def prose(given: Any) -> str | tuple[str, ...]:
    """A paragraph, or several points."""
    return several(given) if isinstance(given, list) else text(given)


READ: dict[Kind, Callable[[Any], Value]] = {
    Kind.TEXT: text,
    Kind.PROSE: prose,
    Kind.POINTS: several,
    Kind.REMEDIES: remedies,
    Kind.DATE: day,
    Kind.SUM: money,
    Kind.LINK: link,
}
