"""How the house's letters look."""

from copy import copy
from typing import Any

import typst
from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from amends.cases.documents import clean_name, put_away
from amends.correspondence.letterheads import SAID, changed_between, sheet_of
from amends.correspondence.letters.case_file import COLOUR
from amends.correspondence.letters.fonts import uncovered
from amends.correspondence.letters.layouts import Layout, Paper, Window
from amends.correspondence.letters.letter import letter_data
from amends.correspondence.letters.logo import MOST_BYTES, checked
from amends.correspondence.letters.reading import Wrong, lines
from amends.correspondence.letters.sample import LOOKED_AT, sample_case
from amends.correspondence.letters.setting import NoGlyph, set_png
from amends.correspondence.models import Letterhead
from amends.desk.forms.fields import Line
from amends.kit.clock import now
from amends.kit.forms import OnceForm
from amends.people.languages import LANGUAGES

SALT = "letterhead-logo"
NO_PICTURE = _("The letters’ fonts have no picture for %(characters)s.")
MOST_LINES = 5
PALEST = 3.0  # contrast on white paper that large letters need (WCAG 2.2, 1.4.3)
TYPED = ("name", "address", "phone", "email", "web", "register", "place")

PAPERS = [(Paper.A4, _("A4")), (Paper.US_LETTER, _("US Letter"))]
LAYOUTS = [
    ("", _("Each language’s own")),
    (Layout.FULL_BLOCK, _("Full block: all at the left")),
    (Layout.MODIFIED_BLOCK, _("Modified block: date and signature from the centre")),
    (Layout.SEMI_BLOCK, _("Semi-block: the same, first lines indented")),
]
WINDOWS = [
    ("", _("Where each language has it")),
    (Window.LEFT, _("At the left")),
    (Window.RIGHT, _("At the right")),
    (Window.NONE, _("No window")),
]


