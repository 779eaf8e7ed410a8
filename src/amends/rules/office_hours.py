"""Time that runs only while the house is open. Pure: moments come in, moments go out.

What passes between opening and closing is real time, also in a night on which the clocks are changed. An
opening or closing that such a night skips or shows twice is read as calendars read it (RFC 5545, 3.3.5): as
if the clocks had not been changed yet, and the first of the two.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from amends.rules.working_days import DAY, WorkingDays

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def open_after(moment: datetime, length: timedelta, *, zone: tzinfo, days: WorkingDays) -> datetime:
    """When the house has been open for ``length`` since ``moment`` (aware): at closing, not at the next
    opening, where that is just enough.

    Where no hours are said it is open the whole working day, whose end is its last second, as of all days.
    """
    day, left, since = moment.astimezone(zone).date(), length, moment.astimezone(UTC)
    while True:
        if days.works(day):
            opens, closes = _hours(day, zone, days)
            begins, last = max(opens, since), closes if days.hours else closes - SECOND
            if begins < last:
                if left <= closes - begins:
                    return min(begins + left, last).astimezone(zone)
                left -= closes - begins
        day += DAY


def last_open(moment: datetime, since: datetime, *, zone: tzinfo, days: WorkingDays) -> datetime | None:
    """``moment`` if the house is open then, or else the last minute at which it was; None if that lies
    before ``since``.
    """
    day, first = moment.astimezone(zone).date(), since.astimezone(zone).date()
    while day >= first:
        if days.works(day):
            opens, closes = _hours(day, zone, days)
            if opens <= moment < closes:
                return moment
            if opens < closes <= moment:
                last = max(opens, closes - MINUTE)
                return last if last >= since else None
        day -= DAY
    return None


def _hours(day: date, zone: tzinfo, days: WorkingDays) -> tuple[datetime, datetime]:
    """Between which moments the house is open on a day that it works. UTC, so that what passes is real."""
    if days.hours is None:
        ends = (day, time.min), (day + DAY, time.min)
    else:
        ends = (day, days.hours.opens), (day, days.hours.closes)
    opens, closes = (datetime.combine(*end, tzinfo=zone).astimezone(UTC) for end in ends)
    return opens, closes
