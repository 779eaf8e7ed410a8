"""The first minutes of a house: something to look at, and a way in."""

import socket
import time
from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from amends.cases.models import Complaint
from amends.kit.clock import now
from amends.people.models import StaffMember
from amends.people.sign_in_link import make_sign_in_link
from amends.rules.capabilities import Capability


def load_demonstration(say: Callable[[str], object]) -> None:
    """Fill an empty house with the demonstration; one that holds anything is left alone."""
    if StaffMember.objects.exists() or Complaint.objects.exists():
        return
    from amends.project.demo import load  # not needed by a house that is at work

    say(_("Loading the demonstration house; this is done once and takes up to a minute."))
    load()


def welcome(*, demo: bool) -> str:
    """One line: where the house is, and how to get in. Only a demonstration is opened without being asked."""
    if not StaffMember.objects.filter(is_active=True).exists():
        return _("Amends is at %(url)s. Nobody can sign in yet: run amends createuser") % _where()
    lead = _first_lead() if demo else None
    if lead is None:
        return _("Amends is at %(url)s") % _where()
    link = make_sign_in_link(lead, at=now())
    said = _where() | {"name": lead.name, "link": link}
    return _("Amends is at %(url)s. Sign in as %(name)s, once: %(link)s") % said


def wait_until_open(host: str, port: int, seconds: float = 15.0) -> None:
    """Return when the address takes connections, or when ``seconds`` are over."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with socket.create_connection((reachable, port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)


def _where() -> dict[str, str]:
    return {"url": settings.AMENDS_BASE_URL}


def _first_lead() -> StaffMember | None:
    """Who may both handle and lead sees most of the house; best somebody who reads the house’s language."""
    staff = StaffMember.objects.filter(is_active=True).select_related("role").order_by("role__level", "pk")
    leads = [person for person in staff if {Capability.LEAD, Capability.HANDLE} <= person.capabilities]
    return min(leads, key=lambda person: person.language != settings.LANGUAGE_CODE, default=None)
