"""The past cases of a period, as they ended, and what a policy would have given each. Read some at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet

from amends.cases.choices import FollowUpAnswer
from amends.cases.models import Agreement, Approval, Complaint, FollowUp, Remedy
from amends.cases.models.settlement import AgreementEnd
from amends.cases.situations import FIELDS, Told, Which, situations_of_many
from amends.insight.models import Bucket
from amends.insight.trial.authority import Levels
from amends.rules.floors import concerning, floors_of, undercut, without_what_needs_a_person
from amends.rules.lifecycle import Stage
from amends.rules.policy import Proposal, Situation, Table, propose
from amends.rules.policy.departing import planned_of

AT_ONCE = 2000
AGREED_OR_ANSWERED = (Stage.AGREED, Stage.FULFILLING, Stage.FOLLOWING_UP, Stage.CLOSED)
_NOTHING = Decimal("0.00")


class Past(NamedTuple):
    """One past case: what it cost then and would now, in ``currency``, and what the customer said then."""

    pk: int
    currency: str
    then: Decimal
    now: Decimal
    bucket: Bucket
    answer: str
    level: int
    approved_then: bool
    said: bool  # whether the policy says anything about it
    below_floor: bool


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some past cases, and how many there were among them without any finding, which no policy can judge."""

    cases: list[Past]
    without_finding: int


def how_many(since: datetime, until: datetime) -> int:
    """How many complaints of the period ``past_cases`` looks at."""
    return _ended(since, until).count()


def past_cases(table: Table, since: datetime, until: datetime) -> Iterator[Chunk]:
    """Every complaint that came in this period and was agreed or answered, the earliest first."""
    levels = Levels.read()
    last: tuple[datetime, int] | None = None
    while True:
        rows = _ended(since, until)
        if last is not None:
            rows = rows.filter(received_at__gte=last[0])
            rows = rows.filter(Q(received_at__gt=last[0]) | Q(pk__gt=last[1]))
        rows = rows.order_by("received_at", "pk")[:AT_ONCE]
        told = [Told(*row) for row in rows.values_list(*FIELDS)]
        if told:
            yield _judged(table, told, levels, rows.values("pk"))
            last = (told[-1].received_at, told[-1].pk)
        if len(told) < AT_ONCE:
            return


def _ended(since: datetime, until: datetime) -> QuerySet[Complaint]:
    return Complaint.objects.filter(
        received_at__gte=since, received_at__lt=until, stage__in=AGREED_OR_ANSWERED
    )


def _judged(table: Table, told: Sequence[Told], levels: Levels, which: Which) -> Chunk:
    situations = situations_of_many(told, which)
    paid, approved, answers = _paid(which), _approved(which), _answers(which)
    cases = []
    for one in told:
        if one.pk not in situations:
            continue
        proposal, below_floor = _by_law(table, situations[one.pk], one)
        currency, then = paid.get(one.pk) or (proposal.currency, _NOTHING)
        now = proposal.cost
        case = Past(
            pk=one.pk,
            currency=currency,
            then=then,
            now=now,
            bucket=_bucket(proposal, currency, then, now),
            answer=answers.get(one.pk, ""),
            level=max(proposal.approve_level, levels.covering(now, proposal.currency)),
            approved_then=one.pk in approved,
            said=bool(proposal.rows),
            below_floor=below_floor,
        )
        cases.append(case)
    return Chunk(cases, len(told) - len(cases))


def _by_law(table: Table, situations: tuple[Situation, ...], told: Told) -> tuple[Proposal, bool]:
    """What the policy would propose, and whether that falls below what the law gives."""
    proposal = propose(table, situations)
    floors = concerning(floors_of(situations[0].country, told.day), situations)
    if not floors:
        return proposal, False
    proposal = without_what_needs_a_person(floors, situations, proposal)
    return proposal, bool(undercut(floors, situations, list(planned_of(proposal))))


def _bucket(proposal: Proposal, currency: str, then: Decimal, now: Decimal) -> Bucket:
    if proposal.open or not proposal.rows or (currency != proposal.currency and now):
        return Bucket.OPEN
    if now == then:
        return Bucket.SAME
    return Bucket.MORE if now > then else Bucket.LESS


def _paid(which: Which) -> dict[int, tuple[str, Decimal]]:
    """What the plan cost to which the customer agreed last."""
    agreed = Agreement.objects.filter(complaint__in=which).order_by("pk")
    agreed = agreed.exclude(ended_how=AgreementEnd.WITHDRAWN)
    plans = dict(agreed.values_list("complaint_id", "offer__plan_id"))
    their = agreed.order_by().values("offer__plan")
    costs: dict[int, Decimal] = defaultdict(lambda: _NOTHING)
    currencies: dict[int, str] = {}
    rows = Remedy.objects.filter(plan__in=their).values_list("plan_id", "plan__currency", "cost")
    for plan, currency, cost in rows.order_by().iterator(chunk_size=AT_ONCE):
        costs[plan] += cost or _NOTHING
        currencies[plan] = currency
    return {pk: (currencies[plan], costs[plan]) for pk, plan in plans.items() if plan in currencies}


def _approved(which: Which) -> set[int]:
    given = Approval.objects.filter(plan__complaint__in=which, approved=True).order_by()
    return set(given.values_list("plan__complaint_id", flat=True))


def _answers(which: Which) -> dict[int, str]:
    """What each customer said last when asked whether it was good; nothing where nobody asked."""
    asked = FollowUp.objects.filter(complaint__in=which).exclude(answer="").order_by("pk")
    return {pk: FollowUpAnswer(answer).value for pk, answer in asked.values_list("complaint_id", "answer")}
