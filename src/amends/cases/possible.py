"""What can be done with a complaint now, by whom, and what is missing for the rest."""

from dataclasses import dataclass, replace
from datetime import datetime

from amends.cases.facts import read_facts
from amends.cases.models import Complaint
from amends.rules.capabilities import Actor, ActorKind
from amends.rules.lifecycle import STEPS, Facts, Reason, Step, why_not

# What a page cannot know before the form is filled in: assume it filled in well.
FILLED_IN = {
    "words": True,
    "customer_reached": True,
    "signed_for": True,
    "signature": "code",
    "third_party": True,
    "other_is_open": True,
    "candidate_level": 99,
}


@dataclass(frozen=True)
class Possible:
    """A step at this stage, and every reason why this actor cannot take it yet."""

    step: Step
    reasons: tuple[Reason, ...]

    @property
    def now(self) -> bool:
        """Whether it can be taken now."""
        return not self.reasons


def possible_steps(
    complaint: Complaint, actor: Actor, *, at: datetime, facts: Facts | None = None
) -> list[Possible]:
    """Every step of the complaint's stage, in the order of the process, with what is missing for it."""
    facts = facts or read_facts(complaint, actor=actor, at=at)
    paper = "paper" if facts.paper_waits and actor.kind is ActorKind.STAFF else FILLED_IN["signature"]
    known = replace(facts, **FILLED_IN | {"signature": paper})  # type: ignore[arg-type]
    here = (step for step in STEPS.values() if known.stage in step.sources)
    return [Possible(step, why_not(step, known, actor)) for step in here]


NEXT_STEP: dict[str, tuple[str, ...]] = {
    "received": ("acknowledge",),
    "acknowledged": ("investigate",),
    "investigating": ("decide",),
    "decided": ("refuse", "offer", "submit_plan"),
    "awaiting_approval": ("approve", "endorse"),
    "offered": ("agree", "bring_paper"),
    "agreed": ("fulfil",),
    "fulfilling": ("complete",),
    "following_up": ("confirm",),
}


def next_step(steps: list[Possible], stage: str, *, not_wanted: bool = False) -> Possible | None:
    """The step that carries this complaint on: the first that can be taken, else the first named.

    ``not_wanted``: the customer was offered the plan as it stands and did not take it; another comes first.
    """
    named = {p.step.name: p for p in steps}
    candidates = [named[name] for name in NEXT_STEP.get(stage, ()) if name in named]
    if stage == "decided":  # nothing upheld: refuse; within authority or approved: offer; else the leadership
        possible = None if not_wanted else next((p for p in candidates if p.now), None)
        return possible or named.get("plan")
    return next((p for p in candidates if p.now), candidates[0] if candidates else None)
