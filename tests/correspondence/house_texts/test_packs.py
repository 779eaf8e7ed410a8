"""No text of the packs changes unnoticed, and none has fallen behind."""

from amends.correspondence.phrasebook import pack_text
from tools.text_revisions import mark, noted, problems, renewed, written


def test_every_text_of_the_packs_is_noted_and_none_is_behind() -> None:
    """If not: did the meaning change? Then ``python -m tools.text_revisions --meaning …``, else without."""
    assert problems(noted()) == []


def test_a_changed_text_is_noticed() -> None:
    rows = noted()
    rows["offer"]["sv"] = (rows["offer"]["sv"][0], mark("other words"))
    assert problems(rows) == ["sv/offer has changed since it was noted: did its meaning?"]


def test_a_new_meaning_is_to_be_followed_by_every_language() -> None:
    rows = renewed(noted(), ["en/offer"], [])
    latest = rows["offer"]["en"][0]
    assert problems(rows) == [
        f"{code}/offer stands at revision {latest - 1}, a sibling at {latest}"
        for code in ("sv", "pl", "ms", "zh-hans")
    ]
    followed = renewed(rows, [], [f"{code}/offer" for code in ("sv", "pl", "ms", "zh-hans")])
    assert problems(followed) == []


def test_the_table_is_written_as_it_is_read() -> None:
    assert f'[offer]\nen = "{noted()["offer"]["en"][0]} {mark(pack_text("en", "offer"))}"' in written(noted())
