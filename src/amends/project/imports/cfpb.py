"""The complaint database of the United States' Consumer Financial Protection Bureau (CFPB), as CSV.

Columns as on https://www.consumerfinance.gov/data-research/consumer-complaints/. Two kinds are known,
told apart by their columns: with narratives (the consumer's own words), and without (what the CFPB wrote
down, and what became of it). The full export has both; then the narrative is the story.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from amends.kit.forms import LONGEST

PRODUCT, ISSUE, RECEIVED = "Product", "Issue", "Date received"
NARRATIVE, RESPONSE, COMPANY = "Consumer complaint narrative", "Company response to consumer", "Company"
TOLD_FROM = (PRODUCT, "Sub-product", ISSUE, "Sub-issue", COMPANY)  # the story, where nobody wrote one
KNOWN_BESIDE = (
    "Submitted via",
    "State",
    "ZIP code",
    "Tags",
    "Consumer consent provided?",
    "Date sent to company",
    RESPONSE,
    "Company public response",
    "Timely response?",
    "Consumer disputed?",
    "Complaint ID",
)
LONGEST_CELL = 110  # characters: product, issue and company go into fields with room for two of these
DATES = ("%m/%d/%Y", "%Y-%m-%d", "%m/%d/%y")


class BadRow(Exception):
    """A row that cannot become a complaint. Its text says why."""


@dataclass(frozen=True)
class Taken:
    """One row, ready to be registered; ``settled`` is who dealt with it and how, if the file says so."""

    customer: str
    register: Mapping[str, Any]
    remarks: str = ""
    settled: tuple[str, str] | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def knows(header: tuple[str, ...]) -> bool:
    """Whether these are columns of the CFPB's."""
    return PRODUCT in header and (NARRATIVE in header or {ISSUE, RECEIVED} <= set(header))


def take_row(header: tuple[str, ...], cells: list[str], number: int, now: datetime) -> Taken:
    """What row ``number`` (from 1) says. Raises BadRow with the reason.

    Nothing is added: what the file does not know stays empty, and the day is all that it knows of a time.
    """
    if len(cells) != len(header):
        raise BadRow(
            _("The row has %(found)d columns, not %(wanted)d.") % {"found": len(cells), "wanted": len(header)}
        )
    if any("\0" in cell for cell in cells):
        raise BadRow(_("The row holds a NUL character."))
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    if not row[PRODUCT]:
        raise BadRow(_("“%(column)s” is empty.") % {"column": PRODUCT})
    _check_lengths(row)
    return Taken(
        customer=_customer(row, number),
        register={
            "story": _story(header, cells, row),
            "title": _title(row),
            "category": _category(row),
            "received_at": _received(row, now),
        },
        details=_details(row),
        remarks=_remarks(row),
        settled=_settled(row),
    )


def _check_lengths(row: Mapping[str, str]) -> None:
    for column, text in row.items():
        longest = LONGEST if column == NARRATIVE else LONGEST_CELL
        if column in (NARRATIVE, *TOLD_FROM) and len(text) > longest:
            raise BadRow(
                _("“%(column)s” has %(found)d characters, more than %(longest)d.")
                % {"column": column, "found": len(text), "longest": longest}
            )


def _customer(row: Mapping[str, str], number: int) -> str:
    place = " ".join(part for part in (row.get("State"), row.get("ZIP code")) if part)
    return f"CFPB consumer {number}" + (f" ({place[:40]})" if place else "")


def _story(header: tuple[str, ...], cells: list[str], row: Mapping[str, str]) -> str:
    if row.get(NARRATIVE):
        return cells[header.index(NARRATIVE)]  # the customer's words, to the last blank
    if NARRATIVE in header and ISSUE not in header:
        raise BadRow(_("“%(column)s” is empty.") % {"column": NARRATIVE})
    if not row[ISSUE]:
        raise BadRow(_("“%(column)s” is empty.") % {"column": ISSUE})
    return "\n".join(f"{column}: {row[column]}" for column in TOLD_FROM if row.get(column))


def _title(row: Mapping[str, str]) -> str:
    return ": ".join(part for part in (row.get(ISSUE), row.get("Sub-issue")) if part)


def _received(row: Mapping[str, str], now: datetime) -> datetime | None:
    written = row.get(RECEIVED)
    if written is None:
        return None
    for form in DATES:
        try:
            # Noon UTC is the same day in nearly every house's zone.
            day = datetime.strptime(written, form).replace(hour=12, tzinfo=UTC)
        except ValueError:
            continue
        if day.date() > now.astimezone(UTC).date():
            raise BadRow(_("“%(date)s” lies in the future.") % {"date": written})
        return min(day, now)
    raise BadRow(_("“%(date)s” is not a date.") % {"date": written[:40]})


def _details(row: Mapping[str, str]) -> dict[str, str]:
    company = row.get(COMPANY)
    issue = " / ".join(part for part in (row.get(ISSUE), row.get("Sub-issue")) if part)
    return {
        "product": f"{row[PRODUCT]} ({company})"[:200] if company else row[PRODUCT],
        "specification": row.get("Sub-product", ""),
        "subcategory": issue[:120],
    }


def _remarks(row: Mapping[str, str]) -> str:
    return "\n".join(f"{column}: {row[column]}" for column in KNOWN_BESIDE if row.get(column))


def _settled(row: Mapping[str, str]) -> tuple[str, str] | None:
    """Who answered and with what, if the file says that it is closed."""
    response, company = row.get(RESPONSE, ""), row.get(COMPANY, "")
    if not (response.startswith("Closed") and company):
        return None
    sent = row.get("Date sent to company")
    when = _("The CFPB sent this complaint to %(company)s on %(date)s.") if sent else ""
    answered = _("The company’s response to the consumer, as the CFPB has it: %(response)s.")
    told = " ".join(part for part in (when, answered) if part)
    return company, told % {"company": company, "date": sent, "response": response}


def _category(row: Mapping[str, str]) -> str:
    """The house's category (mission C1) for the CFPB's words; the issue decides before the product."""
    by_issue, by_product, otherwise = _table()
    return by_issue.get(row.get(ISSUE, "")) or by_product.get(row[PRODUCT]) or otherwise


@cache
def _table() -> tuple[dict[str, str], dict[str, str], str]:
    table = tomllib.loads(Path(__file__).with_name("cfpb_categories.toml").read_text(encoding="utf-8"))
    issue, product = (
        {word: category for category, words in table[part].items() for word in words}
        for part in ("issue", "product")
    )
    return issue, product, str(table["otherwise"])
