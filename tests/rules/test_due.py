"""When a rule's time is over: against a slow reference, and against days counted by hand in a calendar."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from amends.rules.due import due, dues
from amends.rules.statutes import (
    SECTORS,
    Consequence,
    Extension,
    Meets,
    Rule,
    Trigger,
    Unit,
    UnknownPlace,
    applicable,
    bodies,
    countries,
    country,
    pack_for,
    packs,
)
from amends.rules.working_days import CalendarSpec, UnknownRegion, WorkingDays

ZONES = ["Europe/Warsaw", "Europe/Stockholm", "Asia/Kuala_Lumpur", "America/New_York", "Australia/Lord_Howe"]


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


def walked(moment: datetime, one: Rule, zone: ZoneInfo, days: WorkingDays) -> datetime:
    """The slow way: a pencil on a calendar, day after day; or a clock, hour after hour."""
    if one.unit is Unit.HOURS:
        struck = moment.astimezone(UTC)
        for _hour in range(one.length):
            struck += timedelta(hours=1)
        return struck.astimezone(zone)
    day, left = moment.astimezone(zone).date(), one.length
    counts_today = one.counts_trigger_day and (one.unit is not Unit.WORKING_DAYS or days.works(day))
    if counts_today:
        left -= 1
    while left:
        day += timedelta(days=1)
        if one.unit is Unit.CALENDAR_DAYS or days.works(day):
            left -= 1
    while one.rolls and (day.isoformat() in free_days(days, day)):
        day += timedelta(days=1)
    # The last second of that day is the one before the next day's first.
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone)


def free_days(days: WorkingDays, around: date) -> set[str]:
    """The days off near a day, as a calendar on the wall shows them: it knows nothing of one house's own."""
    wall = WorkingDays(days.spec, days.region)
    near = [around + timedelta(days=n) for n in range(-1, 2)]
    return {day.isoformat() for day in near if not wall.works(day)}


MOMENTS = some.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@settings(max_examples=400, deadline=None)
@given(
    moment=MOMENTS,
    zone=some.sampled_from(ZONES),
    place=some.sampled_from(["PL", "SE", "MY", "CN", "UK", "EU", "US", "AU"]),
    length=some.integers(1, 70),
    unit=some.sampled_from([Unit.HOURS, Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]),
    counts=some.booleans(),
    rolls=some.booleans(),
    closed=some.sets(some.dates(date(2024, 1, 1), date(2028, 6, 1)), max_size=20),
)
def test_it_agrees_with_counting_by_hand(  # noqa: PLR0917  Hypothesis hands them over by name
    moment: datetime,
    zone: str,
    place: str,
    length: int,
    unit: Unit,
    counts: bool,
    rolls: bool,
    closed: set[date],
) -> None:
    one = rule(length, unit, counts_trigger_day=counts, rolls=rolls)
    days = WorkingDays(country(place).calendar, closed=frozenset(closed))
    found = due(one, moment, zone=ZoneInfo(zone), days=days)
    assert found.at == walked(moment, one, ZoneInfo(zone), days)
    assert found.at.tzinfo is not None


