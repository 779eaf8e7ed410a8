"""Running clocks that would fall on another day since the rules have changed: a person says which move."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext

from amends.cases import actions
from amends.cases.models import Clock
from amends.cases.proposals import proposed
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.forms import OnceForm
from amends.kit.once import Done, OtherRequest, once
from amends.kit.pages import NotACursor, page_by_number
from amends.people.actors import as_actor
from amends.people.models import StaffMember

AT_ONCE = 200  # moved in one request; the rest stays on the page


def new_days(request: HttpRequest) -> HttpResponse:
    """GET them with old and new day, POST which of them move. 409 if nothing was chosen."""
    staff = staff_of(request)
    if request.method == "POST":
        return _move(request, staff)
    return _page(request, staff)


def _move(request: HttpRequest, staff: StaffMember) -> HttpResponse:
    form = OnceForm(request.POST)
    chosen = [int(pk) for pk in request.POST.getlist("clock") if pk.isdecimal()][:AT_ONCE]
    every = "every" in request.POST
    if not form.is_valid() or not (chosen or every):
        return _page(request, staff, status=422)
    rows = proposed(staff) if every else proposed(staff).filter(pk__in=chosen)
    try:
        done = once(
            f"desk:{staff.pk}",
            form.cleaned_data["once"],
            digest(repr((every, chosen))),
            lambda: (303, {"moved": _moved(list(rows[:AT_ONCE]), staff)}),
        )
    except OtherRequest:
        return _page(request, staff, status=409)
    return _back(request, done)


def _moved(clocks: list[Clock], staff: StaffMember) -> int:
    """How many moved. One that was stopped or moved meanwhile, or may not be, stays as it is."""
    by, at, moved = as_actor(staff), now(), 0
    for clock in clocks:
        try:
            actions.move_clock(clock, by=by, at=at)
        except actions.Refused:
            continue
        moved += 1
    return moved


def _back(request: HttpRequest, done: Done) -> HttpResponse:
    count = int(done.answer["moved"])
    if done.repeated:
        messages.info(request, gettext("This was done already, and was not done twice."))
    else:
        said = ngettext(
            "%(count)d clock falls on its new day.", "%(count)d clocks fall on their new days.", count
        )
        messages.success(request, said % {"count": count})
    return see_other("desk:new-days")


def _page(request: HttpRequest, staff: StaffMember, status: int = 200) -> HttpResponse:
    after = request.GET.get("after", "")
    try:
        page = page_by_number(proposed(staff), after=after)
    except NotACursor:
        raise Http404 from None
    context: dict[str, Any] = {
        "page": page,
        "after": after,
        "count": proposed(staff).count(),
        "most": AT_ONCE,
        "form": OnceForm(),
        "none_chosen": status == 422,
    }
    return render(request, "desk/rules/new_days.html", context, status=status)
