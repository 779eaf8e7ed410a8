"""One rule: the house's own, one in the place of a pack's, one switched off or taken back."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.cases import house_rules
from amends.cases.models import HouseRule
from amends.cases.reckoning import pack_rule
from amends.desk.forms.rules import RuleForm, Seen, Why
from amends.desk.rules_page import back_to_rules
from amends.desk.signed_in import staff_of
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once


class _Taken(Exception):
    """Another rule of the house has this name; nothing was written."""


def new_rule(request: HttpRequest) -> HttpResponse:
    """GET the form, POST a rule of the house's own. 422 if something is wrong, 409 if the rules changed."""
    if request.method != "POST":
        return _page(request, "", RuleForm(initial={"seen": _seen()}))
    return _keep(request, "", RuleForm(request.POST))


def rule(request: HttpRequest, name: str) -> HttpResponse:
    """GET a rule as it holds, POST it as the house wants it. 422, 409 likewise."""
    row, law = _found(name)
    standing = None if row is None or row.off else row
    if request.method != "POST":
        return _page(request, name, RuleForm(initial={"seen": _seen()}, law=law, row=standing))
    return _keep(request, name, RuleForm(request.POST, law=law, row=standing))


@require_POST
def rule_off(request: HttpRequest, name: str) -> HttpResponse:
    """POST that a pack's rule does not hold for this house, and why."""
    _row, law = _found(name)
    if law is None:
        raise Http404
    form = Why(request.POST, auto_id="off-%s")
    said = {
        "country": law.jurisdiction, "sectors": list(law.sectors), "clock": law.clock,
        "trigger": law.trigger, "length": law.length, "unit": law.unit, "meets": law.meets,
        "consequence": law.consequence, "source": law.source[:300], "off": True,
    }  # fmt: skip

    def off(note: str, seen: int) -> None:
        house_rules.set_rule(by=staff_of(request), at=now(), name=name, seen=seen, note=note, **said)

    return _why(request, name, form, off, said=gettext("The rule is switched off."), which="off")


@require_POST
def rule_back(request: HttpRequest, name: str) -> HttpResponse:
    """POST that the house has no say of its own under this name any more, and why."""
    form = Why(request.POST, auto_id="back-%s")

    def back(note: str, seen: int) -> None:
        house_rules.drop_rule(name, by=staff_of(request), at=now(), why=note, seen=seen)

    return _why(request, name, form, back, said=gettext("It is taken back."), which="back")


def _keep(request: HttpRequest, name: str, form: RuleForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, name, form, status=422)
    said, seen = form.said(), form.cleaned_data["seen"]

    def keep() -> None:
        if not name and HouseRule.objects.filter(name=form.name, replaced=False).exists():
            raise _Taken
        house_rules.set_rule(by=staff_of(request), at=now(), name=form.name, seen=seen, **said)

    try:
        kept = _once(request, form, repr((form.name, sorted(said.items()))), keep)
    except _Taken:
        form.say_taken()
        return _page(request, name, form, status=422)
    if not kept:
        return _page(request, name, form, status=409, clash=True)
    return back_to_rules(gettext("The rule holds from now on."), request)


def _why(
    request: HttpRequest,
    name: str,
    form: Why,
    do: Callable[[str, int], None],
    *,
    said: str,
    which: str,
) -> HttpResponse:
    row, law = _found(name)
    shown = {which: form}
    if form.is_valid():
        note, seen = form.cleaned_data["why"].strip(), form.cleaned_data["seen"]
        if _once(request, form, repr((which, name, note)), lambda: do(note, seen)):
            return back_to_rules(said, request)
    standing = None if row is None or row.off else row
    rule_form = RuleForm(initial={"seen": _seen()}, law=law, row=standing)
    clash = form.is_valid()
    return _page(request, name, rule_form, status=409 if clash else 422, clash=clash, **shown)


def _once(request: HttpRequest, form: Seen, words: str, do: Callable[[], None]) -> bool:
    """Carry it out once; False, with the form made anew, where the rules changed meanwhile."""

    def change() -> tuple[int, dict[str, Any]]:
        do()
        return 303, {}

    try:
        once(f"desk:{staff_of(request).pk}", form.cleaned_data["once"], digest(words), change)
    except (house_rules.Clash, OtherRequest):
        form.renew(seen=_seen())
        return False
    return True


def _found(name: str) -> tuple[HouseRule | None, Any]:
    row, law = HouseRule.objects.filter(name=name, replaced=False).first(), pack_rule(name)
    if row is None and law is None and not HouseRule.objects.filter(name=name).exists():
        raise Http404
    return row, law


def _seen() -> int:
    return house_rules.current_office().version


def _page(
    request: HttpRequest, name: str, form: RuleForm, *, status: int = 200, clash: bool = False, **more: Any
) -> HttpResponse:
    row, law = _found(name) if name else (None, None)
    seen = {"seen": _seen()}
    context = {
        "name": name,
        "form": form,
        "row": row,
        "law": law,
        "clash": clash,
        "off": Why(initial=seen, auto_id="off-%s") if law and not (row and row.off) else None,
        "back": Why(initial=seen, auto_id="back-%s") if row else None,
        "earlier": HouseRule.objects.filter(name=name).select_related("by").order_by("-pk"),
    }
    return render(request, "desk/rules/rule.html", context | more, status=status)