@settings(max_examples=200, deadline=None)
@given(
    moment=MOMENTS,
    months=some.integers(1, 40),
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(moment: datetime, months: int) -> None:
    zone = ZoneInfo("Europe/Stockholm")
    found = due(rule(months, Unit.MONTHS), moment, zone=zone, days=WorkingDays()).at
    first = moment.astimezone(zone)
    assert (found.year * 12 + found.month) - (first.year * 12 + first.month) == months
    assert found.day == first.day or (found.day < first.day and (found + timedelta(days=1)).day == 1)


GOLDEN = [
    # place, region, zone, received, length, unit, last day; counted on a printed calendar
    ("PL", "", "Europe/Warsaw", "2026-04-27T15:30", 14, Unit.CALENDAR_DAYS, "2026-05-11"),
    ("PL", "", "Europe/Warsaw", "2026-04-27T23:59", 14, Unit.CALENDAR_DAYS, "2026-05-11"),
    ("PL", "", "Europe/Warsaw", "2026-04-28T00:00", 14, Unit.CALENDAR_DAYS, "2026-05-12"),
    # Friday 1 May is a holiday, Sunday 3 May too; counting goes on Monday the 4th.
    ("PL", "", "Europe/Warsaw", "2026-04-29T10:00", 3, Unit.WORKING_DAYS, "2026-05-05"),
    # Corpus Christi, Thursday 4 June 2026.
    ("PL", "", "Europe/Warsaw", "2026-06-03T10:00", 1, Unit.WORKING_DAYS, "2026-06-05"),
    # Christmas Eve is a holiday in Poland since 2025.
    ("PL", "", "Europe/Warsaw", "2026-12-23T10:00", 1, Unit.WORKING_DAYS, "2026-12-28"),
    # Easter 2026: Good Friday works in Poland, Easter Monday does not.
    ("PL", "", "Europe/Warsaw", "2026-04-02T10:00", 2, Unit.WORKING_DAYS, "2026-04-07"),
    # Sweden is closed on Good Friday and Easter Monday.
    ("SE", "", "Europe/Stockholm", "2026-04-02T10:00", 2, Unit.WORKING_DAYS, "2026-04-08"),
    # Midsummer Eve, Friday 19 June 2026.
    ("SE", "", "Europe/Stockholm", "2026-06-18T10:00", 1, Unit.WORKING_DAYS, "2026-06-22"),
    ("SE", "", "Europe/Stockholm", "2026-06-11T10:00", 14, Unit.CALENDAR_DAYS, "2026-06-25"),
    # Ascension Day, Thursday 14 May 2026.
    ("SE", "", "Europe/Stockholm", "2026-05-13T10:00", 1, Unit.WORKING_DAYS, "2026-05-15"),
    # Hari Raya Puasa: Saturday 21 March 2026, its second day in lieu on Monday.
    ("MY", "14", "Asia/Kuala_Lumpur", "2026-03-18T10:00", 3, Unit.WORKING_DAYS, "2026-03-25"),
    # Terengganu rests on Friday and Saturday.
    ("MY", "11", "Asia/Kuala_Lumpur", "2026-07-08T10:00", 2, Unit.WORKING_DAYS, "2026-07-12"),
    # Labour Day week, with work moved to Saturday 9 May.
    ("CN", "", "Asia/Shanghai", "2026-04-30T10:00", 4, Unit.WORKING_DAYS, "2026-05-09"),
    # Golden Week 1 to 7 October, with work moved to Saturday 10 October.
    ("CN", "", "Asia/Shanghai", "2026-09-30T10:00", 3, Unit.WORKING_DAYS, "2026-10-10"),
    # Early May bank holiday 4 May; the summer one in England 31 August.
    ("UK", "", "Europe/London", "2026-05-01T10:00", 1, Unit.WORKING_DAYS, "2026-05-05"),
    ("UK", "", "Europe/London", "2026-08-28T10:00", 5, Unit.WORKING_DAYS, "2026-09-07"),
    # Scotland works on 31 August, and rests on 3 August.
    ("UK", "SCT", "Europe/London", "2026-08-28T10:00", 1, Unit.WORKING_DAYS, "2026-08-31"),
    ("UK", "", "Europe/London", "2026-02-02T10:00", 56, Unit.CALENDAR_DAYS, "2026-03-30"),
    # Thanksgiving, Thursday 26 November 2026.
    ("US", "", "America/New_York", "2026-11-25T10:00", 1, Unit.WORKING_DAYS, "2026-11-27"),
    # Received on a Saturday: Monday is the first day.
    ("EU", "", "Europe/Brussels", "2026-02-07T10:00", 15, Unit.WORKING_DAYS, "2026-02-27"),
    ("SE", "", "Europe/Stockholm", "2026-01-31T10:00", 1, Unit.MONTHS, "2026-02-28"),
]


@pytest.mark.parametrize(("place", "region", "zone", "received", "length", "unit", "last"), GOLDEN)
def test_days_that_were_counted_by_hand(  # noqa: PLR0917  pytest hands them over by name
    place: str, region: str, zone: str, received: str, length: int, unit: Unit, last: str
) -> None:
    moment = datetime.fromisoformat(received).replace(tzinfo=ZoneInfo(zone))
    days = WorkingDays(country(place).calendar, region)
    found = due(rule(length, unit), moment, zone=ZoneInfo(zone), days=days).at
    assert found.isoformat()[:19] == f"{last}T23:59:59"


D = Unit.CALENDAR_DAYS
ROLLING = [
    # place, received, length, unit, the day as it is, and where the rule moves it; on a printed calendar
    (
        "PL",
        "2026-04-19T10:00",
        14,
        D,
        "2026-05-03",
        "2026-05-04",
    ),  # Constitution Day, a Sunday
    (
        "PL",
        "2026-04-17T10:00",
        14,
        D,
        "2026-05-01",
        "2026-05-04",
    ),  # Labour Day, then a weekend
    ("PL", "2026-03-23T10:00", 14, D, "2026-04-06", "2026-04-07"),  # Easter Monday
    ("SE", "2026-06-05T10:00", 14, D, "2026-06-19", "2026-06-22"),  # Midsummer Eve
    ("SE", "2026-02-28T10:00", 1, Unit.MONTHS, "2026-03-28", "2026-03-30"),  # a Saturday
    (
        "UK",
        "2026-03-20T10:00",
        14,
        D,
        "2026-04-03",
        "2026-04-07",
    ),  # Good Friday to Easter Monday
    ("CN", "2026-09-17T10:00", 14, D, "2026-10-01", "2026-10-08"),  # Golden Week
    (
        "CN",
        "2026-09-26T10:00",
        14,
        D,
        "2026-10-10",
        "2026-10-10",
    ),  # a Saturday that is worked
    ("SE", "2026-06-08T10:00", 14, D, "2026-06-22", "2026-06-22"),  # a Monday stays
]


@pytest.mark.parametrize(("place", "received", "length", "unit", "last", "moved"), ROLLING)
def test_a_last_day_off_moves_where_the_rule_says_so(  # noqa: PLR0917  pytest hands them over by name
    place: str, received: str, length: int, unit: Unit, last: str, moved: str
) -> None:
    zone = ZoneInfo("Europe/Stockholm")
    moment, days = datetime.fromisoformat(received).replace(tzinfo=zone), WorkingDays(country(place).calendar)
    for rolls, expected in ((False, last), (True, moved)):
        found = due(rule(length, unit, rolls=rolls), moment, zone=zone, days=days).at
        assert found.isoformat()[:19] == f"{expected}T23:59:59"


def test_a_house_that_closes_lengthens_no_time_by_it() -> None:
    zone = ZoneInfo("Europe/Stockholm")
    days = WorkingDays(country("SE").calendar, closed=frozenset({date(2026, 3, 16), date(2026, 3, 17)}))
    received = datetime(2026, 3, 2, 10, tzinfo=zone)
    found = due(rule(14, Unit.CALENDAR_DAYS, rolls=True), received, zone=zone, days=days).at
    assert found == datetime(2026, 3, 16, 23, 59, 59, tzinfo=zone)


def test_an_extension_counts_from_the_day_itself_and_rolls_too() -> None:
    zone = ZoneInfo("Europe/Stockholm")
    received = datetime(2026, 6, 5, 10, tzinfo=zone)
    more = Extension(8, Unit.CALENDAR_DAYS, "due", 1, ("new date",))
    one = rule(14, Unit.CALENDAR_DAYS, rolls=True, extension=more)
    found = due(one, received, zone=zone, days=WorkingDays(country("SE").calendar))
    assert found.at.date() == date(2026, 6, 22)
    assert found.extended == datetime(2026, 6, 29, 23, 59, 59, tzinfo=zone)  # 19 + 8 is Saturday 27 June


def test_no_pack_says_that_a_day_moves() -> None:
    """No source that was read says so of any of its rules; a house may say it of its own."""
    assert not [one.id for pack in packs().values() for one in pack.rules if one.rolls]


def test_a_day_in_hours_is_as_long_as_it_really_is() -> None:
    """In the night of 29 March 2026 the clocks in Europe go from two to three."""
    zone = ZoneInfo("Europe/Stockholm")
    spring = datetime(2026, 3, 28, 12, tzinfo=zone)
    autumn = datetime(2026, 10, 24, 12, tzinfo=zone)
    assert due(rule(24, Unit.HOURS), spring, zone=zone, days=WorkingDays()).at.isoformat() == (
        "2026-03-29T13:00:00+02:00"
    )
    assert due(rule(24, Unit.HOURS), autumn, zone=zone, days=WorkingDays()).at.isoformat() == (
        "2026-10-25T11:00:00+01:00"
    )
    by_day = due(rule(1, Unit.CALENDAR_DAYS), spring, zone=zone, days=WorkingDays()).at
    assert by_day.isoformat() == "2026-03-29T23:59:59+02:00"


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime.fromisoformat("2026-01-01T00:00")
    with pytest.raises(ValueError, match="aware"):
        due(rule(1, Unit.HOURS), naive, zone=ZoneInfo("UTC"), days=WorkingDays())


def test_an_extension_counts_from_the_trigger_or_from_the_day_due() -> None:
    zone = ZoneInfo("Europe/London")
    received = datetime(2026, 2, 2, 10, tzinfo=zone)
    in_all = Extension(20, Unit.WORKING_DAYS, "trigger", 1, ("new date",))
    more = Extension(10, Unit.WORKING_DAYS, "due", 1, ("new date",))
    one = due(rule(10, Unit.WORKING_DAYS, extension=in_all), received, zone=zone, days=WorkingDays())
    two = due(rule(10, Unit.WORKING_DAYS, extension=more), received, zone=zone, days=WorkingDays())
    assert one.at == two.at == datetime(2026, 2, 16, 23, 59, 59, tzinfo=zone)
    assert one.extended == two.extended == datetime(2026, 3, 2, 23, 59, 59, tzinfo=zone)


def test_the_strictest_comes_first_and_what_has_not_begun_is_left_out() -> None:
    zone = ZoneInfo("Europe/London")
    received = datetime(2026, 2, 2, 10, tzinfo=zone)
    rules = applicable(country("gb"), "housing", received.date())
    begun = dues(rules, {Trigger.RECEIVED: received}, zone=zone, days=WorkingDays())
    assert [one.rule.id for one in begun] == ["iso-10002-update", "uk-housing-acknowledgement"]
    moments = {Trigger.RECEIVED: received, Trigger.ACKNOWLEDGED: received + timedelta(days=2)}
    answered = dues(rules, moments, zone=zone, days=WorkingDays())
    assert [one.rule.id for one in answered][-1] == "uk-housing-stage-1"
    assert answered[-1].at == datetime(2026, 2, 18, 23, 59, 59, tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "rule_id", "length"),
    [(date(2026, 3, 31), "my-bnm-answer-2009", 14), (date(2026, 4, 1), "my-bnm-answer-simple", 5)],
)
def test_a_rule_holds_between_its_days(day: date, rule_id: str, length: int) -> None:
    rules = [one for one in applicable(country("MY"), "finance", day) if one.clock == "answer"]
    assert (rules[0].id, rules[0].length) == (rule_id, length)


