"""The exact text that the customer sees, and signs."""

import re
from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_currency
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext, to_locale

from amends.cases.choices import RemedyKind
from amends.cases.models import CustomerPart, Offer, Remedy
from amends.rules.statutes import Unit

NEW_OR_MENDED = frozenset({RemedyKind.REPLACEMENT, RemedyKind.REPAIR})


def money(amount: Decimal, currency: str, language: str) -> str:
    """A sum as people of this language write it."""
    said = format_currency(amount, currency, locale=to_locale(language))
    return re.sub(r"(?<=[A-Z]{3})(?=\d)", "\xa0", said)  # a code stands apart: “SEK 59”, “£59”, “RM59”


def remedy_line(remedy: Remedy, currency: str, language: str) -> str:
    """One remedy in words: what, how much, within how many days, and after which other one."""
    what = remedy_name(remedy, language)
    line = remedy_words(what, remedy.amount, currency, remedy.within_days, language)
    if remedy.after is None:
        return line
    with translation.override(language):
        after = gettext("after number %(number)d is done") % {"number": remedy.after}
        return pgettext("between the parts of a line", ", ").join((line, after))


def remedy_name(remedy: Remedy, language: str) -> str:
    """What one remedy is, without sum and days."""
    with translation.override(language):
        return remedy.named


def remedy_words(
    what: str, amount: Decimal | None, currency: str, within_days: int | None, language: str
) -> str:
    """The same of a remedy that is in no plan; an amount or days that are None are not spoken of."""
    with translation.override(language):
        parts = [what]
        if amount is not None:
            parts.append(money(amount, currency, language))
        if within_days is not None:
            parts.append(_within(within_days))
        return pgettext("between the parts of a line", ", ").join(parts)


def part_words(part: CustomerPart, language: str) -> str:
    """What the customer does, and within how many days."""
    return remedy_words(part.description, None, "", part.within_days, language)


def _within(days: int) -> str:
    return ngettext("within %(days)d day", "within %(days)d days", days) % {"days": days}


def settlement_text(offer: Offer, language: str) -> str:
    """The settlement in the customer's language: the offer's words, what each side does and by when, the
    right to withdraw where there is one, and what the customer keeps whatever they sign.

    Deterministic: the same offer gives the same text, so its SHA-256 says what was seen and signed.
    """
    remedies, parts = list(offer.plan.remedies.all()), list(offer.plan.customer_parts.all())
    ours = [f"{one.position}. {remedy_line(one, offer.plan.currency, language)}" for one in remedies]
    theirs = [f"{one.position}. {part_words(one, language)}" for one in parts]
    with translation.override(language):
        blocks = [
            gettext("Settlement of complaint %(reference)s") % {"reference": offer.complaint.reference},
            offer.text.strip(),
            _block(gettext("What we do. Days count from the day you sign:"), ours),
            _all_done(max((one.within_days for one in remedies), default=0)),
            _block(gettext("What you do. Days count from the day you sign:"), theirs),
            right_in_words(offer),
            _block(gettext("What you keep, whatever is written here:"), _kept(remedies)),
        ]
    return "\n\n".join(block for block in blocks if block)


def _block(head: str, lines: list[str]) -> str:
    return "\n".join([head, *lines]) if lines else ""


def _all_done(days: int) -> str:
    """The time-frame in one sentence."""
    said = ngettext(
        "Everything that we do is done within %(days)d day of your signature.",
        "Everything that we do is done within %(days)d days of your signature.",
        days,
    )
    return said % {"days": days}


def right_in_words(offer: Offer) -> str:
    """The right to withdraw that this offer gives, in the language that holds now; empty where none does."""
    if not offer.withdrawal:
        return ""
    given = {"time": _length(offer.withdrawal["length"], offer.withdrawal["unit"])}
    sentences = (
        gettext("You may withdraw from this settlement within %(time)s of your signature.") % given,
        gettext("You need not say why; a word to us is enough."),
        gettext("The settlement then no longer holds, and your complaint goes on."),
    )
    return pgettext("between two sentences", " ").join(sentences)


def _length(length: int, unit: str) -> str:
    words = {
        Unit.HOURS: ngettext("%(length)d hour", "%(length)d hours", length),
        Unit.OFFICE_HOURS: ngettext("%(length)d office hour", "%(length)d office hours", length),
        Unit.CALENDAR_DAYS: ngettext("%(length)d day", "%(length)d days", length),
        Unit.WORKING_DAYS: ngettext("%(length)d working day", "%(length)d working days", length),
        Unit.MONTHS: ngettext("%(length)d month", "%(length)d months", length),
    }
    return words[Unit(unit)] % {"length": length}


def _kept(remedies: Iterable[Remedy]) -> list[str]:
    """What no settlement takes from anybody."""
    kept = [gettext("The rights that the law lets nobody give up stay yours.")]
    if any(one.kind in NEW_OR_MENDED for one in remedies):
        kept.append(
            gettext("Your legal rights if something is wrong with what we replace or repair stay the same.")
        )
    kept += [
        gettext("You may still turn to an authority, to a body that settles disputes, or to a court."),
        gettext("You may speak and write about all this, and need not change or take down a review."),
        gettext(
            "If we do not do our part in time, you may hold us to it or have your complaint taken up again."
        ),
    ]
    return [f"– {line}" for line in kept]
