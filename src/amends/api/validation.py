"""What is wrong with a field, in a sentence that a person can act on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By pydantic's error types; a check of our own brings its sentence along.
SENTENCES: Mapping[str, Promise] = {
    "missing": _("This is missing."),
    "extra_forbidden": _("There is no such field."),
    "string_type": _("This must be text."),
    "string_unicode": _("This is not readable as Unicode text."),
    "string_too_long": _("This is too long: up to %(max_length)s characters fit."),
    "string_too_short": _("This is too short: at least %(min_length)s characters."),
    "string_pattern_mismatch": _("This does not have the right form."),
    "enum": _("This is not one of: %(expected)s."),
    "literal_error": _("This is not one of: %(expected)s."),
    "bool_type": _("This must be true or false."),
    "int_type": _("This must be a whole number."),
    "int_parsing": _("This must be a whole number."),
    "int_from_float": _("This must be a whole number."),
    "greater_than_equal": _("This is too small: at least %(ge)s."),
    "less_than_equal": _("This is too large: at most %(le)s."),
    "list_type": _("This must be a list."),
    "too_short": _("This list is too short: at least %(min_length)s."),
    "too_long": _("This list is too long: at most %(max_length)s."),
    "timezone_aware": _("The time lacks its zone. Write it like 2026-03-02T09:00:00Z."),
    "datetime_parsing": _("This is not a time. Write it like 2026-03-02T09:00:00Z."),
    "datetime_from_date_parsing": _("This is not a time. Write it like 2026-03-02T09:00:00Z."),
    "date_parsing": _("This is not a date. Write it like 2026-03-02."),
    "date_from_datetime_parsing": _("This is not a date. Write it like 2026-03-02."),
    "decimal_max_digits": _("This sum is too large."),
    "decimal_max_places": _("A sum has at most two decimals."),
    "decimal_whole_digits": _("This sum is too large."),
}
OTHERWISE = _("This is not valid here.")


def field_errors(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Ninja's validation errors as ``pointer`` (RFC 6901, into what was sent), ``field`` and ``detail``."""
    return [_field_error(error) for error in errors]


def _field_error(error: Mapping[str, Any]) -> dict[str, str]:
    where, *path = error["loc"]
    if where == "body":
        path = path[1:]  # the name of the parameter that takes the whole body
    return field_error([str(part) for part in path], str(where), _sentence(error))


def field_error(names: Sequence[str], where: str, sentence: object) -> dict[str, str]:
    """One field that is wrong, and why."""
    pointer = "#" + "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names)
    return {"pointer": pointer, "field": ".".join(names), "in": where, "detail": str(sentence)}


def _sentence(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        return str(context.get("error") or OTHERWISE)
    return str(SENTENCES.get(error["type"], OTHERWISE)) % context
