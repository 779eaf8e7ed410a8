"""The ladder of reminders: the day before, when it is late, twice more, and then no more."""

from datetime import UTC, datetime, timedelta

from amends.rules.nudging import LAST, next_nudge

DUE = datetime(2026, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def test_each_rung_has_its_time() -> None:
    assert next_nudge(DUE, 0, None) == DUE - DAY
    assert next_nudge(DUE, 1, DUE - DAY) == DUE
    assert next_nudge(DUE, 2, DUE) == DUE + 2 * DAY
    assert next_nudge(DUE, 3, DUE + 2 * DAY) == DUE + 4 * DAY
    assert next_nudge(DUE, LAST, DUE + 4 * DAY) is None
