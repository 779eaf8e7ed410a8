"""A form field that takes several files, each checked by ``cases.documents``."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from amends.cases.documents import KINDS, accept
from amends.cases.models import Document

MOST = 10  # files at once


class SeveralFiles(forms.ClearableFileInput):
    """A file input that lets a person choose more than one."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = SeveralFiles(attrs={"accept": ",".join(f".{ending}" for ending in KINDS)})
        kwargs.setdefault("label", _("Attach files"))
        kwargs.setdefault("help_text", _("Photos, PDF, text, office files, sound or film, up to 20 MB each."))
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files that were chosen. An empty one is passed on: ``accept`` says what is wrong with it."""
        chosen = [file for file in (data or []) if file]
        if self.required and not chosen:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > MOST:
            raise forms.ValidationError(
                _("You chose %(count)s files; up to %(most)s can be sent at once."),
                code="too_many",
                params={"count": len(chosen), "most": MOST},
            )
        return chosen


def accepted(uploads: Iterable[UploadedFile[Any]]) -> list[Document]:
    """Each upload checked and put away. Raises ``documents.NotAccepted`` for the first that is refused."""
    return [accept(upload) for upload in uploads]
