"""Where the house works and when, and the rules that it adds or changes."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from amends.cases.models import HouseRule, Office
from amends.cases.proposals import BY_LAW
from amends.cases.reckoning import LADDER_DAYS, REMIND_DAYS, pack_rule
from amends.cases.words import CLOCKS
from amends.cases.words_of_law import CLOCK_NAMES, CONSEQUENCES, MEETS, SECTOR_NAMES, TRIGGERS, UNITS
from amends.desk.forms.fields import Line, countries
from amends.kit.forms import LongText, OnceForm
from amends.rules.capabilities import HIGHEST_LEVEL
from amends.rules.statutes import SECTORS, WITHDRAWAL, Consequence, Meets, Rule, Trigger, Unit, pack_for
from amends.rules.working_days import regions

LONGEST = {
    Unit.HOURS: 8760, Unit.OFFICE_HOURS: 2600, Unit.CALENDAR_DAYS: 3650, Unit.WORKING_DAYS: 2600,
    Unit.MONTHS: 120,
}  # fmt: skip
TYPED_TIMES = ("%H:%M", "%H.%M")  # browsers send the first
MOST_DAYS = 400  # that a house is closed on: some years ahead
COUNTED = (
    Trigger.RECEIVED,
    Trigger.ACKNOWLEDGED,
    Trigger.AGREED,
    Trigger.ESCALATED,
    Trigger.ESCALATION_ACKNOWLEDGED,
    Trigger.HANDED_OVER,
    Trigger.FILED,
    Trigger.GOODS_BACK,
)


def _picked() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _to_the_minute() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class Seen(OnceForm):
    """A change of the rules is made against what the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Look(forms.Form):
    """For which country, trade and day the rules are to be shown."""

    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    sector = forms.ChoiceField(label=_("Trade"), choices=list(SECTOR_NAMES.items()))
    region = forms.ChoiceField(label=_("Region"), required=False)
    received = forms.DateField(label=_("A complaint of"), widget=_picked())

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="look-%s", label_suffix="", **kwargs)
        name_regions(self)

    def clean_received(self) -> date:
        """A day that calendars know."""
        day: date = self.cleaned_data["received"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("This lies too far away. Is the year right?"), code="far")
        return day


def name_regions(form: forms.Form) -> None:
    """Offer the regions of the country that the form names."""
    country = form.data.get("country", "") if form.is_bound else form.initial.get("country", "")
    found = regions(pack_for(str(country)).calendar) if country else []
    form.fields["region"].choices = [("", "—"), *found]  # type: ignore[attr-defined]


