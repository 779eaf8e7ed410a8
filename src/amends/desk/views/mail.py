"""Mail that came in: what became of it, and what a person says of mail that the program could not place."""

from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.correspondence.arrivals import lists
from amends.correspondence.models import Arrival
from amends.desk.mail_page import open_arrival
from amends.desk.mail_page import page as mail_page
from amends.desk.signed_in import staff_of
from amends.desk.views.document import saved_as
from amends.kit.pages import Page, page_by_time, page_from_the_latest


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """GET what must be looked at, the oldest first; or ``show=all``, the newest first. 400 for another."""
    show, after = request.GET.get("show", "unclear"), request.GET.get("after", "")[:100]
    try:
        page = _list(request, show, after)
    except (ValueError, KeyError) as error:
        raise BadRequest("no such list, or a cursor that was not made here") from error
    return render(request, "desk/mails.html", {"page": page, "show": show, "after": after})


@require_safe
def mail(request: HttpRequest, key: str) -> HttpResponse:
    """GET one: its words, its files, what was odd, and what became of it or may become of it."""
    return mail_page(request, open_arrival(request, key))


@require_safe
def raw_mail(request: HttpRequest, key: str) -> FileResponse:
    """The mail as it came, as a download and never as a page."""
    arrival = open_arrival(request, key)
    name = f"{arrival.arrived_at:%Y-%m-%d-%H%M}-{arrival.key}.eml"
    return saved_as(name, arrival.sha256, "message/rfc822")


def _list(request: HttpRequest, show: str, after: str) -> Page[Arrival]:
    staff = staff_of(request)
    if show == "unclear":
        return page_by_time(lists.unclear(staff), "arrived_at", after=after)
    if show == "all":
        return page_from_the_latest(lists.visible(staff), "arrived_at", after=after)
    raise KeyError(show)
