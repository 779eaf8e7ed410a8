"""A rule to try things with."""

from amends.rules.statutes import Consequence, Meets, Rule, Trigger, Unit


def rule(length: int, unit: Unit, **changes: object) -> Rule:
    fields: dict[str, object] = {
        "id": "test",
        "jurisdiction": "PL",
        "clock": "answer",
        "sectors": ("consumer",),
        "trigger": Trigger.RECEIVED,
        "length": length,
        "unit": unit,
        "meets": Meets.ARRIVAL,
        "consequence": Consequence.ACCEPTED,
        "source": "a test",
        "read_on": "2026-11",
        "verified": True,
    }
    return Rule(**(fields | changes))  # type: ignore[arg-type]
