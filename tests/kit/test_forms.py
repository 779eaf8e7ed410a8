"""Every form can be carried out once."""

from amends.kit.forms import OnceForm


def test_a_form_that_came_without_its_key_gets_one() -> None:
    first, second = OnceForm({}), OnceForm({})
    assert first.is_valid()
    assert second.is_valid()
    assert len(first.cleaned_data["once"]) == 16
    assert first.cleaned_data["once"] != second.cleaned_data["once"]


def test_a_key_that_came_is_kept() -> None:
    form = OnceForm({"once": "a-key"})
    assert form.is_valid()
    assert form.cleaned_data["once"] == "a-key"
