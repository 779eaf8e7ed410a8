"""The rows of a draft: written as they were typed, looked at, moved, taken out."""

from dataclasses import replace

import pytest
from django.test import Client

from amends.cases import house_policy
from amends.cases.models import PolicyVersion
from tests.cases.with_policy import FAULTY, TABLE
from tests.conftest import MONDAY, House
from tests.desk.policy_typed import SCRIPT, row_typed, seen, words

pytestmark = pytest.mark.usefixtures("on_monday")


@pytest.fixture
def draft(house: House) -> PolicyVersion:
    return house_policy.draft(by=house.lead, at=MONDAY, name="A draft", table=TABLE)


def test_a_row_is_written_as_it_was_typed(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    response = client.post("/policy/1/rows", row_typed(draft, value_from="1 000,50 SEK", years_from=2))
    assert (response.status_code, response["Location"]) == (303, "/policy/1#late-delivery")
    draft.refresh_from_db()
    assert draft.table["rows"][1] == {
        "id": "late-delivery",
        "name": "Late delivery",
        "when": {
            "category": ["service"],
            "finding": ["justified"],
            "value": {"from": {"SEK": "1000.50"}},
            "years": {"from": 2},
        },
        "gives": [
            {"kind": "goodwill", "how_much": {"fixed": {"EUR": "5.50", "SEK": "50.00"}}, "little_more": True},
            {"kind": "apology", "by": 1},
        ],
        "approve_level": 1,
    }
    assert house_policy.table_of(draft).rows[0] == FAULTY
    form = client.get("/policy/1/rows/late-delivery").content.decode()
    assert "5.50 EUR\n50.00 SEK" in form
    assert "1000.50 SEK" in form


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"gives-0-fixed": "fifty"}, "“fifty” is no sum with a currency"),
        ({"gives-0-fixed": "5 EUR\n6 EUR"}, "“6 EUR” is no sum with a currency"),
        ({"gives-0-fixed": "5 XXX"}, "“5 XXX” is no sum with a currency"),
        ({"gives-0-fixed": ""}, "Something is missing here."),
        ({"gives-0-share": "50"}, "Either a fixed sum or a share of the value."),
        ({"gives-0-fixed": "", "gives-0-share": "9000"}, "This is no percentage between 0 and 500."),
        ({"gives-1-share": "10"}, "Words cost nothing."),
        ({"value_from": "9 EUR", "value_below": "5 EUR"}, "Nothing lies between these two."),
        ({"years_from": 5, "years_to": 2}, "Nothing lies between these two."),
        ({"country": "Sweden"}, "This is no country’s code of two letters."),
    ],
)
def test_what_is_wrong_in_a_row_is_said_and_kept(
    house: House, client: Client, draft: PolicyVersion, changes: dict[str, object], said: str
) -> None:
    client.force_login(house.lead)
    response = client.post("/policy/1/rows", row_typed(draft, note="Kept words", **changes))
    assert response.status_code == 422
    assert said in words(response)
    assert "Kept words" in words(response)
    draft.refresh_from_db()
    assert house_policy.table_of(draft) == TABLE


def test_another_line_is_only_more_room(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    response = client.post("/policy/1/rows", row_typed(draft, another_line="1"))
    text = response.content.decode()
    assert response.status_code == 200
    assert 'name="gives-2-kind"' in text
    assert 'value="service" id="row-category_6" checked' in text
    assert house_policy.table_of(draft) == TABLE


def test_a_row_is_looked_at_before_it_is_kept(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    typed = row_typed(draft, look="1", **{"case-category": "service", "case-currency": "EUR"})
    said = words(client.post("/policy/1/rows", typed, headers=SCRIPT))
    assert "Gesture of goodwill: €5.50 the little more Late delivery" in said
    assert "Gesture of goodwill: €5.50" in words(client.post("/policy/1/rows", typed))
    typed["name"] = ""
    assert "Something in the row is not right yet." in words(
        client.post("/policy/1/rows", typed, headers=SCRIPT)
    )
    draft.refresh_from_db()
    assert house_policy.table_of(draft) == TABLE


def test_rows_are_moved_and_taken_out(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    client.post("/policy/1/rows", row_typed(draft))

    def ids() -> list[str]:
        draft.refresh_from_db()
        return [row.id for row in house_policy.table_of(draft).rows]

    assert ids() == ["faulty", "late-delivery"]
    old = seen(draft)
    assert client.post("/policy/1/rows/late-delivery/place", {"seen": old, "up": "1"}).status_code == 303
    assert ids() == ["late-delivery", "faulty"]
    assert client.post("/policy/1/rows/faulty/place", {"seen": old, "up": "1"}).status_code == 409
    assert client.post("/policy/1/rows/no-such/removal", {"seen": seen(draft)}).status_code == 409
    assert ids() == ["late-delivery", "faulty"]
    assert client.post("/policy/1/rows/faulty/removal", {"seen": seen(draft)}).status_code == 303
    assert ids() == ["late-delivery"]


def test_who_may_approve_what_departs(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    assert "What departs from it is approved by: Head of department" in words(client.get("/policy/1"))
    old = seen(draft)
    assert client.post("/policy/1/departures", {"seen": old, "level": 4}).status_code == 422
    assert client.post("/policy/1/departures", {"seen": old, "level": 0}).status_code == 303
    assert client.post("/policy/1/departures", {"seen": old, "level": 3}).status_code == 409
    draft.refresh_from_db()
    assert house_policy.table_of(draft) == replace(TABLE, departure_level=0)


def test_a_policy_has_an_end(house: House, client: Client) -> None:
    client.force_login(house.lead)
    rows = tuple(replace(FAULTY, id=f"row-{number}") for number in range(300))
    full = house_policy.draft(by=house.lead, at=MONDAY, name="Full", table=replace(TABLE, rows=rows))
    response = client.post("/policy/1/rows", row_typed(full))
    assert response.status_code == 422
    assert "These are too many rows." in words(response)
    full.refresh_from_db()
    assert len(house_policy.table_of(full).rows) == 300


def test_two_write_at_once_and_the_second_is_told(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    mine = row_typed(draft, name="Mine")
    client.post("/policy/1/rows", row_typed(draft))
    response = client.post("/policy/1/rows", mine)
    assert response.status_code == 409
    assert "Somebody changed this draft meanwhile." in words(response)
    assert 'value="Mine"' in response.content.decode()
    draft.refresh_from_db()
    assert [row.name for row in house_policy.table_of(draft).rows] == ["Faulty goods", "Late delivery"]
