"""Two people write to one customer at once; a tab closes, a session ends; a colleague reads first."""

import re
from http import HTTPStatus

from playwright.sync_api import Browser, Route

from tests.journeys.conftest import House, Person, signed_in
from tests.journeys.test_short_ways import tells

REPAIR = "The workshop has your kettle. I will write to you again by 18 December 2026."
REPLACE = "The kettle is on its way here. I will write to you again by 19 December 2026."
TYPED = "Typed while signed out, and longer than a line of sixty letters."


def _case(person: Person, running: House, name: str) -> str:
    tells(
        person,
        running,
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@mail.example",
        story="It leaks.",
    )
    person.press("Register")
    return person.page.url.split("#")[0].split("?")[0]


def _writes(person: Person, case: str, text: str) -> None:
    person.goto(f"{case}/messages")
    person.page.locator("textarea[name=text]").fill(text)
    person.page.locator("#saved", has_text="Saved").wait_for()


def test_two_write_at_once_and_nothing_goes_out_unseen(browser: Browser, running: House) -> None:
    anna = signed_in(browser, running, "Anna Writer", "handler", "Care")
    bert = signed_in(browser, running, "Bert Writer", "handler", "Care", width=360, dark=True)
    case = _case(anna, running, "Carl Customer")
    _writes(bert, case, REPAIR)
    _writes(anna, case, REPLACE)
    anna.sees("Bert Writer is writing to this customer too")
    bert.press("Write to the customer")
    anna.press("Write to the customer")
    anna.sees("Not sent yet: something happened while you were writing.")
    anna.sees(REPAIR)
    assert anna.page.locator("textarea[name=text]").input_value() == REPLACE
    assert REPLACE not in bert.page.content()
    anna.press("Write to the customer all the same")
    anna.sees(REPLACE)
    mail = running.mail_to("carl@mail.example", REPLACE)
    assert "Anna Writer" in mail


def test_a_draft_survives_a_closed_tab_even_its_last_second(browser: Browser, running: House) -> None:
    dora = signed_in(browser, running, "Dora Writer", "handler", "Care")
    case = _case(dora, running, "Emil Customer")
    _writes(dora, case, "Half a sentence")
    dora.page.locator("textarea[name=text]").press_sequentially(" and the rest")
    dora.page.close(run_before_unload=True)
    dora.page = dora.context.new_page()
    dora.goto(f"{case}/messages")
    dora.sees("is back.")
    text = dora.page.locator("textarea[name=text]").input_value()
    assert sorted(text) == sorted("Half a sentence and the rest")
    dora.follow("Start afresh")
    assert "Half a sentence" not in dora.page.locator("textarea[name=text]").input_value()


def test_signed_out_meanwhile_the_text_waits_and_goes_on(browser: Browser, running: House) -> None:
    fred = signed_in(browser, running, "Fred Writer", "handler", "Care")
    case = _case(fred, running, "Gina Customer")
    _writes(fred, case, "Before")
    session = [c for c in fred.context.cookies() if c["name"] == "amends_session"]
    fred.context.clear_cookies(name="amends_session")
    text, told = fred.page.locator("textarea[name=text]"), fred.page.locator("[data-failure='401']")
    text.fill("While signed out")
    told.wait_for(state="visible")
    fred.look()
    fred.context.add_cookies(session)  # type: ignore[arg-type]
    text.press_sequentially("!")
    told.wait_for(state="hidden")
    again = fred.context.new_page()
    again.goto(f"{case}/messages")
    assert again.locator("textarea[name=text]").input_value() == "While signed out!"
    again.close()
    fred.context.clear_cookies(name="amends_session")
    text.fill(TYPED)
    # The page hears from its preview that nobody is signed in while the words are on their way: they arrive.
    on_the_way: list[Route] = []
    fred.page.route(case + "/messages", lambda route: on_the_way.append(route))  # noqa: PLW0108  (a built-in is not taken)
    with fred.page.expect_response(lambda answer: answer.status == HTTPStatus.UNAUTHORIZED):
        fred.page.get_by_role("button", name="Write to the customer", exact=True).click(no_wait_after=True)
    while not on_the_way:
        fred.page.wait_for_timeout(20)
    on_the_way[0].continue_()
    fred.page.get_by_role("heading", name="You are signed out").wait_for()
    fred.look()  # nothing went out, and the words are shown
    shown = fred.page.locator("textarea").all()
    assert TYPED in [area.input_value() for area in shown]


def test_a_colleague_reads_before_it_goes(browser: Browser, running: House) -> None:
    hugo = signed_in(browser, running, "Hugo Writer", "handler", "Care", width=360)
    ines = signed_in(browser, running, "Ines Reader", "lead", "Care")
    case = _case(hugo, running, "Jens Customer")
    _writes(hugo, case, "We are sory.")
    hugo.page.locator("summary", has_text="Ask a colleague to read").click()
    hugo.choose("reader", "Ines Reader")
    hugo.page.locator("[name=reading_word]").fill("Is it kind?")
    hugo.press("Ask to read")
    hugo.sees("Ines Reader was asked to read this")
    ines.goto(f"{running.url}/")
    ines.sees("Texts to read")
    ines.follow("Read the text")
    ines.sees("We are sory.")
    ines.page.locator("[name=note]").fill("sorry, with two r")
    ines.press("Send the notes")
    hugo.goto(f"{case}/messages")
    hugo.sees("sorry, with two r")


def test_without_scripts_there_are_buttons(browser: Browser, running: House) -> None:
    kim = signed_in(browser, running, "Kim Writer", "handler", "Care")
    case = _case(kim, running, "Lars Customer")
    plain = Person(browser, width=360, scripts=False)
    plain.context.add_cookies(kim.context.cookies())  # type: ignore[arg-type]
    plain.goto(f"{case}/messages")
    plain.page.locator("textarea[name=text]").fill("By hand")
    plain.page.locator("[name=show][value=letter]").check()
    plain.press("Preview")
    assert plain.page.locator("img.sheet").count() == 1
    assert plain.page.locator("textarea[name=text]").input_value() == "By hand"
    plain.press("Keep as a draft")
    plain.sees("Kept as a draft. Nothing was sent.")
    assert plain.page.locator("textarea[name=text]").input_value() == "By hand"
    plain.press("Write to the customer")  # held up: no word of what comes next
    plain.sees("The text lacks something that it must have.")
    plain.page.locator("[name=override]").fill("Two words, as they asked for.")
    plain.press("Write to the customer")
    assert re.search(r"Wrote to the customer", plain.page.locator("body").inner_text())


def test_the_preview_is_the_letter(browser: Browser, running: House) -> None:
    mona = signed_in(browser, running, "Mona Writer", "handler", "Care")
    _writes(mona, _case(mona, running, "Nils Customer"), "Dear $name, this is the letter.")
    mona.page.locator("#preview iframe").wait_for()
    mona.look()
    mona.page.locator("[name=channel][value=letter]").check()
    picture = mona.page.locator("#preview img.sheet")
    picture.wait_for()
    mona.page.wait_for_function("document.querySelector('#preview img').naturalWidth > 1000")
    mona.sees("Still to be filled in: $name")
    mona.look()
