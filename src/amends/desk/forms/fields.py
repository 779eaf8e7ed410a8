"""Fields that the forms of the desk share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel import Locale
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from amends.cases.reckoning import office
from amends.cases.words_of_law import SECTOR_NAMES
from amends.kit.clock import now


class Line(forms.CharField):
    """A line of text. Characters that no database takes (NUL) are left out, as in ``LongText``."""

    def to_python(self, value: Any) -> str:
        """The line without NUL characters."""
        return super().to_python(value.replace("\0", "") if isinstance(value, str) else value) or ""


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Files(forms.FileField):
    """Any number of files; each is looked at by ``cases.documents.accept``."""

    widget = _SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The uploads, in the order chosen. An empty one is left for ``accept`` to refuse in its words."""
        return list(data or [])


EARLIEST_YEAR = 1990


class PastMoment(forms.DateTimeField):
    """A day and time that has been, from the browser's own calendar; in the house's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def validate(self, value: Any) -> None:
        """Nothing can have been received tomorrow."""
        super().validate(value)
        if value is not None and value > now():
            raise forms.ValidationError(_("This lies in the future."), code="future")
        _not_too_far_back(value)


class PastDay(forms.DateField):
    """A day that has been."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:
        """No letter is dated tomorrow."""
        super().validate(value)
        if value is not None and value > timezone.localdate(now()):
            raise forms.ValidationError(_("This lies in the future."), code="future")
        _not_too_far_back(value)


def _not_too_far_back(value: date | None) -> None:
    if value is not None and value.year < EARLIEST_YEAR:
        raise forms.ValidationError(_("This lies too far back. Is the year right?"), code="too_far_back")


class Trade(forms.ChoiceField):
    """The trade whose rules hold for a complaint; first of all the house's own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_trades, **kwargs)


def _trades() -> Sequence[tuple[str, Any]]:
    own = SECTOR_NAMES[office().sector]
    return [("", gettext("The house’s own: %(trade)s") % {"trade": own}), *SECTOR_NAMES.items()]


def countries() -> Sequence[tuple[str, str]]:
    """The countries by ISO 3166-1 code, named and sorted in the reader's language (CLDR)."""
    language = {"zh-hans": "zh_Hans"}.get(get_language() or "en", get_language() or "en")
    names = Locale.parse(language.replace("-", "_")).territories
    real = [(code, name) for code, name in names.items() if len(code) == 2 and code not in _NOT_COUNTRIES]
    return [("", "—"), *sorted(real, key=lambda country: country[1])]


_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
