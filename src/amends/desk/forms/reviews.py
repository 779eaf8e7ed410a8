"""Where reviews are written, and whether the program invites."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from amends.cases.models import ReviewPlaces
from amends.cases.reviewing import Place
from amends.desk.forms.coach_rules import Seen
from amends.desk.forms.fields import Line, countries
from amends.people.languages import LANGUAGES

LINES = 2  # empty ones below those that are filled in
MOST = 100
FIELDS = ("url", "country", "language")


class ReviewsForm(Seen):
    """A line for each place, and after how many days the program invites."""

    after_days = forms.IntegerField(
        label=_("Invite by mail so many days after the customer said that it is good"),
        min_value=0,
        max_value=90,
        help_text=_("0: the program invites nobody; whoever handled the case may."),
    )

    def __init__(self, *args: Any, house: ReviewPlaces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after_days"].initial = house.after_days
        sent = str(self.data.get("lines", ""))
        wanted = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 4 else 0
        self.count = min(max(wanted, len(house.places) + LINES), MOST)
        places = countries()
        tongues = [("", "—"), *LANGUAGES]
        for n in range(self.count):
            row = house.places[n] if n < len(house.places) else dict.fromkeys(FIELDS, "")
            self.fields[f"url-{n}"] = Line(
                label=_("Address"), required=False, max_length=300, initial=row["url"],
                widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
            )  # fmt: skip
            self.fields[f"country-{n}"] = forms.ChoiceField(
                label=_("Country"), choices=places, required=False, initial=row["country"]
            )
            self.fields[f"language-{n}"] = forms.ChoiceField(
                label=_("Language"), choices=tongues, required=False, initial=row["language"]
            )

    def lines(self) -> list[list[Any]]:
        """The fields, line by line."""
        return [[self[f"{name}-{n}"] for name in FIELDS] for n in range(self.count)]

    def clean(self) -> dict[str, Any]:
        """Each address is one of the web, and stands alone for its country and language."""
        values = super().clean() or self.cleaned_data
        told: set[tuple[str, str]] = set()
        for n in range(self.count):
            url, place = values.get(f"url-{n}", ""), self._place(values, n)
            if not url:
                continue
            try:
                URLValidator(schemes=["https", "http"])(url)
            except forms.ValidationError:
                self.add_error(f"url-{n}", _("This is no address of a page on the web (https://…)."))
            if place in told:
                self.add_error(f"url-{n}", _("There is another address for this country and language."))
            told.add(place)
        if values.get("after_days") and not told and not self.errors:
            self.add_error("after_days", _("Say first where a review can be written."))
        return values

    def places(self) -> list[Place]:
        """The filled lines, as they are kept."""
        said = self.cleaned_data
        rows = ((said.get(f"url-{n}", ""), *self._place(said, n)) for n in range(self.count))
        return [Place(country=country, language=tongue, url=url) for url, country, tongue in rows if url]

    @staticmethod
    def _place(values: dict[str, Any], n: int) -> tuple[str, str]:
        return values.get(f"country-{n}", ""), values.get(f"language-{n}", "")
