"""What a step does to the clocks: stops some, starts some, by the strictest of promise and law.

Only the door calls this. A clock that starts anew replaces the one that runs; a case has one of each kind.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from amends.cases.actions.moving import all_go_on, let_go_on, note_breach, repeat, repeat_on_row, running_of
from amends.cases.models import Agreement, Clock, Event
from amends.cases.moments import ESCALATION
from amends.cases.reckoning import Reckoned, Reckoning, laws_of, promise_of, strictest
from amends.kit.prepared import insert, update
from amends.rules.capabilities import ActorKind
from amends.rules.deadlines import THE_CUSTOMERS_TIME, ClockKind
from amends.rules.due import Due
from amends.rules.lifecycle import STEPS, Stage
from amends.rules.statutes import PRACTICE, Trigger

if TYPE_CHECKING:
    from amends.cases.actions.door import Case

# What a step is to the law, beside what it does: the moment from which some rules count.
TRIGGERS: Mapping[str, Trigger] = {
    "register": Trigger.RECEIVED,
    "reopen": Trigger.RECEIVED,
    "acknowledge": Trigger.ACKNOWLEDGED,
    "offer": Trigger.DECIDED,
    "refuse": Trigger.DECIDED,
    "fulfil": Trigger.AGREED,  # the duty's clock starts here, and counts from the signature
    "prove": Trigger.AGREED,  # and goes on with the next duty
    "not_satisfied": Trigger.ESCALATED,
    "escalate": Trigger.ESCALATED,
}
_OWED = ClockKind.DUTY  # due when the agreement says; where nothing is open, nothing is due
ESCALATIONS = [STEPS[step].event for step, trigger in TRIGGERS.items() if trigger is Trigger.ESCALATED]


def turn_clocks(case: "Case") -> None:
    """Stop and start the clocks that the step names, and keep what the complaint's row repeats of them.

    A clock that ran out before anybody reported it is reported in passing: no breach is lost because the
    step came faster than the tick.
    """
    step, complaint = case.step, case.complaint
    went_on = let_go_on(case) if case.heard else False
    if not (step.stops or step.starts or step.name in TRIGGERS or case.moments):
        if went_on:
            repeat_on_row(complaint)
        return
    reckoning = Reckoning(complaint)
    running = running_of(complaint) if complaint.events_count else []  # one being registered has none
    moments = _moments(case, running) if complaint.is_open else {}
    found = reckoning.by_law(moments) if moments else []
    if all_go_on(case, _forbidden_to_wait(running, found)):
        running = running_of(complaint)
    kinds = [kind for kind in _kinds_to_start(case) if not _owed_already(kind, running)]
    starting = {kind: _reckoned(case, kind, laws_of(kind, found)) for kind in kinds}
    same = {clock.kind for clock in running if _is_the_same(clock, starting)}
    starting = {kind: how for kind, how in starting.items() if kind not in same}
    ending = {*_kinds_to_stop(case), *starting} - same
    going_on = [clock for clock in running if clock.kind not in ending]
    starting |= _shortened(going_on, found)
    _note_law([clock for clock in going_on if clock.kind not in starting], found)
    ended = [clock for clock in running if clock.kind in {*ending, *starting}]
    for clock in ended:
        note_breach(case, clock)
        clock.stopped_at, clock.claimed_until = case.at, None
        update(clock, ("stopped_at", "claimed_until"))
    begun = [_clock(case, kind, *how, reckoning) for kind, how in starting.items()]
    insert(*begun)
    repeat(complaint, [clock for clock in running if clock not in ended] + begun)


def _kinds_to_stop(case: "Case") -> tuple[ClockKind, ...]:
    """What the step stops. The program's own words acknowledge nothing, and the first word has its step."""
    first = case.complaint.stage == Stage.RECEIVED or case.actor.kind is ActorKind.SYSTEM
    kept = {ClockKind.ACKNOWLEDGEMENT} if first and case.step.target is None else set()
    return tuple(kind for kind in case.step.stops if kind not in kept | case.kept)


def _is_the_same(clock: Clock, starting: Mapping[ClockKind, tuple[Reckoned, Reckoned | None]]) -> bool:
    """Whether the next duty is due when this one was: it is late once, and not once for each."""
    next_one = starting.get(ClockKind(clock.kind))
    return clock.kind == ClockKind.DUTY and next_one is not None and next_one[0].due_at == clock.due_at


def _owed_already(kind: ClockKind, running: list[Clock]) -> bool:
    """Whether the first word is owed still: a second letter does not make it due any later."""
    return kind is ClockKind.ACKNOWLEDGEMENT and any(clock.kind == kind for clock in running)


