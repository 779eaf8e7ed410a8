"""What an offer's letter says of the plan, and that who asked for something else reads an answer to that."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from amends.cases import actions
from amends.cases.actions import PartDraft, RemedyDraft
from amends.cases.choices import Purpose
from amends.cases.coaching import coach_case_of
from amends.cases.models import Complaint
from amends.coach.draft import coach
from amends.correspondence.texts import draft_message, text_name
from amends.people.actors import customer_actor
from amends.people.languages import LANGUAGES
from tests.cases.with_policy import decided
from tests.conftest import MONDAY, House

CODES = [code for code, _ in LANGUAGES]
PARTS = (PartDraft(description="You send the kettle back", within_days=14),)


def planned(house: House, *, parts: tuple[PartDraft, ...] = PARTS, **changes: Any) -> Complaint:
    case = decided(house, **changes)
    remedy = RemedyDraft(
        kind="refund",
        description="The price of the kettle",
        issue=case.issues.get(),
        amount=Decimal(50),
        cost=Decimal(50),
    )
    actions.plan(
        case,
        by=house.actor(house.handler),
        at=MONDAY,
        currency="SEK",
        remedies=[remedy],
        customer_parts=parts,
    )
    return Complaint.objects.get(pk=case.pk)


def countered(house: House, words: str = "", wishes: Sequence[dict[str, Any]] = ()) -> Complaint:
    case = planned(house)
    offer = actions.offer(case, by=house.actor(house.handler), at=MONDAY, text="This is our offer.")
    customer = customer_actor(house.customer)
    actions.counter(offer, by=customer, at=MONDAY + timedelta(days=1), words=words, wishes=wishes)
    return Complaint.objects.get(pk=case.pk)


@pytest.mark.parametrize("code", CODES)
def test_the_letter_says_what_the_customer_is_asked_to_do(house: House, code: str) -> None:
    body = draft_message(Purpose.OFFER, planned(house, language=code)).body
    assert "You send the kettle back" in body
    assert body.index("The price of the kettle") < body.index("You send the kettle back")


@pytest.mark.parametrize("code", CODES)
def test_where_nothing_is_asked_of_them_nothing_is_said_of_it(house: House, code: str) -> None:
    asked = draft_message(Purpose.OFFER, planned(house, language=code)).text
    not_asked = draft_message(Purpose.OFFER, planned(house, language=code, parts=())).text
    assert asked.count("\n\n") == not_asked.count("\n\n") + 1


def test_who_asked_for_something_else_reads_an_answer_to_that(house: House) -> None:
    assert text_name(Purpose.OFFER, planned(house)) == "offer"
    case = countered(house, words="And the postage, please.")
    assert text_name(Purpose.OFFER, case) == "counter-answer"
    body = draft_message(Purpose.OFFER, case).body
    assert "And the postage, please." in body
    assert "You send the kettle back" in body


def test_the_reasons_of_the_finding_are_no_reasons_for_the_answer(house: House) -> None:
    assert "A bad seal." not in draft_message(Purpose.OFFER, countered(house, words="More.")).body


@pytest.mark.parametrize("code", CODES)
def test_what_they_chose_without_words_is_said_in_their_language(house: House, code: str) -> None:
    house.customer.language = code
    house.customer.save()
    case = countered(house, wishes=[{"kind": "refund", "amount": "80", "currency": "SEK"}])
    assert "80" in draft_message(Purpose.OFFER, case).body


@pytest.mark.parametrize("code", CODES)
def test_the_coach_lets_the_sum_that_they_asked_for_be_said_back(house: House, code: str) -> None:
    house.customer.language = code
    house.customer.save()
    case = countered(house, wishes=[{"kind": "refund", "amount": "80", "currency": "SEK"}])
    text = draft_message(Purpose.OFFER, case).text
    assert "80" in text
    assert "sum-not-in-plan" not in noticed(text, case)


def test_the_coach_still_marks_another_sum(house: House) -> None:
    case = countered(house, wishes=[{"kind": "refund", "amount": "80", "currency": "SEK"}])
    text = draft_message(Purpose.OFFER, case).text + "\n\nWe will refund you SEK 90.00."
    assert "sum-not-in-plan" in noticed(text, case)


def noticed(text: str, case: Complaint) -> set[str]:
    return {one.code for one in coach(text, case=coach_case_of(case, Purpose.OFFER)).findings}
