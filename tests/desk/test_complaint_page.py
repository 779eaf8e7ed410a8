"""What the complaint page shows, to whom, and at what cost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.cases import actions
from amends.cases.house_rules import set_rule
from amends.cases.models import Complaint
from amends.cases.words import STAGES
from amends.desk.step_table import DESK_STEPS
from amends.desk.urls_complaint import complaint_urls
from amends.kit import clock
from amends.rules.capabilities import Capability
from amends.rules.lifecycle import MAIN_WAY, STEPS
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.grown import grow

MOST_QUERIES = 45  # of a plan, what the law says about it; of a settlement, its rounds, papers and cost


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.set_to(MONDAY + timedelta(days=11)):
        yield


def test_the_page_stands_at_every_stage(house: House) -> None:
    stages = []
    for case in grow(house):
        content = Desk(house.handler, case).get().content.decode()
        assert case.reference in content
        assert f'<li class="here" aria-current="step"><span>{STAGES[case.stage]}</span></li>' in content
        stages.append(case.stage)
    assert stages == list(MAIN_WAY)


def test_a_grown_case_costs_as_many_queries_as_a_young_one_plus_nothing_per_row(house: House) -> None:
    few = _most_queries(house, 2)
    many = _most_queries(house, 6)
    assert few == many
    assert max(few) <= MOST_QUERIES


def test_clocks_with_a_law_behind_them_cost_no_query_each(house: House) -> None:
    """Two clocks by a rule of the house's own are shown for what one of them costs."""
    counted, laws = [], []
    for kinds in (("answer",), ("answer", "update")):
        desk = Desk(house.lead, _with_rules(house, *kinds))
        desk.get()
        with CaptureQueriesContext(connection) as queries:
            page = desk.get().content.decode()
        counted.append(len(queries))
        laws.append(page.count("No reply in time counts as accepting the complaint."))
    assert laws == [1, 2]
    assert counted[0] == counted[1]


def _with_rules(house: House, *kinds: str) -> Complaint:
    for kind in kinds:
        rule: dict[str, Any] = {"clock": kind, "trigger": "received", "length": 3, "unit": "working days"}
        rule |= {"meets": "dispatch", "consequence": "accepted", "source": "Our way", "sectors": []}
        set_rule(by=house.lead, at=MONDAY, name=f"house-{kind}", **rule)
    return house.complaint()


def _most_queries(house: House, many: int) -> list[int]:
    counted = []
    for case in grow(house, many):
        desk = Desk(house.lead, case)
        desk.get()
        with CaptureQueriesContext(connection) as queries:
            desk.get()
        counted.append(len(queries))
    return counted


def test_every_step_that_staff_may_take_has_its_form_and_its_address() -> None:
    taken = {name for name, step in STEPS.items() if step.needs is not None and name != "register"}
    assert taken == set(DESK_STEPS)
    needs = {url.name: url.callback.needs for url in complaint_urls}  # type: ignore[attr-defined]
    assert {name: STEPS[name].needs for name in taken} | {
        "complaint": Capability.READ,
        "document": Capability.READ,
        "plan-comparison": Capability.READ,
        "scan": Capability.READ,
    } == needs


def test_the_next_step_says_what_is_there_and_what_is_missing(house: House) -> None:
    case = house.complaint()
    hanna = house.actor(house.handler)
    actions.acknowledge(case, by=hanna, at=MONDAY, text="We are on it.")
    actions.assign(case, by=hanna, at=MONDAY, handler=house.handler)
    actions.investigate(case, by=hanna, at=MONDAY)
    card = Desk(house.handler, case).get().context["card"]  # type: ignore[attr-defined]
    assert (card.name, card.is_next, card.form) == ("decide", True, None)
    assert [(str(check.sentence), check.done) for check in card.checks] == [
        ("Not every point has a finding with reasons.", False),
        ("The problem has not been said back to the customer.", False),
        ("Somebody handles the case.", True),
        ("The handler is not complained about.", True),
        ("The handler is senior enough.", True),
        ("It says what the complaint is about, point by point.", True),
        ("No statement is awaited.", True),
    ]
    assert [check.url for check in card.checks[:2]] == ["#points", f"/complaints/{case.key}/understanding"]


def test_who_is_complained_about_finds_nothing(house: House) -> None:
    case = house.complaint(complained_about=[house.colleague])
    karl = Desk(house.colleague, case)
    assert [karl.get(noun).status_code for noun in ("", "notes", "acknowledgement")] == [404, 404, 404]
    assert karl.send("notes", {"text": "I was not there."}).status_code == 404
    assert not case.messages.exists()


def test_naming_oneself_leads_away_from_the_case(house: House) -> None:
    case = house.complaint()
    response = Desk(house.handler, case).post("conflict", about=[house.handler.pk])
    assert (response.status_code, response["Location"]) == (303, reverse("desk:today"))
    assert list(case.complained_about.all()) == [house.handler]


def test_without_the_capability_the_step_is_forbidden(house: House) -> None:
    case = house.complaint()
    packer = Desk(house.packer, case)
    assert packer.get().status_code == 200
    assert packer.send("acknowledgement", {"text": "Hello", "channel": "phone"}).status_code == 403
    assert Complaint.objects.get().stage == "received"


def test_the_customers_link_is_shown_only_to_those_who_handle(house: House) -> None:
    case = house.complaint()
    assert 'id="customer-link"' in Desk(house.handler, case).get().content.decode()
    assert 'id="customer-link"' not in Desk(house.packer, case).get().content.decode()


def test_a_stranger_is_sent_to_sign_in(house: House, client: object) -> None:
    case = house.complaint()
    response = client.get(f"/complaints/{case.key}")  # type: ignore[attr-defined]
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in")


def test_who_may_approve_is_named(house: House) -> None:
    case = next(case for case in grow(house) if case.stage == "awaiting_approval")
    content = Desk(house.handler, case).get().content.decode()
    assert "May approve it: Lena Lead" in " ".join(content.split())


def test_a_long_case_shows_its_newest_hundred_and_the_way_to_the_rest(house: House) -> None:
    case = house.complaint()
    for number in range(105):
        actions.note(case, by=house.actor(house.handler), at=MONDAY, text=f"Note {number}.")
    desk = Desk(house.handler, case)
    newest = desk.get().content.decode()
    assert ("Note 5." in newest, "Note 4." in newest, 'href="?before=7"' in newest) == (True, False, True)
    earlier = desk.get("?before=7").content.decode()
    assert ("Note 0." in earlier, "Note 4." in earlier, "Note 5." in earlier) == (True, True, False)


def test_moments_are_said_in_the_readers_language(house: House) -> None:
    case = house.complaint()
    house.handler.language = "sv"
    house.handler.save()
    assert ">2 mars " in Desk(house.handler, case).get().content.decode()
