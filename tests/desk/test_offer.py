"""Rounds with the customer, as staff put them on file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from amends.cases import actions
from amends.cases.models import Complaint
from amends.kit import clock
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.grown import grow


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with clock.set_to(MONDAY + timedelta(days=4)):
        yield


def _grown_to(house: House, stage: str) -> Complaint:
    return next(case for case in grow(house) if case.stage == stage)


def test_an_answer_to_an_old_round_does_not_answer_the_new_one(house: House) -> None:
    case = _grown_to(house, "offered")
    desk = Desk(house.handler, case)
    old = desk.form("declined-offer")
    hanna = house.actor(house.handler)
    actions.counter(case.offers.get(), by=hanna, at=MONDAY, words="More.")
    actions.offer(case, by=hanna, at=MONDAY, text="The same again.")
    response = desk.send("declined-offer", old | {"channel": "phone"})
    assert response.status_code == 409
    assert [str(s) for s in response.context["card"].refusal] == ["This was already done."]  # type: ignore[attr-defined]
    assert list(case.offers.values_list("answer", flat=True)) == ["countered", "open"]


def test_an_offer_stands_until_the_end_of_its_day(house: House, settings: object) -> None:
    settings.TIME_ZONE = "UTC"  # type: ignore[attr-defined]
    case = _grown_to(house, "awaiting_approval")
    plan = case.current_plan
    assert plan is not None
    actions.approve(case, by=house.actor(house.lead), at=MONDAY, plan=plan)
    Desk(house.handler, case).take("offers", offer="We pay.", until="2026-03-20")
    assert case.offers.get().expires_at == datetime(2026, 3, 20, 23, 59, 59, tzinfo=UTC)


def test_an_offer_cannot_end_before_it_is_made(house: House) -> None:
    case = _grown_to(house, "awaiting_approval")
    plan = case.current_plan
    assert plan is not None
    actions.approve(case, by=house.actor(house.lead), at=MONDAY, plan=plan)
    response = Desk(house.handler, case).post("offers", offer="We pay.", until="2026-03-01")
    assert (response.status_code, case.offers.count()) == (422, 0)


def test_approval_is_of_the_version_that_was_shown(house: House) -> None:
    case = _grown_to(house, "awaiting_approval")
    desk = Desk(house.lead, case)
    shown = desk.form("approval")
    hanna, lena = house.actor(house.handler), house.actor(house.lead)
    first = case.current_plan
    assert first is not None
    actions.send_back(case, by=lena, at=MONDAY, plan=first, note="More.")
    remedy = actions.RemedyDraft(kind="repair", description="A new seal", cost=first.remedies.all()[0].cost)
    rest = [
        actions.RemedyDraft(kind="repair", description="A new seal", issue=issue, cost=remedy.cost)
        for issue in case.issues.all()
    ]
    actions.plan(case, by=hanna, at=MONDAY, currency="SEK", remedies=rest)
    actions.submit_plan(case, by=hanna, at=MONDAY)
    response = desk.send("approval", shown)
    assert response.status_code == 409
    assert [str(s) for s in response.context["card"].refusal] == [  # type: ignore[attr-defined]
        "The plan has changed since: look at the new version first."
    ]
    case.refresh_from_db()
    assert case.stage == "awaiting_approval"


def test_nobody_approves_their_own_plan_from_the_page(house: House) -> None:
    case = _grown_to(house, "awaiting_approval")
    response = Desk(house.handler, case).get("approval")
    assert response.status_code == 403
