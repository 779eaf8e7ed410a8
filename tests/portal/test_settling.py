"""The offer and the agreement on the customer's page: answers, drawing, withdrawing, representatives."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases import actions
from amends.cases.documents import kept
from amends.cases.house_policy import draft, seen_of, switch_on
from amends.cases.models import Offer, SigningCode
from amends.cases.signing import code_of
from amends.kit.clock import set_to
from amends.people.models import Representative
from amends.rules.policy import Gives, Row, Table
from tests.cases.test_settlement_text import cooling_off
from tests.conftest import MONDAY, House
from tests.portal.conftest import NOON, Link

At = Callable[..., Link]


def signed(link: Link, **more: object) -> dict[str, object]:
    """What the customer fills in to sign what lies on the table."""
    link.post("signing-code", round=1)
    offer = Offer.objects.get(round=1)
    told = {"round": 1, "signed_name": "Clara", "shown_sha256": offer.settlement_sha256}
    return told | {"code": code_of(SigningCode.objects.latest("pk"))} | more


def test_the_page_says_how_long_it_stands_and_that_silence_is_no_consent(at: At) -> None:
    text = at("offered").text()
    assert "It stands until 16 March 2026 10:00, so it ends in 13 days." in text
    assert "If you do nothing, you have agreed to nothing" in text


def test_another_text_than_the_one_shown_is_not_signed(at: At) -> None:
    link = at("offered")
    refused = link.post("signature", **signed(link, shown_sha256="0" * 64))
    assert (refused.status_code, link.fresh().stage) == (409, "offered")
    assert "Read it again before you sign." in refused.content.decode()
    missing = link.post("signature", **signed(link, shown_sha256=""))
    assert (missing.status_code, link.fresh().stage) == (422, "offered")


@pytest.mark.parametrize("drawing", ["", "<svg onload=alert(1)>", "M1 2", "M1 2 L3 4 Z", "M99999 2 L3 4"])
def test_what_is_no_drawing_is_left_out_and_the_name_counts(at: At, drawing: str) -> None:
    link = at("offered")
    assert link.post("signature", **signed(link, drawing=drawing)).status_code == 303
    assert link.fresh().agreements.get().drawing == ""


def test_the_field_to_draw_in_is_there_for_scripts_only(at: At) -> None:
    link = at("offered")
    assert "data-pad" not in link.text()
    link.post("signing-code", round=1)
    for noun in ("", "signature"):
        text = link.text(noun)
        assert '<div class="pad" data-pad hidden>' in text
        assert "amends/signature.js" in text


def test_asked_for_by_choices_and_a_sum(at: At) -> None:
    link = at("offered")
    done = link.post("counter-proposal", round=1, kinds=["replacement", "refund"], amount="120.50")
    offer = link.fresh().offers.get()
    assert (done.status_code, offer.answer, offer.answer_words) == (303, "countered", "")
    assert offer.wishes == [
        {"kind": "replacement"},
        {"kind": "refund", "amount": "120.50", "currency": "SEK"},
    ]
    said = link.fresh().messages.get(direction="in")
    assert said.body.replace("\xa0", " ") == "Chosen: Replacement by courier; Refund, SEK 120.50"


def test_own_words_stand_before_what_was_chosen(at: At) -> None:
    link = at("offered")
    link.post("counter-proposal", round=1, words="And the postage?", amount="20")
    offer = link.fresh().offers.get()
    assert (offer.answer_words, offer.wishes) == ("And the postage?", [{"amount": "20", "currency": "SEK"}])
    body = link.fresh().messages.get(direction="in").body.replace("\xa0", " ")
    assert body == "And the postage?\n\nChosen: SEK 20.00"


@pytest.mark.parametrize("typed", ["90", "90.00", "90,00", " 90,0 "])
def test_a_sum_is_read_as_the_customer_types_it(at: At, typed: str) -> None:
    link = at("offered")
    link.post("counter-proposal", round=1, amount=typed)
    assert Decimal(link.fresh().offers.get().wishes[0]["amount"]) == 90


@pytest.mark.parametrize(
    "fields",
    [
        {"kinds": ["gift"]},
        {"amount": "-3"},
        {"amount": "1,234"},
        {"amount": "a lot"},
        {"amount": "1.234"},
        {},
    ],
)
def test_what_cannot_be_asked_for_comes_back(at: At, fields: dict[str, object]) -> None:
    link = at("offered")
    response = link.post("counter-proposal", round=1, **fields)
    assert (response.status_code, link.fresh().stage) == (422, "offered")


def test_only_what_the_house_offers_at_all_can_be_chosen(at: At, house: House) -> None:
    rows = (Row(id="all", name="All", gives=(Gives(kind="repair", words="A repair"),)),)
    version = draft(by=house.lead, at=MONDAY, name="Small", table=Table(rows=rows))
    link = at("offered")
    switch_on(version, by=house.lead, at=NOON, since=NOON, note="", seen=seen_of(version))
    text = link.text("counter-proposal")
    assert [kind for kind in ("repair", "refund", "visit", "apology") if f'value="{kind}"' in text] == [
        "repair",
        "apology",
    ]


def test_withdrawing_where_the_text_gives_the_right(at: At, house: House) -> None:
    cooling_off(house)
    link = at("agreed")
    text = link.text()
    assert "You may withdraw from this agreement until 16 March 2026 23:59." in text
    assert link.post("agreement-withdrawal", words="x").status_code == 422
    done = link.post("agreement-withdrawal", sure="on", words="I thought again.")
    agreement = link.fresh().agreements.get()
    assert (done.status_code, link.fresh().stage, agreement.ended_how) == (303, "decided", "withdrawn")
    text = link.text()
    assert "You withdrew from it on Monday, 2 March 2026. It no longer holds." in text
    assert agreement.text in text.replace("&#x27;", "'")
    assert "Withdraw from the agreement" not in text
    assert link.fresh().messages.filter(body="I thought again.").count() == 1


@pytest.mark.parametrize("rule", [True, False])
def test_no_withdrawing_after_its_time_or_without_the_right(at: At, house: House, rule: bool) -> None:
    if rule:
        cooling_off(house)
    link = at("agreed")
    with set_to(NOON + timedelta(days=15)):
        assert "Withdraw from the agreement" not in link.text()
        refused = link.post("agreement-withdrawal", sure="on")
        assert "There is no right to withdraw" in refused.content.decode()
    assert (refused.status_code, link.fresh().stage) == (409, "agreed")


def test_what_the_customer_does_has_its_day(at: At) -> None:
    link = at("decided")
    way = link.way
    actions.plan(
        way.complaint,
        by=way.handler,
        at=MONDAY,
        currency="SEK",
        remedies=[
            actions.RemedyDraft(
                kind="repair", description="A new lid", issue=way.complaint.issues.get(), cost=Decimal(50)
            )
        ],
        customer_parts=[actions.PartDraft(description="Send it in", within_days=10)],
    )
    way.make_offer()
    assert "1. Send it in, within 10 days" in link.text()
    way.agreed()
    text = link.text()
    assert "Send it in" in text
    assert "By Thursday, 12 March 2026" in text


def test_a_signed_paper_that_lies_here_is_spoken_of(at: At) -> None:
    link = at("offered")
    scan = actions.attach(
        link.fresh(), by=link.way.handler, at=NOON, document=kept("signed.pdf", "application/pdf", b"%PDF-")
    )
    actions.bring_paper(link.way.offer, by=link.way.handler, at=NOON, signed_name="Clara", scan=scan)
    assert "Your signed paper has arrived." in link.text()


def test_a_representative_signs_by_the_authority_on_file(at: At, house: House) -> None:
    speaker = Representative.objects.create(customer=house.customer, name="Dora", email="dora@example.org")
    link = at("offered", representative=speaker)
    assert "we have no written authority from them" in link.text()
    paper = actions.attach(
        link.fresh(),
        by=link.way.handler,
        at=NOON,
        document=kept("authority.pdf", "application/pdf", b"%PDF-"),
    )
    actions.authorise(link.fresh(), by=link.way.handler, at=NOON, document=paper)
    text = link.text()
    assert "You sign for Clara Customer. Their written authority is on file: authority.pdf" in text
    link.post("signature", **signed(link, signed_name="Dora"))
    agreement = link.fresh().agreements.get()
    assert (agreement.signed_as, agreement.authority) == ("representative", paper)
