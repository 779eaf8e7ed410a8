"""amends mail-in: one message on standard input, as a mail server pipes it."""

import os
import sys
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.correspondence.arrivals import arrive, take_in
from amends.correspondence.models import Arrival
from amends.kit.clock import now
from amends.project.database import ready_database


class Command(BaseCommand):
    """Keeps the message, then reads it. What cannot be kept now, the mail server has to bring again."""

    help = gettext_lazy("Take in one e-mail from standard input, as a mail server delivers it.")  # type: ignore[assignment]
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 0 when the message is kept, 75 when it is not: the mail server tries again later.

        What is kept and cannot be read now is read later, and is no failure.
        """
        raw = sys.stdin.buffer.read()
        try:
            ready_database()
            arrival = arrive(raw, source="pipe", at=now())
        except Exception as fault:  # of any kind: another status would send the mail back to who wrote it
            self.stderr.write(_("The message could not be kept: %(why)s") % {"why": fault})
            raise SystemExit(os.EX_TEMPFAIL) from fault
        try:
            arrival = take_in(arrival, at=now())
        except Exception as fault:
            self.stderr.write(_("The message is kept and will be read later: %(why)s") % {"why": fault})
        self.stdout.write(_line(arrival))


def _line(arrival: Arrival) -> str:
    became = arrival.get_state_display()
    where = f" {arrival.complaint.reference}" if arrival.complaint else ""
    return f"{arrival.key} {became}{where}"
