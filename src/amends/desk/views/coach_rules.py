"""What the house has the coach ask for: everybody who writes may read it, administrators change it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from amends.cases import house_coach
from amends.cases.house_coach import Clash, current_rules, level_of
from amends.cases.models import CoachRules
from amends.cases.words_of_coach import CODES, KINDS
from amends.coach.owed import ADVICE, MUST, owed
from amends.desk.carrying import carry_out
from amends.desk.forms.coach_rules import KindForm, OffForm, Seen, WordsForm
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.clock import now
from amends.kit.once import OtherRequest
from amends.people.languages import LANGUAGES
from amends.rules.capabilities import Capability

READERS = {Capability.HANDLE, Capability.ADMINISTER}
_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def coach_rules(request: HttpRequest) -> HttpResponse:
    """GET the must-haves and advice of every kind of text, the words to avoid, and what nobody is shown."""
    if not READERS & set(staff_of(request).capabilities):
        raise PermissionDenied
    rules = current_rules()
    context = {
        "rules": rules,
        "kinds": [
            (kind, words, _named(rules, kind, MUST), _named(rules, kind, ADVICE), kind in rules.levels)
            for kind, words in KINDS.items()
        ],
        "words": [(code, name, rules.avoid.get(code, [])) for code, name in LANGUAGES],
        "off": [CODES[code] for code in rules.off if code in CODES],
        "history": CoachRules.objects.select_related("by")[:10],
    }
    return render(request, "desk/coach/rules.html", context)


@_methods
def coach_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """GET one kind of text, POST what it must have. 422 if it is not valid, 409 if it changed meanwhile."""
    if kind not in KINDS:
        raise Http404
    rules, data = current_rules(), request.POST if request.method == "POST" else None
    form = KindForm(data, kind=kind, rules=rules, initial={"seen": rules.version})
    return _page(
        request,
        form,
        {"title": KINDS[kind], "table": True},
        lambda seen: house_coach.set_levels(kind, form.levels(), seen=seen, by=staff_of(request), at=now()),
    )


@_methods
def coach_words(request: HttpRequest, language: str) -> HttpResponse:
    """GET the words to avoid in one language, POST them. 422 and 409 likewise."""
    if language not in dict(LANGUAGES):
        raise Http404
    rules, data = current_rules(), request.POST if request.method == "POST" else None
    rows = rules.avoid.get(language, [])
    form = WordsForm(data, language=language, rows=rows, initial={"seen": rules.version})
    return _page(
        request,
        form,
        {"title": dict(LANGUAGES)[language], "words": True},
        lambda seen: house_coach.set_words(language, form.rows(), seen=seen, by=staff_of(request), at=now()),
    )


@_methods
def coach_off(request: HttpRequest) -> HttpResponse:
    """GET what may be hidden from everybody, POST what is. 422 and 409 likewise."""
    rules, data = current_rules(), request.POST if request.method == "POST" else None
    form = OffForm(data, initial={"seen": rules.version, "codes": rules.off})
    return _page(
        request,
        form,
        {"title": gettext("What the coach does not speak of")},
        lambda seen: house_coach.set_off(
            form.cleaned_data["codes"], seen=seen, by=staff_of(request), at=now()
        ),
    )


def _named(rules: CoachRules, kind: str, level: str) -> list[object]:
    return [CODES[code] for code in owed(kind).codes if level_of(rules, kind, code) == level]


def _page(
    request: HttpRequest, form: Seen, context: dict[str, object], keep: Callable[[int], object]
) -> HttpResponse:
    status, clash = 200, False
    if form.is_bound:
        if form.is_valid():
            try:
                carry_out(request, form, lambda: keep(form.cleaned_data["seen"]))
            except (Clash, OtherRequest):
                status, clash = 409, True
                form.renew(seen=current_rules().version)
            else:
                messages.success(request, gettext("It holds from now on, for everybody who writes."))
                return see_other("desk:coach-rules")
        else:
            status = 422
    known = context | {"form": form, "clash": clash, "newest": current_rules()}
    return render(request, "desk/coach/change.html", known, status=status)
