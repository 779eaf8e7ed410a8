"""A text field between the greeting and the close that the medium adds, and the choice of its text."""

from typing import Any

from django import forms


class Framed(forms.Textarea):
    """``written`` and ``spoken`` are greeting and close of mail or letter, and of a call.

    The style sheet shows those of the medium that is ticked.
    """

    template_name = "desk/parts/framed.html"
    written: tuple[str, str] = ("", "")
    spoken: tuple[str, str] = ("", "")
    afresh: str = ""  # where the form opens with the words of another medium
    for_a_call: bool = False  # whether those in the field are for a call

    def __init__(self, *, rows: int) -> None:
        super().__init__(attrs={"rows": rows})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the frames of the two."""
        return super().get_context(name, value, attrs) | {
            "written": self.written,
            "spoken": self.spoken,
            "afresh": self.afresh,
            "for_a_call": self.for_a_call,
        }


class TextChoice(forms.Select):
    """The purposes of a form as links, each of which opens it with the standard text of its own."""

    template_name = "desk/parts/text_choice.html"
    use_fieldset = True
    url = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the address that the links lead to."""
        return super().get_context(name, value, attrs) | {
            "url": self.url,
            "texts": self.choices,
            "chosen": value,
        }
