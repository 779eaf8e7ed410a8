"""Approving by the link of a mail: who is asked, what the link opens, and what it never does."""

from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from amends.cases import actions
from amends.cases.approval_link import PATH, approval_url
from amends.cases.models import Complaint, Message
from amends.kit.clock import set_to
from amends.kit.jobs import work_off
from amends.people.models import Role, StaffMember
from amends.project.mailer import mailer
from tests.conftest import MONDAY, House
from tests.correspondence.mail_server import MailServer, mail_server
from tests.desk.grown import attached
from tests.desk.grown_house import submitted
from tests.desk.leadership import Leadership, changed, plan_of

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with set_to(MONDAY):
        yield


@pytest.fixture
def leadership(house: House) -> Leadership:
    return Leadership(house)


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[MailServer]:
    settings.DEFAULT_FROM_EMAIL = "complaints@house.example"
    settings.AMENDS_APPROVAL_MAILS = True
    with mail_server() as running:
        settings.MAILERS = {"default": mailer(running.url, tmp_path)}
        yield running


def link(staff: StaffMember, case: Complaint) -> str:
    url = approval_url(staff, plan_of(case), at=MONDAY)
    return url[url.index(PATH) :]


class _Forms(HTMLParser):
    """The forms of the page by their word, each with its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._fields = {}
        if tag in ("input", "textarea") and given.get("name"):
            self._fields[str(given["name"])] = given.get("value") or ""
            if given["name"] == "word":
                self.forms[str(given["value"])] = self._fields


def forms(response: HttpResponse) -> dict[str, dict[str, str]]:
    found = _Forms()
    found.feed(response.content.decode())
    return found.forms


def said(client: Client, address: str, word: str, note: str = "") -> HttpResponse:
    return client.post(address, forms(client.get(address))[word] | {"note": note})  # type: ignore[arg-type, return-value]


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_whole_case_is_in_view_and_looking_decides_nothing(leadership: Leadership) -> None:
    case = leadership.before_them()
    other = leadership.house.complaint(title="Somebody else’s kettle", story="Another story.")
    client = Client()
    for _look in range(3):
        response = client.get(link(leadership.lena, case))
        assert client.head(link(leadership.lena, case)).status_code == 200
    page = response.content.decode()
    assert response.status_code == 200
    for part in ("The kettle leaks.", "A bad seal.", "A new kettle", "SEK\xa0499.00", "SEK\xa01,000.00"):
        assert part in page
    assert other.reference not in page
    assert "Another story." not in page
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store, private", "same-origin")
    assert "sessionid" not in client.cookies
    case.refresh_from_db()
    assert case.stage == "awaiting_approval"
    assert not plan_of(case).approvals.exists()


def test_yes_is_the_person_s_own_and_counts_once(leadership: Leadership) -> None:
    case, client = leadership.before_them(), Client()
    address = link(leadership.lena, case)
    filled = forms(client.get(address))["yes"] | {"note": "Well thought of."}  # type: ignore[arg-type]
    response = client.post(address, filled)
    assert (response.status_code, response["Location"]) == (303, address)
    again = client.post(address, filled)
    assert again.status_code == 409
    assert "You have approved it" in again.content.decode()
    case.refresh_from_db()
    assert case.stage == "decided"
    approval = plan_of(case).approvals.get()
    assert (approval.by, approval.note, approval.covers) == (leadership.lena, "Well thought of.", True)
    event = case.events.get(name="plan.approved")
    assert (event.actor_id, event.data["via"]) == (leadership.lena.pk, "mail")
    after = client.get(address)
    assert after.status_code == 200
    assert "You have approved it" in after.content.decode()
    assert "The kettle leaks." not in after.content.decode()
    other = client.get(link(leadership.lars, case))
    assert other.status_code == 410
    assert "The leadership has said its word" in other.content.decode()


def test_sending_back_wants_a_why(leadership: Leadership) -> None:
    case, client = leadership.before_them(), Client()
    address = link(leadership.lena, case)
    assert said(client, address, "no").status_code == 422
    assert not plan_of(case).approvals.exists()
    assert said(client, address, "no", "Give her the better one.").status_code == 303
    approval = plan_of(case).approvals.get()
    assert (approval.approved, approval.note, approval.by) == (
        False,
        "Give her the better one.",
        leadership.lena,
    )
    assert "You have sent it back" in client.get(address).content.decode()


def test_a_form_without_its_token_against_forgery_is_refused(leadership: Leadership) -> None:
    case, client = leadership.before_them(), Client(enforce_csrf_checks=True)
    assert client.post(link(leadership.lena, case), {"word": "yes"}).status_code == 403
    assert not plan_of(case).approvals.exists()


@pytest.mark.parametrize("change", ["cut", "other", "role", "right", "left", "about"])
def test_a_link_that_is_not_theirs_opens_nothing(leadership: Leadership, change: str) -> None:
    case, lena = leadership.before_them(), leadership.lena
    address = link(lena, case)
    if change == "cut":
        address = address[:-3]
    elif change == "other":
        address = address[:20] + ("A" if address[20] != "A" else "B") + address[21:]
    elif change == "role":
        StaffMember.objects.filter(pk=lena.pk).update(role=Role.objects.get(name="handler"))
    elif change == "right":
        Role.objects.filter(pk=lena.role_id).update(capabilities=["read"])
    elif change == "left":
        StaffMember.objects.filter(pk=lena.pk).update(is_active=False)
    else:
        case.complained_about.add(lena)
    client = Client()
    for response in (client.get(address), client.post(address, {"word": "yes"})):
        assert response.status_code == 404
        assert case.reference not in response.content.decode()
    case.refresh_from_db()
    assert case.stage == "awaiting_approval"
    assert not plan_of(case).approvals.exists()


def test_after_seven_days_it_is_over(leadership: Leadership) -> None:
    case, client = leadership.before_them(), Client()
    address = link(leadership.lena, case)
    with set_to(MONDAY + timedelta(days=7)):
        assert client.get(address).status_code == 200
    with set_to(MONDAY + timedelta(days=7, seconds=1)):
        response = client.post(address, {"word": "yes"})
    assert response.status_code == 410
    assert "This link has expired" in response.content.decode()
    assert not plan_of(case).approvals.exists()


def test_another_version_is_not_approved_by_an_old_link(leadership: Leadership) -> None:
    case, client, house = leadership.before_them(), Client(), leadership.house
    old, hanna = link(leadership.lena, case), house.actor(house.handler)
    actions.take_back_plan(case, by=hanna, at=MONDAY)
    assert client.get(old).status_code == 410
    changed(house, case, 900)
    actions.submit_plan(case, by=hanna, at=MONDAY)
    for response in (client.get(old), client.post(old, {"word": "yes"})):
        assert response.status_code == 410
        assert "The plan was changed" in response.content.decode()
        assert "A larger kettle" not in response.content.decode()
    assert not plan_of(case).approvals.exists()
    page = client.get(link(leadership.lena, case)).content.decode()
    assert "What changed since the version before" in page
    assert "<mark>A larger kettle</mark>" in page
    assert "<mark>A new kettle</mark>" in page


def test_beyond_their_authority_it_says_by_how_much(leadership: Leadership) -> None:
    case, client = leadership.before_them(1200), Client()
    address = link(leadership.lena, case)
    page = client.get(address).content.decode()
    assert "In one case up to SEK\xa01,000.00: this costs SEK\xa01,200.00." in page
    assert "yes" not in forms(client.get(address))  # type: ignore[arg-type]
    refused = client.post(address, {"word": "yes"})
    assert refused.status_code == 409
    assert "The sum is beyond your authority." in refused.content.decode()
    assert not plan_of(case).approvals.exists()


def test_the_first_of_two_and_then_the_second(leadership: Leadership) -> None:
    leadership.two_above(300)
    case, first, second = leadership.before_them(), Client(), Client()
    page = first.get(link(leadership.lena, case)).content.decode()
    assert "Above SEK\xa0300.00 two people look at a plan." in page
    assert said(first, link(leadership.lena, case), "yes").status_code == 303
    case.refresh_from_db()
    assert case.stage == "awaiting_approval"
    again = first.get(link(leadership.lena, case)).content.decode()
    assert "<strong>You have approved it</strong>" in again
    assert "You cannot approve it" not in again
    assert (
        "Lena Lead has the authority and has approved it"
        in second.get(link(leadership.lars, case)).content.decode()
    )
    assert said(second, link(leadership.lars, case), "yes").status_code == 303
    assert [row.first_of_two for row in plan_of(case).approvals.all()] == [True, False]
    case.refresh_from_db()
    assert case.stage == "decided"


def test_files_of_this_case_alone(leadership: Leadership) -> None:
    case, client = leadership.before_them(), Client()
    mine = attached(case, leadership.house)
    theirs = attached(leadership.house.complaint(), leadership.house)
    address = link(leadership.lena, case)
    assert client.get(f"{address}/documents/{mine.key}").status_code == 200
    assert client.get(f"{address}/documents/{theirs.key}").status_code == 404


@pytest.mark.follows
def test_who_may_approve_is_asked_in_their_language_once(house: House, server: MailServer) -> None:
    leadership = Leadership(house)
    StaffMember.objects.filter(pk=leadership.lars.pk).update(is_active=False)
    case = submitted(house)
    work_off()
    work_off()
    mails = [mail for to, mail in zip(server.recipients, server.mails, strict=True) if to == house.lead.email]
    (mail,) = mails
    assert mail["Subject"].replace("\xa0", " ") == f"A plan waits for you: SEK 499.00, {case.reference}"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = words(mail)
    assert "Hanna Handler has written a plan that you may approve." in text
    assert "The kettle leaks." in text
    assert "– Replacement by courier: A new kettle (cost SEK\xa0499.00)" in text
    (address,) = [line for line in text.split("\n") if PATH in line]
    response = Client().get(address[address.index(PATH) :])
    assert response.status_code == 200
    assert not Message.objects.filter(complaint=case, to=house.lead.email).exists()
    assert not any(address in str(event.data) for event in case.events.all())
    assert not [to for to in server.recipients if to in (leadership.hedda.email, leadership.lars.email)]


@pytest.mark.follows
def test_the_second_is_asked_when_the_first_has_looked(house: House, server: MailServer) -> None:
    leadership = Leadership(house)
    leadership.two_above(300)
    case = submitted(house)
    actions.endorse(case, by=house.actor(leadership.lena), at=MONDAY, plan=plan_of(case))
    work_off()
    asked = [words(mail) for to, mail in zip(server.recipients, server.mails, strict=True) if "lars" in to]
    assert asked[-1].count("Lena Lead has approved it, you would be the second.") == 1


@pytest.mark.follows
def test_a_deputy_is_asked_and_told_in_whose_place(house: House, server: MailServer) -> None:
    leadership = Leadership(house)
    leadership.away(leadership.hedda, leadership.lars, DAY, DAY)
    case = submitted(house, 5000)
    work_off()
    told = {to: words(mail) for to, mail in zip(server.recipients, server.mails, strict=True)}
    assert "you may approve in the place of Hedda Head." in told[leadership.lars.email]
    assert leadership.hedda.email not in told
    client, address = Client(), link(leadership.lars, case)
    assert "You stand in for Hedda Head" in client.get(address).content.decode()
    assert said(client, address, "yes").status_code == 303
    assert plan_of(case).approvals.get().instead_of == leadership.hedda


@pytest.mark.follows
def test_nobody_is_asked_where_the_house_wants_none_or_it_is_over(
    house: House, server: MailServer, settings: Any
) -> None:
    settings.AMENDS_APPROVAL_MAILS = False
    submitted(house)
    work_off()
    assert house.lead.email not in server.recipients
    settings.AMENDS_APPROVAL_MAILS = True
    case = submitted(house)
    actions.approve(case, by=house.actor(house.lead), at=MONDAY, plan=plan_of(case))
    work_off()
    assert house.lead.email not in server.recipients


def test_the_page_costs_no_query_per_row(
    leadership: Leadership, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case, client = leadership.before_them(), Client()
    address = link(leadership.lena, case)
    client.get(address)
    with django_assert_max_num_queries(36):
        client.get(address)
