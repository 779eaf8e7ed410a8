"""The parts of the house."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from amends.desk.forms.people import Part
from amends.kit.answers import see_other
from amends.people.models import Department


def departments(request: HttpRequest) -> HttpResponse:
    """GET all of them, POST a new one."""
    return _save_or_show(request, Part(request.POST or None), None)


def department(request: HttpRequest, pk: int) -> HttpResponse:
    """GET one to change, POST the change."""
    row = get_object_or_404(Department, pk=pk)
    return _save_or_show(request, Part(request.POST or None, instance=row), row.pk)


def _save_or_show(request: HttpRequest, form: Part, changing: int | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, gettext("%(name)s is on file.") % {"name": saved.name})
        return see_other("desk:departments")
    context = {"form": form, "departments": Department.objects.all(), "changing": changing}
    return render(request, "desk/departments.html", context, status=422 if form.is_bound else 200)
