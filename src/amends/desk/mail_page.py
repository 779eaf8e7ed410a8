"""The page of one mail that came in."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from amends.cases.choices import Category
from amends.correspondence.arrivals import lists, putting
from amends.correspondence.arrivals.deciding import may_decide, named_writer, read_carefully
from amends.correspondence.arrivals.reading import Read
from amends.correspondence.models import Arrival
from amends.desk.forms.mail import ItBelongs, ItIsAComplaint, ItIsNone
from amends.desk.mail_words import AUTO, WHY, odd_in
from amends.desk.signed_in import staff_of
from amends.kit.forms import LONGEST, OnceForm


def open_arrival(request: HttpRequest, key: str) -> Arrival:
    """The mail behind this key. Raises Http404 also for who is complained about in its case."""
    rows = lists.visible(staff_of(request)).filter(key=key)
    arrival = rows.select_related("complaint__customer", "complaint__representative", "became").first()
    if arrival is None:
        raise Http404
    return arrival


def page(
    request: HttpRequest,
    arrival: Arrival,
    filled_in: OnceForm | None = None,
    *,
    refusal: Sequence[str | Promise] = (),
    status: int = 200,
) -> HttpResponse:
    """The whole page; ``filled_in`` is the form that was sent, in the place of the fresh one."""
    try:
        read = read_carefully(arrival)
    except FileNotFoundError:
        read = None
    forms: dict[str, Any] = {}
    if read is not None and may_decide(arrival):
        fresh = (_complaint(arrival, read), _belongs(request, arrival), ItIsNone(auto_id="none-%s"))
        forms = {type(form).__name__: form for form in fresh}
        if filled_in is not None:
            forms[type(filled_in).__name__] = filled_in
    context = {
        "arrival": arrival,
        "said": read.said if read else None,
        "why": WHY.get(arrival.why_unclear, ""),
        "auto": AUTO.get(arrival.auto, ""),
        "odd": odd_in(arrival.problems),
        "forms": forms,
        "refusal": refusal,
    }
    return render(request, "desk/mail.html", context, status=status)


def _complaint(arrival: Arrival, read: Read) -> ItIsAComplaint:
    writer = named_writer(read)
    # Of a program that nobody reads, or of our own, it is not the customer's address.
    nobodys = arrival.why_unclear in ("nobody", "ourselves", "machine", "colleague")
    initial = {
        "name": "" if nobodys else writer.name or writer.email,
        "email": "" if nobodys else writer.email,
        "title": read.subject[:200],
        "category": Category.SERVICE,
        "story": putting.story_of(read)[:LONGEST],
    }
    return ItIsAComplaint(initial=initial, auto_id="new-%s")


def _belongs(request: HttpRequest, arrival: Arrival) -> ItBelongs:
    suggested = arrival.complaint.reference if arrival.complaint else ""
    return ItBelongs(initial={"reference": suggested}, staff=staff_of(request), auto_id="belongs-%s")
