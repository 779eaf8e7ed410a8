"""Bodies outside through the API: one has the complaint, it is over, goods came back."""

from datetime import timedelta

from amends.kit import clock
from tests.api.conftest import Let
from tests.conftest import MONDAY, House


def test_a_body_has_it_until_it_is_over(house: House, let: Let) -> None:
    case = house.complaint(country="US")
    handler, at = let(house.handler), f"/complaints/{case.key}/bodies-outside"
    said = {"body": "The Board", "since": (MONDAY - timedelta(days=3)).isoformat(), "reference": "B-7"}
    with clock.set_to(MONDAY):
        made = handler.post(at, said)
        assert made.status_code == 201
        row = made.json()
        assert (row["body"], row["reference"], row["wants_answer"]) == ("The Board", "B-7", True)
        again = handler.post(at, said)
        assert again.status_code == 409
        assert [reason["code"] for reason in again.json()["reasons"]] == ["already_done"]
        assert handler.post(at, said | {"since": (MONDAY + timedelta(1)).isoformat()}).status_code == 422
        kinds = [one["kind"] for one in handler.get("/clocks").json()["items"]]
        assert "body" in kinds
        over = handler.post(f"{at}/{row['key']}/outcome", {"outcome": "Answered."})
        assert over.json()["outcome"] == "Answered."
    listed = handler.get(at).json()["items"]
    assert [one["ended_at"] is None for one in listed] == [False]


def test_goods_came_back_only_where_something_is_carried_out(house: House, let: Let) -> None:
    case = house.complaint()
    since = (MONDAY - timedelta(days=1)).isoformat()
    with clock.set_to(MONDAY):
        answer = let(house.packer).post(f"/complaints/{case.key}/goods-returned", {"since": since})
    assert answer.status_code == 409
    assert [reason["code"] for reason in answer.json()["reasons"]] == ["wrong_stage"]
