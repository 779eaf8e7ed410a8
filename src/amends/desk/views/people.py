"""Who works here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk.forms.people import Person
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.clock import now
from amends.people.models import StaffMember
from amends.people.sign_in_link import make_sign_in_link


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """GET everybody, who has left coming last."""
    rows = StaffMember.objects.select_related("role", "department").order_by("-is_active", "name")
    return render(request, "desk/people.html", {"people": rows})


def new_person(request: HttpRequest) -> HttpResponse:
    """GET the form, POST somebody new. They sign in by a one-time link until they choose a password."""
    form = Person(request.POST or None, by=staff_of(request), initial={"is_active": True})
    if request.method == "POST" and form.is_valid():
        staff = form.save(commit=False)
        staff.set_unusable_password()
        staff.save()
        return _saved(request, staff)
    return _page(request, form)


def person(request: HttpRequest, key: str) -> HttpResponse:
    """GET the form, POST the changes. 422 if something is wrong."""
    staff = get_object_or_404(StaffMember, key=key)
    form = Person(request.POST or None, by=staff_of(request), instance=staff)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _saved(request, staff)
    return _page(request, form)


@require_POST
def sign_in_link(request: HttpRequest, key: str) -> HttpResponse:
    """POST for a one-time link, shown once, to hand over. Not for who has left (404)."""
    staff = get_object_or_404(StaffMember, key=key, is_active=True)
    link = make_sign_in_link(staff, at=now())
    response = render(request, "desk/person_link.html", {"person": staff, "link": link})
    add_never_cache_headers(response)
    return response


def _saved(request: HttpRequest, staff: StaffMember) -> HttpResponse:
    messages.success(request, gettext("%(name)s is on file.") % {"name": staff.name})
    return see_other("desk:person", staff.key)


def _page(request: HttpRequest, form: Person) -> HttpResponse:
    # A refused form has put what was typed into the row: the heading keeps the name that is on file.
    person = StaffMember.objects.filter(pk=form.instance.pk).first()
    status = 422 if form.is_bound else 200
    return render(request, "desk/person.html", {"form": form, "person": person}, status=status)
