"""What a customer asks for instead of an offer, by choices: kinds of remedy, and a sum."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, pgettext

from amends.cases.choices import RemedyKind
from amends.cases.house_policy import in_force, table_of
from amends.cases.settlement_text import money

K = RemedyKind
# What one can ask for. What a house gives of its own free will (a gift, a gesture) is nobody's to claim.
TO_BE_ASKED_FOR = (K.REPLACEMENT, K.REPAIR, K.REFUND, K.DISCOUNT, K.COMPENSATION, K.RETURN, K.CORRECTION,
                   K.EXPLANATION, K.APOLOGY, K.VISIT, K.DISCUSSION)  # fmt: skip
COST_NOTHING = frozenset({K.APOLOGY, K.EXPLANATION, K.CORRECTION})  # any house can do these
IN_MONEY = (K.REFUND, K.DISCOUNT, K.COMPENSATION)


def kinds_offered(at: datetime) -> list[RemedyKind]:
    """What a customer can choose from: the kinds that the house's policy in force knows; without one, all."""
    policy = in_force(at)
    if policy is None:
        return list(TO_BE_ASKED_FOR)
    known = {line.kind for row in table_of(policy).rows for line in row.gives}
    return [kind for kind in TO_BE_ASKED_FOR if kind in known or kind in COST_NOTHING]


def wish(kind: str, amount: Decimal | None = None, currency: str = "") -> dict[str, str]:
    """One wish as an offer keeps it; empty for none."""
    told = {"kind": kind} if kind else {}
    return told if amount is None else told | {"amount": str(amount), "currency": currency}


def wishes_of(kinds: Sequence[str], amount: Decimal | None, currency: str) -> list[dict[str, str]]:
    """What was ticked, and the sum with the first of it that is money; the sum alone where none is."""
    paid = next((kind for kind in kinds if kind in IN_MONEY), None)
    wishes = [wish(kind, amount if kind == paid else None, currency) for kind in kinds]
    if amount is not None and paid is None:
        wishes.append(wish("", amount, currency))
    return wishes


def wishes_in_words(wishes: Iterable[Mapping[str, Any]], language: str) -> str:
    """Chosen: Refund, 300 kr; Apology. Empty for none."""
    with translation.override(language):
        said = [_in_words(one, language) for one in wishes]
        listed = pgettext("between the things that were chosen", "; ").join(said)
        return gettext("Chosen: %(wishes)s") % {"wishes": listed} if said else ""


def _in_words(one: Mapping[str, Any], language: str) -> str:
    parts = [str(RemedyKind(one["kind"]).label)] if one.get("kind") else []
    if one.get("amount"):
        parts.append(money(Decimal(one["amount"]), one["currency"], language))
    return pgettext("between the parts of a line", ", ").join(parts)
