"""My page: who I am here, my language, my password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from amends.desk.forms.authority import StandIn
from amends.desk.forms.signing_in import NewPassword, OtherPassword, OwnLanguage
from amends.desk.signed_in import staff_of
from amends.desk.standing_in import may_arrange, own_limits, stand_ins
from amends.desk.views.sign_in import safe_next
from amends.kit.answers import see_other
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability


def me(request: HttpRequest) -> HttpResponse:
    """GET."""
    return my_page(request)


@sensitive_post_parameters()
@require_POST
def my_password(request: HttpRequest) -> HttpResponse:
    """POST another password, or a first one for who came in by a link. 422 if it will not do."""
    staff = staff_of(request)
    form = _form(staff, request.POST)
    if not form.is_valid():
        return my_page(request, form, status=422)
    form.save()
    update_session_auth_hash(request, staff)
    messages.success(request, gettext("Your new password holds from now on."))
    return see_other("desk:me")


@require_POST
def my_language(request: HttpRequest) -> HttpResponse:
    """POST the language that I read in; back to where I was. 422 for one that the house does not speak."""
    staff, form = staff_of(request), OwnLanguage(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("The house does not speak this language. Yours was not changed."))
        return my_page(request, status=422)
    staff.language = form.cleaned_data["language"]
    staff.save(update_fields=("language",))
    with override(staff.language):
        messages.success(request, gettext("The pages are in the language that you chose."))
    return see_other(safe_next(request))


def _form(staff: StaffMember, data: Any = None) -> NewPassword | OtherPassword:
    form = OtherPassword if staff.has_usable_password() else NewPassword
    return form(staff, data)


def my_page(
    request: HttpRequest,
    form: NewPassword | OtherPassword | None = None,
    *,
    standing_in: StandIn | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that was not filled in right if there is one."""
    staff = staff_of(request)
    approves = Capability.APPROVE in staff.capabilities
    known = {
        "form": form or _form(staff),
        "limits": own_limits(staff),
        "approves": approves,
        "stand_ins": stand_ins(staff) if approves else (),
        "standing_in": standing_in or (StandIn(by=staff, absent=staff) if approves else None),
        "arranges": may_arrange(staff),
    }
    return render(request, "desk/me.html", known, status=status)
