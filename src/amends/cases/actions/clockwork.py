"""A clock by itself: warned of, run out, paused, extended, moved, and a long case looked at."""

from collections.abc import Callable
from datetime import datetime, timedelta

from amends.cases.actions.door import Case, take
from amends.cases.actions.moving import go_on, move, note_breach, repeat_on_row
from amends.cases.actions.outgoing import note_inside, reaches, tell_customer
from amends.cases.actions.wording import Wording
from amends.cases.choices import Channel, Purpose
from amends.cases.clock_choices import choices_of, may_pause
from amends.cases.models import Clock, Complaint, Event
from amends.cases.reckoning import Reckoning, rule_named
from amends.kit.chain import digest
from amends.rules.capabilities import Actor
from amends.rules.lifecycle import STEPS

A_LEVELS_TIME = timedelta(days=1)


class ClockStopped(Exception):
    """Somebody stopped or reported the clock first: nothing to report, nothing was written."""


def report_warning(clock: Clock, *, by: Actor, at: datetime) -> bool:
    """Put on file, once, that a clock runs out soon. Raises ClockStopped when somebody was first, and for
    one that ran out already: that is no warning but a breach.
    """
    with take("report_warning", clock.complaint, by=by, at=at) as case:
        rows = Clock.objects.filter(
            pk=clock.pk,
            stopped_at__isnull=True,
            warned_at__isnull=True,
            paused_at__isnull=True,
            due_at__gt=at,
        )
        _once(rows.update(warned_at=at, claimed_until=None))
        _say(case, clock)
    return True


def report_breach(clock: Clock, *, by: Actor, at: datetime) -> bool:
    """Put a clock that ran out on file, once. Raises ClockStopped when somebody was first."""
    with take("report_breach", clock.complaint, by=by, at=at) as case:
        rows = Clock.objects.filter(
            pk=clock.pk, stopped_at__isnull=True, breached_at__isnull=True, paused_at__isnull=True
        )
        # Of a day that is past nothing is warned any more: the row leaves that index.
        _once(rows.update(breached_at=at, warn_at=None, claimed_until=None))
        _say(case, clock)
    return True


def climb(clock: Clock, *, by: Actor, at: datetime) -> bool:
    """The next level looks on because the clock is late (mission E3): it calls, visits or takes over.

    The handler keeps the case until somebody takes it. The next rung is set.

    Another clock of the case may have taken it up already: then this one only waits for its own next rung.
    Raises ClockStopped then, and when somebody was first; Refused at the highest level.
    """
    mine = Clock.objects.filter(
        pk=clock.pk, stopped_at__isnull=True, paused_at__isnull=True, rise_at=clock.rise_at
    )
    fresh = Complaint.objects.only("level", "watch_level", "country", "sector").get(pk=clock.complaint_id)
    rung = _rung(clock, fresh, at)
    if rung is None or rung > at:
        mine.update(rise_at=rung, claimed_until=None)
        raise ClockStopped
    with take("climb", clock.complaint, by=by, at=at) as case:
        rung = _rung(clock, case.complaint, at)
        if rung is None or rung > at:  # another worker took it up by another clock of the case, just now
            raise ClockStopped
        case.complaint.watch_level = case.complaint.watched_by + 1
        rung = Reckoning(case.complaint).rises_at(clock.kind, clock.due_at, case.complaint.watch_level)
        rung = max(rung, at + A_LEVELS_TIME) if rung else None
        _once(mine.update(rise_at=rung, claimed_until=None))
        _say(case, clock)
        case.say(level=case.complaint.watch_level)
    return True


def _rung(clock: Clock, complaint: Complaint, at: datetime) -> datetime | None:
    """When this clock takes the case higher than it is now; None where nobody stands higher. Each level has
    its time before the next one has it, whichever clocks of the case are late.
    """
    rung = Reckoning(complaint).rises_at(clock.kind, clock.due_at, complaint.watched_by)
    if rung is None or rung > at:
        return rung
    climbed = Event.objects.filter(complaint=complaint, name=STEPS["climb"].event).order_by("-number")
    last = climbed.values_list("at", flat=True).first()
    return max(rung, last + A_LEVELS_TIME) if last else rung


