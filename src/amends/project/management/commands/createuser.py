import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import house_policy
from amends.kit.clock import now
from amends.people.models import Department, Role, StaffMember
from amends.people.sign_in_link import make_sign_in_link
from amends.project.database import ready_database
from amends.rules.capabilities import ROLES

Check = Callable[[str], str]


class Command(BaseCommand):
    """No password is typed: the person gets a link that signs them in once, and chooses one there."""

    help = gettext_lazy("Add a member of staff and print a link that signs them in once.")  # type: ignore[assignment]
    requires_system_checks = ()  # “amends check” looks at all that

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who they are; what is not given is asked."""
        parser.add_argument("--name", help=_("first and last name"))
        parser.add_argument("--email", help=_("their e-mail address"))
        parser.add_argument(
            "--role",
            help=_("what they may do: %(roles)s") % {"roles": ", ".join(role.name for role in ROLES)},
        )
        parser.add_argument(
            "--department", help=_("where they work; made if it does not exist; “-” for none")
        )

    def handle(self, *args: Any, **given: Any) -> None:
        """CommandError if something is missing or wrong and nobody is there to ask."""
        ready_database()
        first = "administrator" if not StaffMember.objects.exists() else "handler"
        name = self._ask(given["name"], "--name", _("Name"), _something)
        email = self._ask(given["email"], "--email", _("E-mail"), _new_email)
        role = self._ask(given["role"], "--role", _("Role"), _known_role, default=first)
        department = self._ask(given["department"], "--department", _("Department"), str.strip, default="-")
        first_of_all = not StaffMember.objects.exists()
        staff = StaffMember.objects.create_user(
            email,
            name=name,
            role=Role.objects.get(name=role),
            department=None if department == "-" else Department.objects.get_or_create(name=department)[0],
        )
        if first_of_all:  # plans are proposed from the first day on
            house_policy.begin(by=staff, at=now())
        self.stdout.write(
            _("%(name)s can sign in once within 24 hours with this link:") % {"name": staff.name}
        )
        self.stdout.write(make_sign_in_link(staff, at=now()))

    def _ask(self, given: str | None, option: str, question: str, check: Check, *, default: str = "") -> str:
        if given is not None:
            return check(given)
        if not sys.stdin.isatty():
            if default:
                return check(default)
            raise CommandError(_("%(option)s is missing.") % {"option": option})
        while True:
            try:
                return check(input(f"{question} [{default}]: " if default else f"{question}: ") or default)
            except CommandError as wrong:
                self.stderr.write(str(wrong))


def _something(value: str) -> str:
    if not value.strip():
        raise CommandError(_("A name is needed."))
    return value.strip()


def _new_email(value: str) -> str:
    try:
        validate_email(value.strip())
    except ValidationError as wrong:
        raise CommandError(_("“%(email)s” is not an e-mail address.") % {"email": value}) from wrong
    if StaffMember.objects.filter(email__iexact=value.strip()).exists():
        raise CommandError(
            _("Somebody with the address %(email)s is there already.") % {"email": value.strip()}
        )
    return value.strip()


def _known_role(value: str) -> str:
    names = list(Role.objects.values_list("name", flat=True))
    if value not in names:
        raise CommandError(
            _("There is no role “%(role)s”. There are: %(names)s.")
            % {"role": value, "names": ", ".join(names)}
        )
    return value
