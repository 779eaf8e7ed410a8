"""What runs when: the one table. What follows from events, and not from time, stands in ``reactions.py``."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from amends.cases.clocks import climb, lapse_offers, report_breaches, report_warnings
from amends.cases.nudging import nudge_duties
from amends.cases.proposals import propose_days
from amends.correspondence.arrivals import take_in_waiting
from amends.correspondence.asking import follow_up
from amends.correspondence.drafts import prune_drafts
from amends.correspondence.inviting import invite
from amends.correspondence.meetings.booking import remind
from amends.correspondence.reminding import remind_of_offers
from amends.correspondence.sealing.jobs import seal_left_over
from amends.correspondence.webhooks.delivering import throw_away
from amends.kit import schedule
from amends.kit.pruning import prune
from amends.kit.schedule import Line
from amends.kit.take_over import take_over

# What the tick does, each by the name that it is counted under. What ran out is not warned of any more.
DUE: Mapping[str, Callable[[datetime], int]] = {
    "breached": report_breaches,
    "warned": report_warnings,
    "climbed": climb,
    "nudged": nudge_duties,
    "lapsed": lapse_offers,
    "offers reminded": remind_of_offers,
    "asked": follow_up,
    "reminded": remind,
}


def tick(at: datetime) -> int:
    """Everything that is due for cases at ``at``, each thing in its order; how many.

    May be called with any time, as often as one likes: what was done is not done again.
    """
    return tick_by_kind(at).total()


def tick_by_kind(at: datetime) -> Counter[str]:
    """As ``tick``; how many of each kind, by the names of DUE."""
    return Counter({name: do(at) for name, do in DUE.items()})


SCHEDULE: tuple[Line, ...] = (
    Line("tick", 20, tick),
    Line("take in mail that was kept and not read", 20, take_in_waiting),
    Line("seal what was signed and is not sealed", 300, seal_left_over),
    Line("invite who is satisfied to review", 3600, invite),
    Line("take over jobs of dead workers", 10, take_over),
    Line("propose days where rules have changed", 24 * 3600, propose_days),
    Line("throw away what is old", 6 * 3600, prune),
    Line("throw away old drafts", 6 * 3600, prune_drafts),
    Line("throw away what programs were told", 6 * 3600, throw_away),
)


def run_due(at: datetime) -> list[str]:
    """Run what is due at ``at``, each line in one worker only; the names of what ran."""
    return schedule.run_due(SCHEDULE, at)
