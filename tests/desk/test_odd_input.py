"""What people type that nobody expects: it is taken for what it means, or refused in a sentence and kept."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from amends.cases import actions
from amends.cases.models import Complaint, Message
from amends.kit import clock
from amends.people.models import AuthorityLimit, Customer, Representative
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk, fields_of
from tests.desk.grown import grow
from tests.desk.test_register import typed


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with clock.set_to(MONDAY + timedelta(days=4)):
        yield


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    client.force_login(house.handler)
    return client


@pytest.mark.parametrize("place", ["0001-01-01T00:00:00+14:00|1", "9999-12-31T23:59:59-14:00|1"])
def test_a_cursor_from_the_ends_of_the_calendar_is_a_bad_request(desk: Client, place: str) -> None:
    cursor = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
    assert desk.get("/complaints", {"after": cursor}).status_code == 400


@pytest.mark.parametrize(
    ("field", "date"),
    [("received_at", "0001-01-01T00:00"), ("received_at", "1850-01-01T00:00"), ("letter_date", "0001-01-01")],
)
def test_a_year_that_was_mistyped_is_asked_about(desk: Client, field: str, date: str) -> None:
    response = desk.post("/complaints", typed(**{field: date}))
    assert response.status_code == 422
    assert response.context["form"].errors == {field: ["This lies too far back. Is the year right?"]}
    assert "The kettle leaks." in response.text
    assert not Complaint.objects.exists()


def test_an_address_that_the_file_cannot_hold_is_refused(desk: Client) -> None:
    response = desk.post("/complaints", typed(email="x" * 250 + "@example.org"))
    assert response.status_code == 422
    assert not Complaint.objects.exists()


def test_a_speaker_without_a_name_is_not_dropped(desk: Client) -> None:
    response = desk.post("/complaints", typed(speaker_phone="+46 70 1", speaker_relation="daughter"))
    assert response.status_code == 422
    assert response.context["form"].errors == {"speaker_name": ["Say who speaks for them."]}
    assert "+46 70 1" in response.text
    assert not Complaint.objects.exists()


def test_an_authority_that_has_come_since_counts(house: House, desk: Client) -> None:
    known = Representative.objects.create(customer=house.customer, name="Dora", email="dora@example.org")
    desk.post(
        "/complaints",
        typed(
            customer=house.customer.key,
            speaker_name="Dora",
            speaker_email="dora@example.org",
            speaker_may_sign="on",
        ),
    )
    known.refresh_from_db()
    assert (known.may_sign, Complaint.objects.get().representative) == (True, known)


def test_what_a_known_customer_gives_otherwise_is_kept_as_a_note(house: House, desk: Client) -> None:
    new = {"customer": house.customer.key, "name": "Clara Newname", "email": "new@example.org"}
    assert desk.post("/complaints", typed(**new)).status_code == 303
    customer = Customer.objects.get()
    assert (customer.name, customer.email) == ("Clara Customer", "clara@example.org")
    note = Message.objects.get(direction="inside")
    assert note.body.endswith("not what is on file: Clara Newname, new@example.org")


def test_a_known_customer_with_the_same_particulars_needs_no_note(house: House, desk: Client) -> None:
    same = {"customer": house.customer.key, "name": "Clara Customer", "email": "clara@example.org"}
    assert desk.post("/complaints", typed(**same)).status_code == 303
    assert not Message.objects.exists()


def _grown_to(house: House, stage: str) -> Complaint:
    return next(case for case in grow(house) if case.stage == stage)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("12,50", "12.50"), ("1 234,5", "1234.50"), ("1\u00a0234.50", "1234.50"), ("0", "0"), ("7", "7")],
)
def test_a_sum_is_taken_as_people_write_it(house: House, written: str, meant: str) -> None:
    case = _grown_to(house, "decided")
    line = {"lines-0-kind": "refund", "lines-0-description": "Money", "lines-0-amount": written}
    assert Desk(house.handler, case).post("plans", **line).status_code == 303
    assert case.plans.get().remedies.get().amount == Decimal(meant)


@pytest.mark.parametrize("written", ["1e9", "NaN", "1,234", "1.234,50", "12,5 kr", "٣", "twelve"])
def test_what_is_no_sum_is_refused_and_kept(house: House, written: str) -> None:
    case = _grown_to(house, "decided")
    desk = Desk(house.handler, case)
    line = {"lines-0-kind": "refund", "lines-0-description": "Money", "lines-0-cost": written}
    response = desk.post("plans", **line)
    assert response.status_code == 422
    assert "Write a sum as digits with at most two decimals, like 1250 or 12.50." in response.text
    assert fields_of(response, f"{desk.page}/plans")["lines-0-cost"] == written
    assert not case.plans.exists()


def test_a_limit_takes_a_decimal_comma(house: House, client: Client) -> None:
    client.force_login(house.staff("Ada Admin", "administrator"))
    who = f"person-{house.handler.key}"
    typed = {"who": who, "currency": "EUR", "amount": "12,50", "per": "case", "kind": "any"}
    assert client.post("/people/limits", typed).status_code == 303
    assert AuthorityLimit.objects.get(staff=house.handler).amount == Decimal("12.50")


@pytest.mark.parametrize("day", ["9999-12-31", "2028-03-07"])
def test_a_promise_for_far_too_late_is_refused(house: House, day: str) -> None:
    case = _grown_to(house, "investigating")
    asked = case.inquiries.count()
    response = Desk(house.handler, case).post("inquiries", third_party="Shop", question="When?", due=day)
    assert response.status_code == 422
    assert "This is too far ahead: choose a day within two years." in response.text
    assert case.inquiries.count() == asked


def test_an_offer_for_ever_is_refused(house: House) -> None:
    case = _grown_to(house, "decided")
    typed_in = {"offer": "Words", "text": "Words", "channel": "phone", "until": "9999-12-31"}
    response = Desk(house.handler, case).send("offers", typed_in)
    assert response.status_code == 422
    assert "This is too far ahead" in response.text
    assert not case.offers.exists()


def test_a_merged_complaint_names_no_other_that_is_about_the_reader(house: House) -> None:
    lead, other = house.actor(house.lead), house.complaint()
    case = actions.merge(house.complaint(), by=lead, at=MONDAY, into=other)
    page = f"/complaints/{case.key}"
    reader = Client()
    reader.force_login(house.colleague)
    assert other.reference in reader.get(page).text
    actions.declare_conflict(other, by=lead, at=MONDAY, about=[house.colleague])
    response = reader.get(page)
    assert response.status_code == 200
    assert other.reference not in response.text
    assert other.key not in response.text


def test_pages_of_the_desk_are_kept_by_nobody_else(desk: Client) -> None:
    for page in ("/", "/complaints", "/complaints/new", "/me"):
        assert desk.get(page).headers["Cache-Control"] == "private, no-cache"