def test_a_country_without_a_pack_has_its_unions_or_the_practice() -> None:
    assert (pack_for("DE").code, pack_for("JP").code, pack_for("").code) == ("EU", "ISO", "ISO")
    assert {one.jurisdiction for one in applicable(pack_for("PL"), "payments", date(2026, 5, 1))} == {
        "PL",
        "EU",
        "ISO",
    }


@pytest.mark.parametrize("code", ["PL", "SE", "MY", "CN", "UK", "EU", "US", "AU"])
@pytest.mark.parametrize("sector", SECTORS)
def test_everywhere_and_in_each_sector_somebody_says_by_when_to_acknowledge_and_answer(
    code: str, sector: str
) -> None:
    rules = applicable(country(code), sector, date(2026, 11, 22))
    assert {"acknowledgement", "update", "answer"} <= {one.clock for one in rules}
    assert all(one.source and one.read_on for one in rules)


def test_what_was_not_read_in_a_source_says_so() -> None:
    unverified = {one.id for pack in packs().values() for one in pack.rules if not one.verified}
    assert unverified == {
        "pl-consumer-refund",
        "pl-telecom-answer",
        "cn-mediation",
        "eu-adr-answer-to-body",
        "iso-10002-acknowledgement",
        "iso-10002-update",
        "iso-10002-answer",
    }


def test_the_bodies_of_a_sector_with_their_sums() -> None:
    arn, *_rest = bodies(country("SE"), "consumer")
    assert (arn.name, arn.address) == (
        "Allmänna reklamationsnämnden (ARN)",
        ("Box 174", "101 23 Stockholm"),
    )
    assert arn.smallest == (Decimal(750), "SEK")


def test_unknown_places_name_those_that_are_known() -> None:
    with pytest.raises(UnknownPlace) as wrong:
        country("XX")
    assert wrong.value.known == countries() == ("AU", "CN", "EU", "MY", "PL", "SE", "UK", "US")
    with pytest.raises(UnknownPlace) as wrong:
        applicable(country("PL"), "gardening", date(2026, 1, 1))
    assert wrong.value.known == SECTORS
    with pytest.raises(UnknownRegion) as region:
        WorkingDays(CalendarSpec(holidays="GB"), "NSW")
    assert region.value.known == ("ENG", "NIR", "SCT", "WLS")


def test_ids_are_told_apart() -> None:
    ids = [one.id for pack in packs().values() for one in pack.rules]
    assert len(ids) == len(set(ids))
