"""Who stands in for whom in approving."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.desk.forms.authority import StandIn
from amends.desk.signed_in import staff_of
from amends.desk.standing_in import end, may_arrange, may_end, stand_ins
from amends.desk.views.me import my_page
from amends.kit.answers import see_other
from amends.people.models import Deputy
from amends.rules.capabilities import Capability


def deputies(request: HttpRequest) -> HttpResponse:
    """GET all of them, POST one more. For who leads, and who looks after the house."""
    staff = staff_of(request)
    if not may_arrange(staff):
        raise PermissionDenied
    form = StandIn(request.POST if request.method == "POST" else None, by=staff)
    if form.is_bound and form.is_valid():
        form.save()
        return _back(request, "desk:deputies", gettext("It holds on these days."))
    status = 422 if form.is_bound else 200
    return render(request, "desk/deputies.html", {"form": form, "deputies": stand_ins()}, status=status)


@require_POST
def my_deputy(request: HttpRequest) -> HttpResponse:
    """POST who stands in for me. 403 for whose role does not include approving."""
    staff = staff_of(request)
    if Capability.APPROVE not in staff.capabilities:
        raise PermissionDenied
    form = StandIn(request.POST, by=staff, absent=staff)
    if not form.is_valid():
        return my_page(request, standing_in=form, status=422)
    form.save()
    return _back(request, "desk:me", gettext("It holds on these days."))


@require_POST
def deputy_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """POST that it is over: by who is away, who leads, or who looks after the house; others get 403."""
    staff, row = staff_of(request), get_object_or_404(Deputy, pk=pk)
    if not may_end(staff, row):
        raise PermissionDenied
    end(row)
    back = "desk:me" if request.POST.get("back") == "me" else "desk:deputies"
    return _back(request, back, gettext("It is over from today on."))


def _back(request: HttpRequest, where: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other(where)
