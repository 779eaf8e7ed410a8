"""A person's secret link to their calendar: signed, not stored, ended by raising ``calendar_generation``."""

from django.core import signing

from amends.people.models import StaffMember

_signer = signing.Signer(salt="amends.calendar", sep=".")
_KEY = 16  # characters


def calendar_secret(staff: StaffMember, *, names: bool) -> str:
    """What stands in the link; ``names``: whether calendars by it say who the customers are."""
    return _signer.sign(f"{staff.key}{'n' if names else 'r'}{staff.calendar_generation}")


def calendar_of(secret: str) -> tuple[StaffMember, bool] | None:
    """Whose calendar a link opens and whether with names; None for a false or ended one, or who has left."""
    try:
        said = _signer.unsign(secret)
    except signing.BadSignature:
        return None
    staff = StaffMember.objects.select_related("role").filter(key=said[:_KEY], is_active=True).first()
    if staff is None or said[_KEY + 1 :] != str(staff.calendar_generation):
        return None
    return staff, said[_KEY] == "n"


def renew_calendar_link(staff: StaffMember) -> None:
    """From now on only the new link works."""
    staff.calendar_generation += 1
    staff.save(update_fields=("calendar_generation",))
