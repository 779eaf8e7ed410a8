"""One letter to everybody whom a cause touched: found, and written in their languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amends.cases import actions
from amends.cases.models import Complaint, Issue, Message
from amends.correspondence.mass import wording
from amends.correspondence.mass.finding import Criteria, concerned
from amends.correspondence.models import MassLetter
from tests.conftest import MONDAY, House
from tests.desk.mass_written import TEXT, begun, names, sent, told, write

BEFORE = MONDAY.date() - timedelta(days=9)


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The lead at the desk."""
    client.force_login(house.lead)
    return client


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({"product": "KETTLE"}, ["Ann", "Bo", "Ended"]),
        ({"product": "Kettle K2"}, ["Ann", "Ended"]),
        ({"batch": "b-1"}, ["Ann", "Ended"]),
        ({"batch": "B-18"}, []),
        ({"product": "kettle", "category": "billing"}, ["Bo"]),
        ({"product": "kettle", "cause": "THERMOSTAT"}, ["Ann"]),
        ({"product": "kettle", "open_only": True}, ["Ann", "Bo"]),
        ({"received_from": MONDAY.date()}, ["Ann", "Cup", "Ended"]),
        ({"received_from": BEFORE, "received_until": BEFORE}, ["Bo"]),
        ({"received_from": MONDAY.date(), "cause": "thermo"}, ["Ann"]),
    ],
)  # fmt: skip
def test_whom_the_cause_touched(house: House, criteria: dict[str, Any], found: list[str]) -> None:
    ann = told(house, "Ann")
    Issue.objects.filter(complaint=ann).update(cause="The thermostat came loose.")
    told(house, "Bo", product="Kettle K3", batch="A-17", category="billing", at=MONDAY - timedelta(days=9))
    ended = told(house, "Ended")
    actions.withdraw(ended, by=house.actor(house.handler), at=MONDAY)
    told(house, "Cup", product="Cup", batch="X")
    merged = told(house, "Merged")
    actions.merge(merged, by=house.actor(house.lead), at=MONDAY, into=ann)
    result = concerned(house.lead, Criteria(**({"open_only": False} | criteria)))
    rows = Complaint.objects.filter(pk__in=result.complaints)
    assert sorted(rows.values_list("customer__name", flat=True)) == found


def test_without_anything_an_index_serves_nobody_is_looked_for(house: House, desk: Client) -> None:
    with pytest.raises(ValueError, match="must be given"):
        concerned(house.lead, Criteria(category="product", cause="thermostat"))
    response = desk.get("/mass-letters/new?category=product&which=open")
    assert response.status_code == 422
    assert "Give a product, a batch number or the first day of receipt." in response.content.decode()


