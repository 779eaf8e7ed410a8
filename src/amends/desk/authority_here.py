"""What who looks may approve of a plan: each limit held against it, on whose authority, and who looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from amends.cases.models import Approval
from amends.people.models import SecondPair, StaffMember
from amends.rules.authority import UNSPENT, Limits, Measure, Spending, covering, measures

if TYPE_CHECKING:
    from amends.desk.case_file import CaseFile


@dataclass(frozen=True)
class HeldAgainst:
    """The limits of one person, held against the plan. ``of``: who it is that one stands in for; None: they
    are one's own.
    """

    limits: Limits
    plan: Spending
    measures: Sequence[Measure]
    of: StaffMember | None
    until: datetime | None

    @property
    def high_enough(self) -> bool:
        """Whether the policy lets this level approve it."""
        return self.limits.level >= self.plan.level

    @property
    def covers(self) -> bool:
        """Whether nothing of it goes too far."""
        return self.high_enough and all(one.fits for one in self.measures)


@dataclass(frozen=True)
class AuthorityHere:
    """Everything of it. ``counts`` is that on which it would be approved; None: it is beyond all of them."""

    plan: Spending
    held: Sequence[HeldAgainst]
    counts: HeldAgainst | None
    two_above: Decimal | None  # the sum above which two people look, where this plan is above it
    first: Approval | None  # who of them has looked

    @property
    def shown(self) -> Sequence[HeldAgainst]:
        """The one that counts; where none does, all, so that one sees what it lacks."""
        return [self.counts] if self.counts else self.held

    @property
    def covered_by_first(self) -> bool:
        """Whether the first of two had the authority, so that the second needs none."""
        return self.first is not None and self.first.covers


def authority_here(file: CaseFile) -> AuthorityHere | None:
    """What ``file.staff`` may approve of the plan as it stands. None without a plan or with unknown cost."""
    plan, facts = file.facts.spending, file.facts
    if plan is None or file.plan is None:
        return None
    own = facts.plan_author_id == file.staff.pk
    hold = [
        limits
        for limits in file.actor.authority
        if limits.hold(file.now)
        and (own or limits.holder != facts.plan_author_id)
        and limits.holder not in facts.complained_about
    ]
    others = {limits.holder for limits in hold} - {file.staff.pk, None}
    names = StaffMember.objects.in_bulk(others) if others else {}
    held = [
        HeldAgainst(
            limits,
            plan,
            measures(limits, plan, facts.spent_this_month.get(limits.holder or 0, UNSPENT)),
            names.get(limits.holder or 0),
            limits.until,
        )
        for limits in hold
    ]
    author = None if own else facts.plan_author_id
    found = covering(hold, plan, author=author, at=file.now, spent=facts.spent_this_month)
    above = SecondPair.objects.filter(currency=plan.currency)
    said = [one for one in file.plan.approvals.all() if one.voided_at is None]
    first = next((one for one in said if one.first_of_two and one.by_id == facts.first_look_by), None)
    return AuthorityHere(
        plan,
        held,
        next((one for one in held if one.limits is found), None),
        above.values_list("above", flat=True).first() if facts.needs_two else None,
        first,
    )
