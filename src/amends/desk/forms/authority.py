"""Who may approve how much, who stands in for whom, and above which sum two people look."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import CURRENCIES, RemedyKind
from amends.desk.days import day_in_words
from amends.desk.forms.step import Day
from amends.kit.clock import now
from amends.kit.sums import Sum
from amends.people.models import AuthorityLimit, Deputy, LimitPer, Role, SecondPair, StaffMember
from amends.rules.capabilities import Capability

ANY = "any"


class Limit(forms.Form):
    """Up to how much a role, or one person instead of their role, may approve."""

    who = forms.ChoiceField(label=_("Who"))
    per = forms.ChoiceField(label=_("Counted"), choices=LimitPer.choices, initial=LimitPer.CASE)
    kind = forms.ChoiceField(
        label=_("For"),
        choices=[(ANY, _("all remedies together")), *RemedyKind.choices],
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    amount = Sum(label=_("Up to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.roles = {f"role-{role.pk}": role for role in Role.objects.all()}
        people = StaffMember.objects.filter(is_active=True).select_related("role")
        self.people = {f"person-{person.key}": person for person in people}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (_("Roles"), [(key, str(role)) for key, role in self.roles.items()]),
            (_("People"), [(key, f"{person.name} ({person.role})") for key, person in self.people.items()]),
        ]

    def clean(self) -> dict[str, Any]:
        """No kind stands for all of them."""
        values = super().clean() or self.cleaned_data
        values["kind"] = "" if values.get("kind") == ANY else values.get("kind", "")
        return values

    def save(self) -> AuthorityLimit:
        """Set the limit; one that stood before is replaced."""
        who = self.cleaned_data["who"]
        whose = {"role": self.roles[who]} if who in self.roles else {"staff": self.people[who]}
        what = {name: self.cleaned_data[name] for name in ("currency", "per", "kind")}
        limit, _made = AuthorityLimit.objects.update_or_create(
            **what, **whose, defaults={"amount": self.cleaned_data["amount"]}
        )
        return limit


class TwoLook(forms.Form):
    """Above which sum two people look at a plan."""

    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    above = Sum(label=_("Two people look above"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "two-%s"})
        self.label_suffix = ""

    def save(self) -> SecondPair:
        """Set it; one that stood before in this currency is replaced."""
        row, _made = SecondPair.objects.update_or_create(
            currency=self.cleaned_data["currency"], defaults={"above": self.cleaned_data["above"]}
        )
        return row


class StandIn(forms.Form):
    """Who stands in for whom in approving, from day to day. ``absent``: they say it for themselves."""

    absent = forms.ChoiceField(label=_("Who is away"))
    deputy = forms.ChoiceField(label=_("Who stands in"))
    from_day = Day(label=pgettext_lazy("a day", "From"))
    until_day = Day(label=_("Until, this day included"))

    def __init__(self, *args: Any, by: StaffMember, absent: StaffMember | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "deputy-%s"})
        self.label_suffix, self.by, self.own = "", by, absent
        people = approvers()
        self.people = {person.key: person for person in people}
        choices = [("", "—"), *((person.key, f"{person.name} ({person.role})") for person in people)]
        if absent is not None:
            del self.fields["absent"]
            choices = [(key, words) for key, words in choices if key != absent.key]
        else:
            self.fields["absent"].choices = choices  # type: ignore[attr-defined]
        self.fields["deputy"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """In order, somebody else, not twice for the same days, and not who is away then themselves."""
        values = super().clean() or self.cleaned_data
        absent = self.own or self.people.get(values.get("absent", ""))
        deputy = self.people.get(values.get("deputy", ""))
        first, last = values.get("from_day"), values.get("until_day")
        if absent is not None and absent == deputy:
            self.add_error("deputy", _("Nobody stands in for themselves: choose somebody else."))
        elif self.own is None and deputy is not None and deputy.pk == self.by.pk:
            own = _("Nobody takes somebody else’s authority for themselves: let them, or another one, do it.")
            self.add_error("deputy", own)
        if not first or not last:
            return values
        if last < first:
            self.add_error("until_day", _("The last day is before the first."))
        elif absent is not None and (other := _away(absent, first, last)):
            self.add_error("from_day", self._taken(other))
        elif deputy is not None and (other := _away(deputy, first, last)):
            self.add_error("deputy", self._away_too(other))
        return values

    def _taken(self, other: Deputy) -> forms.ValidationError:
        words = _("%(deputy)s stands in for %(absent)s from %(first)s to %(last)s already.")
        return forms.ValidationError(words, code="taken", params=_named(other))

    def _away_too(self, other: Deputy) -> forms.ValidationError:
        words = _("%(absent)s is away too, from %(first)s to %(last)s: choose somebody else.")
        return forms.ValidationError(words, code="away", params=_named(other))

    def save(self) -> Deputy:
        """From then on they may approve in that one's place."""
        values = self.cleaned_data
        return Deputy.objects.create(
            absent=self.own or self.people[values["absent"]],
            deputy=self.people[values["deputy"]],
            from_day=values["from_day"],
            until_day=values["until_day"],
            set_by_name=self.by.name,
        )


def approvers() -> Sequence[StaffMember]:
    """Everybody here whose role includes approving: only they stand in, and only for such."""
    rows = StaffMember.objects.filter(is_active=True).select_related("role")
    return [person for person in rows if Capability.APPROVE in person.capabilities]


def _away(person: StaffMember, first: date, last: date) -> Deputy | None:
    rows = Deputy.objects.filter(absent=person, from_day__lte=last, until_day__gte=first)
    return rows.select_related("absent", "deputy").first()


def _named(row: Deputy) -> dict[str, str]:
    today, language = timezone.localdate(now()), get_language() or "en"
    return {
        "absent": row.absent.name,
        "deputy": row.deputy.name,
        "first": day_in_words(row.from_day, today, language),
        "last": day_in_words(row.until_day, today, language),
    }
