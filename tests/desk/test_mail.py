"""Mail that a person must look at: what the pages show, what may be decided, and who may see it."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from amends.cases import actions
from amends.cases.models import Complaint
from amends.cases.models.message import Direction
from amends.correspondence.models import Arrival, MailSource
from amends.kit import clock
from amends.people.models import StaffMember
from tests.conftest import MONDAY, House
from tests.correspondence.arrivals.mails import HOUR, as_it_stands, came, mail, sent
from tests.correspondence.arrivals.test_machines import report

S = Arrival.State
NOW = MONDAY + timedelta(hours=2)
NEW = {
    "name": "Stig Stranger", "email": "stig@stranger.example", "title": "A leak", "category": "product",
    "story": "It leaks.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_ten(settings: object) -> object:
    settings.DEFAULT_FROM_EMAIL = "complaints@house.example"  # type: ignore[attr-defined]
    with clock.set_to(NOW):
        yield


def desk(staff: StaffMember) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def unclear(complaint: Complaint, text: str = "I am her brother.", **more: str) -> Arrival:
    """A stranger's mail that names the complaint."""
    arrival = came(
        mail(text, sender="Stig <stig@stranger.example>", subject=f"Re: {complaint.reference}", **more)
    )
    assert arrival.state == S.UNCLEAR
    return arrival


def test_only_who_takes_complaints_in_sees_mail(house: House) -> None:
    arrival = unclear(house.complaint())
    for path in ("/mail", f"/mail/{arrival.key}", f"/mail/{arrival.key}/raw"):
        assert desk(house.handler).get(path).status_code == 200
        assert desk(house.packer).get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_the_page_says_why_and_offers_the_choices(house: House) -> None:
    complaint = house.complaint()
    arrival = unclear(complaint, "New <script>alert(1)</script>\n\nOn Monday you wrote:\n> Old words")
    page = desk(house.handler).get(f"/mail/{arrival.key}").content.decode()
    assert "It names a complaint, but who wrote it has no part in that complaint." in page
    assert "New &lt;script&gt;" in page
    assert "<summary>What it quotes</summary>" in page
    assert f'value="{complaint.reference}"' in page
    assert 'value="stig@stranger.example"' in page


def test_the_raw_mail_is_a_download_that_runs_nothing(house: House) -> None:
    arrival = unclear(house.complaint())
    response = desk(house.handler).get(f"/mail/{arrival.key}/raw")
    assert b"".join(response.streaming_content).startswith(b"From: Stig")  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Content-Type"] == "message/rfc822"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_it_belongs_to_the_complaint(house: House) -> None:
    complaint = house.complaint()
    arrival = unclear(complaint, files=(("a.txt", "text/plain", b"file"),))  # type: ignore[arg-type]
    response = desk(house.handler).post(
        f"/mail/{arrival.key}/place", {"reference": complaint.reference, "once": "k1"}
    )
    assert (response.status_code, response.headers["Location"]) == (303, f"/complaints/{complaint.key}")
    message = complaint.messages.latest("pk")
    arrival.refresh_from_db()
    assert (arrival.state, arrival.became) == (S.TAKEN, message)
    assert (message.body, message.author_name) == ("I am her brother.", "Stig")
    assert (message.direction, complaint.documents.get().message) == (Direction.IN, message)
    page = desk(house.handler).get(f"/complaints/{complaint.key}").content.decode()
    assert f'href="/mail/{arrival.key}"' in page


def test_words_without_a_sender_are_not_put_into_the_customers_mouth(house: House) -> None:
    complaint = house.complaint()
    arrival = came(mail("It leaks.", sender="", subject=complaint.reference))
    desk(house.handler).post(f"/mail/{arrival.key}/place", {"reference": complaint.reference, "once": "k0"})
    assert complaint.messages.latest("pk").author_name == "(no sender)"


