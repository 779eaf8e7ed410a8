"""When a rule's time is over, country by country: against days counted by hand on a printed calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from amends.rules.due import due
from amends.rules.statutes import Unit, country
from amends.rules.working_days import WorkingDays
from tests.rules.rule import rule

D = Unit.CALENDAR_DAYS
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
    # Easter in England: Good Friday 3 and Monday 6 April. Scotland works on the Monday.
    ("UK", "", "Europe/London", "2026-04-02T10:00", 1, Unit.WORKING_DAYS, "2026-04-07"),
    ("UK", "SCT", "Europe/London", "2026-04-02T10:00", 1, Unit.WORKING_DAYS, "2026-04-06"),
    # The Sultan of Selangor's birthday, Friday 11 December: a holiday there, and not in Kuala Lumpur.
    ("MY", "10", "Asia/Kuala_Lumpur", "2026-12-10T10:00", 1, Unit.WORKING_DAYS, "2026-12-14"),
    ("MY", "14", "Asia/Kuala_Lumpur", "2026-12-10T10:00", 1, Unit.WORKING_DAYS, "2026-12-11"),
    # Spring Festival 15 to 23 February, with work moved to Saturdays 14 and 28 February.
    ("CN", "", "Asia/Shanghai", "2026-02-13T10:00", 2, Unit.WORKING_DAYS, "2026-02-24"),
    ("CN", "", "Asia/Shanghai", "2026-02-27T10:00", 1, Unit.WORKING_DAYS, "2026-02-28"),
    # Melbourne Cup, Tuesday 3 November 2026: in Victoria, and not in New South Wales.
    ("AU", "VIC", "Australia/Melbourne", "2026-11-02T10:00", 1, Unit.WORKING_DAYS, "2026-11-04"),
    ("AU", "NSW", "Australia/Sydney", "2026-11-02T10:00", 1, Unit.WORKING_DAYS, "2026-11-03"),
    # Independence Day on a Saturday is kept on Friday 3 July.
    ("US", "", "America/New_York", "2026-07-02T10:00", 1, Unit.WORKING_DAYS, "2026-07-06"),
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


ROLLING = [
    # place, received, length, unit, the day as it is, and where the rule moves it
    ("PL", "2026-04-19T10:00", 14, D, "2026-05-03", "2026-05-04"),  # Constitution Day, a Sunday
    ("PL", "2026-04-17T10:00", 14, D, "2026-05-01", "2026-05-04"),  # Labour Day, then a weekend
    ("PL", "2026-03-23T10:00", 14, D, "2026-04-06", "2026-04-07"),  # Easter Monday
    ("SE", "2026-06-05T10:00", 14, D, "2026-06-19", "2026-06-22"),  # Midsummer Eve
    ("SE", "2026-02-28T10:00", 1, Unit.MONTHS, "2026-03-28", "2026-03-30"),  # a Saturday
    ("UK", "2026-03-20T10:00", 14, D, "2026-04-03", "2026-04-07"),  # Good Friday to Easter Monday
    ("CN", "2026-09-17T10:00", 14, D, "2026-10-01", "2026-10-08"),  # Golden Week
    ("CN", "2026-09-26T10:00", 14, D, "2026-10-10", "2026-10-10"),  # a Saturday that is worked
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
