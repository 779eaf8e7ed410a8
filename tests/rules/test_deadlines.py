from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.deadlines import PROMISES, ClockKind, promised, rule_name

NOON = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (ClockKind.ACKNOWLEDGEMENT, 1),
        (ClockKind.UPDATE, 5),
        (ClockKind.ANSWER, 14),
        (ClockKind.APPROVAL, 2),
        (ClockKind.OFFER, 14),
        (ClockKind.DUTY, 7),
        (ClockKind.FOLLOW_UP, 7),
        (ClockKind.REVIEW, 30),
    ],
)
def test_each_promise_in_days(kind: ClockKind, days: int) -> None:
    assert promised(kind, NOON) == NOON + timedelta(days=days)


def test_every_clock_has_a_promise() -> None:
    assert set(PROMISES) == set(ClockKind)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        promised(ClockKind.UPDATE, datetime(2026, 3, 28, 12, 0))  # noqa: DTZ001


def test_a_clock_remembers_whose_promise_it_is() -> None:
    assert rule_name(ClockKind.FOLLOW_UP) == "house:follow_up"