def test_it_is_a_new_complaint(house: House) -> None:
    arrival = unclear(house.complaint())
    response = desk(house.handler).post(f"/mail/{arrival.key}/complaint", NEW | {"once": "k2"})
    complaint = Complaint.objects.latest("pk")
    assert (response.status_code, response.headers["Location"]) == (303, f"/complaints/{complaint.key}")
    assert (complaint.title, complaint.story, complaint.category) == ("A leak", "It leaks.", "product")
    assert (complaint.signed_by, complaint.recorder) == (house.handler.name, house.handler)
    assert (complaint.received_at, complaint.registered_at) == (MONDAY + HOUR, NOW)
    assert complaint.customer.email == "stig@stranger.example"
    arrival.refresh_from_db()
    assert (arrival.state, arrival.complaint) == (S.TAKEN, complaint)


def test_it_is_no_complaint_and_may_be_one_after_all(house: House) -> None:
    arrival = unclear(house.complaint())
    client = desk(house.handler)
    response = client.post(f"/mail/{arrival.key}/aside", {"once": "k3"})
    assert (response.status_code, response.headers["Location"]) == (303, "/mail")
    arrival.refresh_from_db()
    assert (arrival.state, Complaint.objects.count()) == (S.SET_ASIDE, 1)
    assert "It is a complaint after all" in client.get(f"/mail/{arrival.key}").content.decode()
    client.post(f"/mail/{arrival.key}/complaint", NEW | {"once": "k4"})
    assert Complaint.objects.count() == 2


def test_sent_twice_is_decided_once_and_the_second_person_is_told(house: House) -> None:
    complaint = house.complaint()
    arrival = unclear(complaint)
    client, path = desk(house.handler), f"/mail/{arrival.key}/place"
    for _ in range(2):
        assert client.post(path, {"reference": complaint.reference, "once": "k5"}).status_code == 303
    before = as_it_stands(complaint)
    response = desk(house.lead).post(f"/mail/{arrival.key}/complaint", NEW | {"once": "k6"})
    assert response.status_code == 409
    assert "Somebody has decided it meanwhile." in response.content.decode()
    assert (as_it_stands(complaint), Complaint.objects.count()) == (before, 1)


def test_an_unknown_number_is_said_and_what_was_typed_is_kept(house: House) -> None:
    complaint = house.complaint()
    arrival, before = unclear(complaint), as_it_stands(complaint)
    response = desk(house.handler).post(f"/mail/{arrival.key}/place", {"reference": "2026-99999"})
    assert response.status_code == 422
    assert "There is no complaint of this number." in response.content.decode()
    assert 'value="2026-99999"' in response.content.decode()
    response = desk(house.handler).post(
        f"/mail/{arrival.key}/complaint", NEW | {"story": "", "title": "Kept"}
    )
    assert (response.status_code, "Kept" in response.content.decode()) == (422, True)
    arrival.refresh_from_db()
    assert (arrival.state, as_it_stands(complaint), Complaint.objects.count()) == (S.UNCLEAR, before, 1)


def test_what_is_on_file_is_not_decided_again(house: House) -> None:
    arrival = came(mail())
    for path, given in (("complaint", NEW), ("place", {"reference": "2026-00001"}), ("aside", {})):
        assert desk(house.handler).post(f"/mail/{arrival.key}/{path}", given).status_code == 409
    assert Complaint.objects.count() == 1


def test_who_is_complained_about_sees_nothing_of_it(house: House) -> None:
    complaint = house.complaint(complained_about=[house.colleague])
    arrival = unclear(complaint)
    client = desk(house.colleague)
    assert "I am her brother" not in client.get("/mail?show=all").content.decode()
    assert arrival.key not in client.get("/mail").content.decode()
    assert arrival.key not in client.get("/").content.decode()
    for path in ("", "/raw"):
        assert client.get(f"/mail/{arrival.key}{path}").status_code == 404
    given = {"reference": complaint.reference, "once": "k7"}
    assert client.post(f"/mail/{arrival.key}/place", given).status_code == 404
    other = unclear(house.complaint())
    assert client.post(f"/mail/{other.key}/place", given).status_code == 422


