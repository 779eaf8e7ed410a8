"""The process bar: where one complaint stands on the way that ``rules.lifecycle`` draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from amends.cases.models import Complaint
from amends.cases.words import STAGES
from amends.rules.lifecycle import MAIN_WAY, SIDE_EXITS, Stage


@dataclass(frozen=True)
class Stop:
    """One stop of the bar: its words, and whether it lies behind, here or ahead."""

    stage: Stage
    words: str | Promise
    state: str  # done, here or ahead


def process_of(complaint: Complaint) -> Sequence[Stop]:
    """The stops of the main way; at a side exit received, then the exit."""
    here = Stage(complaint.stage)
    if here in SIDE_EXITS:
        return [*(Stop(s, STAGES[s], "done") for s in MAIN_WAY[:1]), Stop(here, STAGES[here], "here")]
    place = MAIN_WAY.index(here)
    states = ["done"] * place + ["here"] + ["ahead"] * (len(MAIN_WAY) - place - 1)
    return [Stop(s, STAGES[s], state) for s, state in zip(MAIN_WAY, states, strict=True)]
