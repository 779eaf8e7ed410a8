"""The house's letterhead: checked and shown before it holds, every change on file, nothing typed lost."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.correspondence import letterheads
from amends.correspondence.models import Letterhead
from amends.desk.forms.letterhead import contrast_on_white
from tests.conftest import House

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


def typed(**changes: object) -> dict[str, object]:
    known = {
        "name": "Björk & Lind AB", "address": "Storgatan 12\r\n\r\n111 23 Stockholm", "phone": "08-1",
        "email": "kund@house.example", "web": "house.example", "register": "Org.nr 556000-0000",
        "place": "Stockholm", "colour": "#1F4E79", "paper": "a4", "layout": "", "window": "",
        "shown_in": "sv", "seen": 0,
    }  # fmt: skip
    return known | changes


def field(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found.group(1)


def test_a_letterhead_holds_and_says_who_made_it(admin: Client) -> None:
    page = admin.get("/letterhead").content.decode()
    assert "Nobody has made a letterhead yet." in page
    assert "data:image/png;base64,iVBOR" in page
    response = admin.post("/letterhead", typed(layout="semi-block", window="left", paper="us-letter"))
    assert (response.status_code, response["Location"]) == (303, "/letterhead")
    row = Letterhead.objects.get()
    assert (row.name, row.address) == ("Björk & Lind AB", "Storgatan 12\n111 23 Stockholm")
    assert (row.colour, row.layout, row.window, row.paper) == ("#1f4e79", "semi-block", "left", "us-letter")
    assert row.by_name == "Ada Admin"
    assert admin.post("/letterhead", typed(seen=row.pk, phone="08-2")).status_code == 303
    page = admin.get("/letterhead").content.decode()
    assert re.search(r"Phone, Paper, Layout, Window of the envelope\s*<", page)
    assert letterheads.current().phone == "08-2"


def test_the_same_form_twice_makes_one_row_and_no_change_makes_none(admin: Client) -> None:
    key = field(admin.get("/letterhead"), "once")
    assert admin.post("/letterhead", typed(once=key)).status_code == 303
    assert admin.post("/letterhead", typed(once=key)).status_code == 303
    row = Letterhead.objects.get()
    assert admin.post("/letterhead", typed(seen=row.pk)).status_code == 303
    assert Letterhead.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": "blue"}, "“blue” is no colour."),
        ({"colour": "#ffee00"}, "too pale to be read"),
        ({"address": "1\n2\n3\n4\n5\n6"}, "At most 5 lines fit."),
        ({"name": "Smile 🙂"}, "no picture for 🙂"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"logo": SimpleUploadedFile("logo.png", SVG)}, "“logo.png” is not the picture that its name says."),
        (
            {"logo": SimpleUploadedFile("logo.gif", b"GIF89a")},
            "“logo.gif” must name a PNG, JPEG or SVG file.",
        ),
        ({"logo": SimpleUploadedFile("logo.svg", SVG + b" " * 2_000_000)}, "“logo.svg” is larger than 2 MB."),
        ({"logo": SimpleUploadedFile("logo.svg", b"<svg broken")}, "cannot be set into a page"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    admin: Client, changes: dict[str, object], said: str
) -> None:
    response = admin.post("/letterhead", typed(**changes))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Org.nr 556000-0000" in response.content.decode()
    assert not Letterhead.objects.exists()


def test_a_logo_is_kept_while_the_rest_is_mended(admin: Client) -> None:
    upload = SimpleUploadedFile("mark.svg", SVG)
    wrong = admin.post("/letterhead", typed(logo=upload, colour="blue"))
    assert "The logo is “mark.svg”." in wrong.content.decode()
    kept = field(wrong, "logo_kept")
    assert admin.post("/letterhead", typed(logo_kept=kept)).status_code == 303
    logo = letterheads.house_of(letterheads.current()).logo
    assert logo is not None
    assert logo.data == SVG
    row = Letterhead.objects.get()
    assert admin.post("/letterhead", typed(logo_kept=kept, no_logo="on", seen=row.pk)).status_code == 303
    assert letterheads.current().logo_sha256 == ""
    assert [r.logo_name for r in Letterhead.objects.all()] == ["", "mark.svg"]


def test_nobody_names_a_file_of_somebody_else_s_case_as_the_logo(admin: Client) -> None:
    forged = '["0123", "receipt.png"]'
    assert admin.post("/letterhead", typed(logo_kept=forged)).status_code == 303
    assert Letterhead.objects.get().logo_sha256 == ""


def test_the_page_is_seen_before_it_holds(admin: Client) -> None:
    response = admin.post("/letterhead/page", typed(), headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "<html" not in response.content.decode()
    assert "data:image/png;base64,iVBOR" in response.content.decode()
    whole = admin.post("/letterhead/page", typed())
    assert (whole.status_code, "Org.nr 556000-0000" in whole.content.decode()) == (200, True)
    wrong = admin.post("/letterhead/page", typed(colour="blue"), headers={"HX-Request": "true"})
    assert "“blue” is no colour." in wrong.content.decode()
    assert not Letterhead.objects.exists()


def test_two_at_once(house: House, admin: Client) -> None:
    other = Client()
    other.force_login(house.staff("Bo Boss", "administrator"))
    assert other.post("/letterhead", typed(phone="08-9")).status_code == 303
    response = admin.post("/letterhead", typed())
    assert response.status_code == 409
    assert "Bo Boss changed the letterhead" in response.content.decode()
    assert "It differs from theirs in: Phone." in response.content.decode()
    assert Letterhead.objects.count() == 1
    again = typed(seen=field(response, "seen"), once=field(response, "once"))
    assert admin.post("/letterhead", again).status_code == 303
    assert letterheads.current().phone == "08-1"


def test_a_house_whose_set_name_cannot_be_printed_can_still_be_mended(
    admin: Client, settings: object
) -> None:
    settings.AMENDS_HOUSE_NAME = "House 🙂"  # type: ignore[attr-defined]
    page = admin.get("/letterhead")
    assert (page.status_code, "no picture for 🙂" in page.content.decode()) == (200, True)
    assert admin.post("/letterhead", typed(name="")).status_code == 422
    assert admin.post("/letterhead", typed()).status_code == 303


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast_on_white("#000000"), 2) == 21
    assert round(contrast_on_white("#ffffff"), 2) == 1
    assert round(contrast_on_white("#767676"), 2) == 4.54


@pytest.mark.parametrize("path", ["/letterhead", "/letterhead/page"])
def test_only_administrators(house: House, client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    client.force_login(house.lead)
    assert client.post(path, typed()).status_code == 403
    assert not Letterhead.objects.exists()


def test_the_page_costs_few_queries(admin: Client, django_assert_max_num_queries: object) -> None:
    seen = 0
    for number in range(12):
        assert admin.post("/letterhead", typed(seen=seen, phone=f"08-{number}")).status_code == 303
        seen = letterheads.current().pk
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        admin.get("/letterhead")
