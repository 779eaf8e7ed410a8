"""What a form asks of who reports a duty done: the right thing for each kind of proof.

The desk and the page of who is entrusted with a duty share it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import ProofKind
from amends.cases.documents import KINDS
from amends.cases.models import Message
from amends.cases.proofs import PICTURES, has_number
from amends.kit.forms import OnceForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST = 200
LETTERS_SHOWN = 50


@dataclass(frozen=True)
class Asked:
    """How one kind of proof is asked for."""

    label: "_StrPromise"
    help: "_StrPromise"
    missing: "_StrPromise"
    required: bool = True


ASKED: dict[str, Asked] = {
    ProofKind.PAYMENT: Asked(
        _("Payment reference"),
        _("The number under which the bank finds the payment."),
        _("The payment reference is missing: the number under which the bank finds the payment."),
    ),
    ProofKind.DISPATCH: Asked(
        _("Dispatch number"),
        _("The number under which the carrier finds the parcel."),
        _("The dispatch number is missing: the number under which the carrier finds the parcel."),
    ),
    ProofKind.LETTER: Asked(
        _("Which letter, and when it went"),
        _("Or choose the letter of the case, or attach a copy of it."),
        _("Say which letter it was and when it went, choose it, or attach a copy of it."),
        required=False,
    ),
    ProofKind.PHOTO: Asked(
        _("What the photo shows"),
        _("A few words, if it does not speak for itself."),
        _("Say what it shows."),
        required=False,
    ),
    ProofKind.NOTE: Asked(
        _("What was done"),
        _("What exactly, when, and by whom. Attach a file if it shows that."),
        _("Say what was done, when, and by whom."),
    ),
}
NUMBER_WANTED = {
    ProofKind.PAYMENT: _("A payment reference holds a number. This one does not."),
    ProofKind.DISPATCH: _("A dispatch number holds a number. This one does not."),
}


class _Line(forms.CharField):
    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\0", "") if isinstance(value, str) else value) or ""


class ProofForm(OnceForm):
    """The fields for the kind that ``ask_for`` names; ``proven`` says what was given."""

    kind: str = ProofKind.NOTE

    def ask_for(self, kind: str, letters: Sequence[Message] = ()) -> None:
        """Ask for this kind of proof. ``letters`` are those of the case that may be the proof."""
        self.kind, asked = kind, ASKED[kind]
        self._letters = {message.key: message for message in letters[:LETTERS_SHOWN]}
        if kind == ProofKind.DISPATCH:
            self.fields["carrier"] = _Line(
                label=_("Carrier"),
                max_length=60,
                error_messages={"required": _("The carrier is missing: who brings the parcel.")},
            )
        if kind == ProofKind.LETTER and self._letters:
            choices = [("", _("None of these")), *((key, in_words(m)) for key, m in self._letters.items())]
            self.fields["letter"] = forms.ChoiceField(
                label=_("The letter of the case"), choices=choices, required=False
            )
        self.fields["proof"] = _Line(
            label=asked.label,
            help_text=asked.help,
            max_length=LONGEST,
            required=asked.required,
            error_messages={"required": asked.missing},
        )
        photo = kind == ProofKind.PHOTO
        self.fields["attachment"] = forms.FileField(
            label=_("Photo") if photo else _("File"),
            required=photo,
            help_text=_("PNG, JPEG, GIF, WebP or HEIC, up to 20 MB.")
            if photo
            else _("Photos, PDF, text, office files, sound or film, up to 20 MB each."),
            widget=forms.FileInput(attrs={"accept": "image/*"} if photo else {}),
            error_messages={"required": _("The photo is missing: it is what shows that it was done.")},
        )

    def clean_proof(self) -> str:
        """A number where one is asked for."""
        proof: str = self.cleaned_data["proof"].strip()
        if self.kind in NUMBER_WANTED and proof and not has_number(proof):
            raise forms.ValidationError(NUMBER_WANTED[ProofKind(self.kind)], code="no_number")
        return proof

    def clean_attachment(self) -> UploadedFile[Any] | None:
        """A picture where a photo is asked for."""
        upload: UploadedFile[Any] | None = self.cleaned_data["attachment"]
        ending = (upload.name or "").rpartition(".")[2].lower() if upload else ""
        if upload and self.kind == ProofKind.PHOTO and not KINDS.get(ending, ("",))[0].startswith(PICTURES):
            raise forms.ValidationError(_("A photo is asked for, and this file is none."), code="no_photo")
        return upload

    def clean(self) -> dict[str, Any]:
        """Of a letter one of the three: its words, itself, or a copy."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        shown = given.get("proof") or given.get("letter") or given.get("attachment")
        if self.kind == ProofKind.LETTER and not self.errors and not shown:
            self.add_error("proof", ASKED[ProofKind.LETTER].missing)
        return given

    def proven(self) -> dict[str, Any]:
        """``proof`` as it goes on file, the ``message`` that is it, and the ``attachment`` as it came."""
        given = self.cleaned_data
        message = self._letters.get(given.get("letter") or "")
        words = [given.get("carrier", ""), in_words(message) if message else "", given["proof"]]
        text = " ".join(word for word in words if word)
        return {"proof": text, "message": message, "attachment": given["attachment"]}


def in_words(message: Message) -> str:
    """One letter in a line: its subject, how it went and when."""
    said = gettext("%(medium)s of %(day)s") % {
        "medium": message.get_channel_display(),
        "day": message.at.date().isoformat(),
    }
    subject = " ".join(message.subject.split())
    return f"{said}: {subject[:60]}" if subject else said
