"""What needs me, and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases import today as needs
from amends.cases.from_above import long_ones, written_to_the_top
from amends.cases.models import Complaint
from amends.cases.pressing import say_what_presses
from amends.cases.tasks import duties_of, inquiries_to
from amends.correspondence.arrivals.lists import stopped, unclear
from amends.correspondence.post.queue import waiting
from amends.correspondence.readings import READERS, texts_to_read
from amends.correspondence.webhooks.endpoints import switched_off
from amends.desk.signed_in import staff_of
from amends.kit.clock import now
from amends.people.actors import as_actor
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability


@dataclass(frozen=True)
class Section:
    """One kind of thing that needs me: its rows, the earliest due first, and where all of them are."""

    kind: str
    words: str | Promise
    rows: list[Any]
    first: datetime
    more: str  # the address of all of them, where there are more than shown


def today(request: HttpRequest) -> HttpResponse:
    """GET. The most urgent kind comes first, in each the most urgent row."""
    staff = staff_of(request)
    if Capability.READ not in staff.capabilities:
        return redirect("desk:tasks")
    sections = sorted(_sections(staff), key=lambda section: section.first)
    say_what_presses([row for section in sections for row in section.rows if isinstance(row, Complaint)])
    steps = {name: name for name in ("assign", "write") if Capability.HANDLE in staff.capabilities}
    return render(request, "desk/today.html", {"sections": sections, "now": now(), **steps})


def _sections(staff: StaffMember) -> list[Section]:
    can = staff.capabilities
    complaints, tasks = reverse("desk:complaints"), reverse("desk:tasks")
    found = [
        _section("mine", _("On my desk"), needs.on_my_desk(staff), f"{complaints}?show=mine"),
        _section("after", _("Wrote after the end"), needs.wrote_after_the_end(staff), ""),
        _section("failed", _("Did not reach the customer"), needs.not_delivered(staff), complaints),
    ]
    unsealed = needs.not_sealed(staff, now())
    found.append(_section("unsealed", _("Signed, and could not be sealed yet"), unsealed, ""))
    if Capability.HANDLE in can:
        papers = needs.papers_to_check(staff)
        found.append(_section("papers", _("Signed papers to check"), papers, ""))
    if Capability.REGISTER in can and (waits := waiting(staff)):
        found.append(Section("letters", _("Letters to print"), [waits], waits.at, ""))
    if Capability.REGISTER in can:
        found += _mail(staff)
    if Capability.ADMINISTER in can:
        found.append(_section("webhooks", _("Programs that are told nothing any more"), switched_off(), ""))
    if READERS & can:
        found.append(_section("readings", _("Texts to read"), texts_to_read(staff), ""))
    if Capability.LEAD in can:
        found.append(_section("left", _("Nobody looks after these any more"), needs.left_behind(staff), ""))
        found += _from_above(staff)
        rows = needs.without_handler(staff, now())
        found.append(_section("free", _("Nobody handles these yet"), rows, f"{complaints}?show=unassigned"))
    if Capability.APPROVE in can:
        found.append(_plans(staff, f"{complaints}?show=awaiting_approval"))
    if Capability.CONSULT in can:
        found.append(
            _section("inquiries", _("Statements asked of you"), inquiries_to(staff, needs.LIMIT + 1), tasks)
        )
    if Capability.FULFIL in can:
        found.append(_section("duties", _("Duties of your department"), duties_of(staff), tasks))
    return [section for section in found if section is not None]


def _plans(staff: StaffMember, more: str) -> Section | None:
    """Plans to approve; each says whether as the first of two, and in whose place."""
    authority, at = as_actor(staff).authority, now()
    rows = needs.awaiting_my_approval(staff, authority, at)
    section = _section("plans", _("Plans that wait for your approval"), rows, more)
    if section is not None:
        needs.say_whose_authority(section.rows, staff, authority, at)
    return section


def _from_above(staff: StaffMember) -> list[Section | None]:
    """What a lead, a head or the executive looks on at: to take over, to call, to visit (A2, C11, E3)."""
    top = written_to_the_top(staff)
    letters = _section("top", _("Written to the chief executive"), top, "")
    late = needs.climbed(staff)
    late = late.exclude(to_executive=True) if letters else late
    return [
        letters,
        _section("climbed", _("Late, and now yours to look at"), late, ""),
        _section("long", _("Long cases to look at"), long_ones(staff, now()), ""),
    ]


def _mail(staff: StaffMember) -> list[Section | None]:
    """Mail that a person must look at; and before all else, that none comes in any more."""
    to_look_at = unclear(staff).order_by("arrived_at", "pk")
    silent = stopped(now())
    long_ago = datetime.min.replace(tzinfo=UTC)
    return [
        Section("sources", _("Mail does not come in"), silent, long_ago, "") if silent else None,
        _section("mail", _("Mail that a person must look at"), to_look_at, reverse("desk:mails")),
    ]


def _section(kind: str, words: str | Promise, rows: Any, more: str) -> Section | None:
    some = list(rows[: needs.LIMIT + 1])
    if not some:
        return None
    times = (getattr(some[0], name, None) for name in ("due_at", "at", "arrived_at", "brought_at", "off_at"))
    first = next((time for time in times if time), now())
    return Section(kind, words, some[: needs.LIMIT], first, more if len(some) > needs.LIMIT else "")
