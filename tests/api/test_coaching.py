"""The language coach for programs: POST /api/v1/coach."""

import pytest

from amends.cases.house_coach import set_words
from amends.cases.models import Event, Message
from amends.rules.capabilities import Capability
from tests.api.conftest import Let
from tests.conftest import MONDAY, House

LETTER = (
    "Dear Ms Berg,\n\nThank you for your letter. We are sorry you feel that way.\n\nYours sincerely,\nHouse"
)


def test_a_draft_is_read_and_nothing_is_kept(house: House, let: Let) -> None:
    events = Event.objects.count()
    given = {"text": LETTER, "language": "en", "reader": "sv"}
    answer = let(house.handler).post("/coach", given)
    assert answer.status_code == 200
    body = answer.json()
    start = LETTER.index("sorry you feel")
    (finding,) = body["findings"]
    assert (finding["code"], finding["start"], finding["end"]) == (
        "blame",
        start,
        start + len("sorry you feel"),
    )
    assert finding["why"].startswith("Det beklagar hur kunden känner sig")
    assert finding["level"] == "must-have"
    assert (body["language"], "no-thanks" in body["missing"]) == ("en", False)
    assert "carp-problem-solve" in body["missing"]
    assert Event.objects.count() == events


def test_zh_is_simplified_chinese(house: House, let: Let) -> None:
    answer = let(house.handler).post("/coach", {"text": "感谢您来信。", "language": "zh", "reader": "zh"})
    assert answer.json()["language"] == "zh-Hans"


def test_what_cannot_be_read_is_said(house: House, let: Let) -> None:
    program = let(house.handler)
    for given, field in (
        ({"text": "Hi", "language": "xx"}, "language"),
        ({"text": "Hi", "case": {"decision": 5}}, "case"),
        ({"text": "Hi", "case": {"remedies": [{"kind": "refund", "by": "soon"}]}}, "case"),
        ({}, "text"),
    ):
        refused = program.post("/coach", given)
        assert refused.status_code == 422
        assert field in str(refused.json()["errors"]), refused.json()


def test_only_who_writes_to_customers_may_ask(house: House, let: Let) -> None:
    refused = let(house.handler, {Capability.READ}).post("/coach", {"text": "Hi"})
    assert (refused.status_code, refused.json()["needs"]) == (403, "handle")


@pytest.mark.coached
def test_a_text_that_lacks_something_is_refused_with_the_codes(house: House, let: Let) -> None:
    case, program = house.complaint(), let(house.handler)
    path = f"/complaints/{case.key}/acknowledgement"
    answer = program.post(path, {"text": "We are sorry that you feel that way."})
    assert answer.status_code == 409
    (reason,) = answer.json()["reasons"]
    assert reason["code"] == "coach_must_haves"
    assert set(reason["missing"]) == {"blame", "no-reference", "no-next-step"}
    assert Message.objects.count() == 0
    given = {"text": "We are sorry that you feel that way.", "override": "Agreed with the customer."}
    assert program.post(path, given).status_code == 200
    assert Message.objects.get(direction="inside").body == "Agreed with the customer."


def test_the_rules_of_the_house_hold_for_programs(house: House, let: Let) -> None:
    set_words("en", [{"words": "kettle", "why": "", "instead": "boiler"}], seen=0, by=house.lead, at=MONDAY)
    body = let(house.handler).post("/coach", {"text": "The kettle is here.", "language": "en"}).json()
    assert [(f["code"], f["wording"]) for f in body["findings"]] == [("house-word", "boiler")]
