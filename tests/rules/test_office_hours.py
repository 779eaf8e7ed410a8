"""Office hours: against a slow reference that walks quarter by quarter, and against hours counted by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from amends.rules.due import due, last_moment
from amends.rules.office_hours import last_open, open_after
from amends.rules.statutes import Extension, Unit, country
from amends.rules.working_days import OfficeHours, WorkingDays
from tests.rules.rule import rule
from tests.rules.test_due import PLACES, ZONES, Wall

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
NINE_TO_FIVE = OfficeHours(time(9), time(17))
WARSAW, STOCKHOLM = ZoneInfo("Europe/Warsaw"), ZoneInfo("Europe/Stockholm")


def time_of(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


class Doorkeeper:
    """Stands at the door with a clock on the wall, and looks at it every quarter of an hour."""

    def __init__(self, wall: Wall, zone: ZoneInfo, hours: tuple[int, int] | None) -> None:
        self.wall, self.zone, self.hours = wall, zone, hours
        self.known: dict[date, frozenset[datetime]] = {}

    def is_open(self, quarter: datetime) -> bool:
        """In the quarter that begins then."""
        day = quarter.astimezone(self.zone).date()
        if day not in self.known:
            self.known[day] = self.of_day(day)
        return quarter in self.known[day]

    def of_day(self, day: date) -> frozenset[datetime]:
        """The quarters of this day in which the house is open, read off the wall."""
        if not self.wall.works(day):
            return frozenset()
        around = datetime(day.year, day.month, day.day, tzinfo=UTC) - DAY
        quarters = [around + QUARTER * number for number in range(4 * 24 * 3)]
        todays = [one for one in quarters if one.astimezone(self.zone).date() == day]
        if self.hours is None:
            return frozenset(todays)
        opens, closes = (self.shown(todays, end) for end in self.hours)
        return frozenset(one for one in todays if opens <= one < closes)

    def shown(self, todays: list[datetime], end: int) -> datetime:
        """When the wall shows this time first; if it never does, so many quarters after midnight."""
        showing = (one for one in todays if one.astimezone(self.zone).time() == time_of(end))
        return next(showing, todays[0] + QUARTER * end)

    def after(self, moment: datetime, quarters: int) -> datetime:
        """When so many quarters in which the house is open have passed."""
        while quarters:
            quarters -= self.is_open(moment)
            moment += QUARTER
        whole_day_over = (moment - QUARTER).astimezone(self.zone).date() < moment.astimezone(self.zone).date()
        return moment - timedelta(seconds=1) if self.hours is None and whole_day_over else moment

    def before(self, moment: datetime, since: datetime) -> datetime | None:
        """The last moment, to the minute, at which the house was open."""
        if self.is_open(moment):
            return moment
        while moment > since:
            moment -= QUARTER
            if self.is_open(moment):
                last = moment + QUARTER - timedelta(minutes=1)
                return last if last >= since else None
        return None


QUARTERS = some.integers(0, 4 * 365 * 24 * 4).map(
    lambda count: datetime(2024, 1, 1, tzinfo=UTC) + QUARTER * count
)
# Around the nights of 2026 on which the clocks are changed, where a mistake would be.
NIGHTS = some.builds(
    lambda night, count: datetime.fromisoformat(f"2026-{night}T00:00Z") + QUARTER * count,
    some.sampled_from(["03-08", "03-29", "04-04", "10-03", "10-25", "11-01"]),
    some.integers(-200, 200),
)
HOURS = some.none() | some.tuples(some.integers(0, 94), some.integers(1, 95)).filter(
    lambda hours: hours[0] < hours[1]
)
CLOSED = some.frozensets(some.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=60)


def of_house(
    where: tuple[str, str], zone: str, hours: tuple[int, int] | None, closed: frozenset[date]
) -> tuple[Doorkeeper, ZoneInfo, WorkingDays]:
    said = OfficeHours(*(time_of(end) for end in hours)) if hours else None
    days = WorkingDays(country(where[0]).calendar, where[1], closed, said)
    return Doorkeeper(Wall(*where, closed), ZoneInfo(zone), hours), ZoneInfo(zone), days


@settings(max_examples=300, deadline=None)
@example(datetime(2026, 3, 29, 0, tzinfo=UTC), 3, "Europe/Warsaw", ("MY", "11"), (6, 10), frozenset())
@example(datetime(2026, 3, 28, 20, tzinfo=UTC), 3, "Europe/Warsaw", ("MY", "11"), (9, 14), frozenset())
@example(datetime(2026, 10, 24, 20, tzinfo=UTC), 5, "Europe/Warsaw", ("MY", "11"), (9, 14), frozenset())
@given(
    moment=QUARTERS | NIGHTS,
    length=some.integers(1, 60),
    zone=some.sampled_from(ZONES),
    where=some.sampled_from(PLACES),
    hours=HOURS,
    closed=CLOSED,
)
def test_it_agrees_with_who_stands_at_the_door(  # noqa: PLR0917  Hypothesis hands them over by name
    moment: datetime,
    length: int,
    zone: str,
    where: tuple[str, str],
    hours: tuple[int, int] | None,
    closed: frozenset[date],
) -> None:
    keeper, house, days = of_house(where, zone, hours, closed)
    here = moment.astimezone(house)
    if hours is not None and hours[1] - hours[0] < 8:  # or walking takes all day
        length = 1 + length % 8
    expected = keeper.after(moment, length * 4)
    # Compared as UTC: Python calls moments of an hour that is shown twice unequal to any of another zone.
    said = last_moment(here, length, Unit.OFFICE_HOURS, zone=house, days=days)
    assert (said.astimezone(UTC), said.tzinfo) == (expected, house)
    one = due(rule(length, Unit.OFFICE_HOURS, rolls=True), moment, zone=house, days=days)
    assert one.at.astimezone(UTC) == expected
    quarters = open_after(here, QUARTER * length, zone=house, days=days)
    assert quarters.astimezone(UTC) == keeper.after(moment, length)


@settings(max_examples=300, deadline=None)
@given(
    moment=QUARTERS | NIGHTS,
    back=some.integers(0, 400),
    zone=some.sampled_from(ZONES),
    where=some.sampled_from(PLACES),
    hours=HOURS,
    closed=CLOSED,
)
def test_the_last_moment_at_which_somebody_was_there(  # noqa: PLR0917  Hypothesis hands them over by name
    moment: datetime,
    back: int,
    zone: str,
    where: tuple[str, str],
    hours: tuple[int, int] | None,
    closed: frozenset[date],
) -> None:
    keeper, house, days = of_house(where, zone, hours, closed)
    since = moment - QUARTER * back
    found = last_open(moment.astimezone(house), since.astimezone(house), zone=house, days=days)
    assert (found and found.astimezone(UTC)) == keeper.before(moment, since)


@settings(max_examples=150, deadline=None)
@given(
    moment=QUARTERS,
    first=some.integers(1, 30),
    more=some.integers(1, 30),
    hours=some.none() | some.just((36, 68)),
    counted_from=some.sampled_from(["trigger", "due"]),
)
def test_a_longer_time_counts_on_where_the_first_ended(
    moment: datetime, first: int, more: int, hours: tuple[int, int] | None, counted_from: str
) -> None:
    _keeper, house, days = of_house(("PL", ""), "Europe/Warsaw", hours, frozenset())
    longer = Extension(more, Unit.OFFICE_HOURS, counted_from, 1, ("new date",))
    found = due(rule(first, Unit.OFFICE_HOURS, extension=longer), moment, zone=house, days=days).extended
    in_all = more if counted_from == "trigger" else first + more
    whole = due(rule(in_all, Unit.OFFICE_HOURS), moment, zone=house, days=days).at
    assert found is not None
    assert found.astimezone(UTC) == whole.astimezone(UTC)


GOLDEN = [
    # place, zone, hours, received, office hours, over
    ("PL", WARSAW, NINE_TO_FIVE, "2026-11-20T16:30", 2, "2026-11-23T10:30:00+01:00"),  # Friday to Monday
    ("PL", WARSAW, NINE_TO_FIVE, "2026-11-20T15:00", 2, "2026-11-20T17:00:00+01:00"),  # just enough
    ("PL", WARSAW, NINE_TO_FIVE, "2026-11-20T17:00", 2, "2026-11-23T11:00:00+01:00"),  # just closed
    ("PL", WARSAW, NINE_TO_FIVE, "2026-11-21T12:00", 8, "2026-11-23T17:00:00+01:00"),  # on a Saturday
    ("PL", WARSAW, NINE_TO_FIVE, "2026-11-23T03:00", 1, "2026-11-23T10:00:00+01:00"),  # before it opens
    # Friday 1 May, the weekend with 3 May: from Thursday afternoon to Monday.
    ("PL", WARSAW, NINE_TO_FIVE, "2026-04-30T15:30", 4, "2026-05-04T11:30:00+02:00"),
    ("PL", WARSAW, NINE_TO_FIVE, "2026-05-02T10:00", 1, "2026-05-04T10:00:00+02:00"),
    # Sunday is worked in Kelantan; in the night of 29 March two o'clock is three o'clock.
    ("MY", WARSAW, OfficeHours(time(1), time(5)), "2026-03-29T00:00", 3, "2026-03-29T05:00:00+02:00"),
    ("MY", WARSAW, OfficeHours(time(1), time(5)), "2026-10-25T00:00", 5, "2026-10-25T05:00:00+01:00"),
    ("MY", WARSAW, None, "2026-03-28T20:00", 23, "2026-03-29T23:59:59+02:00"),
    ("MY", WARSAW, None, "2026-10-24T20:00", 25, "2026-10-25T23:59:59+01:00"),
    ("MY", WARSAW, None, "2026-03-29T00:30", 10, "2026-03-29T11:30:00+02:00"),
    ("MY", WARSAW, None, "2026-10-25T00:30", 10, "2026-10-25T09:30:00+01:00"),
    # None said: the whole working day. What comes on Saturday is over with Monday.
    ("SE", STOCKHOLM, None, "2026-11-20T20:00", 5, "2026-11-23T01:00:00+01:00"),
    ("SE", STOCKHOLM, None, "2026-11-21T12:00", 24, "2026-11-23T23:59:59+01:00"),
]


@pytest.mark.parametrize(("place", "zone", "hours", "received", "length", "over"), GOLDEN)
def test_hours_that_were_counted_by_hand(  # noqa: PLR0917  pytest hands them over by name
    place: str, zone: ZoneInfo, hours: OfficeHours | None, received: str, length: int, over: str
) -> None:
    days = WorkingDays(country(place).calendar, "11" if place == "MY" else "", hours=hours)
    moment = datetime.fromisoformat(received).replace(tzinfo=zone)
    assert due(rule(length, Unit.OFFICE_HOURS), moment, zone=zone, days=days).at.isoformat() == over


def test_days_on_which_the_house_is_closed_do_not_count() -> None:
    closed = frozenset({date(2026, 11, 23), date(2026, 11, 24)})
    days = WorkingDays(country("PL").calendar, closed=closed, hours=NINE_TO_FIVE)
    moment = datetime(2026, 11, 20, 16, 30, tzinfo=WARSAW)
    found = due(rule(2, Unit.OFFICE_HOURS), moment, zone=WARSAW, days=days).at
    assert found == datetime(2026, 11, 25, 10, 30, tzinfo=WARSAW)


def test_a_longer_time_after_days_begins_with_the_next_opening_and_in_days_after_its_own_day() -> None:
    moment = datetime(2026, 11, 19, 10, tzinfo=WARSAW)
    three = Extension(3, Unit.OFFICE_HOURS, "due", 1, ("new date",))
    for hours, over in ((NINE_TO_FIVE, "2026-11-23T12:00:00+01:00"), (None, "2026-11-23T03:00:00+01:00")):
        days = WorkingDays(country("PL").calendar, hours=hours)
        found = due(rule(1, Unit.WORKING_DAYS, extension=three), moment, zone=WARSAW, days=days)
        assert found.at == datetime(2026, 11, 20, 23, 59, 59, tzinfo=WARSAW)
        assert found.extended is not None
        assert found.extended.isoformat() == over
    one = Extension(1, Unit.CALENDAR_DAYS, "due", 1, ("new date",))
    saturday = datetime(2026, 11, 21, 12, tzinfo=WARSAW)
    whole = WorkingDays(country("PL").calendar)
    found = due(rule(24, Unit.OFFICE_HOURS, extension=one), saturday, zone=WARSAW, days=whole)
    assert found.extended == datetime(2026, 11, 24, 23, 59, 59, tzinfo=WARSAW)


def test_an_opening_that_the_night_skips_leaves_a_short_day_and_no_endless_one() -> None:
    """Open from half past two to a quarter past three: on 29 March that is no time at all."""
    days = WorkingDays(country("MY").calendar, "11", hours=OfficeHours(time(2, 30), time(3, 15)))
    moment = datetime(2026, 3, 29, 0, tzinfo=WARSAW)
    found = open_after(moment, QUARTER, zone=WARSAW, days=days)
    assert found.isoformat() == "2026-03-30T02:45:00+02:00"
    noon = datetime(2026, 3, 29, 12, tzinfo=WARSAW)
    assert last_open(noon, moment - DAY, zone=WARSAW, days=days) is None  # Saturday is free there


def test_a_house_that_is_open_this_minute_is_not_left_before_it_closes() -> None:
    days = WorkingDays(country("PL").calendar, hours=NINE_TO_FIVE)
    late = datetime(2026, 11, 20, 16, 59, 40, tzinfo=WARSAW)
    assert last_open(late, late - DAY, zone=WARSAW, days=days) == late
    closing = datetime(2026, 11, 20, 17, tzinfo=WARSAW)
    last = datetime(2026, 11, 20, 16, 59, tzinfo=WARSAW)
    assert last_open(closing, last, zone=WARSAW, days=days) == last
    assert last_open(closing, last + timedelta(seconds=1), zone=WARSAW, days=days) is None


@pytest.mark.parametrize("closes", [time(9), time(8, 59)])
def test_a_house_opens_before_it_closes(closes: time) -> None:
    with pytest.raises(ValueError, match="opens before"):
        OfficeHours(time(9), closes)