class OfficeForm(Seen):
    """Where the house works and when."""

    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    region = forms.ChoiceField(
        label=_("Region, for its holidays"),
        required=False,
        error_messages={"invalid_choice": _("The country has no such region: choose it again.")},
    )
    sector = forms.ChoiceField(label=_("Trade"), choices=list(SECTOR_NAMES.items()))
    closed_days = LongText(
        label=_("Days on which the house is closed"),
        required=False,
        rows=4,
        longest=10_000,
        help_text=_("Beside weekends and public holidays. Each as 2026-12-24, or 2026-12-24 to 2027-01-01."),
    )
    closed_more = forms.DateField(
        label=_("One more, from the calendar"),
        required=False,
        widget=_picked(),
    )
    opens = forms.TimeField(
        label=_("Opens"),
        required=False,
        widget=_to_the_minute(),
        input_formats=TYPED_TIMES,
        help_text=_("On each working day. Both left empty: office hours count the whole day."),
    )
    closes = forms.TimeField(
        label=_("Closes"), required=False, widget=_to_the_minute(), input_formats=TYPED_TIMES
    )
    warn_percent = forms.IntegerField(
        label=_("Warn when so much of the time is left (%)"), min_value=0, max_value=90
    )
    remind_days = forms.IntegerField(
        label=_("Days before an offer ends, to remind of it"),
        min_value=0,
        max_value=30,
        required=False,
        help_text=_(
            "Of one that stands shortly, when a third of its time is left. 0: never. Left empty, it is 3."
        ),
    )
    ladder = Line(
        label=_("Days late at which a case goes one level higher"),
        max_length=40,
        required=False,
        help_text=_("To the lead, the head, the executive: 2, 5, 10. Left empty, it is that."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="office-%s", **kwargs)
        name_regions(self)

    @staticmethod
    def filled_in(office: Office) -> dict[str, Any]:
        """As it stands."""
        return {
            "country": office.country,
            "region": office.region,
            "sector": office.sector,
            "closed_days": "\n".join(office.closed_days),
            "opens": office.opens,
            "closes": office.closes,
            "warn_percent": round(Decimal(office.warn_share) * 100),
            "remind_days": office.remind_days,
            "ladder": ", ".join(map(str, office.ladder_days or LADDER_DAYS)),
            "seen": office.version,
        }

    def clean_closed_days(self) -> list[str]:
        """Each day by itself, in order."""
        days: set[date] = set()
        for part in re.split(r"[\n,;]+", self.cleaned_data["closed_days"]):
            if part.strip():
                days |= _span(part)
        if len(days) > MOST_DAYS:
            raise forms.ValidationError(
                _("These are more than %(most)d days."), code="many", params={"most": MOST_DAYS}
            )
        return [day.isoformat() for day in sorted(days)]

    def clean_ladder(self) -> list[int]:
        """Rising numbers of days, one for each level."""
        parts = [part for part in re.split(r"[\s,;]+", self.cleaned_data["ladder"]) if part]
        if not all(re.fullmatch(r"\d{1,3}", part) for part in parts):
            raise forms.ValidationError(_("Write numbers of days, like 2, 5, 10."), code="invalid")
        days = [int(part) for part in parts]
        if len(days) > HIGHEST_LEVEL or days != sorted(set(days)):
            raise forms.ValidationError(
                _("Up to three numbers, each larger than the one before."), code="not_rising"
            )
        return days

    def clean(self) -> None:
        """Both hours or neither, and in their order."""
        values = super().clean() or self.cleaned_data
        if self.has_error("opens") or self.has_error("closes"):
            return
        opens, closes = values["opens"], values["closes"]
        if (opens is None) != (closes is None):
            both = forms.ValidationError(_("Say both when the house opens and when it closes, or neither."))
            self.add_error("opens" if opens is None else "closes", both)
        elif opens is not None and closes <= opens:
            self.add_error("closes", forms.ValidationError(_("It must close later than it opens.")))

    def said(self) -> dict[str, Any]:
        """As ``house_rules.change_office`` takes it."""
        values = self.cleaned_data
        closed = set(values["closed_days"])
        if more := values["closed_more"]:
            closed.add(more.isoformat())
        return {
            "country": values["country"],
            "region": values["region"],
            "sector": values["sector"],
            "closed_days": sorted(closed),
            "opens": values["opens"],
            "closes": values["closes"],
            "warn_share": Decimal(values["warn_percent"]) / 100,
            "ladder_days": values["ladder"],
            "remind_days": REMIND_DAYS if values["remind_days"] is None else values["remind_days"],
        }


def _span(part: str) -> set[date]:
    ends = re.findall(r"\d{4}-\d{2}-\d{2}", part)
    try:
        first, *rest = [date.fromisoformat(end) for end in ends]
        last = rest[0] if rest else first
    except ValueError:
        raise _no_day(part) from None
    if len(ends) > 2 or last < first or (last - first).days > MOST_DAYS or first.year < 2000:
        raise _no_day(part)
    return {date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)}


def _no_day(part: str) -> forms.ValidationError:
    return forms.ValidationError(
        _("“%(part)s” is no day. Write it as 2026-12-24, or 2026-12-24 to 2027-01-01."),
        code="no_day",
        params={"part": part.strip()[:60]},
    )


