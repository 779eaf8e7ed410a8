"""The proof for the whole house: every complaint's chain, none taken out, and one fingerprint of them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from amends.cases.models import Complaint, ReferenceYear

CHUNK = 500


@dataclass
class Walk:
    """A walk over complaints in the order in which they came, by pieces, noting what was seen."""

    complaints: int = 0
    events: int = 0
    _digest: Any = field(default_factory=sha256)

    def through(self, every: QuerySet[Complaint], seen: Callable[[], None]) -> Iterator[Complaint]:
        """Each complaint of ``every``; ``seen`` is called after each."""
        last = 0
        while piece := list(every.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            for complaint in piece:
                yield complaint
                self.complaints += 1
                self.events += complaint.events_count
                self._digest.update(f"{complaint.reference} {complaint.chain_head}\n".encode())
                seen()
            last = piece[-1].pk

    @property
    def fingerprint(self) -> str:
        """SHA-256 over each reference and the head of its chain."""
        return str(self._digest.hexdigest())


def taken_out() -> Iterator[str]:
    """References that were given out and whose complaint is not there any more. Numbers have no gaps."""
    for year in ReferenceYear.objects.order_by("year"):
        of_year = Complaint.objects.filter(reference__startswith=f"{year.year}-")
        there = set(of_year.values_list("reference", flat=True))
        expected = (f"{year.year}-{number:05d}" for number in range(1, year.last + 1))
        yield from (reference for reference in expected if reference not in there)