def pause_clock(clock: Clock, *, by: Actor, at: datetime, why: str) -> Complaint:
    """Let a clock wait for the customer, where its rule allows that (house promises do)."""
    with take(
        "pause_clock",
        clock.complaint,
        by=by,
        at=at,
        words=bool(why.strip()),
        # What ran out does not wait: it is late, and stays so.
        may_pause=lambda: may_pause(clock) and Clock.objects.filter(pk=clock.pk, due_at__gte=at).exists(),
        still_open=_runs(clock, paused=False),
    ) as case:
        Clock.objects.filter(pk=clock.pk).update(paused_at=at, why_paused=why.strip(), claimed_until=None)
        _say(case, clock)
        repeat_on_row(case.complaint)
    return case.complaint


def resume_clock(clock: Clock, *, by: Actor, at: datetime) -> Complaint:
    """The wait is over: the clock goes on, later by as long as it stood. Also by itself, when they write."""
    with take("resume_clock", clock.complaint, by=by, at=at, still_open=_runs(clock, paused=True)) as case:
        case.say(**go_on(case, Clock.objects.get(pk=clock.pk)))
        repeat_on_row(case.complaint)
    return case.complaint


def extend_clock(
    clock: Clock,
    *,
    by: Actor,
    at: datetime,
    text: str,
    subject: str = "",
    channel: str = Channel.EMAIL,
    override: str = "",
) -> Complaint:
    """Take the longer time that the rule permits, with the letter that it asks for (mission D8)."""
    reached = reaches(channel, clock.complaint.speaker.email)
    said = Wording(clock.complaint, Purpose.EXTENSION, text, by, override)
    choices = choices_of([clock])[clock.pk]
    longer, rule = choices.extended, choices.rule
    times = rule.extension.times if rule and rule.extension else 0
    with take(
        "extend_clock",
        clock.complaint,
        by=by,
        at=at,
        words=bool(text.strip()),
        customer_reached=reached,
        may_extend=lambda: (
            longer is not None
            and at <= (clock.law_due_at or clock.due_at)  # what is over cannot be made longer
            and Clock.objects.filter(pk=clock.pk, extended__lt=times).exists()
        ),
        still_open=_runs(clock),
        **said.given,
    ) as case:
        assert longer is not None  # the guard may_extend
        said.put_down(case)
        _late_by_now(case, clock)
        Clock.objects.filter(pk=clock.pk).update(extended=clock.extended + 1, law_due_at=longer)
        _move(case, clock, longer)
        tell_customer(case, purpose=Purpose.EXTENSION, subject=subject, body=text, channel=channel)
    return case.complaint


def move_clock(clock: Clock, *, by: Actor, at: datetime) -> Complaint:
    """Confirm the day that a change of the rules proposes for a running clock."""
    still = Clock.objects.filter(pk=clock.pk, stopped_at__isnull=True, proposed_due_at__isnull=False)
    with take("move_clock", clock.complaint, by=by, at=at, still_open=still.exists) as case:
        row = Clock.objects.get(pk=clock.pk)
        assert row.proposed_due_at is not None
        law = rule_named(row.proposed_rule)
        _late_by_now(case, row)
        Clock.objects.filter(pk=row.pk).update(
            rule=row.proposed_rule,
            law=row.proposed_rule if law else row.law,
            law_due_at=row.proposed_due_at if law else row.law_due_at,
            consequence=law.consequence.value if law else row.consequence,
            proposed_due_at=None,
            proposed_rule="",
        )
        _move(case, row, row.proposed_due_at)
        case.say(old_rule=row.rule, rule=row.proposed_rule)
    return case.complaint


def review(complaint: Complaint, *, by: Actor, at: datetime, text: str) -> Complaint:
    """Somebody senior has looked at a case that takes long; what they think stands as a note."""
    with take("review", complaint, by=by, at=at, words=bool(text.strip())) as case:
        message = note_inside(case, text)
        case.say(message=message.pk, text_sha256=digest(text))
    return case.complaint


def _move(case: Case, clock: Clock, to: datetime) -> None:
    case.say(**move(case, clock, to))
    repeat_on_row(case.complaint)


def _late_by_now(case: Case, clock: Clock) -> None:
    note_breach(case, Clock.objects.get(pk=clock.pk))


def _say(case: Case, clock: Clock) -> None:
    case.say(clock=clock.kind, due=clock.due_at.isoformat(), rule=clock.rule)


def _once(updated: int) -> None:
    if not updated:
        raise ClockStopped


def _runs(clock: Clock, *, paused: bool | None = None) -> Callable[[], bool]:
    rows = Clock.objects.filter(pk=clock.pk, stopped_at__isnull=True)
    return (rows if paused is None else rows.filter(paused_at__isnull=not paused)).exists
