"""What happens outside the house: a body that has the complaint, goods on their way back."""

from datetime import datetime

from amends.cases.actions.door import Case, take
from amends.cases.models import Complaint, Proceeding
from amends.kit.chain import digest
from amends.rules.capabilities import Actor
from amends.rules.deadlines import ClockKind
from amends.rules.statutes import Trigger

BODY = "body"  # the rule of a clock that goes by what the body outside asks


def go_outside(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    body: str,
    since: datetime,
    wants_answer: bool = True,
    answer_by: datetime | None = None,
    reference: str = "",
) -> Proceeding:
    """A body outside has the complaint: handed to us at ``since`` for an answer, or we only know that the
    customer turned to it then. Its clock runs by the strictest of what the body asks, the law and our own
    promise.

    Raises Refused when nobody is named, or when it lies with a body already. ``since`` in the future is a
    ValueError.
    """
    if since > at:
        raise ValueError("nothing has happened in the future")
    lies_there = Proceeding.objects.filter(complaint=complaint.pk, ended_at__isnull=True)
    with take(
        "go_outside",
        complaint,
        by=by,
        at=at,
        third_party=bool(body.strip()),
        still_open=lambda: not lies_there.exists(),
    ) as case:
        row = Proceeding.objects.create(
            complaint=case.complaint,
            body=body.strip(),
            reference=reference.strip(),
            wants_answer=wants_answer,
            since=since,
            answer_by=answer_by if wants_answer else None,
            noted_at=at,
            noted_by_name=by.name,
        )
        _begin(case, Trigger.HANDED_OVER if wants_answer else Trigger.FILED, since)
        if row.answer_by is not None:
            case.due(ClockKind.BODY, row.answer_by, BODY)
        case.say(proceeding=row.pk)
    return row


def end_outside(proceeding: Proceeding, *, by: Actor, at: datetime, outcome: str) -> Proceeding:
    """We answered the body, or it has decided: what was said. Raises Refused when it is over already."""
    still = Proceeding.objects.filter(pk=proceeding.pk, ended_at__isnull=True)
    with take(
        "end_outside",
        proceeding.complaint,
        by=by,
        at=at,
        words=bool(outcome.strip()),
        still_open=still.exists,
    ) as case:
        still.update(ended_at=at, outcome=outcome.strip())
        case.say(proceeding=proceeding.pk, outcome_sha256=digest(outcome.strip()))
    proceeding.refresh_from_db()
    return proceeding


def goods_back(complaint: Complaint, *, by: Actor, at: datetime, since: datetime) -> Complaint:
    """What the customer sent back has come, at ``since``: some laws count the refund from then."""
    if since > at:
        raise ValueError("nothing has happened in the future")
    with take("goods_back", complaint, by=by, at=at) as case:
        _begin(case, Trigger.GOODS_BACK, since)
    return case.complaint


def _begin(case: Case, trigger: Trigger, since: datetime) -> None:
    case.moments[trigger] = since
    case.say(begins=trigger.value, since=since.isoformat())
