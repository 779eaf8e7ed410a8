"""How much each role, or one person instead of their role, may approve, and above which sum two look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.cases.choices import RemedyKind
from amends.desk.forms.authority import Limit, TwoLook
from amends.desk.standing_in import stand_ins
from amends.kit.answers import see_other
from amends.people.models import AuthorityLimit, SecondPair


def limits(request: HttpRequest) -> HttpResponse:
    """GET all of them, POST one; one that stood before is replaced."""
    form = Limit(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _back(request, gettext("The limit holds from now on."))
    return _page(request, form, TwoLook())


@require_POST
def limit_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """POST that a limit is gone."""
    get_object_or_404(AuthorityLimit, pk=pk).delete()
    return _back(request, gettext("The limit is gone."))


@require_POST
def two_look(request: HttpRequest) -> HttpResponse:
    """POST above which sum of a currency two people look at a plan."""
    form = TwoLook(request.POST)
    if not form.is_valid():
        return _page(request, Limit(), form)
    form.save()
    return _back(request, gettext("From now on two people look above this sum."))


@require_POST
def two_look_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """POST that one is enough in this currency, whatever the sum."""
    get_object_or_404(SecondPair, pk=pk).delete()
    return _back(request, gettext("One person is enough again in this currency."))


def _page(request: HttpRequest, form: Limit, two: TwoLook) -> HttpResponse:
    rows = list(AuthorityLimit.objects.select_related("role", "staff"))
    rows.sort(key=_order)
    kinds = dict(RemedyKind.choices)
    for row in rows:
        row.kind_words = kinds.get(row.kind, "")  # type: ignore[attr-defined]
        row.whose = row.staff.name if row.staff else str(row.role)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "limits": rows,
        "two": two,
        "second_pairs": SecondPair.objects.all(),
        "deputies": stand_ins(),
    }
    wrong = form.is_bound or two.is_bound
    return render(request, "desk/limits.html", context, status=422 if wrong else 200)


def _order(row: AuthorityLimit) -> tuple[object, ...]:
    """Roles from below, then people; of each first what holds for a case, then the month, then kinds."""
    whose = (0, row.role.level, row.role.name) if row.role else (1, 0, row.staff.name if row.staff else "")
    return (*whose, bool(row.kind), row.per, row.kind, row.currency)


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other("desk:limits")
