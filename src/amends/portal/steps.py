"""One flow for every step a customer takes: read the form, carry it out once, say what came of it.

Whatever goes wrong, the person gets a page of the step with a clear sentence, the right status, and
everything they typed.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions import Refused
from amends.cases.documents import NotAccepted
from amends.cases.models import Document, Offer
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.forms import OnceForm
from amends.kit.once import Done, OtherRequest, once
from amends.portal.files import accepted
from amends.portal.reading import Reading, read
from amends.portal.reasons import sentences
from amends.portal.visit import Visit, opened
from amends.rules.lifecycle import Reason

SENT_BEFORE = _(
    "This was already sent once with other words. If you want to send it like this as well, send it again."
)

# Whatever was typed can still be sent as a message.
OVER = frozenset({Reason.WRONG_STAGE, Reason.ALREADY_DONE})


class Declined(Exception):
    """A no of the page's own, with its sentence and an HTTP status; nothing was changed."""

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


@dataclass(frozen=True)
class Given:
    """What the customer gave: the form's values, and the files, checked and put away."""

    values: dict[str, Any]
    documents: list[Document] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """One step of the customer's: its noun in the address, its form, its words, and what it does."""

    name: str
    step: str  # of rules.lifecycle: says whether it can be taken now
    form: type[OnceForm]
    carry_out: Callable[[Visit, Given], object]
    title: Promise
    intro: Promise
    button: Promise
    done: Promise | Callable[[Visit], Promise]  # said afterwards, of the complaint as it stands then
    anchor: str = ""
    template: str = "portal/step.html"
    # What the template needs beside the form.
    more: Callable[[Visit, Reading], dict[str, Any]] = lambda visit, seen: {}
    # A refusal that leaves a trace (a wrong code is counted) must not be undone with what it refused.
    keeps_refusal: bool = False

    def blank(self, **initial: Any) -> OnceForm:
        """The empty form."""
        return self.form(initial=initial, auto_id=f"{self.name}-%s")


def step_view(page: StepPage) -> Callable[..., HttpResponseBase]:
    """The view of a step: GET shows its page and changes nothing, POST takes it."""

    def view(visit: Visit) -> HttpResponse:
        if visit.request.method != "POST":
            return _show(visit, page, None, status=200)
        form = page.form(visit.request.POST, visit.request.FILES, auto_id=f"{page.name}-%s")
        if not form.is_valid():
            return _show(visit, page, form, status=422)
        return _take(visit, page, form)

    return require_http_methods(["GET", "HEAD", "POST"])(opened(view))


def _take(visit: Visit, page: StepPage, form: OnceForm) -> HttpResponse:
    try:
        done = _carry_out(visit, page, form)
    except NotAccepted as no:
        return _show(visit, page, form, status=no.status, refusal=[str(no.why)])
    except Declined as no:
        return _show(visit, page, form, status=no.status, refusal=[no.sentence])
    except Refused as no:
        over = not OVER.isdisjoint(no.reasons)
        return _show(visit, page, form, status=409, refusal=sentences(no.reasons), over=over)
    except OtherRequest:
        return _show(visit, page, with_fresh_key(form), status=409, refusal=[str(SENT_BEFORE)])
    if done.status != 200:
        reasons = [Reason(value) for value in done.answer["reasons"]]
        over = not OVER.isdisjoint(reasons)
        return _show(
            visit, page, with_fresh_key(form), status=done.status, refusal=sentences(reasons), over=over
        )
    messages.success(visit.request, str(page.done(visit) if callable(page.done) else page.done))
    return see_other(reverse("portal", args=(visit.secret,)) + page.anchor)


def _carry_out(visit: Visit, page: StepPage, form: OnceForm) -> Done:
    values = form.values()
    given = Given(values, accepted(values.pop("attachments", [])))
    fingerprint = json.dumps([page.name, values, [doc.sha256 for doc in given.documents]], default=str)

    def do() -> tuple[int, dict[str, Any]]:
        try:
            page.carry_out(visit, given)
        except Refused as no:
            if not page.keeps_refusal:
                raise
            return 409, {"reasons": list(no.reasons)}
        return 200, {}

    scope = f"portal:{visit.complaint.key}"
    return once(scope, form.cleaned_data["once"], digest(fingerprint), do)


def _show(
    visit: Visit,
    page: StepPage,
    form: OnceForm | None,
    *,
    status: int,
    refusal: list[str] | None = None,
    over: bool = False,
) -> HttpResponse:
    """The page of one step. ``over``: its stage has passed, so its words can only go as a message."""
    visit.complaint.refresh_from_db()
    seen = read(visit)
    hindered = [] if form is not None else sentences(seen.may.reasons[page.step])
    context = {
        "visit": visit,
        "complaint": visit.complaint,
        "page": page,
        "seen": seen,
        "form": form or page.blank(**(shown(seen.offer) if seen.offer else {})),
        "refusal": refusal,
        "over": over,
        "hindered": hindered,
        **page.more(visit, seen),
    }
    return render(visit.request, page.template, context, status=status)


def shown(offer: Offer) -> dict[str, object]:
    """What a form remembers of the offer that the customer has before them."""
    known = {"round": offer.round, "shown_sha256": offer.settlement_sha256}
    return known | {"currency": offer.plan.currency}


def with_fresh_key[F: OnceForm](form: F) -> F:
    """The same form with what was typed, that can be carried out once more."""
    form.renew()
    return form
