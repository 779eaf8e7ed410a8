"""A letter that comes in: when it came and when it was written down, and its scans."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.api.tokens import issue
from amends.cases.models import Complaint, Document
from amends.kit import clock
from amends.rules.capabilities import Capability
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.test_register import PDF, typed

FRIDAY = datetime(2026, 2, 27, 14, 0, tzinfo=UTC)


@pytest.fixture
def letter(house: House, client: Client) -> Complaint:
    """Written on Tuesday, in the letter box on Friday, registered on Monday with two scans."""
    client.force_login(house.handler)
    scans = [SimpleUploadedFile(name, PDF) for name in ("letter.pdf", "receipt.pdf")]
    with clock.set_to(MONDAY):
        response = client.post(
            "/complaints",
            typed(
                channel="letter",
                received_at="2026-02-27T15:00",
                letter_date="2026-02-24",
                attachments=scans,
            ),
        )
    assert response.status_code == 303
    return Complaint.objects.get()


def test_received_registered_and_dated_are_three_days_and_all_are_kept(letter: Complaint) -> None:
    assert (letter.received_at, letter.registered_at) == (FRIDAY, MONDAY)
    assert str(letter.letter_date) == "2026-02-24"
    assert letter.formal


def test_the_page_says_all_three(house: House, letter: Complaint) -> None:
    with clock.set_to(MONDAY):
        page = Desk(house.handler, letter).get().content.decode()
    head = page[page.index('<p class="row-meta">') : page.index("</header>", page.index('"row-meta"'))]
    assert '<time datetime="2026-02-27T15:00:00+01:00"' in head
    assert '<time datetime="2026-03-02T10:00:00+01:00"' in head
    assert "letter dated 24 February" in head
    story = page[page.index('id="stream"') : page.index('class="happened"')]
    assert '<time datetime="2026-02-27T15:00:00+01:00"' in story
    assert "letter dated 24 February" in story
    registered = page[page.index('class="happened"') :]
    assert registered.index('datetime="2026-03-02T10:00:00+01:00"') < registered.index("</li>")


def test_the_page_says_it_once_where_it_is_one_moment(house: House) -> None:
    page = Desk(house.handler, house.complaint()).get().content.decode()
    assert ">registered <" not in page
    assert "letter dated" not in page


def test_the_api_says_all_three(house: House, letter: Complaint, client: Client) -> None:
    _, token = issue(house.handler, name="post", scopes=[Capability.READ], at=MONDAY)
    answer = client.get(f"/api/v1/complaints/{letter.key}", headers={"Authorization": f"Bearer {token}"})
    given = answer.json()
    moments = [datetime.fromisoformat(given[name]) for name in ("received_at", "registered_at")]
    assert (moments, given["letter_date"]) == ([FRIDAY, MONDAY], "2026-02-24")


def test_scans_of_the_first_letter_stand_with_the_story_and_nowhere_else_in_the_stream(
    house: House, letter: Complaint
) -> None:
    assert Document.objects.filter(complaint=letter).count() == 2
    page = Desk(house.handler, letter).get().content.decode()
    stream = page[page.index('id="stream"') : page.index("</ol>", page.index('id="stream"'))]
    story, rest = stream.split('class="happened"', 1)
    assert (story.count("letter.pdf</a>"), story.count("receipt.pdf</a>")) == (1, 1)
    assert ".pdf</a>" not in rest


def test_scans_of_a_later_letter_hang_on_its_message(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    scans = [SimpleUploadedFile(name, PDF) for name in ("answer.pdf", "photo.pdf")]
    with clock.set_to(MONDAY):
        desk.take("customer-words", words="See my letter.", channel="letter", attachments=scans)
    message = case.messages.get()
    assert [d.name for d in message.documents.all()] == ["answer.pdf", "photo.pdf"]
    assert all(d.from_customer and d.for_customer for d in message.documents.all())
    page = desk.get().content.decode()
    stream = page[page.index('id="stream"') : page.index("</ol>", page.index('id="stream"'))]
    said = stream[stream.index("See my letter.") :]
    assert (said.count("answer.pdf</a>"), said.count("photo.pdf</a>")) == (1, 1)
    assert stream.count(".pdf</a>") == 2


def test_a_scan_is_enough_but_nothing_at_all_is_not(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    response = desk.post("customer-words", words=" ", channel="letter")
    assert response.status_code == 422
    assert "attach their scan" in response.content.decode()
    assert not case.messages.exists()
    desk.take("customer-words", words="", attachments=[SimpleUploadedFile("a.pdf", PDF)])
    assert case.messages.get().documents.count() == 1


def test_two_lots_of_files_under_one_key_are_two_requests(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    form = desk.form("customer-words") | {"words": "Here."}

    def files(first: str) -> list[SimpleUploadedFile]:
        return [SimpleUploadedFile(name, PDF) for name in (first, "same.pdf")]

    assert desk.send("customer-words", form | {"attachments": files("one.pdf")}).status_code == 303
    assert desk.send("customer-words", form | {"attachments": files("two.pdf")}).status_code == 409
    assert Document.objects.count() == 2