class LetterheadForm(OnceForm):
    """The house on its letters. A logo that was taken once is kept while the rest is mended."""

    name = Line(label=_("Name of the house"), max_length=200, required=False)
    address = Line(
        label=_("Postal address"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line each. It also stands small above the customer’s address."),
    )
    phone = Line(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    web = Line(label=_("Web site"), max_length=200, required=False)
    register = Line(
        label=_("Register entry"),
        max_length=200,
        required=False,
        help_text=_("What your country’s law wants on a letter: register, number, tax number."),
    )
    place = Line(
        label=_("Place"),
        max_length=100,
        required=False,
        help_text=_("Where letters are written. Polish letters say it before the date."),
    )
    colour = Line(
        label=_("Colour"), max_length=20, help_text=_("As #1f4e79. Without a logo your name is set in it.")
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG or SVG, up to 2 MB. It takes the place of the name."),
    )
    logo_kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    no_logo = forms.BooleanField(label=_("Without a logo"), required=False)
    paper = forms.ChoiceField(label=_("Paper"), choices=PAPERS)
    layout = forms.ChoiceField(label=_("Layout"), choices=LAYOUTS, required=False)
    window = forms.ChoiceField(label=_("Window of the envelope"), choices=WINDOWS, required=False)
    shown_in = forms.ChoiceField(label=_("Show a letter in"), choices=LANGUAGES)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_address(self) -> str:
        """Its lines, without empty ones; no more than the foot of a page takes."""
        rows = lines(self.cleaned_data["address"])
        if len(rows) > MOST_LINES:
            raise forms.ValidationError(_("At most %(most)d lines fit."), params={"most": MOST_LINES})
        return "\n".join(rows)

    def clean_colour(self) -> str:
        """A colour that can be read on white paper."""
        colour: str = self.cleaned_data["colour"].strip().lower()
        if not COLOUR.fullmatch(colour):
            raise forms.ValidationError(
                _("“%(colour)s” is no colour. Write # and six digits or letters a to f, such as #1f4e79."),
                params={"colour": colour},
            )
        if contrast_on_white(colour) < PALEST:
            raise forms.ValidationError(_("This colour is too pale to be read on white paper."))
        return colour

    def clean_logo(self) -> tuple[str, str] | None:
        """The digest and name of an uploaded picture, put away; None when none was uploaded."""
        upload = self.cleaned_data["logo"]
        if not upload:
            return None
        name = clean_name(upload.name or "")
        try:
            if upload.size > MOST_BYTES:
                raise Wrong(_("is larger than 2 MB"))
            content = upload.read()
            checked(name, content)
        except Wrong as wrong:
            params = {"name": name, "why": str(wrong)}
            raise forms.ValidationError(_("“%(name)s” %(why)s."), params=params) from None
        return put_away(content), name

    def clean(self) -> dict[str, Any]:
        """Every character can be printed, and the logo is a picture that can be set."""
        values = super().clean() or self.cleaned_data
        for name in TYPED:
            if characters := uncovered(values.get(name, "")):
                self.add_error(name, NO_PICTURE % {"characters": " ".join(characters)})
        if self.errors:
            return values
        try:
            self.pages = page_pictures(self.letterhead(), values["shown_in"])
        except typst.TypstError:
            self.add_error("logo", _("This picture cannot be set into a page. Save it anew, or as PNG."))
        except NoGlyph as missing:  # in AMENDS_HOUSE_NAME, which stands where no name was typed
            self.add_error("name", NO_PICTURE % {"characters": missing})
        return values

    def said(self) -> dict[str, str]:
        """The fields of a letterhead row."""
        values = self.cleaned_data
        sha256, name = values["logo"] or _unsigned(values["logo_kept"])
        logo = ("", "") if values["no_logo"] else (sha256, name)
        plain = {field: values[field] for field in SAID if not field.startswith("logo_")}
        return plain | {"logo_sha256": logo[0], "logo_name": logo[1]}

    def letterhead(self) -> Letterhead:
        """What was filled in, as a row that is not saved."""
        return Letterhead(**self.said(), at=now())

    def is_as(self, letterhead: Letterhead) -> bool:
        """Whether nothing was changed in this letterhead, which somebody made."""
        return bool(letterhead.pk) and not changed_between(letterhead, self.letterhead())

    def keep_logo(self) -> None:
        """Carry the uploaded picture over to the next sending: a browser does not fill in files again."""
        if not self.cleaned_data.get("logo"):
            return
        data: Any = copy(self.data)
        data["logo_kept"] = signing.dumps(self.cleaned_data["logo"], salt=SALT)
        self.data = data

    @property
    def logo_name(self) -> str:
        """The file name of the logo that is there, empty for none."""
        return _unsigned(self["logo_kept"].value() or "")[1]


def filled_in(letterhead: Letterhead, *, language: str) -> dict[str, Any]:
    """The form's first values: the letterhead that holds."""
    logo = (letterhead.logo_sha256, letterhead.logo_name)
    kept = signing.dumps(logo, salt=SALT) if letterhead.logo_sha256 else ""
    known = {name: getattr(letterhead, name) for name in SAID}
    return known | {"logo_kept": kept, "seen": letterhead.pk or 0, "shown_in": language}


def page_pictures(letterhead: Letterhead, language: str) -> list[bytes]:
    """A made-up letter of this language under this letterhead.

    Raises typst.TypstError for a broken logo, NoGlyph for a name that the fonts cannot show.
    """
    case = sample_case(language, letterhead)
    return set_png([letter_data(case, language, LOOKED_AT, **sheet_of(letterhead))])


def contrast_on_white(colour: str) -> float:
    """The contrast of a colour such as #1f4e79 against white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _unsigned(kept: str) -> tuple[str, str]:
    try:
        sha256, name = signing.loads(kept, salt=SALT)
    except (signing.BadSignature, ValueError):
        return "", ""
    return sha256, name
