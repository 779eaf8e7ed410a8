"""How much each role, or one person instead of their role, may approve."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.desk.forms.people import Limit
from amends.people.models import AuthorityLimit


def limits(request: HttpRequest) -> HttpResponse:
    """GET all of them, POST one; one that stood before is replaced."""
    form = Limit(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _back(request, gettext("The limit holds from now on."))
    rows = AuthorityLimit.objects.select_related("role", "staff")
    context = {"form": form, "limits": rows.order_by("role__level", "role__name", "staff__name", "currency")}
    return render(request, "desk/limits.html", context, status=422 if form.is_bound else 200)


@require_POST
def limit_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """POST that a limit is gone: nothing of that currency may be approved any more."""
    get_object_or_404(AuthorityLimit, pk=pk).delete()
    return _back(request, gettext("The limit is gone."))


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    response = redirect("desk:limits")
    response.status_code = 303
    return response
