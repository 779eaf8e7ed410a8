"""A letter about progress with one key: p on a row opens it ready, Enter sends it, Esc puts it away."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House, Person, signed_in
from tests.journeys.test_short_ways import tells

SENDS = "document.activeElement.hasAttribute('data-send')"
WORDS = "We do not want to leave you without word about"


def acknowledged(person: Person, running: House, name: str) -> tuple[str, str]:
    """A case whose customer has had the first word: its address and the customer's."""
    email = f"{name.split(maxsplit=1)[0].lower()}@mail.example"
    tells(person, running, name=name, email=email, story=f"The kettle of {name} leaks.")
    person.press("Register")
    case = person.page.url.split("#")[0].split("?")[0]
    person.goto(f"{case}/acknowledgement")
    person.press("Acknowledge")
    return case, email


def row(page: Page, name: str) -> None:
    """Put the focus on the row of this customer, as the Tab key would."""
    page.get_by_role("link", name=f"The kettle of {name} leaks.", exact=True).focus()


def test_p_and_enter_send_it_from_the_list(browser: Browser, running: House) -> None:
    iris = signed_in(browser, running, "Iris Handler", "handler", "Care")
    _, email = acknowledged(iris, running, "Kurt Customer")
    iris.goto(f"{running.url}/complaints")
    page, dialog = iris.page, iris.page.locator("dialog")
    page.keyboard.press("p")  # nothing has the focus: nothing happens
    page.get_by_label("Find", exact=True).press_sequentially("pp")
    assert page.get_by_label("Find", exact=True).input_value() == "pp"  # somebody is typing
    expect(dialog).to_be_hidden()
    row(page, "Kurt Customer")
    page.keyboard.press("p")
    expect(dialog).to_contain_text(WORDS)
    expect(dialog).to_contain_text(email)
    assert page.evaluate(SENDS)
    iris.look()
    page.keyboard.press("p")  # neither a second dialog nor a second letter
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.hasAttribute('data-letter')")  # back where one was
    page.keyboard.press("p")
    expect(dialog).to_contain_text(WORDS)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_role("status")).to_contain_text("Wrote to the customer")
    assert page.url == f"{running.url}/complaints"
    assert "Iris Handler" in running.mail_to(email, WORDS)


def test_beside_the_case_and_on_a_phone(browser: Browser, running: House) -> None:
    jens = signed_in(browser, running, "Jens Handler", "handler", "Care", width=360, dark=True)
    case, _ = acknowledged(jens, running, "Lena Customer")
    jens.goto(case)
    page, dialog = jens.page, jens.page.locator("dialog")
    page.locator("#step a, #step button").first.focus()
    page.keyboard.press("p")
    expect(dialog).to_contain_text(WORDS)
    jens.look()
    page.get_by_role("link", name="Not now").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="Send a progress letter").click()
    page.get_by_role("link", name="Change it first").click()
    page.wait_for_load_state()
    assert WORDS in page.locator("textarea[name=text]").input_value()


def test_without_scripts_it_is_a_page(browser: Browser, running: House) -> None:
    kim = signed_in(browser, running, "Kim Handler", "handler", "Care", scripts=False)
    _, email = acknowledged(kim, running, "Mona Customer")
    kim.goto(f"{running.url}/complaints")
    kim.page.locator("li.row", has_text="Mona Customer").get_by_role(
        "link", name="Send a progress letter"
    ).click()
    kim.sees(WORDS)
    kim.press("Send it")
    assert kim.page.url == f"{running.url}/complaints"
    assert WORDS in running.mail_to(email, WORDS)
