from django.core.management.commands import migrate
from django.utils.translation import gettext_lazy as _


class Command(migrate.Command):
    """Django's own, with our sentence."""

    help = _("Bring the database up to this version.")  # type: ignore[assignment]
