"""Somebody writes with the coach beside them: with mouse, with the keyboard alone, on a phone, in Chinese."""

import re
import time

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import House, signed_in
from tests.journeys.test_two_writers import _case

BAD = "Thank you for writing. We are sorry that you feel that way. You hear from us soon."


def test_marks_come_at_once_open_and_are_replaced(browser: Browser, running: House) -> None:
    nora = signed_in(browser, running, "Nora Writer", "handler", "Care")
    page = nora.page
    nora.goto(f"{_case(nora, running, 'Olle Customer')}/acknowledgement")
    page.locator("#coach .coach-panel").wait_for()
    text = page.locator("textarea[name=text]")
    text.fill("")
    page.locator("#coach", has_text="As soon as there is a text").wait_for()
    text.press_sequentially(BAD, delay=0)
    typed = time.monotonic()
    mark = page.locator("a.mark", has_text="sorry that you feel")
    mark.wait_for()
    assert time.monotonic() - typed < 1.5  # half a second, on a machine that is not busy with other tests
    nora.look()
    mark.click()
    note = page.locator(".coach-notes details", has_text="sorry that you feel").first
    assert note.get_attribute("open") is not None
    nora.sees("It regrets how the customer feels, and not what was done to them.")
    use = note.get_by_role("button", name="Use this")
    wording = use.get_attribute("data-use")
    assert wording
    use.click()
    assert wording in text.input_value()
    assert "sorry that you feel" not in text.input_value()
    mark.wait_for(state="detached")
    text.press("Control+z")
    assert text.input_value() == BAD
    page.locator("#coach-said", has_text=re.compile(r"must-haves? (is|are) open")).wait_for(state="attached")
    nora.look()


def test_what_is_missing_holds_it_up_until_somebody_says_why(browser: Browser, running: House) -> None:
    otto = signed_in(browser, running, "Otto Writer", "handler", "Care", width=360, dark=True)
    otto.goto(f"{_case(otto, running, 'Petra Customer')}/acknowledgement")
    otto.page.locator("textarea[name=text]").fill(BAD)
    otto.press("Acknowledge")
    otto.sees("The text lacks something that it must have.")
    assert otto.page.locator("textarea[name=text]").input_value() == BAD
    otto.page.get_by_label("Why it goes out without").fill("She asked for these words.")
    otto.press("Acknowledge")
    otto.sees("She asked for these words.")
    running.mail_to("petra@mail.example", "You hear from us soon.")


def test_the_keyboard_is_enough(browser: Browser, running: House) -> None:
    pia = signed_in(browser, running, "Pia Writer", "handler", "Care")
    page = pia.page
    pia.goto(f"{_case(pia, running, 'Quinn Customer')}/acknowledgement")
    page.locator("textarea[name=text]").fill(BAD)
    page.locator("a.mark").first.wait_for()
    page.locator("textarea[name=text]").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if "mark" in (page.evaluate("document.activeElement.className") or ""):
            break
    page.keyboard.press("Enter")
    assert re.fullmatch(r"en-note-\d+", page.evaluate("document.activeElement.id"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "sorry that you feel" not in page.locator("textarea[name=text]").input_value()


def test_a_chinese_letter_and_a_question_to_a_colleague(browser: Browser, running: House) -> None:
    rosa = signed_in(browser, running, "Rosa Writer", "handler", "Care", width=360)
    rosa.page.locator("details.menu summary").first.click()
    rosa.page.locator("button[lang='zh-hans']").click()
    rosa.page.wait_for_load_state()
    assert rosa.page.locator("html").get_attribute("lang") == "zh-hans"
    rosa.page.locator("details.menu summary").first.click()
    rosa.page.locator("button[lang='en']").click()
    rosa.page.wait_for_load_state()
    rosa.goto(f"{_case(rosa, running, 'Sam Customer')}/inquiries")
    rosa.page.locator("textarea[name=question]").fill(
        "You must send me the list at once, as always too late!"
    )
    rosa.page.locator(".coach-notes li").first.wait_for()
    rosa.look()
    assert rosa.page.locator(".coach-must").count() == 0
    rosa.page.locator("textarea[name=question]").fill("When was the kettle packed, and by whom?")
    rosa.page.get_by_text("No sentence that stands out.").wait_for()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_house_sets_the_rules_and_sees_habits(browser: Browser, running: House, width: int) -> None:
    ada = signed_in(
        browser, running, f"Ada{width} Admin", "administrator", "House", width=width, dark=width < 500
    )
    ada.goto(f"{running.url}/coach")
    ada.follow("Acknowledgement")
    ada.page.get_by_label("Stiff").select_option("off")
    ada.press("Let it hold")
    ada.sees("It holds from now on, for everybody who writes.")
    ada.follow("English")
    ada.write(Avoid=f"clients{width}", Say_instead="guests")
    ada.press("Let it hold")
    ada.sees(f"clients{width}")
    ada.follow("Change")
    ada.page.get_by_label("Vague").check()
    ada.press("Let it hold")
    ada.goto(f"{running.url}/coach/off")
    ada.page.get_by_label("Vague").uncheck()
    ada.press("Let it hold")
    ada.goto(f"{running.url}/coach/habits")
    ada.sees("Which habits fade")
