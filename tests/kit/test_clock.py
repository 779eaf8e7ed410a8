from datetime import UTC, datetime

import pytest

from amends.kit import clock

THEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_clock_can_be_set_for_a_while() -> None:
    with clock.set_to(THEN):
        assert clock.now() == THEN
    assert clock.now() > THEN
    assert clock.now().tzinfo is not None


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.set_to(datetime(2026, 3, 2, 9, 0)):  # noqa: DTZ001
        pass
