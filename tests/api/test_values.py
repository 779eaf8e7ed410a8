"""Values that programs send, judged where the house is."""

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from amends.api.schemas.values import Day
from amends.kit import clock

HALF_PAST_MIDNIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # in Stockholm it is the third already


@pytest.fixture(autouse=True)
def in_stockholm(settings: object) -> None:
    settings.TIME_ZONE = "Europe/Stockholm"  # type: ignore[attr-defined]


def test_the_day_has_come_when_it_has_come_in_the_house() -> None:
    with clock.set_to(HALF_PAST_MIDNIGHT):
        assert TypeAdapter(Day).validate_python("2026-03-03") == date(2026, 3, 3)


def test_the_day_after_has_not() -> None:
    with clock.set_to(HALF_PAST_MIDNIGHT), pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python("2026-03-04")
