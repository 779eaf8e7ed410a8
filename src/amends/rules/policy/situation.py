"""What a policy may know about one point of a complaint."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CATEGORIES = ("billing", "price", "response_time", "staff", "documentation", "product", "service")
FINDINGS = ("justified", "exaggerated", "untrue")
SEVERITIES = (1, 2, 3, 4)
HARMS = ("none", "inconvenience", "loss", "distress", "injury")
CURRENCIES = ("EUR", "SEK", "PLN", "MYR", "CNY", "GBP", "USD", "AUD")

MONEY = ("refund", "discount", "compensation", "goodwill", "reward")  # a sum goes to the customer
THINGS = ("return", "replacement", "repair", "gift", "correction", "visit", "discussion")  # it costs us
WORDS = ("apology", "explanation")  # it costs nothing
KINDS = (*MONEY, *THINGS, *WORDS)
OF_THE_PRICE = frozenset({"refund", "discount"})  # both together never more than the price

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Situation:
    """One point, with what is known of its complaint. None: not known, so no range fits it.

    ``value`` is in ``currency``; ``years`` are whole years as a customer; ``repeats`` counts the customer's
    earlier complaints that were upheld; ``tried``: a repair was agreed before, or the customer themself asked
    for something else in a round.
    """

    category: str
    finding: str
    currency: str
    point: int = 1
    severity: int = 2
    value: Decimal | None = None
    harm: str = "none"
    years: int | None = None
    purchases: int | None = None
    repeats: int = 0
    country: str = ""
    sector: str = "consumer"
    tried: bool = False


def to_the_cent(sum_: Decimal) -> Decimal:
    """Rounded half up, as people reckon. Every currency here has hundredths."""
    return sum_.quantize(_CENT, ROUND_HALF_UP)


def whole_years(since: date | None, on: date) -> int | None:
    """How many whole years lie between the two days; nothing for a day that is not known or lies ahead."""
    if since is None or since > on:
        return None
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