def test_today_shows_it_until_it_is_decided(house: House) -> None:
    arrival = unclear(house.complaint())
    client = desk(house.handler)
    page = client.get("/").content.decode()
    assert "Mail that a person must look at" in page
    assert f'href="/mail/{arrival.key}"' in page
    assert "Mail that a person must look at" not in desk(house.packer).get("/").content.decode()
    client.post(f"/mail/{arrival.key}/aside", {"once": "k8"})
    assert "Mail that a person must look at" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"checked_at": NOW - timedelta(seconds=40)}, False),
        ({"checked_at": NOW - timedelta(minutes=4)}, True),
        ({"checked_at": NOW - timedelta(seconds=40), "failing_since": NOW - timedelta(seconds=30)}, False),
        ({"checked_at": NOW - timedelta(minutes=2), "failing_since": NOW - timedelta(minutes=2)}, True),
        ({"failing_since": NOW - timedelta(minutes=2)}, True),
        ({}, False),
    ],
    ids=["works", "silent", "one fault", "fails", "never worked", "not begun"],
)
def test_today_says_first_that_no_mail_comes(row: dict[str, object], shown: bool, house: House) -> None:
    unclear(house.complaint())
    MailSource.objects.create(name="imap://box@mail.example/INBOX", error="refused", **row)
    page = desk(house.handler).get("/").content.decode()
    assert ("Mail does not come in" in page) is shown
    assert ("imap://box@mail.example/INBOX" in page) is shown
    if shown:
        assert page.index("Mail does not come in") < page.index("Mail that a person must look at")
    assert "Mail does not come in" not in desk(house.packer).get("/").content.decode()


def test_every_kind_of_mail_has_a_page(house: House) -> None:
    complaint = house.complaint()
    raws = [
        b"", b"\xff\x00 no mail", mail(sender=""), mail(X_Loop="x"), mail(List_Id="<a.b>"), mail(),
        mail(sender=house.colleague.email), mail("", sender="Ada <ada@example.org>", subject=""),
        mail("Words", sender="Bo <bo@example.org>", files=(("x.exe", "application/octet-stream", b"MZ"),)),
        mail("Hello", subject=complaint.reference, In_Reply_To="<x@y>"),
    ]  # fmt: skip
    for raw in raws:
        arrival = came(raw)
        response = desk(house.handler).get(f"/mail/{arrival.key}")
        assert response.status_code == 200, raw
    page = desk(house.handler).get("/mail?show=all").content.decode()
    assert page.count('class="row"') == len(raws)
    refused = Complaint.objects.get(customer__email="bo@example.org")
    page = desk(house.handler).get(f"/complaints/{refused.key}").content.decode()
    assert "“x.exe” was not taken: it is of a kind that we do not take." in page


def test_the_lists_turn_pages_and_refuse_false_ones(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        came(mail(f"Mail {number}", sender="", subject=f"Number {number:02}"), at=MONDAY + number * HOUR / 60)
    client = desk(house.handler)
    client.get("/mail")
    with django_assert_max_num_queries(4):
        page = client.get("/mail").content.decode()
    assert (page.count('class="row"'), "Number 00" in page, "Number 29" in page) == (25, True, False)
    assert "Next 25" in page
    with django_assert_max_num_queries(4):
        page = client.get("/mail?show=all").content.decode()
    assert ("Number 29" in page, "Number 00" in page) == (True, False)
    assert client.get("/mail?show=nonsense").status_code == 400
    assert client.get("/mail?after=nonsense").status_code == 400


def test_a_bounced_answer_is_a_task(house: House) -> None:
    complaint = house.complaint()
    complaint = actions.assign(complaint, by=house.actor(house.lead), at=MONDAY, handler=house.handler)
    arrival = came(report(sent(complaint).message_id))
    page = desk(house.handler).get("/").content.decode()
    assert "Did not reach the customer" in page
    page = desk(house.handler).get(f"/complaints/{complaint.key}").content.decode()
    assert f'href="/mail/{arrival.key}"' in page
