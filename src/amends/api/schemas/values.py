"""The kinds of values that programs send, each checked before it comes near the database."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError as NotAnAddress
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
)

from amends.cases.choices import CURRENCIES
from amends.kit.clock import now
from amends.kit.forms import LONGEST
from amends.people.languages import LANGUAGES

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SUM = re.compile(r"\d{1,10}(\.\d{1,2})?")
_CURRENCY_CODES = [code for code, _name in CURRENCIES]
_LANGUAGE_CODES = [code for code, _name in LANGUAGES]


class Given(Schema):
    """A body that programs send. A field that does not exist is refused: it would be lost silently."""

    model_config = ConfigDict(extra="forbid")


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError(_("This holds a NUL character, which no text needs."))
    return text


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError(_("This must be one line, without control characters."))
    return text


def _address(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except NotAnAddress as error:
        raise ValueError(_("This is not an e-mail address.")) from error
    return text


def _as_text(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError(_("This must be text."))
    return value


def _sum_as_text(value: Any) -> Any:
    if not isinstance(value, str) or not _SUM.fullmatch(value):
        raise ValueError(_("A sum is text with a point and at most two decimals, like “499.00”."))
    return value


def _of_our_time(moment: datetime) -> datetime:
    if not 1990 < moment.year < 2200:
        raise ValueError(_("This is not a time of our days."))
    return moment


def _not_ahead(moment: datetime) -> datetime:
    if moment > now():
        raise ValueError(_("This time has not come yet."))
    return moment


def _ahead(moment: datetime) -> datetime:
    if moment <= now():
        raise ValueError(_("This time is over."))
    return moment


def _day_not_ahead(day: date) -> date:
    if day.year < 1990 or day > timezone.localdate(now()):
        raise ValueError(_("This is not a day of our time, or it has not come yet."))
    return day


def _language(code: str) -> str:
    if code not in _LANGUAGE_CODES:
        raise ValueError(
            _("The house does not speak this language. It speaks: %s.") % ", ".join(_LANGUAGE_CODES)
        )
    return code


def _currency(code: str) -> str:
    if code not in _CURRENCY_CODES:
        raise ValueError(
            _("The house does not pay in this currency. It pays in: %s.") % ", ".join(_CURRENCY_CODES)
        )
    return code


Long = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(_no_nul)]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(_one_line)]
Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_one_line), AfterValidator(_address)]
Sector = Literal["", "consumer", "finance", "payments", "telecom", "housing"]  # empty: the house’s own
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Language = Annotated[
    str, AfterValidator(_language), WithJsonSchema({"type": "string", "enum": _LANGUAGE_CODES})
]
Currency = Annotated[
    str, AfterValidator(_currency), WithJsonSchema({"type": "string", "enum": _CURRENCY_CODES})
]
Money = Annotated[
    Decimal,
    BeforeValidator(_sum_as_text),
    WithJsonSchema({"type": "string", "pattern": rf"^{_SUM.pattern}$", "examples": ["499.00"]}),
]
_moment = {"type": "string", "format": "date-time", "examples": ["2026-03-02T09:00:00Z"]}
Moment = Annotated[
    AwareDatetime, BeforeValidator(_as_text), AfterValidator(_of_our_time), WithJsonSchema(_moment)
]
Past = Annotated[Moment, AfterValidator(_not_ahead), WithJsonSchema(_moment)]
Future = Annotated[Moment, AfterValidator(_ahead), WithJsonSchema(_moment)]
Day = Annotated[
    date,
    BeforeValidator(_as_text),
    AfterValidator(_day_not_ahead),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Flag = StrictBool
Days = Annotated[int, Field(strict=True, ge=1, le=365)]
Number = Annotated[int, Field(ge=1, le=32767)]  # a round, a version, a position
