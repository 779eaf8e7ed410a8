"""The exact text that the customer sees, and signs."""

from decimal import Decimal

from babel.numbers import format_currency
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext, to_locale

from amends.cases.models import Offer, Remedy


def money(amount: Decimal, currency: str, language: str) -> str:
    """A sum as people of this language write it."""
    return format_currency(amount, currency, locale=to_locale(language))


def remedy_line(remedy: Remedy, currency: str, language: str) -> str:
    """One remedy in words: what, how much, within how many days."""
    what = remedy_name(remedy, language)
    return remedy_words(what, remedy.amount, currency, remedy.within_days, language)


def remedy_name(remedy: Remedy, language: str) -> str:
    """What one remedy is, without sum and days."""
    with translation.override(language):
        return gettext("%(kind)s: %(what)s") % {"kind": remedy.get_kind_display(), "what": remedy.description}


def remedy_words(
    what: str, amount: Decimal | None, currency: str, within_days: int | None, language: str
) -> str:
    """The same of a remedy that is in no plan; an amount or days that are None are not spoken of."""
    with translation.override(language):
        parts = [what]
        if amount is not None:
            parts.append(money(amount, currency, language))
        if within_days is not None:
            days = ngettext("within %(days)d day", "within %(days)d days", within_days)
            parts.append(days % {"days": within_days})
        return pgettext("between the parts of a line", ", ").join(parts)


def settlement_text(offer: Offer, language: str) -> str:
    """The settlement in the customer's language: the offer's words, then each thing that will be done.

    Deterministic: the same offer gives the same text, so its SHA-256 says what was seen and signed.
    """
    remedies = offer.plan.remedies.all()
    lines = [f"{r.position}. {remedy_line(r, offer.plan.currency, language)}" for r in remedies]
    with translation.override(language):
        head = gettext("Settlement of complaint %(reference)s") % {"reference": offer.complaint.reference}
        what = gettext("What we will do, counted from the day you sign:")
        law = gettext("Your rights under the law stay as they are.")
    return "\n\n".join([head, offer.text.strip(), what, "\n".join(lines), law])
