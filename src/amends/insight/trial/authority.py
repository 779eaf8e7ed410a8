"""Who could have approved a sum, by the limits of the roles as they are now."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from amends.people.models import AuthorityLimit
from amends.people.models.staff import LimitPer
from amends.rules.capabilities import HIGHEST_LEVEL


@dataclass(frozen=True)
class Levels:
    """For each currency the sums up to which a level may approve in one case, rising."""

    up_to: Mapping[str, tuple[list[Decimal], list[int]]]

    @classmethod
    def read(cls) -> "Levels":
        """The limits of the roles; those of single people are left out."""
        of_roles = AuthorityLimit.objects.filter(role__isnull=False, per=LimitPer.CASE, kind="")
        highest: dict[str, dict[int, Decimal]] = defaultdict(dict)
        for currency, level, amount in of_roles.values_list("currency", "role__level", "amount"):
            highest[currency][level] = max(amount, highest[currency].get(level, amount))
        found = {}
        for currency, limits in highest.items():
            rising = sorted((amount, level) for level, amount in limits.items())
            found[currency] = ([amount for amount, _ in rising], [level for _, level in rising])
        return cls(found)

    def covering(self, sum_: Decimal, currency: str) -> int:
        """The lowest level whose limit covers the sum; the highest there is if none does."""
        if sum_ <= 0:
            return 0
        sums, levels = self.up_to.get(currency, ([], []))
        fitting = levels[bisect_left(sums, sum_) :]
        return min(fitting, default=HIGHEST_LEVEL)
