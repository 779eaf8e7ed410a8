"""A letter about progress says what the case knows, and no more, in every language and stage."""

from datetime import timedelta

import pytest

from amends.cases import actions
from amends.cases.choices import Purpose
from amends.cases.coaching import read_draft
from amends.cases.models import Complaint
from amends.coach.owed import MUST
from amends.correspondence.texts import Draft, draft_message
from amends.kit.clock import set_to
from amends.people.languages import LANGUAGES
from tests.conftest import MONDAY, House
from tests.portal.way import Way, brought_to

CODES = [code for code, _ in LANGUAGES]


def letter(complaint: Complaint, days: float = 0) -> Draft:
    with set_to(MONDAY + timedelta(days=days)):
        return draft_message(Purpose.PROGRESS, Complaint.objects.get(pk=complaint.pk), sender="Hanna Handler")


def paragraph(draft: Draft, opening: str) -> str:
    """The one that begins so; empty if there is none."""
    return next((p for p in draft.text.split("\n\n") if p.startswith(opening)), "")


def looking_into_it(house: House) -> Way:
    """Two points, of which one is found; two who were asked, of whom one has answered."""
    way = brought_to("acknowledged", house)
    way.investigating()
    actions.add_issue(way.fresh(), by=way.handler, at=MONDAY, summary="Nobody called back", category="staff")
    actions.ask(
        way.fresh(), by=way.handler, at=MONDAY, question="Why?", due_at=MONDAY, third_party="Repair shop"
    )
    return way


def test_before_the_decision_it_tells_no_finding(house: House) -> None:
    draft = letter(looking_into_it(house).complaint)
    assert paragraph(draft, "This is what we know") == (
        "This is what we know so far:\n– The kettle leaks at the lid.\n"
        "– “The kettle leaks”: we have looked into this.\n"
        "– We have asked the people who know. Answers so far: 1 of 2."
    )
    assert paragraph(draft, "This is what we do not") == (
        "This is what we do not know yet:\n– “Nobody called back”: what happened, and why.\n"
        "– What the people we have asked will tell us. Answers still to come: 1."
    )
    assert "Our answer is not ready yet." in draft.text
    assert "You will hear from us again by 7 March 2026." in draft.text
    assert "Our answer is due by 16 March 2026." in draft.text
    assert "SECRET" not in draft.text
    assert "Repair shop" not in draft.text


def test_what_was_set_aside_is_not_waited_for(house: House) -> None:
    way = looking_into_it(house)
    asked = way.fresh().inquiries.get(third_party="Repair shop")
    actions.set_inquiry_aside(asked, by=way.handler, at=MONDAY, why="Closed for good.")
    draft = letter(way.complaint)
    assert "Answers so far: 1 of 1." in draft.text
    assert "Answers still to come" not in draft.text


def test_after_the_decision_it_says_what_was_found(house: House) -> None:
    draft = letter(brought_to("decided", house).complaint)
    assert "“The kettle leaks”: SECRET-FINDING." in draft.text
    assert paragraph(draft, "This is what we do not") == ""
    assert "Next, we work out how to put it right" in draft.text


def test_an_answer_that_is_late_is_owned_up_to(house: House) -> None:
    way = looking_into_it(house)
    assert "You should have had" not in letter(way.complaint, days=13).text
    late = letter(way.complaint, days=15)
    assert "You should have had our answer by 16 March 2026. We have not kept to that day" in late.text
    assert "Our answer is due by" not in late.text


def test_once_it_is_agreed_it_says_what_is_done_and_what_is_not(house: House) -> None:
    draft = letter(brought_to("fulfilling", house).complaint)
    assert paragraph(draft, "This is done") == "This is done:\nThe price of the kettle"
    assert (
        paragraph(draft, "This is still") == "This is still to be done:\nA letter from us (by 9 March 2026)"
    )
    assert "not ready yet" not in draft.text
    assert "What we agreed is being carried out." in draft.text
    polish = letter(brought_to("fulfilling", house, language="pl").complaint)
    assert "A letter from us (do 9 marca 2026 r.)" in polish.text
    late = letter(brought_to("fulfilling", house).complaint, days=30)
    assert paragraph(late, "This is still") == "This is still to be done:\nA letter from us"


def test_a_case_of_which_nothing_is_known_says_nothing_of_it(house: House) -> None:
    draft = letter(brought_to("acknowledged", house).complaint)
    assert paragraph(draft, "This is what we know") == ""
    assert paragraph(draft, "This is what we do not") == (
        "This is what we do not know yet:\n“The kettle leaks”: what happened, and why."
    )


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "stage", ["acknowledged", "investigating", "decided", "offered", "agreed", "fulfilling"]
)
def test_the_coach_would_let_it_go_out(house: House, code: str, stage: str) -> None:
    case = brought_to(stage, house, language=code).fresh()
    draft = letter(case, days=1)
    assert "$" not in draft.body
    with set_to(MONDAY + timedelta(days=1)):
        read = read_draft(case, Purpose.PROGRESS, draft.body)
    held_up = [(one.code, one.text) for one in read.findings if one.level == MUST]
    assert ([lack.code for lack in read.lacks if lack.level == MUST], held_up) == ([], []), draft.body
