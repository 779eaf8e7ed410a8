"""Shorter ways: solved on the phone, refused and not satisfied, moved on meanwhile, without scripts."""

import re

from playwright.sync_api import Browser

from tests.journeys.conftest import House, Person, signed_in


def tells(person: Person, running: House, *, name: str, email: str, story: str, language: str = "en") -> None:
    person.goto(f"{running.url}/complaints/new")
    person.page.locator("textarea[name=story]").fill(story)
    person.page.locator("[name=name]").first.fill(name)
    person.page.locator("[name=email]").first.fill(email)
    person.page.locator("select[name=language]").select_option(language)
    person.page.locator("select[name=category]").select_option("product")
    person.page.locator("select[name=channel]").select_option("email")
    person.page.locator("[name=signed]").check()


def test_solved_on_the_phone_five_minutes_before_closing_time(browser: Browser, running: House) -> None:
    officer = signed_in(browser, running, "Olga Officer", "handler", "Care", width=360, dark=True)
    tells(officer, running, name="Ben Caller", email="ben@mail.example", story="My parcel has no label.")
    officer.page.get_by_text("Solved on the spot").click()
    officer.page.locator("[name=done]").fill("Sent a new label while we talked; it has arrived.")
    officer.press("Register as solved")
    officer.sees("Following up")
    officer.sees("Sent a new label while we talked; it has arrived.")


def test_what_was_typed_stays_when_somebody_was_faster(browser: Browser, running: House) -> None:
    first = signed_in(browser, running, "Frida First", "handler", "Care")
    tells(first, running, name="Cleo Caller", email="cleo@mail.example", story="The lamp is broken.")
    first.press("Register")
    second = Person(browser)
    second.context.add_cookies(first.context.cookies())  # type: ignore[arg-type]
    second.goto(first.page.url)
    first.press("Acknowledge")
    second.page.locator("textarea[name=text]").fill("Words that took me ten minutes.")
    second.press("Acknowledge")
    second.sees("somebody has moved it on")
    assert "Words that took me ten minutes." in second.page.content()


def test_a_refusal_in_polish_and_a_customer_who_does_not_agree(browser: Browser, running: House) -> None:
    handler = signed_in(browser, running, "Rut Handler", "lead", "Care")
    tells(handler, running, name="Jan Kowalski", email="jan@mail.example", story="Pompa stoi.", language="pl")
    handler.press("Register")
    handler.press("Acknowledge")
    handler.press("Begin the investigation")
    handler.follow("Say the problem back")
    handler.page.locator("textarea[name=understood]").fill("Pompa nie działa.")
    handler.press("Say the problem back")
    handler.follow("Record the finding")
    handler.page.locator("[name=finding][value=untrue]").check()
    handler.page.locator("textarea[name=reasons]").fill("Pompa nie była podłączona do prądu.")
    handler.press("Record the finding")
    handler.press("Decide")
    handler.page.locator("[name=where_to_turn]").fill("Inspekcja Handlowa, ul. Przykładowa 1, Warszawa")
    handler.press("Refuse, with reasons")
    link = re.search(r"http\S+/c/\S+/", running.mail_to("jan@mail.example", "Inspekcja Handlowa")).group()  # type: ignore[union-attr]
    jan = Person(browser, width=360, scripts=False)
    jan.goto(link)
    assert jan.page.locator("html").get_attribute("lang") == "pl"
    jan.sees("Inspekcja Handlowa")
    jan.page.locator("details:has(form[action$=dissatisfaction]) summary").click()
    jan.page.locator("[name=how][value=no]").check()
    jan.page.locator("form[action$=dissatisfaction] textarea").fill("Pompa była podłączona.")
    jan.page.locator("form[action$=dissatisfaction] button").click()
    handler.page.reload()
    handler.sees("Pompa była podłączona.")
    handler.sees("Investigating")


def test_a_wrong_link_says_so(browser: Browser, running: House) -> None:
    visitor = Person(browser, width=360)
    answer = visitor.page.goto(f"{running.url}/c/nothing.false/")
    assert answer is not None
    assert answer.status == 404
    assert visitor.page.locator("h1").inner_text()