class RuleForm(Seen):
    """One rule. ``law`` is the pack's in whose place it is put, ``row`` the house's own that it changes."""

    title = Line(label=_("Name"), max_length=60, help_text=_("Short, as clocks will show it."))
    country = forms.ChoiceField(label=_("Country"), required=False, help_text=_("Left open: every one."))
    sectors = forms.MultipleChoiceField(
        label=_("Trades"), choices=list(SECTOR_NAMES.items()), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: every one."))  # fmt: skip
    clock = forms.ChoiceField(
        label=_("What must be done"),
        choices=[*((k.value, CLOCKS[k]) for k in BY_LAW), (WITHDRAWAL, CLOCK_NAMES[WITHDRAWAL])],
    )
    length = forms.IntegerField(label=_("Within"), min_value=1, max_value=LONGEST[Unit.HOURS])
    unit = forms.ChoiceField(label=_("Counted in"), choices=[(u.value, UNITS[u]) for u in Unit])
    trigger = forms.ChoiceField(label=_("Counted from"), choices=[(t.value, TRIGGERS[t]) for t in COUNTED])
    meets = forms.ChoiceField(label=_("What meets it"), choices=[(m.value, MEETS[m]) for m in Meets])
    consequence = forms.ChoiceField(
        label=_("What silence costs"), choices=[(c.value, CONSEQUENCES[c]) for c in Consequence],
        initial=Consequence.NONE)  # fmt: skip
    pausable = forms.BooleanField(label=_("It may wait while we wait for the customer"), required=False)
    rolls = forms.BooleanField(
        label=_("If its last day is a weekend or public holiday, it ends on the next working day"),
        required=False,
    )
    source = Line(label=_("Source"), max_length=300, required=False)
    valid_from = forms.DateField(
        label=_("Valid from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = LongText(label=_("Note"), rows=2, longest=2000, required=False)

    def __init__(
        self, *args: Any, law: Rule | None = None, row: HouseRule | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _filled_in(row or law) | kwargs.get("initial", {})
        super().__init__(*args, auto_id="rule-%s", **kwargs)
        self.law, self.row = law, row
        places = list(countries())
        code = row.country if row else law.jurisdiction if law else ""
        if code and code not in dict(places):
            places.insert(1, (code, code))  # a union, or the practice
        self.fields["country"].choices = places  # type: ignore[attr-defined]
        if law or row:
            del self.fields["title"]

    def clean_title(self) -> str:
        """A name that stands for nothing else yet."""
        name = str(slugify(self.cleaned_data["title"]))[:60]
        if not name:
            raise forms.ValidationError(_("Use letters from A to Z in it."), code="no_letters")
        if pack_rule(name):
            raise _taken()
        return name

    def say_taken(self) -> None:
        """Another rule of the house has this name."""
        self.add_error("title", _taken())

    def clean(self) -> None:
        """What does not go together."""
        values = super().clean() or self.cleaned_data
        begins, ends = values.get("valid_from"), values.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", forms.ValidationError(_("It would end before it begins.")))
        length, unit = values.get("length"), values.get("unit")
        if length and unit and length > (most := LONGEST[Unit(unit)]):
            hours = _("At most %(most)d office hours can be counted.") % {"most": most}
            years = _("This is longer than ten years.")
            said = hours if unit == Unit.OFFICE_HOURS else years
            self.add_error("length", forms.ValidationError(said))

    @property
    def name(self) -> str:
        """Under which name it holds."""
        if self.law is not None:
            return self.law.id
        return str(self.row.name if self.row is not None else self.cleaned_data["title"])

    def said(self) -> dict[str, Any]:
        """As ``house_rules.set_rule`` takes it."""
        apart = {"once", "seen", "title"}
        said = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        chosen = [sector for sector in SECTORS if sector in said["sectors"]]
        return said | {"sectors": [] if len(chosen) == len(SECTORS) else chosen}


def _taken() -> forms.ValidationError:
    return forms.ValidationError(_("There is a rule of this name. Change that one."), code="taken")


def _filled_in(rule: HouseRule | Rule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    names = ("clock", "length", "unit", "trigger", "meets", "consequence", "pausable", "rolls", "source")
    said = {name: getattr(rule, name) for name in (*names, "valid_from", "valid_until", "note")}
    place = rule.country if isinstance(rule, HouseRule) else rule.jurisdiction
    return said | {"country": place, "sectors": list(rule.sectors)}


class Why(Seen):
    """Why a rule is switched off or taken back."""

    why = LongText(label=_("Why"), rows=2, longest=2000)
