"""When a rule's time is over: against a slow reference, which reads a calendar day by day."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from amends.rules.due import due, dues
from amends.rules.statutes import (
    SECTORS,
    Extension,
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
from tests.rules.rule import rule

ZONES = ["Europe/Warsaw", "Europe/Stockholm", "Asia/Kuala_Lumpur", "America/New_York", "Australia/Lord_Howe"]


FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
ISO_NAME = {"UK": "GB"}
PLACES = [
    ("PL", ""), ("SE", ""), ("CN", ""), ("EU", ""), ("UK", ""), ("UK", "SCT"), ("US", ""), ("US", "CA"),
    ("AU", ""), ("AU", "VIC"), ("MY", ""), ("MY", "01"), ("MY", "10"), ("MY", "11"),
]  # fmt: skip


@dataclass(frozen=True)
class Wall:
    """A calendar on the wall of one place: it knows nothing of packs, and is read day by day."""

    place: str
    region: str
    closed: frozenset[date] = field(default_factory=frozenset)

    def works(self, day: date) -> bool:
        return day not in self.closed and not self.rests(day)

    def rests(self, day: date) -> bool:
        if self.place == "EU":
            printed = holidays.financial_holidays("ECB", years=day.year)
        else:
            wanted = ("public", "de_facto") if self.place == "SE" else ("public",)
            region = self.region or ("ENG" if self.place == "UK" else None)
            name = ISO_NAME.get(self.place, self.place)
            printed = holidays.country_holidays(name, subdiv=region, years=day.year, categories=wanted)
        return day in printed or (day.weekday() in self.weekend(day) and day not in printed.weekend_workdays)

    def weekend(self, day: date) -> set[int]:
        islamic = self.region == "11" or (self.region == "01" and day.year < 2025)
        return {FRIDAY, SATURDAY} if self.place == "MY" and islamic else {SATURDAY, SUNDAY}


def walked(moment: datetime, one: Rule, zone: ZoneInfo, wall: Wall) -> datetime:
    """The slow way: a pencil on a calendar, day after day; or a clock, hour after hour."""
    if one.unit is Unit.HOURS:
        struck = moment.astimezone(UTC)
        for _hour in range(one.length):
            struck += timedelta(hours=1)
        return struck.astimezone(zone)
    day, left = moment.astimezone(zone).date(), one.length
    counts_today = one.counts_trigger_day and (one.unit is not Unit.WORKING_DAYS or wall.works(day))
    if counts_today:
        left -= 1
    while left:
        day += timedelta(days=1)
        if one.unit is Unit.CALENDAR_DAYS or wall.works(day):
            left -= 1
    while one.rolls and wall.rests(day):
        day += timedelta(days=1)
    # The last second of that day is the one before the next day's first.
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone)


MOMENTS = some.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


COUNTED = some.tuples(
    some.integers(1, 70), some.sampled_from([Unit.HOURS, Unit.CALENDAR_DAYS, Unit.WORKING_DAYS])
)


@settings(max_examples=300, deadline=None)
@given(
    moments=some.dictionaries(some.sampled_from(Trigger), MOMENTS, max_size=4),
    trigger=some.sampled_from(Trigger),
    zone=some.sampled_from(ZONES),
    where=some.sampled_from(PLACES),
    counted=COUNTED,
    counts=some.booleans(),
    rolls=some.booleans(),
    longer=some.none() | some.tuples(COUNTED, some.sampled_from(["trigger", "due"])),
    closed=some.frozensets(some.dates(date(2024, 1, 1), date(2028, 6, 1)), max_size=20),
)
def test_it_agrees_with_counting_by_hand(  # noqa: PLR0917  Hypothesis hands them over by name
    moments: dict[Trigger, datetime],
    trigger: Trigger,
    zone: str,
    where: tuple[str, str],
    counted: tuple[int, Unit],
    counts: bool,
    rolls: bool,
    longer: tuple[tuple[int, Unit], str] | None,
    closed: frozenset[date],
) -> None:
    place, region = where
    said: dict[str, Any] = {"counts_trigger_day": counts, "rolls": rolls}
    house, wall = ZoneInfo(zone), Wall(*where, closed)
    more = Extension(*longer[0], longer[1], 1, ("new date",)) if longer else None
    one = rule(*counted, trigger=trigger, extension=more, **said)
    days = WorkingDays(country(place).calendar, region, closed)
    found = dues([one], moments, zone=house, days=days)
    if trigger not in moments:
        assert found == []
        return
    moment = moments[trigger]
    assert [got.at for got in found] == [walked(moment, one, house, wall)]
    assert found[0].at.tzinfo is not None
    if longer is None:
        assert found[0].extended is None
    elif longer[1] == "trigger":
        assert found[0].extended == walked(moment, rule(*longer[0], **said), house, wall)
    else:
        end = walked(moment, rule(*counted, counts_trigger_day=counts), house, wall)
        assert found[0].extended == walked(end, rule(*longer[0], rolls=rolls), house, wall)


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
    # What begins only once somebody outside writes takes nobody's place before that.
    done = dict.fromkeys((Trigger.RECEIVED, Trigger.ACKNOWLEDGED), datetime(2026, 11, 22, tzinfo=UTC))
    begun = dues(rules, done, zone=ZoneInfo("Europe/Stockholm"), days=WorkingDays())
    assert {"acknowledgement", "update", "answer"} <= {one.rule.clock for one in begun}


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
