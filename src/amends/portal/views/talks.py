"""The appointed talk as a file for the customer's calendar."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from amends.correspondence.meetings.calendar import PUBLISH, calendar_for_customer
from amends.portal.reading import talks_of
from amends.portal.visit import Visit, no_such_link, opened, private


def _talk(visit: Visit, key: str) -> HttpResponse:
    meeting = next((talk for talk in talks_of(visit) if talk.key == key), None)
    if meeting is None:
        return no_such_link(visit.request)
    meeting.complaint = visit.complaint
    text = calendar_for_customer(meeting, at=visit.at, method=PUBLISH)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = 'attachment; filename="talk.ics"'
    private(response, referrer="no-referrer")
    return response


talk = require_safe(opened(_talk))
