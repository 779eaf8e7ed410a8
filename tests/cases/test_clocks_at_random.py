"""Clocks across random steps: one of each kind, the row says what runs, and what stopped never runs again."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from amends.cases import actions, reckoning
from amends.cases.actions import ClockStopped, Refused
from amends.cases.clocks import climb, report_breaches, report_warnings
from amends.cases.events import quietly
from amends.cases.models import Clock, Complaint, Proceeding
from amends.correspondence.asking import follow_up
from amends.people.actors import customer_actor
from amends.rules.capabilities import SYSTEM
from amends.rules.urgency import pressing
from tests.conftest import MONDAY, House

STEPS = (
    "acknowledge", "assign", "investigate", "say_back", "find_untrue", "find_justified", "decide",
    "refuse", "resolve_at_once", "confirm", "not_satisfied", "withdraw", "reopen", "write", "escalate",
    "review", "pause", "resume", "tick", "tick", "ask_if_good", "close_as_silent",
    "go_outside", "end_outside",
)  # fmt: skip
moves = st.lists(st.tuples(st.sampled_from(STEPS), st.floats(0, 9)), min_size=5, max_size=22)


@pytest.mark.filterwarnings("ignore")
class Clocks(TestCase):
    """Whatever is done, in whatever order, and whenever."""

    @settings(max_examples=25, deadline=None)
    @given(
        moves=moves,
        country=st.sampled_from(["SE", "PL", "GB", "MY", "US", "CN"]),
        sector=st.sampled_from(["", "finance"]),
    )
    def test_they_hold(self, moves: list[tuple[str, float]], country: str, sector: str) -> None:
        reckoning._office.cache_clear()
        with quietly(), transaction.atomic():
            house, at = House(), MONDAY
            case = house.complaint(country=country, sector=sector)
            stopped: dict[int, datetime | None] = {}
            for name, days in moves:
                at += timedelta(days=days)
                try:
                    with transaction.atomic():
                        take(name, house, case, at)
                except (Refused, ClockStopped, Clock.DoesNotExist, Proceeding.DoesNotExist):
                    pass
                case = Complaint.objects.get(pk=case.pk)
                holds(case)
                now = dict(Clock.objects.filter(stopped_at__isnull=False).values_list("pk", "stopped_at"))
                assert stopped.items() <= now.items()
                stopped = now
            transaction.set_rollback(True)


def holds(case: Complaint) -> None:
    """What must be true of a case's clocks at every moment."""
    running = list(Clock.objects.filter(complaint=case, stopped_at__isnull=True))
    kinds = [clock.kind for clock in running]
    assert len(kinds) == len(set(kinds))
    if not case.is_open:
        assert set(kinds) <= {"follow_up"}
        assert (case.due_at, case.due_kind, case.pressing_at) == (None, "", None)
        return
    assert ("follow_up" if case.stage == "following_up" else "update") in kinds
    going = [clock for clock in running if clock.paused_at is None]
    first = min(going, key=lambda clock: clock.due_at)
    assert (case.due_at, case.due_kind) == (first.due_at, first.kind)
    by_law = (pressing(one.law_due_at, one.consequence) for one in going if one.law_due_at)
    assert case.pressing_at == min([first.due_at, *by_law])


def take(name: str, house: House, case: Complaint, at: datetime) -> None:
    """One step of these names; the rules refuse what cannot be."""
    by, lead, clara = house.actor(house.handler), house.actor(house.lead), customer_actor(house.customer)
    do: dict[str, Callable[[], object]] = {
        "acknowledge": lambda: actions.acknowledge(case, by=SYSTEM, at=at, text="We know."),
        "assign": lambda: actions.assign(case, by=lead, at=at, handler=house.lead),
        "investigate": lambda: actions.investigate(case, by=by, at=at),
        "say_back": lambda: actions.say_back(case, by=by, at=at, understood="It leaks."),
        "find_untrue": lambda: found(case, "untrue", at),
        "find_justified": lambda: found(case, "justified", at),
        "decide": lambda: actions.decide(case, by=by, at=at),
        "refuse": lambda: actions.refuse(case, by=SYSTEM, at=at, text="No.", where_to_turn="The board"),
        "resolve_at_once": lambda: actions.resolve_at_once(case, by=SYSTEM, at=at, done="Done."),
        "confirm": lambda: actions.confirm(case, by=clara, at=at),
        "not_satisfied": lambda: actions.not_satisfied(case, by=clara, at=at),
        "withdraw": lambda: actions.withdraw(case, by=clara, at=at),
        "reopen": lambda: actions.reopen(case, by=clara, at=at, why="Again."),
        "write": lambda: actions.write(case, by=SYSTEM, at=at, text="Soon."),
        "escalate": lambda: actions.escalate(case, by=lead, at=at),
        "review": lambda: actions.review(case, by=lead, at=at, text="Seen."),
        "pause": lambda: actions.pause_clock(answer(case), by=by, at=at, why="We wait."),
        "resume": lambda: actions.resume_clock(answer(case), by=by, at=at),
        "go_outside": lambda: actions.go_outside(case, by=by, at=at, body="The board", since=at),
        "end_outside": lambda: actions.end_outside(
            case.proceedings.latest("pk"), by=by, at=at, outcome="Closed."
        ),
        "ask_if_good": lambda: actions.ask_if_good(case, by=SYSTEM, at=at, text="Good?"),
        "close_as_silent": lambda: actions.close_as_silent(case, by=by, at=at),
        "tick": lambda: [do(at) for do in (report_breaches, report_warnings, climb, follow_up)],
    }
    do[name]()


def found(case: Complaint, finding: str, at: datetime) -> None:
    issue = case.issues.get()
    actions.find(issue, by=SYSTEM, at=at, finding=finding, reasons="We looked.")


def answer(case: Complaint) -> Clock:
    return Clock.objects.get(complaint=case, kind="answer", stopped_at__isnull=True)
