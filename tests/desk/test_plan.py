"""The plan's editor, line by line and without scripts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from amends.cases.models import Complaint
from amends.kit import clock
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk, fields_of
from tests.desk.grown import grow


@pytest.fixture
def decided(house: House) -> Iterator[Complaint]:
    with clock.set_to(MONDAY + timedelta(days=4)):
        yield next(case for case in grow(house) if case.stage == "decided")


def test_another_line_is_only_more_room_to_write(house: House, decided: Complaint) -> None:
    desk = Desk(house.handler, decided)
    typed = {"lines-0-kind": "apology", "lines-0-description": "For the wait", "another_line": "1"}
    response = desk.post("plans", **typed)
    assert response.status_code == 200
    fields = fields_of(response, f"{desk.page}/plans")
    assert (fields["lines-TOTAL_FORMS"], fields["lines-0-description"]) == ("4", "For the wait")
    assert "lines-3-kind" in fields
    assert fields["lines-3-within_days"] == "7"
    assert not decided.plans.exists()
    assert desk.send("plans", fields).status_code == 303
    assert list(decided.plans.get().remedies.values_list("description", flat=True)) == ["For the wait"]


def test_a_line_that_says_half_says_what_is_missing(house: House, decided: Complaint) -> None:
    desk = Desk(house.handler, decided)
    response = desk.post("plans", **{"lines-0-description": "Something", "lines-1-kind": "gift"})
    assert response.status_code == 422
    lines = response.context["card"].form.lines  # type: ignore[attr-defined]
    assert [dict(form.errors) for form in lines.forms] == [
        {"kind": ["Choose what kind of remedy it is."]},
        {"description": ["Say what exactly will be done."]},
        {},
    ]
    assert fields_of(response, f"{desk.page}/plans")["lines-0-description"] == "Something"
    assert not decided.plans.exists()


def test_a_line_waits_only_for_a_written_one_before_it(house: House, decided: Complaint) -> None:
    desk = Desk(house.handler, decided)
    second = {"lines-1-kind": "gift", "lines-1-description": "A towel"}
    for after in ("1", "2", "3"):  # an empty line, itself, a later one
        assert desk.post("plans", **second, **{"lines-1-after": after}).status_code == 422
    assert not decided.plans.exists()


def test_a_new_version_begins_from_the_one_before(house: House, decided: Complaint) -> None:
    desk = Desk(house.handler, decided)
    desk.take("plans", **{"lines-0-kind": "gift", "lines-0-description": "A towel", "lines-0-cost": "30"})
    form = desk.form("plans")
    assert (form["lines-0-kind"], form["lines-0-cost"]) == ("gift", "30.00")
    desk.take("plans", **{"lines-0-cost": "40"})
    assert [str(plan.remedies.get().cost) for plan in decided.plans.all()] == ["30.00", "40.00"]


def test_sums_below_nothing_are_refused(house: House, decided: Complaint) -> None:
    line = {"lines-0-kind": "refund", "lines-0-description": "Money", "lines-0-amount": "-5"}
    assert Desk(house.handler, decided).post("plans", **line).status_code == 422
    assert not decided.plans.exists()


def test_a_plan_without_a_line_is_not_written(house: House, decided: Complaint) -> None:
    response = Desk(house.handler, decided).post("plans", prevention="We look twice.")
    assert response.status_code == 422
    content = response.content.decode()
    assert "There is no plan with at least one remedy." in content
    assert "We look twice." in content
    assert not decided.plans.exists()
