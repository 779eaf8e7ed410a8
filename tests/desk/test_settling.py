"""The negotiation at the desk: rounds, wishes, versions side by side, signed papers, who may sign."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases import actions
from amends.cases.documents import accept
from amends.cases.models import Agreement, Offer, SignedPaper
from amends.cases.plan_changes import ADDED, CHANGED, REMOVED, SAME, compared
from amends.correspondence.sealing.scan_pages import NoPicture, page_picture, pages_of
from amends.kit import clock
from amends.people.models import Representative
from tests.cases.test_settlement_text import cooling_off, offered
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.grown import PDF
from tests.portal.way import Way, brought_to

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "0005fe02fea7356d0000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    with clock.set_to(MONDAY + timedelta(days=2)):
        yield


def page(desk: Desk, noun: str = "") -> str:
    return desk.get(noun).content.decode()


def with_paper(house: House, content: bytes = PNG, name: str = "signed.png") -> tuple[Way, SignedPaper]:
    """An offer that came back signed on paper, put on file by the handler."""
    way = brought_to("offered", house)
    scan = accept(SimpleUploadedFile(name, content))
    actions.attach(way.complaint, by=way.handler, at=MONDAY, document=scan)
    return way, actions.bring_paper(way.offer, by=way.handler, at=MONDAY, signed_name="Clara", scan=scan)


# --- rounds --------------------------------------------------------------------------------------


def test_what_was_asked_for_instead_stands_where_the_next_plan_is_written(house: House) -> None:
    way = brought_to("offered", house)
    desk = Desk(house.handler, way.complaint)
    assert 'id="instead-name"' not in page(desk, "plans")
    actions.counter(way.offer, by=way.customer, at=MONDAY, words="And the table cloth.")
    card = page(desk, "plans").split('id="step"')[1].split("</section>")[0]
    assert 'id="instead-name"' in card
    assert "And the table cloth." in card


def test_a_round_says_what_was_offered_what_was_said_and_how_long_it_stood(house: House) -> None:
    way = brought_to("offered", house)
    desk = Desk(house.handler, way.complaint)
    done = desk.post(
        "counter-proposal",
        words="And the table cloth.",
        kinds=["replacement", "compensation"],
        amount="300",
        currency="SEK",
        channel="phone",
    )
    assert done.status_code == 303
    offer = Offer.objects.get()
    assert (offer.answer, offer.answer_words) == ("countered", "And the table cloth.")
    assert offer.wishes == [
        {"kind": "replacement"},
        {"kind": "compensation", "amount": "300", "currency": "SEK"},
    ]
    text = page(desk).replace("\xa0", " ")
    assert "Stood for 2 days" in text
    assert "Refund, SEK 499.00: The price of the kettle" in text
    assert "Chosen: Replacement by courier; Compensation, SEK 300.00" in text
    heard = way.fresh().messages.get(direction="in")
    assert (heard.channel, "Chosen: Replacement" in heard.body) == ("phone", True)


@pytest.mark.parametrize("fields", [{}, {"amount": "5", "currency": ""}, {"kinds": ["gift"]}])
def test_what_is_no_counter_proposal(house: House, fields: dict[str, object]) -> None:
    way = brought_to("offered", house)
    response = Desk(house.handler, way.complaint).post("counter-proposal", channel="phone", **fields)
    assert (response.status_code, way.fresh().stage) == (422, "offered")


def test_more_rounds_cost_no_more_queries(house: House) -> None:
    way = brought_to("offered", house)
    desk = Desk(house.handler, way.complaint)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get().status_code == 200
        return len(queries)

    asked()
    before = asked()
    for _ in range(3):
        actions.counter(way.fresh().offers.get(answer="open"), by=way.customer, at=MONDAY, words="More.")
        way.make_offer()
    assert asked() == before


# --- versions side by side -----------------------------------------------------------------------


def test_versions_side_by_side(house: House) -> None:
    way, _ = offered(house)
    first = way.plan
    issue = way.complaint.issues.get()
    actions.counter(way.fresh().offers.get(), by=way.customer, at=MONDAY, words="More.")
    before = list(first.remedies.all())
    second = actions.plan(
        way.complaint,
        by=way.handler,
        at=MONDAY,
        currency="SEK",
        prevention="Each lid is tested.",
        remedies=[
            actions.RemedyDraft(
                kind="replacement",
                description="A new kettle",
                issue=issue,
                cost=before[0].cost,
                within_days=3,
            ),
            actions.RemedyDraft(kind="gift", description="Tea", issue=issue, cost=before[1].cost),
            actions.RemedyDraft(
                kind="apology",
                description="A letter from us",
                issue=issue,
                cost=before[2].cost,
                within_days=1,
            ),
        ],
    )
    told = compared(first, second)
    assert [(one.how, sorted(one.fields)) for one in told.remedies] == [
        (CHANGED, ["within_days"]),
        (REMOVED, []),
        (ADDED, []),
        (SAME, []),
    ]
    assert [one.how for one in told.parts] == [REMOVED]
    assert told.words == {"prevention"}
    sums = [told.sums[0].amount, *(one.cost for one in told.sums)]
    assert sums == [Decimal(59), Decimal(459), Decimal(459)]
    assert not compared(second, second).changed
    desk = Desk(house.handler, way.complaint)
    text = page(desk, "plan-comparison")
    for words in ("<mark>within 3 days</mark>", "Left out", "offered in round 1", "Each lid is tested."):
        assert words in text
    assert "Nothing differs between these two." in page(desk, "plan-comparison?before=2&after=2")
    assert "<mark>within 3 days</mark>" in page(desk, "plan-comparison?before=x&after=999999999")
    assert "Compare versions" in page(desk)


def test_one_version_is_compared_with_nothing(house: House) -> None:
    desk = Desk(house.handler, brought_to("offered", house).complaint)
    assert desk.get("plan-comparison").status_code == 404
    assert "Compare versions" not in page(desk)


def test_what_the_customer_does_is_planned_line_by_line(house: House) -> None:
    way = brought_to("decided", house)
    desk = Desk(house.handler, way.complaint)
    line = {"lines-0-kind": "repair", "lines-0-description": "A new lid", "lines-0-cost": "50"}
    typed = line | {"parts-0-description": "Send it in", "parts-0-within_days": "9", "another_part": "1"}
    again = desk.post("plans", **typed)
    assert (again.status_code, way.fresh().plans.count()) == (200, 0)
    assert 'name="parts-1-description"' in again.content.decode()
    done = desk.send("plans", desk.form("plans") | line | {"parts-0-description": "Send it in"})
    assert done.status_code == 303
    plan = way.fresh().plans.get()
    assert [(p.description, p.within_days) for p in plan.customer_parts.all()] == [("Send it in", 14)]
    assert "Send it in" in page(desk)
    assert desk.form("plans")["parts-0-description"] == "Send it in"
    wrong = desk.post("plans", **{"parts-0-within_days": "900"})
    assert (wrong.status_code, way.fresh().plans.count()) == (422, 1)


# --- signed papers -------------------------------------------------------------------------------


def test_somebody_else_compares_the_paper_with_the_text(house: House) -> None:
    way, paper = with_paper(house)
    brought, other = Desk(house.handler, way.complaint), Desk(house.colleague, way.complaint)
    assert "Signed papers to check" in other.client.get("/").content.decode()
    assert "Signed papers to check" not in brought.client.get("/").content.decode()
    assert "Signed papers to check" not in Desk(house.packer, way.complaint).client.get("/").content.decode()
    text = page(other, "agreement")
    shown = f"/complaints/{way.complaint.key}/papers/{paper.pk}/pages/1"
    assert f'src="{shown}"' in text
    assert "What came back signed" in text
    picture = other.client.get(shown)
    assert (picture["Content-Type"], picture.content) == ("image/png", PNG)
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert brought.client.post(f"{brought.page}/agreement", {"paper": paper.pk}).status_code == 409
    other.take("agreement")
    agreement = Agreement.objects.get()
    assert (agreement.means, agreement.checked_by) == ("paper", house.colleague)
    assert "Signed papers to check" not in other.client.get("/").content.decode()
    assert "compared by Karl Colleague" in page(other)


def test_a_paper_that_came_since_is_not_taken_for_the_one_that_was_looked_at(house: House) -> None:
    way, paper = with_paper(house)
    desk = Desk(house.colleague, way.complaint)
    seen = desk.form("agreement")
    actions.reject_paper(paper, by=house.actor(house.lead), at=MONDAY, why="Not signed.")
    scan = accept(SimpleUploadedFile("other.png", PNG))
    actions.attach(way.complaint, by=way.handler, at=MONDAY, document=scan)
    actions.bring_paper(way.offer, by=way.handler, at=MONDAY, signed_name="Clara", scan=scan)
    assert (desk.send("agreement", seen).status_code, way.fresh().stage) == (409, "offered")


def test_a_paper_that_will_not_do_says_why(house: House) -> None:
    way, paper = with_paper(house)
    desk = Desk(house.colleague, way.complaint)
    assert desk.post("rejected-paper", why=" ").status_code == 422
    assert desk.post("rejected-paper", why="Page two is missing.").status_code == 303
    paper.refresh_from_db()
    assert (paper.accepted, paper.why_not, way.fresh().stage) == (False, "Page two is missing.", "offered")
    text = page(desk)
    assert "Will not do, says Karl Colleague" in text
    assert "Page two is missing." in text


def test_pages_of_scans(house: House) -> None:
    import typst

    two = typst.compile(b"One #pagebreak() Two", format="pdf")
    assert isinstance(two, bytes)
    way, paper = with_paper(house, two, "signed.pdf")
    assert pages_of(paper.scan) == 2
    content, media_type = page_picture(paper.scan, 2)
    assert (content[:4], media_type) == (b"\x89PNG", "image/png")
    for number in (0, 3, 999):
        with pytest.raises(NoPicture):
            page_picture(paper.scan, number)
    desk = Desk(house.colleague, way.complaint)
    at = f"/complaints/{way.complaint.key}/papers/{paper.pk}/pages"
    assert [desk.client.get(f"{at}/{number}").status_code for number in (1, 2, 3)] == [200, 200, 404]
    way.complaint.complained_about.add(house.colleague)
    assert desk.client.get(f"{at}/1").status_code == 404


def test_a_file_that_is_no_real_pdf_is_opened_beside_the_page(house: House) -> None:
    way, paper = with_paper(house, PDF, "signed.pdf")
    assert pages_of(paper.scan) == 0
    assert "cannot be shown here" in page(Desk(house.colleague, way.complaint), "agreement")


# --- who may sign, and withdrawing ---------------------------------------------------------------


def test_the_authority_of_a_representative_is_put_on_file(house: House) -> None:
    speaker = Representative.objects.create(customer=house.customer, name="Dora", email="dora@example.org")
    way = brought_to("offered", house, representative=speaker)
    desk = Desk(house.handler, way.complaint)
    assert desk.post("authority", may_sign="on").status_code == 422
    speaker.refresh_from_db()
    assert speaker.may_sign is False
    file = SimpleUploadedFile("authority.pdf", PDF)
    assert desk.post("authority", may_sign="on", attachment=file).status_code == 303
    speaker.refresh_from_db()
    assert (speaker.may_sign, "authority.pdf" in page(desk)) == (True, True)
    unticked = {k: v for k, v in desk.form("authority").items() if k != "may_sign"}
    assert desk.send("authority", unticked).status_code == 303
    speaker.refresh_from_db()
    assert speaker.may_sign is False
    assert desk.post("authority", may_sign="on").status_code == 422  # the paper went with the yes


def test_nobody_speaks(house: House) -> None:
    way = brought_to("offered", house)
    desk = Desk(house.handler, way.complaint)
    refused = desk.client.post(f"{desk.page}/authority", {"once": "k"})
    assert refused.status_code == 409
    assert "Nobody speaks for the customer." in refused.content.decode()


def test_an_agreement_that_was_withdrawn_from_stays_to_be_read(house: House) -> None:
    cooling_off(house)
    way = brought_to("agreed", house)
    desk = Desk(house.handler, way.complaint)
    assert "The customer may withdraw from it until" in page(desk)
    assert (
        desk.post("withdrawal-from-agreement", words="On second thoughts.", channel="phone").status_code
        == 303
    )
    text = page(desk)
    assert "Agreement that the customer withdrew from" in text
    assert way.agreement.text_sha256 in text
    assert way.fresh().stage == "decided"