def _kinds_to_start(case: "Case") -> tuple[ClockKind, ...]:
    """What the step starts here. Where all is done, the question whether it is good is the rhythm."""
    if not (case.complaint.is_open or case.step.target):
        return ()  # a word after the end promises no other
    done = case.complaint.stage == Stage.FOLLOWING_UP
    rhythm = ClockKind.FOLLOW_UP if done else ClockKind.UPDATE
    kinds = (rhythm if kind is ClockKind.UPDATE else kind for kind in case.step.starts)
    return tuple(kind for kind in kinds if kind not in case.kept and (kind in case.dues or kind != _OWED))


def _moments(case: "Case", running: list[Clock]) -> dict[Trigger, datetime]:
    """What begins by law with this step, and when."""
    trigger = TRIGGERS.get(case.step.name)
    moments = dict(case.moments)
    if trigger:
        moments[trigger] = _moment(case, trigger)
    if _acknowledges_escalation(case, running):
        moments[Trigger.ESCALATION_ACKNOWLEDGED] = case.at
        case.say(acknowledges=ESCALATION)
    return moments


def _acknowledges_escalation(case: "Case", running: list[Clock]) -> bool:
    """Whether these are the first words after the customer asked for the next stage: since then nothing has
    stopped the clock of the acknowledgement.
    """
    stops = ClockKind.ACKNOWLEDGEMENT in _kinds_to_stop(case)
    owed = next((clock for clock in running if clock.kind == ClockKind.ACKNOWLEDGEMENT), None)
    if not stops or owed is None:
        return False
    asked = Event.objects.filter(complaint=case.complaint, name__in=ESCALATIONS, at__gte=owed.started_at)
    return asked.exists()


def _moment(case: "Case", trigger: Trigger) -> datetime:
    if case.step.name == "register":
        return case.complaint.received_at  # the law counts from when it came, not from when we wrote it down
    if trigger is Trigger.AGREED:
        signed = Agreement.objects.filter(complaint=case.complaint).order_by("-pk")
        return signed.values_list("signed_at", flat=True).first() or case.at
    return case.at


def _reckoned(case: "Case", kind: ClockKind, laws: list[Reckoned]) -> tuple[Reckoned, Reckoned | None]:
    """What it goes by, and the law behind it."""
    said = case.dues.get(kind)
    own = Reckoned(*said) if said else promise_of(kind, case.at)
    law = strictest(laws)
    return min(own, law or own, key=lambda one: one.due_at), law


def _forbidden_to_wait(running: list[Clock], found: list[Due]) -> list[Clock]:
    """Clocks that wait for the customer by our promise alone, and now a law begins that knows no waiting."""
    strict = {one.rule.clock for one in found if one.rule.jurisdiction != PRACTICE and not one.rule.pausable}
    return [clock for clock in running if clock.paused_at and clock.kind in strict]


def _shortened(running: list[Clock], found: list[Due]) -> dict[ClockKind, tuple[Reckoned, Reckoned | None]]:
    """Clocks that run on, but by a rule that begins only now are due earlier."""
    shorter: dict[ClockKind, tuple[Reckoned, Reckoned | None]] = {}
    for clock in running if found else ():
        law = strictest(laws_of(clock.kind, found))
        if law is not None and law.due_at < clock.due_at:
            shorter[ClockKind(clock.kind)] = (law, law)
    return shorter


def _note_law(running: list[Clock], found: list[Due]) -> None:
    """A law that begins only now and asks for nothing sooner stands behind the clock from then on: what
    silence costs, and until when. The day stays.
    """
    for clock in running if found else ():
        law = strictest(laws_of(clock.kind, found))
        if law is not None and (clock.law_due_at is None or law.due_at < clock.law_due_at):
            clock.law, clock.law_due_at, clock.consequence = law.rule, law.due_at, law.consequence
            clock.save(update_fields=("law", "law_due_at", "consequence"))


def _clock(case: "Case", kind: ClockKind, one: Reckoned, law: Reckoned | None, reckoning: Reckoning) -> Clock:
    return Clock(
        complaint=case.complaint,
        kind=kind,
        rule=one.rule,
        law=law.rule if law else "",
        law_due_at=law.due_at if law else None,
        consequence=law.consequence if law else "",
        started_at=case.at,
        due_at=one.due_at,
        warn_at=None if kind in THE_CUSTOMERS_TIME else reckoning.warn_at(case.at, one.due_at),
        rise_at=reckoning.rises_at(kind, one.due_at, case.complaint.watched_by),
    )
