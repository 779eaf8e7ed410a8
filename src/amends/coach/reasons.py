"""Why a wording hurts and what to say instead, in the language of the person who writes."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from amends.coach.reading.language import table


class Reason(NamedTuple):
    """One sentence each."""

    why: str
    instead: str


@cache
def _reasons(reader: str) -> Mapping[str, Any]:
    return table(reader, "reasons.toml")


def reason(key: str, reader: str, **values: str) -> Reason:
    """The reason with this key: a code, or ``code.particular``, which falls back to the code's own.

    ``values`` fill the fields of the sentences (``{sum}``).
    """
    code, _, particular = key.partition(".")
    row = _reasons(reader)[code]
    special = row.get(particular, {}) if particular else {}
    return Reason(
        why=str(special.get("why", row["why"])).format(**values),
        instead=str(special.get("instead", row["instead"])).format(**values),
    )


def phrase(name: str, reader: str, **values: str) -> str:
    """A short phrase of the coach itself, from the table ``phrases``."""
    return str(_reasons(reader)["phrases"][name]).format(**values)