@pytest.mark.parametrize("name", ["issues_by_product", "issues_by_batch"])
def test_product_and_batch_are_found_by_their_index(house: House, name: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")
    criteria = Criteria(product="Kettle") if name.endswith("product") else Criteria(batch="B-1")
    from amends.correspondence.mass.finding import matching

    assert name in matching(house.lead, criteria).explain()


def test_a_customer_with_several_complaints_gets_one_letter_about_the_latest_open_one(
    house: House, desk: Client
) -> None:
    first = told(house, "Ann", at=MONDAY - timedelta(days=3))
    second = told(house, "Ann", customer=first.customer, at=MONDAY - timedelta(days=2))
    ended = told(house, "Ann", customer=first.customer)
    actions.withdraw(ended, by=house.actor(house.handler), at=MONDAY)
    found = desk.get("/mass-letters/new?product=kettle&which=all").content.decode()
    assert "1 customer<" in found
    assert "who have 3 complaints of it: each gets one letter" in found
    letter = begun(desk, which="all")
    assert list(letter.to.values_list("complaint", flat=True)) == [second.pk]


def test_nobody_writes_in_a_case_about_themselves_nor_sees_it(house: House, desk: Client) -> None:
    told(house, "About Lena", complained_about=[house.lead])
    told(house, "Other")
    assert "About Lena" not in desk.get("/mass-letters/new?product=kettle&which=open").content.decode()
    letter = begun(desk)
    assert names(letter) == ["Other"]
    other = Complaint.objects.get(customer__name="Other")
    write(desk, letter)
    other.complained_about.add(house.lead)  # meanwhile
    page = desk.get(f"/mass-letters/{letter.key}").content.decode()
    assert other.reference not in page
    assert desk.get(f"/mass-letters/{letter.key}/preview/en").status_code == 404
    sent(desk, letter)
    assert not Message.objects.exists()
    assert letter.to.get().error == "conflict_of_interest"


def test_only_who_leads_writes_to_everybody(house: House, client: Client) -> None:
    told(house, "Ann")
    client.force_login(house.handler)
    for path in ("/mass-letters", "/mass-letters/new"):
        assert client.get(path).status_code == 403
    assert (
        client.post("/mass-letters", {"product": "kettle", "title": "x", "channel": "letter"}).status_code
        == 403
    )
    assert not MassLetter.objects.exists()


def test_nobody_found_begins_no_letter(desk: Client) -> None:
    response = desk.post("/mass-letters", {"product": "none", "title": "x", "channel": "letter"})
    assert response.status_code == 422
    assert "Nobody is found by this." in response.content.decode()
    assert not MassLetter.objects.exists()


def test_the_same_form_twice_is_one_letter(house: House, desk: Client) -> None:
    told(house, "Ann")
    first, second = begun(desk, once="a-form"), begun(desk, once="a-form")
    assert first == second
    assert MassLetter.objects.count() == 1


def test_it_begins_with_the_standard_text_in_each_language_they_have(house: House, desk: Client) -> None:
    told(house, "Ann")
    told(house, "Bo", language="sv")
    letter = begun(desk)
    assert wording.languages_of(letter) == {"en": 1, "sv": 1}
    page = desk.get(f"/mass-letters/{letter.key}").content.decode()
    assert "You are one of the customers affected by the following matter: the thermostat." in page
    assert "Du är en av de kunder som berörs av följande: $title." in page  # to be said in Swedish
    assert "English: It is not written yet." in page
    refused = desk.post(f"/mass-letters/{letter.key}/sending")
    assert refused.status_code == 409
    assert "Svenska: It is not written yet." in refused.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "Because: $findings"}, "Still to be written, in place of the blank: $findings"),
        ({"text": "About $title. It failed."}, "Still to be written, in place of the blank: $title"),
        ({"text": "Do this: $action"}, "Nothing would be left of it"),
        ({"text": "Hello $nobody"}, "Nothing fills the blank $nobody."),
        ({"text": "It costs $ 5"}, "A dollar sign begins no blank here."),
        ({"subject": "About $link"}, "The subject cannot speak of $link"),
        ({"text": "Sorry 😀"}, "no picture for 😀"),
        ({"text": "  "}, "This field is required."),
    ],
)
def test_what_is_wrong_with_the_words_is_said_when_they_are_kept(
    house: House, desk: Client, changes: dict[str, str], sentence: str
) -> None:
    told(house, "Ann")
    letter = begun(desk)
    response = write(desk, letter, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    letter.refresh_from_db()
    assert letter.texts == {}


def test_lines_as_browsers_end_them_make_paragraphs(house: House, desk: Client) -> None:
    told(house, "Ann")
    letter = begun(desk)
    assert write(desk, letter, text=TEXT.replace("\n", "\r\n")).status_code == 303
    letter.refresh_from_db()
    assert letter.texts["en"]["text"] == TEXT


def test_two_who_write_the_same_language_do_not_overwrite_each_other(house: House, desk: Client) -> None:
    told(house, "Ann")
    letter = begun(desk)
    seen = desk.get(f"/mass-letters/{letter.key}").context["texts"][0]["form"]["seen"].value()
    assert write(desk, letter).status_code == 303
    response = write(desk, letter, seen=seen, text="Other words.")
    assert response.status_code == 409
    assert "Other words." in response.content.decode()
    letter.refresh_from_db()
    assert letter.texts["en"]["text"] == TEXT


def test_one_real_letter_is_shown_before_it_goes(house: House, desk: Client) -> None:
    told(house, "Ann", email="ann@example.org")
    letter = begun(desk)
    assert desk.get(f"/mass-letters/{letter.key}/preview/en").status_code == 404
    write(desk, letter)
    page = desk.get(f"/mass-letters/{letter.key}/preview/en").content.decode()
    assert page.count('<img class="sheet" src="data:image/png;base64,iVBOR') == 1
    by_mail = begun(desk, channel="email")
    write(desk, by_mail)
    page = desk.get(f"/mass-letters/{by_mail.key}/preview/en").content.decode()
    assert "The thermostat can fail." in page
    assert "Never said" not in page
    assert "<img" not in page


def test_the_number_of_queries_does_not_grow(house: House, desk: Client) -> None:
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(path).status_code == 200
        return len(seen)

    for number in range(3):
        told(house, f"Person {number}")
    letter = begun(desk)
    paths = ("/mass-letters", "/mass-letters/new?product=kettle&which=open", f"/mass-letters/{letter.key}")
    few = [count(path) for path in paths]
    for number in range(3, 12):
        told(house, f"Person {number}")
    more = begun(desk)
    assert [count(path) for path in (*paths[:2], f"/mass-letters/{more.key}")] == few
