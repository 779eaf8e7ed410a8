"""``amends token``: letting programs in, and shutting them out again."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.api.models import Token
from amends.api.tokens import issue, revoke
from amends.kit.clock import now
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability


class Command(BaseCommand):
    """Makes, lists and revokes the tokens of the API."""

    help = gettext_lazy("Make, list or revoke tokens for programs that use the API.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``create``, ``list`` and ``revoke``."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help=_("make a token; its secret is shown this once"))
        create.add_argument("--staff", required=True, help=_("e-mail address of who it acts for"))
        create.add_argument("--name", required=True, help=_("what it is for"))
        create.add_argument(
            "--scopes",
            default=Capability.READ.value,
            help=_("comma-separated: %s") % ", ".join(Capability),
        )
        create.add_argument("--days", type=int, help=_("how many days it works; without: until revoked"))
        verbs.add_parser("list", help=_("every token, and when it was last used"))
        verbs.add_parser("revoke", help=_("end a token")).add_argument(
            "key", help=_("its key, from the list")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; CommandError says in a sentence why not."""
        match options["verb"]:
            case "create":
                self._create(**options)
            case "list":
                self._list()
            case "revoke":
                self._revoke(options["key"])

    def _create(self, *, staff: str, name: str, scopes: str, days: int | None, **rest: Any) -> None:
        person = StaffMember.objects.select_related("role").filter(email__iexact=staff).first()
        if person is None:
            raise CommandError(_("Nobody with the address %s works here.") % staff)
        ends = now() + timedelta(days=days) if days else None
        try:
            _token, secret = issue(person, name=name, scopes=_scopes(scopes), at=now(), expires_at=ends)
        except ValueError as error:
            sentence = _("%(person)s does not have these themselves: %(scopes)s.")
            raise CommandError(sentence % {"person": person.name, "scopes": error}) from error
        self.stderr.write(_("Keep it now: it is shown this once."))
        self.stdout.write(secret)

    def _list(self) -> None:
        for token in Token.objects.select_related("staff__role"):
            state = _("works") if token.works(now()) else _("ended")
            used = token.last_used_at.isoformat(timespec="minutes") if token.last_used_at else _("never used")
            self.stdout.write(
                "\t".join((token.key, state, token.staff.email, token.name, ",".join(token.scopes), used))
            )

    def _revoke(self, key: str) -> None:
        token = Token.objects.filter(key=key).first()
        if token is None:
            raise CommandError(_("There is no token with the key %s.") % key)
        revoke(token, at=now())
        self.stdout.write(_("“%s” lets nobody in any more.") % token.name)


def _scopes(text: str) -> set[Capability]:
    try:
        return {Capability(part.strip()) for part in text.split(",") if part.strip()}
    except ValueError as error:
        sentence = _("Scopes are: %s.") % ", ".join(Capability)
        raise CommandError(sentence) from error
