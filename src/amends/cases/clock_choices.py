"""What can be done with clocks that run: may they wait for the customer, until when can they be extended.

For all clocks of a page at once, in a fixed number of queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from amends.cases.models import Clock
from amends.cases.moments import moments_by_clock
from amends.cases.reckoning import OfficeNow, Reckoning, office, rule_of
from amends.rules.deadlines import MAY_WAIT
from amends.rules.due import due
from amends.rules.statutes import Rule


@dataclass(frozen=True)
class Choices:
    """``rule``: the law behind the clock; ``extended``: its day if it is extended now, where it can be."""

    rule: Rule | None
    may_wait: bool
    extended: datetime | None


def choices_of(clocks: Sequence[Clock]) -> dict[int, Choices]:
    """For each of these clocks, by its id. One query if a law is behind one, two more if it can grow."""
    house = office() if any(clock.law for clock in clocks) else OfficeNow()
    rules = {clock.pk: rule_of(clock.law, house) if clock.law else None for clock in clocks}
    longer = {clock.pk: clock for clock in clocks if _extensible(clock, rules[clock.pk])}
    moments = moments_by_clock(longer.values()) if longer else {}

    def extended(clock: Clock) -> datetime | None:
        rule = rules[clock.pk]
        if rule is None or clock.pk not in longer:
            return None
        return _extended(clock, rule, moments[clock.pk].get(rule.trigger, clock.started_at), house)

    return {
        clock.pk: Choices(rules[clock.pk], _may_wait(clock, rules[clock.pk]), extended(clock))
        for clock in clocks
    }


def may_pause(clock: Clock) -> bool:
    """Whether such a clock can wait for the customer, and the law behind it, if there is one, lets it.

    The rhythm of our words never waits, or a customer who forgot us would be forgotten.
    """
    return choices_of([clock])[clock.pk].may_wait


def _may_wait(clock: Clock, rule: Rule | None) -> bool:
    return clock.kind in MAY_WAIT and clock.breached_at is None and (rule is None or rule.pausable)


def _extensible(clock: Clock, rule: Rule | None) -> bool:
    return rule is not None and rule.extension is not None and clock.extended < rule.extension.times


def _extended(clock: Clock, rule: Rule, started: datetime, house: OfficeNow) -> datetime | None:
    days = Reckoning(clock.complaint, house).working_days
    return due(rule, started, zone=timezone.get_default_timezone(), days=days).extended
