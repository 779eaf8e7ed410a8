"""A letter about progress that is ready: shown as it goes, sent in one press, stopped like any words."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from amends.cases import actions
from amends.cases.models import Clock, Complaint, Message
from amends.correspondence.models import ComposerDraft
from amends.correspondence.texts import draft_message
from amends.kit import clock
from amends.people.actors import customer_actor
from amends.people.models import StaffMember
from amends.rules.lifecycle import Stage
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.grown import grow
from tests.desk.grown_house import investigated

LINK = "Send a progress letter"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.set_to(MONDAY + timedelta(days=1)):
        yield


def shown(staff: StaffMember, case: Complaint, query: str = "", **headers: str) -> HttpResponse:
    response = Desk(staff, case).client.get(f"/complaints/{case.key}/progress-letter{query}", **headers)  # type: ignore[arg-type]
    assert response.status_code == 200
    return response  # type: ignore[return-value]


def form_of(page: str) -> tuple[str, dict[str, Any]]:
    """Where the letter's form goes, and what it carries."""
    form = re.search(r'<form method="post" action="([^"]*/messages)">(.*?)</form>', page, re.DOTALL)
    assert form is not None
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', form[2])
    return form[1], {name: unescape(value) for name, value in fields}


def sent(case: Complaint) -> list[Message]:
    return list(case.messages.filter(direction="out", purpose="progress"))


def test_one_press_sends_what_was_shown(house: House) -> None:
    case = investigated(house)
    page = shown(house.handler, case).content.decode()
    action, fields = form_of(page)
    body = draft_message("progress", case, sender=house.handler.name).body
    assert unescape(page).count(body) == 1
    response = Desk(house.handler, case).client.post(action, fields)
    assert (response.status_code, response["Location"]) == (303, f"/complaints/{case.key}")
    (message,) = sent(case)
    assert (message.body, message.channel, message.to) == (body, "email", "clara@example.org")
    beat = Clock.objects.get(complaint=case, kind="update", stopped_at__isnull=True)
    assert beat.started_at == MONDAY + timedelta(days=1)  # the rhythm begins anew


def test_pressed_twice_it_goes_once(house: House) -> None:
    case = investigated(house)
    action, fields = form_of(shown(house.handler, case).content.decode())
    client = Desk(house.handler, case).client
    assert [client.post(action, fields).status_code for _ in range(2)] == [303, 303]
    assert len(sent(case)) == 1


def test_from_a_list_one_goes_back_to_the_list(house: House) -> None:
    case = investigated(house)
    desk = Desk(house.handler, case)
    page = desk.client.get("/").content.decode()
    address = re.search(r'href="([^"]+progress-letter[^"]*)"', page)
    assert address is not None
    action, fields = form_of(desk.client.get(unescape(address[1])).content.decode())
    response = desk.client.post(action, fields)
    assert response["Location"] == "/"
    assert f"{case.reference}: " in desk.client.get("/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "complaints"]
)
def test_nobody_is_sent_out_of_the_house(house: House, elsewhere: str) -> None:
    case = investigated(house)
    page = shown(house.handler, case, f"?back={elsewhere}").content.decode()
    action, fields = form_of(page)
    assert fields["back"] == ""
    response = Desk(house.handler, case).client.post(action, fields | {"back": elsewhere})
    assert response["Location"] == f"/complaints/{case.key}"


def test_it_stands_where_there_is_progress_to_write_about(house: House) -> None:
    offered = []
    for case in grow(house):
        case.refresh_from_db()
        page = Desk(house.handler, case).get().content.decode()
        letter = shown(house.handler, case).context["ready"]  # type: ignore[attr-defined]
        assert (LINK in page) is letter
        if letter:
            offered.append(case.stage)
    assert set(offered) == {
        Stage.ACKNOWLEDGED, Stage.INVESTIGATING, Stage.DECIDED, Stage.AWAITING_APPROVAL, Stage.OFFERED,
        Stage.AGREED, Stage.FULFILLING,
    }  # fmt: skip


def test_before_the_first_word_it_leads_to_the_acknowledgement(house: House) -> None:
    case = house.complaint()
    page = shown(house.handler, case).content.decode()
    assert f'href="/complaints/{case.key}/acknowledgement"' in page
    assert "<form" not in page.split("<main", 1)[1]


