"""The one door. Every change of a complaint goes through ``take``: lock, ask the rules, write, append.

    with take("acknowledge", complaint, by=actor, at=at, words=bool(text)) as case:
        ...write rows, with case.complaint (fresh and locked)...

One transaction. On refusal nothing was written. Leaving the block moves the stage, stops and starts the
clocks that the step names, appends the step's event, and saves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from amends.cases.actions.turning import turn_clocks
from amends.cases.events import append
from amends.cases.facts import read_facts
from amends.cases.models import Complaint
from amends.cases.models.complaint import locked
from amends.kit.chain import START
from amends.kit.prepared import insert, update
from amends.rules.capabilities import Actor, ActorKind
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import OPEN, STEPS, Facts, Reason, Step, why_not
from amends.rules.statutes import Trigger

_COLUMNS = frozenset(field.attname for field in Complaint._meta.concrete_fields if not field.primary_key)


class Refused(Exception):
    """A step that may not be taken now. Carries every reason; nothing was changed."""

    def __init__(self, step: Step, reasons: tuple[Reason, ...], complaint: Complaint | None = None) -> None:
        super().__init__(f"{step.name}: {', '.join(reasons)}")
        self.step = step
        self.reasons = reasons
        self.complaint = complaint
        self.coach_missing: tuple[str, ...] = ()  # what the coach misses in the text, by its codes


@dataclass
class Case:
    """A complaint in the hands of one step: fresh, locked, and not saved yet."""

    step: Step
    actor: Actor
    at: datetime
    facts: Facts
    complaint: Complaint
    as_stored: dict[str, Any] = field(default_factory=dict)  # the columns of the complaint's row
    data: dict[str, Any] = field(default_factory=dict)
    dues: dict[ClockKind, tuple[str, datetime]] = field(default_factory=dict)
    kept: set[ClockKind] = field(default_factory=set)  # run on, though the step names them
    moments: dict[Trigger, datetime] = field(default_factory=dict)  # what begins by law, when it was not now
    heard: bool = False  # the customer said or sent something: what waited for them goes on

    def say(self, **data: Any) -> None:
        """Put something into the step's event: row ids, digests, codes; never a person's words."""
        self.data.update(data)

    def due(self, kind: ClockKind, when: datetime, rule: str) -> None:
        """Let the clock of this kind, which the step starts, fall due at ``when`` instead of the promise."""
        self.dues[kind] = (rule, when)

    def keep(self, kind: ClockKind) -> None:
        """Let the clock of this kind run on as it is: what it measures is not over with this step."""
        self.kept.add(kind)

    def insert(self) -> None:
        """Give a complaint that is being registered its row, for others to point at."""
        insert(self.complaint)
        self.as_stored = _columns(self.complaint)

    def save(self) -> None:
        """Write what changed of the complaint's row: a story is not written anew for each mail that went."""
        now = _columns(self.complaint)
        update(self.complaint, [name for name in now if now[name] != self.as_stored[name]])
        self.as_stored = now

    def also(self, event: str, **data: Any) -> None:
        """Append a second event that belongs to this step (a message that is queued with it)."""
        append(self.complaint, event, by=self.actor, at=self.at, data=data)


@contextmanager
def take(name: str, complaint: Complaint, *, by: Actor, at: datetime, **given: Any) -> Iterator[Case]:
    """Take one step of ``rules.lifecycle``. ``given`` are the facts that the step itself brings; one that
    must be read under the lock comes as a callable.

    ``complaint`` without a primary key is one being registered: the block must ``insert`` it.
    Raises Refused with every reason, and ValueError for a naive ``at``.
    """
    if at.tzinfo is None:
        raise ValueError("at must be aware")
    step = STEPS[name]
    with transaction.atomic():
        if complaint.pk is None:
            facts, fresh = Facts(stage=None, at=at, **given), complaint
            fresh.chain_head = START
        else:
            fresh = locked.one(complaint.pk)
            brought = {name: value() if callable(value) else value for name, value in given.items()}
            facts = read_facts(fresh, step=step, actor=by, at=at, **brought)
        if reasons := why_not(step, facts, by):
            refused = Refused(step, reasons, complaint)
            refused.coach_missing = facts.coach_missing if Reason.COACH_MUST_HAVES in reasons else ()
            raise refused
        case = Case(step, by, at, facts, fresh, as_stored=_columns(fresh))
        if step.target and complaint.pk is None:
            _move(case)
        yield case
        if step.target:
            _move(case)
        turn_clocks(case)
        append(case.complaint, step.event, by=by, at=at, data=case.data)
        case.save()


def staff_id(by: Actor) -> int:
    """The row of the member of staff who acts. Raises ValueError for anybody else."""
    if by.kind is not ActorKind.STAFF or by.id is None:
        raise ValueError("only a member of staff can put their name to this")
    return by.id


def _columns(complaint: Complaint) -> dict[str, Any]:
    return {name: value for name, value in vars(complaint).items() if name in _COLUMNS}


def _move(case: Case) -> None:
    assert case.step.target
    case.complaint.stage = case.step.target.value
    case.complaint.is_open = case.step.target in OPEN
    case.complaint.wrote_after_end_at = None  # what they said with this step is part of it
    if not case.complaint.is_open:
        case.complaint.closed_at = case.at
