"""Which letterhead holds, and what the typesetter gets of it."""

from datetime import timedelta

import pytest

from amends.cases.documents import path_of, put_away
from amends.correspondence import letterheads
from amends.correspondence.letters.layouts import Layout, Paper, Window
from amends.correspondence.letters.of_case import letter_data
from amends.correspondence.models import Letterhead
from tests.conftest import MONDAY, House

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'
SAID = {
    "name": "Björk & Lind AB", "address": "Storgatan 12\n111 23 Stockholm", "phone": "08-1",
    "email": "a@b.se",
    "web": "b.se", "register": "556000-0000", "place": "Stockholm", "colour": "#1f4e79", "logo_sha256": "",
    "logo_name": "", "paper": "us-letter", "layout": "semi-block", "window": "right",
}  # fmt: skip


def test_before_anybody_made_one_it_is_the_house_s_name_alone(db: None, settings: object) -> None:
    settings.AMENDS_HOUSE_NAME = "Harbour & Finch"  # type: ignore[attr-defined]
    letterhead = letterheads.current()
    house = letterheads.house_of(letterhead)
    assert (house.name, house.address, house.colour, house.logo) == ("Harbour & Finch", (), "#222222", None)
    assert letterheads.sheet_of(letterhead) == {"layout": None, "paper": Paper.A4, "window": None}
    assert not Letterhead.objects.exists()


def test_the_newest_holds_and_the_older_stay(db: None) -> None:
    first = letterheads.keep(SAID, seen=0, by_name="Ada", at=MONDAY)
    letterheads.keep(SAID | {"phone": "08-2"}, seen=first.pk, by_name="Bo", at=MONDAY + timedelta(days=1))
    assert letterheads.house_of(letterheads.current()).phone == "08-2"
    assert list(Letterhead.objects.values_list("phone", "by_name")) == [("08-2", "Bo"), ("08-1", "Ada")]
    newest, oldest = Letterhead.objects.all()
    assert letterheads.changed_between(oldest, newest) == ["phone"]
    assert "place" in letterheads.changed_between(None, oldest)


def test_who_comes_second_does_not_write_over_the_first(db: None) -> None:
    theirs = letterheads.keep(SAID, seen=0, by_name="Ada", at=MONDAY)
    with pytest.raises(letterheads.Clash) as clash:
        letterheads.keep(SAID | {"phone": "08-2"}, seen=0, by_name="Bo", at=MONDAY)
    assert clash.value.newest == theirs
    assert Letterhead.objects.count() == 1


def test_layout_paper_and_window_reach_the_letters_of_a_case(house: House) -> None:
    complaint = house.complaint()
    plain = letter_data(complaint, subject="Hello", text="Words.", sender="Hanna", day=MONDAY.date())
    letterheads.keep(SAID, seen=0, by_name="Ada", at=MONDAY)
    sheet = letterheads.sheet_of(letterheads.current())
    assert sheet == {"layout": Layout.SEMI_BLOCK, "paper": Paper.US_LETTER, "window": Window.RIGHT}
    letter = letter_data(complaint, subject="Hello", text="Words.", sender="Hanna", day=MONDAY.date())
    assert (plain["paper"], plain["style"]["indent"]) == ("a4", "flush")
    assert (letter["paper"], letter["style"]["indent"]) == ("us-letter", "half-inch")
    assert letter["house"]["name"] == "Björk & Lind AB"
    assert letter["measures"]["address-x"] == 117.0


def test_a_logo_whose_file_is_gone_does_not_hold_up_the_letters(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    sha256 = put_away(SVG)
    said = SAID | {"logo_sha256": sha256, "logo_name": "mark.svg"}
    letterheads.keep(said, seen=0, by_name="Ada", at=MONDAY)
    found = letterheads.house_of(letterheads.current()).logo
    assert found is not None
    assert (found.format, found.data) == ("svg", SVG)
    path_of(sha256).unlink()
    letterheads._kept_logo.cache_clear()  # as in another process
    assert letterheads.house_of(letterheads.current()).logo is None
    assert "The logo of the letterhead cannot be read" in caplog.text