def test_a_text_that_one_has_begun_is_not_thrown_away(house: House) -> None:
    case = investigated(house)
    desk = Desk(house.handler, case)
    typed = desk.form("messages") | {"text": "My own words."}
    desk.client.post(f"{desk.page}/drafts/write", typed, HTTP_HX_REQUEST="true")
    page = shown(house.handler, case).content.decode()
    assert "You have begun a text of your own to this customer." in page
    assert '/messages"' in page
    assert "data-letter" not in page
    assert ComposerDraft.objects.get().fields["text"] == "My own words."
    other = shown(house.colleague, case).content.decode()
    assert "Hanna Handler has begun a text to this customer too." in other
    assert form_of(other)[1]["text"]


def test_what_the_customer_wrote_meanwhile_stops_it(house: House) -> None:
    case = investigated(house)
    action, fields = form_of(shown(house.handler, case).content.decode())
    actions.hear(case, by=customer_actor(house.customer), at=MONDAY + timedelta(days=1), words="I moved.")
    response = Desk(house.handler, case).client.post(action, fields)
    page = response.content.decode()
    assert (response.status_code, sent(case)) == (409, [])
    assert "Not sent yet: something happened while you were writing." in page
    assert unescape(page).count("We do not want to leave you without word") >= 1  # the text is kept


@pytest.mark.coached
@pytest.mark.usefixtures("rules_alone")
def test_the_coach_stops_it_like_anybodys_words(house: House) -> None:
    by = house.actor(house.handler)
    case = actions.acknowledge(house.complaint(), by=by, at=MONDAY, text="We know.", override="A test.")
    action, fields = form_of(shown(house.handler, case).content.decode())
    fields["text"] = "It is your own fault. Nothing happens next."
    response = Desk(house.handler, case).client.post(action, fields)
    page = response.content.decode()
    assert (response.status_code, sent(case)) == (409, [])
    assert "It is your own fault." in page
    assert "Why it goes out without" in page


@pytest.mark.parametrize(
    ("channel", "email", "address", "medium"),
    [
        ("email", "c@example.org", "Road 1", "email"),
        ("phone", "c@example.org", "", "email"),  # nobody has called them
        ("letter", "c@example.org", "Road 1", "letter"),
        ("letter", "c@example.org", "", "email"),
        ("phone", "", "Road 1\n111 11 Town", "letter"),
        ("phone", "", "", None),
    ],
)
def test_it_goes_as_they_wrote_and_is_never_said_to_have_been_a_call(
    house: House, channel: str, email: str, address: str, medium: str | None
) -> None:
    case = investigated(house, channel=channel)
    customer = case.customer
    customer.email, customer.address = email, address
    customer.save()
    response = shown(house.handler, case)
    if medium is None:
        assert "Neither an e-mail nor a postal address is on file." in response.content.decode()
        assert "channel=phone#step" in unescape(response.content.decode())
        return
    action, fields = form_of(response.content.decode())
    assert fields["channel"] == medium
    assert Desk(house.handler, case).client.post(action, fields).status_code == 303
    (message,) = sent(case)
    assert (message.channel, message.status) == (medium, "to_print" if medium == "letter" else "queued")


def test_in_a_list_it_opens_alone(house: House) -> None:
    case = investigated(house)
    part = shown(house.handler, case, HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert form_of(part)[1]["purpose_of_it"] == "progress"


def test_the_worklist_offers_it_to_those_who_handle(house: House) -> None:
    case = investigated(house)
    new = house.complaint()

    def listed(staff: StaffMember) -> str:
        client = Client()
        client.force_login(staff)
        return client.get("/complaints").content.decode()

    assert f"/complaints/{case.key}/progress-letter" in listed(house.colleague)
    assert f"/complaints/{new.key}/progress-letter" not in listed(house.colleague)
    assert LINK not in listed(house.packer)


def test_who_is_complained_about_finds_nothing(house: House) -> None:
    case = investigated(house)
    actions.declare_conflict(case, by=house.actor(house.lead), at=MONDAY, about=[house.handler])
    client = Client()
    client.force_login(house.handler)
    assert client.get(f"/complaints/{case.key}/progress-letter").status_code == 404
