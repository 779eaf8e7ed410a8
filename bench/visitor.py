"""Who visits in the measurements: a signed-in handler, a program's token, some complaints."""

import django

django.setup()

from importlib import import_module  # noqa: E402

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from amends.api.tokens import issue  # noqa: E402
from amends.cases.links import link_url  # noqa: E402
from amends.cases.models import Complaint  # noqa: E402
from amends.kit.clock import now  # noqa: E402
from amends.people.models import StaffMember  # noqa: E402
from amends.rules.capabilities import Capability  # noqa: E402


def visitor() -> dict[str, str | list[str]]:
    """Session key, bearer token, keys and link paths of 300 complaints."""
    staff = StaffMember.objects.get(email="bench1@house.example")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    session.create()
    some = list(Complaint.objects.filter(origin__startswith="bench:").order_by("key")[:300])
    return {
        "session": str(session.session_key),
        "token": issue(staff, name="bench", scopes=[Capability.READ, Capability.REGISTER], at=now())[1],
        "keys": [c.key for c in some],
        "links": [link_url(c).removeprefix(settings.AMENDS_BASE_URL) for c in some],
    }
