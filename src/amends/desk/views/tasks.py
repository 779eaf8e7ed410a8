"""What I am asked, and what my department carries out: enough of the case to do it, and no more."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.documents import NotAccepted, accept
from amends.cases.models import Duty, Inquiry, Message
from amends.cases.tasks import MOST, addressed_to, duties_of, inquiries_to, letters_of, to_be_done_by
from amends.cases.words import REASONS
from amends.desk.forms.duties_csv import WhichDuties
from amends.desk.forms.tasks import Done, Statement
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.people.actors import as_actor
from amends.rules.capabilities import Capability

SENT_BEFORE = _("This form was sent before with other words. Look at what is on file, then send it again.")


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """GET."""
    return _page(request)


@require_POST
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """POST the answer to an inquiry. 404 if it is somebody else's, 409 if it was given already."""
    inquiry = addressed_to(staff_of(request)).filter(key=key).first()
    if inquiry is None:
        raise Http404
    form = Statement(request.POST, auto_id=f"{key}-%s")

    def answer() -> None:
        by, words = as_actor(staff_of(request)), form.cleaned_data["statement"]
        actions.answer_inquiry(inquiry, by=by, at=now(), statement=words)

    return _carry_out(request, inquiry, form, answer, _("Thank you. Your statement is on file."))


@require_POST
def proof(request: HttpRequest, key: str) -> HttpResponse:
    """POST that a duty is done and what shows it, with a file perhaps (413 or 415 if it is refused)."""
    duty = to_be_done_by(staff_of(request)).filter(key=key).first()
    if duty is None:
        raise Http404
    form = Done(request.POST, request.FILES, duty=duty, letters=_letters(duty), auto_id=f"{key}-%s")

    def prove() -> None:
        given = form.proven()
        upload = given.pop("attachment")
        document = accept(upload) if upload else None
        actions.prove(duty, by=as_actor(staff_of(request)), at=now(), document=document, **given)

    return _carry_out(request, duty, form, prove, _("Done and on file. Thank you."))


def _carry_out(
    request: HttpRequest, row: Inquiry | Duty, form: Statement | Done, do: Callable[[], None], said: Promise
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, row, form, status=422)

    def write() -> tuple[int, dict[str, Any]]:
        do()
        return 303, {}

    words = digest(repr(sorted((name, str(value)) for name, value in form.values().items())))
    try:
        once(f"desk:{staff_of(request).pk}", form.cleaned_data["once"], words + row.key, write)
    except NotAccepted as refused:
        form.add_error("attachment", str(refused.why))
        return _page(request, row, form, status=refused.status)
    except Refused as refused:
        return _page(request, row, form, status=409, refusal=[REASONS[r] for r in refused.reasons])
    except OtherRequest:
        form.renew()
        return _page(request, row, form, status=409, refusal=[SENT_BEFORE])
    messages.success(request, str(said))
    return see_other("desk:tasks")


def _page(
    request: HttpRequest,
    at_hand: Inquiry | Duty | None = None,
    form: Statement | Done | None = None,
    *,
    status: int = 200,
    refusal: list[Any] | None = None,
) -> HttpResponse:
    """The page, with the filled-in ``form`` at the row ``at_hand`` that it belongs to."""
    staff = staff_of(request)
    inquiries = inquiries_to(staff) if Capability.CONSULT in staff.capabilities else []
    duties = list(duties_of(staff)[:MOST]) if Capability.FULFIL in staff.capabilities else []
    rows: list[Inquiry | Duty] = [*inquiries, *duties]
    if at_hand is not None and at_hand not in rows:  # done meanwhile: what was typed is shown all the same
        (inquiries if isinstance(at_hand, Inquiry) else duties).insert(0, at_hand)  # type: ignore[arg-type]
    # The form at hand stands open: the one that was sent, or asked for from Today, or the only one.
    named = at_hand.key if at_hand else request.GET.get("at", rows[0].key if len(rows) == 1 else "")
    letters = letters_of(*duties)
    context = {
        "inquiries": [(row, _form_for(row, at_hand, form), row.key == named) for row in inquiries],
        "duties": [
            (row, _form_for(row, at_hand, form, letters.get(row.complaint_id, ())), row.key == named)
            for row in duties
        ],
        "as_file": WhichDuties() if Capability.FULFIL in staff.capabilities and staff.department else None,
        "refusal": refusal,
        "department": staff.department,
    }
    return render(request, "desk/tasks.html", context, status=status)


def _letters(duty: Duty) -> Sequence[Message]:
    return letters_of(duty).get(duty.complaint_id, ())


def _form_for(
    row: Inquiry | Duty, at_hand: Any, form: Statement | Done | None, letters: Sequence[Message] = ()
) -> Statement | Done:
    if form is not None and row == at_hand:
        return form
    if isinstance(row, Inquiry):
        return Statement(auto_id=f"{row.key}-%s")
    return Done(duty=row, letters=letters, auto_id=f"{row.key}-%s")
