"""What falls due, by day; and the same for one's own calendar, by a secret link."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.cases.calendar import WHOSE, Whose, entries
from amends.desk.feed import feed_entries, feed_of, feed_tag
from amends.desk.month import span_of
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.clock import now
from amends.people.calendar_link import calendar_of, calendar_secret, renew_calendar_link
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """GET a month or a week, of my cases, my department's or all."""
    staff, today = staff_of(request), timezone.localdate(now())
    asked = request.GET.get("show", Whose.MINE)
    whose = Whose(asked) if asked in set(Whose) else Whose.MINE
    try:
        span = span_of(request.GET.get("month", ""), request.GET.get("week", ""), today)
    except (ValueError, OverflowError):
        raise Http404 from None
    found, more = entries(staff, whose, *span.moments())
    context = {
        "span": span,
        "days": span.days(found, today),
        "whose": whose,
        "choices": WHOSE.items(),
        "more": more,
        "now": now(),
        "today": today,
        "links": _links(staff),
    }
    return render(request, "desk/calendar.html", context)


@require_POST
def calendar_link(request: HttpRequest) -> HttpResponse:
    """POST that my links are made anew: those that I gave out before stop working."""
    renew_calendar_link(staff_of(request))
    messages.success(request, gettext("Your links are new. Those before do not work any more."))
    return see_other("desk:calendar")


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """GET for a calendar program: 304 while nothing has changed, 404 for a link that does not hold."""
    opened = calendar_of(secret)
    if opened is None or Capability.HANDLE not in opened[0].capabilities:
        raise Http404
    staff, names = opened
    found = feed_entries(staff, now())
    tag = f'"{feed_tag(staff, found, names=names)}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if tag in known or "*" in known:
        response = HttpResponseNotModified()
    else:
        content = feed_of(staff, found, names=names)
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=600"
    response["X-Robots-Tag"] = "noindex"
    return response


def _links(staff: StaffMember) -> dict[str, Any]:
    return {
        name: settings.AMENDS_BASE_URL
        + reverse("desk:calendar-feed", args=(calendar_secret(staff, names=name == "named"),))
        for name in ("plain", "named")
    }
