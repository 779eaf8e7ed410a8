"""Where satisfied customers are invited to write a review."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from amends.cases.models import ReviewPlaces
from amends.cases.reviewing import Clash, current_places, keep_places
from amends.desk.forms.reviews import ReviewsForm
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once


@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest) -> HttpResponse:
    """GET what holds, POST another version. 422 if something is wrong, 409 if it changed meanwhile."""
    house = current_places()
    if request.method != "POST":
        return _page(request, ReviewsForm(house=house, initial={"seen": house.version}))
    form = ReviewsForm(request.POST, house=house)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        _once(request, form)
    except (Clash, OtherRequest):
        form.renew(seen=current_places().version)
        return _page(request, form, status=409, clash=True)
    messages.success(request, gettext("It holds from now on."))
    return see_other("desk:reviews")


def _once(request: HttpRequest, form: ReviewsForm) -> None:
    staff, places, days = staff_of(request), form.places(), form.cleaned_data["after_days"]
    seen = form.cleaned_data["seen"]

    def keep() -> tuple[int, dict[str, Any]]:
        keep_places(places, days, seen=seen, by=staff, at=now())
        return 303, {}

    once(f"desk:{staff.pk}", form.cleaned_data["once"], digest(repr((places, days, seen))), keep)


def _page(request: HttpRequest, form: ReviewsForm, *, status: int = 200, clash: bool = False) -> HttpResponse:
    history = ReviewPlaces.objects.select_related("by")[:10]
    context = {"form": form, "clash": clash, "newest": current_places(), "history": history}
    return render(request, "desk/reviews.html", context, status=status)
