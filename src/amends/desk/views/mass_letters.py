"""Letters to everybody whom the same cause touched: those there are, and beginning another."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.cases.models import Complaint
from amends.correspondence.mass.finding import MOST, Found, concerned
from amends.correspondence.mass.sending import begin
from amends.correspondence.models import MassLetter
from amends.desk.forms.mass import Begin, Concerned
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once

SHOWN = 50  # of those found, on the page; each can be left out on the letter's own
LATEST = 50


def mass_letters(request: HttpRequest) -> HttpResponse:
    """GET the latest of them, POST a new one: 303 to it. 422 if something is wrong or nobody is concerned."""
    if request.method == "POST":
        return _begin(request)
    to = Count("to", filter=Q(to__left_out=False))
    done = Count("to", filter=Q(to__message__isnull=False))
    latest = MassLetter.objects.select_related("author").annotate(count=to, done=done)[:LATEST]
    return render(request, "desk/mass/list.html", {"letters": latest})


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """GET the criteria, and whom they find. 422 for criteria that are none."""
    asked = Concerned(request.GET) if request.GET else Concerned()
    if not asked.is_bound:
        return render(request, "desk/mass/new.html", {"asked": asked})
    if not asked.is_valid():
        return render(request, "desk/mass/new.html", {"asked": asked}, status=422)
    return _found(request, asked, Begin(initial=request.GET.dict()))


def _begin(request: HttpRequest) -> HttpResponse:
    form, staff = Begin(request.POST), staff_of(request)
    if not form.is_valid():
        asked = Concerned(request.POST)
        if asked.is_valid():
            return _found(request, asked, form, status=422)
        return render(request, "desk/mass/new.html", {"asked": asked}, status=422)
    found = concerned(staff, form.criteria())
    if not found.complaints:
        return _found(request, Concerned(request.POST), form, status=422)

    def do() -> tuple[int, dict[str, Any]]:
        letter = begin(
            title=form.cleaned_data["title"],
            channel=form.cleaned_data["channel"],
            criteria=form.criteria(),
            found=found,
            author=staff,
            at=now(),
        )
        return 303, {"letter": letter.key}

    asked_for = digest(repr(sorted(form.values().items(), key=lambda pair: pair[0])))
    try:
        done = once(f"desk:{staff.pk}", form.cleaned_data["once"], asked_for, do)
    except OtherRequest:
        form.renew()
        form.add_error(
            None, _("This form was sent before with other words. To begin this letter too, send it again.")
        )
        return _found(request, Concerned(request.POST), form, status=409)
    return see_other("desk:mass-letter", done.answer["letter"])


def _found(request: HttpRequest, asked: Concerned, form: Begin, status: int = 200) -> HttpResponse:
    asked.is_valid()
    found: Found = concerned(staff_of(request), asked.criteria())
    shown = Complaint.objects.filter(pk__in=found.complaints[:SHOWN]).select_related("customer")
    context = {
        "asked": asked,
        "form": form,
        "found": found,
        "customers": len(found.complaints),
        "shown": sorted(shown, key=lambda complaint: found.complaints.index(complaint.pk)),
        "most": MOST,
    }
    return render(request, "desk/mass/new.html", context, status=status)
