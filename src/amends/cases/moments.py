"""When what happened from which rules count: read back for a clock that runs.

What a step was to the law as it was taken, ``actions.turning`` knows; here it is asked for afterwards, from
the events, for many clocks in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q

from amends.cases.models import Agreement, Clock, Event
from amends.rules.deadlines import ClockKind
from amends.rules.statutes import Trigger

REOPENED, NOT_SATISFIED = "complaint.reopened", "complaint.not_satisfied"
# The events after which some rules count, beside the first word and the signature.
_COUNTED = {
    "complaint.acknowledged": Trigger.ACKNOWLEDGED,
    NOT_SATISFIED: Trigger.ESCALATED,
    "complaint.escalated": Trigger.ESCALATED,
}
_SAY_SINCE = ("outside.begun", "goods.came_back")  # their events name the trigger, and when it was
ESCALATION = "escalation"  # what an event says that it acknowledges, beside what it is by itself

Moments = Mapping[Trigger, datetime]
Happened = list[tuple[str, datetime]]
Since = tuple[Trigger, datetime, datetime]  # what began, when it was noted, when it was


def moments_of(clock: Clock) -> Moments:
    """The moments that count for one clock."""
    return moments_by_clock([clock])[clock.pk]


def moments_by_clock(clocks: Iterable[Clock]) -> dict[int, Moments]:
    """The moments that count for each of these clocks, by its id; two queries for all of them."""
    rows = list(clocks)
    cases = {clock.complaint_id for clock in rows}
    happened: dict[int, Happened] = defaultdict(list)
    counted = Q(name__in=(*_COUNTED, *_SAY_SINCE, REOPENED)) | Q(data__acknowledges=ESCALATION)
    since: dict[int, list[Since]] = defaultdict(list)
    events = Event.objects.filter(counted, complaint__in=cases).order_by("complaint", "number")
    for case, name, at, data in events.values_list("complaint", "name", "at", "data"):
        if name in _COUNTED or name == REOPENED:
            happened[case].append((name, at))
        if data.get("acknowledges") == ESCALATION:
            happened[case].append((ESCALATION, at))
        if name in _SAY_SINCE:
            since[case].append((Trigger(data["begins"]), at, datetime.fromisoformat(data["since"])))
    signed = dict(
        Agreement.objects.filter(complaint__in=cases).order_by("pk").values_list("complaint", "signed_at")
    )
    return {
        clock.pk: _moments(clock, happened[clock.complaint_id], since[clock.complaint_id], signed)
        for clock in rows
    }


def _moments(clock: Clock, happened: Happened, since: list[Since], signed: Mapping[int, datetime]) -> Moments:
    begun, moments = _beginning(clock, happened)
    counted = {**_COUNTED, ESCALATION: Trigger.ESCALATION_ACKNOWLEDGED}
    moments |= {counted[name]: at for name, at in happened if name in counted and at >= begun}
    moments |= {trigger: moment for trigger, noted, moment in since if noted >= begun}
    if clock.kind == ClockKind.DUTY and clock.complaint_id in signed:
        moments[Trigger.AGREED] = signed[clock.complaint_id]
    return moments


def _beginning(clock: Clock, happened: Happened) -> tuple[datetime, dict[Trigger, datetime]]:
    """From when on events count for this clock, and what began then.

    The time for the answer began with the complaint, or when it was taken up anew, whatever the clock that
    runs now was started by: a rule may have cut it short since. Every other clock begins with itself.
    """
    complaint = clock.complaint
    anew = [(name, at) for name, at in happened if name in (REOPENED, NOT_SATISFIED)]
    if clock.kind != ClockKind.ANSWER:
        anew = [(name, at) for name, at in anew if at == clock.started_at]
    before = [(name, at) for name, at in anew if at <= clock.started_at]
    if before:
        name, at = before[-1]
        return at, {Trigger.RECEIVED: at} if name == REOPENED else {}
    if clock.kind == ClockKind.ANSWER or clock.started_at == complaint.registered_at:
        return complaint.registered_at, {Trigger.RECEIVED: complaint.received_at}
    return clock.started_at, {}
