"""The customer reads the settlement on a phone, signs with name, code and a drawing."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import House, Person

STROKES = (((20, 90), (60, 20), (90, 100), (140, 40)), ((160, 60), (220, 60)))


def draw(clara: Person) -> None:
    """Two strokes with the finger or the mouse."""
    sheet = clara.page.locator("[data-pad] svg")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    mouse = clara.page.mouse
    for stroke in STROKES:
        mouse.move(box["x"] + stroke[0][0], box["y"] + stroke[0][1])
        mouse.down()
        for _, (along, down) in pairwise(stroke):
            mouse.move(box["x"] + along, box["y"] + down, steps=6)
        mouse.up()


@pytest.fixture(scope="module")
def link(browser: Browser, running: House) -> str:
    """The customer's link to an English complaint of the demonstration that has an offer on the table."""
    lead = Person(browser)
    lead.goto(running.run("demo").split()[-1])
    lead.press("Sign in")
    lead.goto(f"{running.url}/complaints?show=offered")
    for href in lead.page.locator("main .row-what > a").evaluate_all("all => all.map(a => a.href)"):
        lead.page.goto(href)
        if lead.page.locator("#rounds p.due").count():  # whatever language the lead reads
            found = str(lead.page.locator("#customer-link").input_value())
            lead.page.goto(found)
            if lead.page.locator("html[lang=en] form[action$=signing-code]").count():
                return found
    raise AssertionError("the demonstration has no such offer on the table")


def asks_for_the_code(clara: Person, running: House) -> str:
    clara.page.locator("form[action$='signing-code'] button").click()
    clara.page.wait_for_load_state()
    said = running.mail_to("@", "15 min")
    return re.search(r"\b\d{6}\b|\b\d{3} \d{3}\b", said).group()  # type: ignore[union-attr]


def test_signed_and_drawn_on_a_phone(browser: Browser, running: House, link: str) -> None:
    plain = Person(browser, width=360, scripts=False)
    plain.page.goto(link)
    code = asks_for_the_code(plain, running)
    assert not plain.page.locator("[data-pad]").is_visible()
    for name in ("signed_name", "code"):
        assert plain.page.locator(f"#offer [name={name}]").is_visible()

    clara = Person(browser, width=360)
    clara.goto(link)
    shown = clara.page.locator("#offer .letter").text_content()
    kept = clara.page.locator("#offer [name=drawing]")
    draw(clara)
    assert re.fullmatch(r"M\d+ \d+( L\d+ \d+){10,} M\d+ \d+( L\d+ \d+){3,}", kept.input_value())
    clara.page.locator("[data-clear]").click()
    assert kept.input_value() == ""
    draw(clara)
    clara.page.locator("[name=signed_name]").fill("Clara Customer")
    clara.page.locator("[name=code]").fill(code)
    clara.press("Sign the agreement")
    assert clara.page.locator("#agreement .letter").first.text_content() == shown
    clara.sees("The agreement is signed")
