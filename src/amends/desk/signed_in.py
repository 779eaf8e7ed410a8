"""Who is asking."""

from django.http import HttpRequest

from amends.people.models import StaffMember


def staff_of(request: HttpRequest) -> StaffMember:
    """The member of staff behind a request that ``route`` let through."""
    assert isinstance(request.user, StaffMember)
    return request.user
