"""amends clocks: what the law and good practice ask of one complaint, without a database."""

import json
from argparse import ArgumentParser
from datetime import datetime, time
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.words_of_law import CLOCK_NAMES, CONSEQUENCES, MEETS, TRIGGERS, length
from amends.rules.due import Due, dues
from amends.rules.statutes import Trigger, UnknownPlace, applicable, country
from amends.rules.working_days import OfficeHours, UnknownRegion, WorkingDays

WRONG = 2  # exit status: what was given cannot be reckoned with


class Command(BaseCommand):
    """Every clock of a country and sector, the strictest first."""

    help = gettext_lazy("Print every clock of a complaint, the strictest first.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, in which trade, and when what happened."""
        parser.add_argument("--country", required=True, metavar="CODE", help=_("PL, SE, MY, CN, UK …"))
        parser.add_argument("--sector", default="consumer", help=_("consumer, finance, payments …"))
        parser.add_argument(
            "--region", default="", help=_("for its holidays, as ISO 3166-2 names it (14, ENG)")
        )
        for trigger in Trigger:
            parser.add_argument(
                f"--{trigger.value.replace(' ', '-')}",
                metavar="TIME",
                required=trigger is Trigger.RECEIVED,
                help=str(TRIGGERS[trigger]),
            )
        parser.add_argument("--opens", default="", metavar="09:00", help=_("when the house opens"))
        parser.add_argument("--closes", default="", metavar="17:00", help=_("when the house closes"))
        parser.add_argument("--json", action="store_true", help=_("for programs"))

    def handle(self, *args: Any, country: str, sector: str, region: str, **options: Any) -> None:
        """Exit status 2 with a sentence for a country, sector, region or time that cannot be."""
        zone = ZoneInfo(settings.TIME_ZONE)
        moments = self._moments(options, zone)
        hours = self._hours(options["opens"], options["closes"])
        found = self._found(country, sector, region, moments, zone, hours=hours)
        if options["json"]:
            self.stdout.write(json.dumps([told(one) for one in found], ensure_ascii=False, indent=2))
            return
        for one in found:
            self.stdout.write(sentence(one) + "\n")

    def _moments(self, options: dict[str, Any], zone: ZoneInfo) -> dict[Trigger, datetime]:
        moments = {}
        for trigger in Trigger:
            if given := options.get(trigger.value.replace(" ", "_")):
                try:
                    moment = datetime.fromisoformat(given)
                except ValueError:
                    self._refuse(
                        _("“%(time)s” is no time. Write it like 2026-04-27T15:30+02:00.") % {"time": given}
                    )
                # A time without a zone is one of the house's.
                moments[trigger] = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return moments

    def _hours(self, opens: str, closes: str) -> OfficeHours | None:
        if not (opens or closes):
            return None
        if not (opens and closes):
            self._refuse(_("Give both --opens and --closes, or neither."))
        try:
            return OfficeHours(_time_of_day(opens), _time_of_day(closes))
        except ValueError:
            self._refuse(
                _("The house cannot be open from “%(opens)s” to “%(closes)s”. Write it like 09:00 and 17:00.")
                % {"opens": opens, "closes": closes}
            )

    def _found(
        self,
        code: str,
        sector: str,
        region: str,
        moments: dict[Trigger, datetime],
        zone: ZoneInfo,
        *,
        hours: OfficeHours | None,
    ) -> list[Due]:
        try:
            pack = country(code)
        except UnknownPlace as wrong:
            self._refuse(
                _("There is no country “%(given)s”. Known: %(known)s.")
                % {"given": wrong.given, "known": ", ".join(wrong.known)}
            )
        try:
            rules = applicable(
                pack, sector.strip().lower(), moments[Trigger.RECEIVED].astimezone(zone).date()
            )
        except UnknownPlace as wrong:
            self._refuse(
                _("There is no sector “%(given)s”. Known: %(known)s.")
                % {"given": wrong.given, "known": ", ".join(wrong.known)}
            )
        try:
            days = WorkingDays(pack.calendar, region, hours=hours)
        except UnknownRegion as wrong:
            self._refuse(
                _("There is no region “%(given)s” there. Known: %(known)s.")
                % {"given": wrong.region, "known": ", ".join(wrong.known) or "–"}
            )
        return dues(rules, moments, zone=zone, days=days)

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        raise SystemExit(WRONG)


def _time_of_day(given: str) -> time:
    return datetime.strptime(given, "%H:%M").time()  # noqa: DTZ007  it is one of the house's zone


def told(one: Due) -> dict[str, Any]:
    """A clock as programs read it."""
    rule, longer = one.rule, one.rule.extension
    extension = None
    if longer is not None and one.extended is not None:
        extension = {
            "length": longer.length,
            "unit": longer.unit.value,
            "counted_from": longer.counted_from,
            "times": longer.times,
            "must_say": list(longer.must_say),
            "due": one.extended.isoformat(),
        }
    return {
        "clock": rule.clock,
        "rule": rule.id,
        "due": one.at.isoformat(),
        "length": rule.length,
        "unit": rule.unit.value,
        "meets": rule.meets.value,
        "extension": extension,
        "consequence": rule.consequence.value,
        "source": rule.source,
        "verified": rule.verified,
    }


def sentence(one: Due) -> str:
    """A clock as people read it, in a few lines."""
    rule, longer = one.rule, one.rule.extension
    head = f"{one.at:%Y-%m-%d %H:%M}  {CLOCK_NAMES[rule.clock]}"
    lines = [
        _("%(length)s from %(trigger)s, %(meets)s. %(consequence)s")
        % {
            "length": length(rule.length, rule.unit),
            "trigger": TRIGGERS[rule.trigger],
            "meets": MEETS[rule.meets],
            "consequence": CONSEQUENCES[rule.consequence],
        }
    ]
    if longer is not None and one.extended is not None:
        lines.append(
            _("At most until %(day)s, if the customer is told: %(words)s.")
            % {"day": f"{one.extended:%Y-%m-%d}", "words": ", ".join(longer.must_say)}
        )
    lines.append(f"{rule.id}: {rule.source}")
    if rule.note:
        lines.append(rule.note)
    if not rule.verified:
        lines.append(_("Not verified: look it up before you rely on it."))
    return "\n".join([head, *(f"    {line}" for line in lines)])
