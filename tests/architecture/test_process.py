"""The process hangs together: nothing unreachable, nothing without an end, a word or a consequence."""

import pytest

from amends.cases import words
from amends.portal import standing
from amends.project.reactions import REACTIONS
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import ENDED, EVENTS, OPEN, STEPS, Reason, Stage


def _reachable(start: Stage) -> set[Stage]:
    found, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        onward = {step.target for step in STEPS.values() if step.target and here in step.sources}
        ahead += onward - found
        found |= onward
    return found


def test_every_stage_is_reached_from_the_first() -> None:
    assert _reachable(Stage.RECEIVED) == set(Stage)


@pytest.mark.parametrize("stage", sorted(OPEN))
def test_every_open_stage_can_end_with_a_satisfied_customer(stage: Stage) -> None:
    assert Stage.CLOSED in _reachable(stage)


@pytest.mark.parametrize("kind", ClockKind)
def test_every_clock_that_a_step_starts_is_stopped_by_one_that_can_follow(kind: ClockKind) -> None:
    starting = [step for step in STEPS.values() if kind in step.starts]
    assert starting, f"nothing starts {kind}"
    for step in starting:
        for begun_at in {step.target} if step.target else step.sources & OPEN:
            assert begun_at is not None
            ahead = _reachable(begun_at) & OPEN
            assert any(kind in other.stops and other.sources & ahead for other in STEPS.values())


def test_no_clock_runs_on_when_the_case_has_ended() -> None:
    for step in STEPS.values():
        if step.target in ENDED:
            assert set(step.stops) == set(ClockKind), step


def test_every_event_has_its_reaction_or_an_empty_one_on_purpose() -> None:
    assert set(REACTIONS) == EVENTS


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (words.STAGES, set(Stage)),
        (standing.STOPS, set(Stage) - {Stage.AWAITING_APPROVAL}),  # the house's own business
        (standing.SENTENCES, set(Stage) - {Stage.AWAITING_APPROVAL}),
        (words.STEPS, set(STEPS)),
        (words.EVENTS, set(EVENTS)),
        (words.CLOCKS, set(ClockKind)),
        (words.REASONS, set(Reason)),
    ],
    ids=["stages", "the customer's stages", "their sentences", "steps", "events", "clocks", "reasons"],
)
def test_everything_has_its_words(said: dict[str, str], known: set[str]) -> None:
    assert set(said) == known
    assert len({str(word) for word in said.values()}) == len(said), "two things with the same words"
