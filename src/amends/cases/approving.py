"""Who may say yes to the plan of a complaint as it stands, on whose authority, and whom to ask first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from amends.cases.facts import read_facts
from amends.cases.models import Complaint
from amends.cases.spending import spent_by_each
from amends.people.actors import authorities
from amends.people.models import Deputy, StaffMember
from amends.rules.authority import Limits, covering
from amends.rules.capabilities import Actor, ActorKind, Capability
from amends.rules.lifecycle import STEPS, Facts, Stage, why_not

HANDFUL = 5  # people who are asked at once: more, and each thinks that another one will look


@dataclass(frozen=True)
class MaySay:
    """One person who may say yes now. ``step``: "approve", or "endorse" as the first of two.

    ``limits`` are those that cover the plan, their own or of whom they stand in for; None: the other of the
    two has the authority.
    """

    staff: StaffMember
    step: str
    limits: Limits | None

    @property
    def instead_of(self) -> int | None:
        """Whom they would stand in for with it."""
        return self.limits.holder if self.limits and self.limits.holder != self.staff.pk else None

    @property
    def level(self) -> int:
        """How high the authority stands."""
        return self.limits.level if self.limits else self.staff.role.level


def who_may(complaint: Complaint, *, at: datetime, facts: Facts | None = None) -> list[MaySay]:
    """Everybody who may say yes to the plan, by their names, as if it lay before the leadership already.

    Asks the rules themselves, with the month of each: not its author, nobody who is complained about or
    looked at it before.
    """
    facts = replace(facts or read_facts(complaint, at=at), stage=Stage.AWAITING_APPROVAL, at=at)
    people = [
        person
        for person in StaffMember.objects.filter(is_active=True).select_related("role", "department")
        if Capability.APPROVE in person.capabilities
    ]
    limits = authorities(people)
    spent = _spent({one.holder: one for many in limits.values() for one in many}, facts, at)
    facts = replace(facts, spent_this_month=spent)
    found = (_may_say(person, limits[person.pk], facts) for person in people)
    return [one for one in found if one is not None]


def _may_say(person: StaffMember, limits: Sequence[Limits], facts: Facts) -> MaySay | None:
    actor = Actor(
        ActorKind.STAFF,
        person.name,
        id=person.pk,
        level=person.role.level,
        capabilities=person.capabilities,
        authority=limits,
    )
    step = next((name for name in ("approve", "endorse") if not why_not(STEPS[name], facts, actor)), None)
    if step is None or facts.spending is None:
        return None
    covered = covering(
        limits,
        facts.spending,
        author=facts.plan_author_id,
        about=facts.complained_about,
        at=facts.at,
        spent=facts.spent_this_month,
    )
    return MaySay(person, step, covered)


def _spent(holders: dict[int | None, Limits], facts: Facts, at: datetime) -> dict[int, dict[str, Decimal]]:
    currency = facts.plan_currency
    monthly = [pk for pk, limits in holders.items() if pk is not None and limits.counts_the_month(currency)]
    return spent_by_each(monthly, currency, at, but=facts.plan_id)


def whom_to_ask(complaint: Complaint, *, at: datetime) -> list[MaySay]:
    """Whom a mail asks: those of the lowest level whose authority covers it, the complaint's own department
    first, a handful at most.

    Who is away is not asked as long as somebody else can be; who stands in for them is, on their level. When
    the first of two had the authority, the second one may be anybody who approves.
    """
    may = who_may(complaint, at=at)
    able = [one for one in may if one.limits is not None or one.step == "approve"]
    away = _away(at)
    able = [one for one in able if one.staff.pk not in away] or able
    lowest = min((one.level for one in able), default=0)
    asked = [one for one in able if one.level == lowest]
    own = complaint.department_id
    asked.sort(key=lambda one: (own is None or one.staff.department_id != own, one.staff.name))
    return asked[:HANDFUL]


def _away(at: datetime) -> set[int]:
    day = timezone.localdate(at)
    rows = Deputy.objects.filter(from_day__lte=day, until_day__gte=day)
    return set(rows.values_list("absent_id", flat=True))
