"""Rules and days: what holds is shown, the house changes it, and no running clock moves by it."""

import re
from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from amends.cases import house_rules
from amends.cases.models import Clock, HouseRule, Office
from amends.cases.proposals import propose
from amends.kit import clock
from tests.conftest import MONDAY, House


def typed(**changes: object) -> dict[str, object]:
    known = {
        "title": "Answer in three", "country": "", "sectors": ["consumer"], "clock": "answer", "length": 3,
        "unit": "working days", "trigger": "received", "meets": "dispatch", "consequence": "none",
        "source": "Our board, 2 March", "note": "", "seen": 0,
    }  # fmt: skip
    return known | changes


def of_office(**changes: object) -> dict[str, object]:
    known = {
        "country": "PL", "region": "", "sector": "consumer", "closed_days": "", "closed_more": "",
        "warn_percent": 25, "ladder": "", "seen": 0,
    }  # fmt: skip
    return known | changes


def field(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found.group(1)


def field_of(text: str, name: str) -> str:
    """What stands in a field that a person sees."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', text)
    value = re.search(r'value="([^"]*)"', tag.group(0)) if tag else None
    assert value, name
    return value.group(1)


def page(client: Client, address: str = "/rules") -> str:
    with clock.set_to(MONDAY):
        response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def lines(text: str) -> list[str]:
    """Each row of the page as a person reads it."""
    rows = re.findall(r'<li class="row">(.*?)</li>', text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_the_strictest_is_marked_and_what_was_not_verified_is_said(admin: Client) -> None:
    shown = lines(page(admin, "/rules?country=PL&sector=consumer&region=&received=2026-03-02"))
    polish = next(line for line in shown if "pl-consumer-answer" in line)
    assert "14 calendar days from when the complaint was received, with the customer by then" in polish
    assert "No reply in time counts as accepting the complaint." in polish
    assert "Monday 16 March" in polish
    assert "Not verified" not in polish
    refund = next(line for line in shown if "pl-consumer-refund" in line)
    assert "Not verified: look it up before you rely on it" in refund
    assert "if that were then" in refund
    ours = [line for line in shown if "Strictest" in line]
    assert [line.split(" Strictest")[0] for line in ours] == [
        "1 calendar day", "5 calendar days", "14 calendar days", "30 calendar days",
    ]  # fmt: skip


def test_a_region_counts_with_its_own_holidays(admin: Client) -> None:
    """5 November 2026 is a Thursday; Deepavali (8 November) is kept on the Monday, though not in Sarawak."""
    address = "/rules?country=MY&sector=finance&received=2026-11-05&region="
    simple = [
        next(line for line in lines(page(admin, address + region)) if "my-bnm-answer-simple" in line)
        for region in ("14", "13")
    ]
    assert "Friday 13 November" in simple[0]
    assert "Thursday 12 November" in simple[1]


def test_a_script_gets_the_list_alone_and_a_handler_may_look(house: House, client: Client) -> None:
    client.force_login(house.handler)
    text = client.get("/rules", headers={"HX-Request": "true"}).content.decode()
    assert text.lstrip().startswith('<div id="book">')
    whole = page(client)
    assert "Work by this" not in whole
    assert "/rules/new" not in whole
    assert client.get("/rules/new").status_code == 403
    assert client.post("/rules/office", of_office()).status_code == 403
    client.force_login(house.packer)
    assert client.get("/rules").status_code == 403


def test_a_rule_of_our_own_holds_from_now_on(admin: Client, house: House) -> None:
    response = admin.post("/rules/new", typed())
    assert (response.status_code, response["Location"]) == (303, "/rules")
    row = HouseRule.objects.get()
    assert (row.name, row.length, row.unit, row.sectors) == (
        "answer-in-three",
        3,
        "working days",
        ["consumer"],
    )
    assert row.by is not None
    assert row.by.name == "Ada Admin"
    case = house.complaint(country="SE")
    assert Clock.objects.get(complaint=case, kind="answer").rule == "answer-in-three"
    assert "3 working days" in page(admin)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "pl-consumer-answer"}, "There is a rule of this name."),
        ({"title": "规则"}, "Use letters from A to Z in it."),
        ({"length": 0}, "greater than or equal to 1"),
        ({"length": 200, "unit": "months"}, "This is longer than ten years."),
        ({"valid_from": "2026-05-02", "valid_until": "2026-05-01"}, "It would end before it begins."),
    ],
)
def test_what_is_wrong_is_said_and_kept(admin: Client, changes: dict[str, object], said: str) -> None:
    response = admin.post("/rules/new", typed(**changes))
    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert "Our board, 2 March" in text
    assert not HouseRule.objects.exists()


def test_two_at_once_are_told_and_the_second_saves_what_they_meant(admin: Client, house: House) -> None:
    admin.post("/rules/new", typed())
    response = admin.post("/rules/new", typed(title="Another", note="Kept words"))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Somebody changed the rules" in text
    assert "Kept words" in text
    assert HouseRule.objects.count() == 1
    again = typed(title="Another", seen=field(response, "seen"), once=field(response, "once"))
    assert admin.post("/rules/new", again).status_code == 303
    assert admin.post("/rules/new", again).status_code == 303  # the same form twice
    assert HouseRule.objects.count() == 2
    taken = admin.post("/rules/new", typed(title="Another", seen=2))
    assert taken.status_code == 422
    assert "There is a rule of this name." in taken.content.decode()


def test_in_the_place_of_a_packs_switched_off_and_taken_back(admin: Client, house: House) -> None:
    name = "pl-consumer-answer"
    replaced = typed(country="PL", length=10, unit="calendar days", consequence="accepted", meets="arrival")
    assert admin.post(f"/rules/{name}", replaced).status_code == 303
    clock_row = Clock.objects.get(complaint=house.complaint(country="PL"), kind="answer")
    assert (clock_row.rule, clock_row.due_at) == (name, datetime(2026, 3, 12, 22, 59, 59, tzinfo=UTC))
    assert admin.post(f"/rules/{name}/switching-off", {"why": "", "seen": 1}).status_code == 422
    assert admin.post(f"/rules/{name}/switching-off", {"why": "Not ours", "seen": 0}).status_code == 409
    assert admin.post(f"/rules/{name}/switching-off", {"why": "Not ours", "seen": 1}).status_code == 303
    case = house.complaint(country="PL")
    assert Clock.objects.get(complaint=case, kind="answer").law == ""
    off = next(line for line in lines(page(admin, "/rules?country=PL&sector=consumer&received=2026-03-02"))
               if name in line)  # fmt: skip
    assert "Switched off Not ours" in off
    assert admin.post(f"/rules/{name}/removal", {"why": "It is ours", "seen": 2}).status_code == 303
    case = house.complaint(country="PL")
    assert Clock.objects.get(complaint=case, kind="answer").law == name
    history = lines(page(admin, f"/rules/{name}"))
    assert history[0].startswith(f"{name} taken back It is ours")
    assert "Ada Admin" in history[0]
    assert len(history) == 3
    assert admin.get("/rules/no-such-rule").status_code == 404


def test_the_house_says_where_it_works(admin: Client) -> None:
    said = of_office(
        country="MY", region="14", closed_days="2026-12-24\n2026-12-30 to 2027-01-02",
        closed_more="2026-03-03", warn_percent=10, ladder="1, 3",
    )  # fmt: skip
    assert admin.post("/rules/office", said).status_code == 303
    row = Office.objects.get()
    assert (row.country, row.region, row.version, str(row.warn_share)) == ("MY", "14", 1, "0.10")
    assert row.closed_days == [
        "2026-03-03", "2026-12-24", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02",
    ]  # fmt: skip
    assert row.ladder_days == [1, 3]
    assert row.changed_by is not None
    text = page(admin)
    assert "Ada Admin changed it last" in text
    assert "Wilayah Persekutuan Kuala Lumpur" in text
    assert admin.post("/rules/office", said).status_code == 409
    assert Office.objects.get().version == 1
    region = admin.get("/rules/regions?country=GB").content.decode()
    assert "Scotland" in region


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"region": "14"}, "The country has no such region"),
        ({"closed_days": "24 December"}, "“24 December” is no day."),
        ({"closed_days": "2026-12-24 to 2026-12-01"}, "is no day."),
        ({"ladder": "5, 2"}, "each larger than the one before"),
        ({"ladder": "soon"}, "Write numbers of days"),
        ({"warn_percent": 99}, "less than or equal to 90"),
        ({"opens": "09:00"}, "Say both when the house opens and when it closes, or neither."),
        ({"closes": "17:00"}, "Say both when the house opens and when it closes, or neither."),
        ({"opens": "17:00", "closes": "09:00"}, "It must close later than it opens."),
        ({"opens": "09:00", "closes": "09:00"}, "It must close later than it opens."),
        ({"opens": "nine", "closes": "17:00"}, "Enter a valid time."),
    ],
)
def test_an_office_that_cannot_be_is_refused(admin: Client, changes: dict[str, object], said: str) -> None:
    changes = {"country": "SE"} | changes
    response = admin.post("/rules/office", of_office(**changes))
    assert response.status_code == 422
    text = response.content.decode()
    assert said in text
    assert all(str(value) in text for value in changes.values())  # what was typed is kept
    assert not Office.objects.exists()


def test_the_house_says_its_hours_and_a_rule_counts_in_them(
    admin: Client, house: House, client: Client
) -> None:
    assert admin.post("/rules/office", of_office(opens="9.00", closes="17:30")).status_code == 303
    row = Office.objects.get()
    assert (row.opens, row.closes, row.version) == (time(9), time(17, 30), 1)
    text = page(admin)
    assert field_of(text, "opens") == "09:00"
    assert field_of(text, "closes") == "17:30"
    long = admin.post("/rules/new", typed(length=2601, unit="office hours", seen=1))
    assert long.status_code == 422
    assert "At most 2600 office hours can be counted." in long.content.decode()
    assert admin.post("/rules/new", typed(length=9, unit="office hours", seen=1)).status_code == 303
    shown = page(admin, "/rules?country=PL&sector=consumer&region=&received=2026-03-06")  # a Friday, at noon
    nine = next(line for line in lines(shown) if "9 office hours from when the complaint was" in line)
    assert "Monday 9 March" in nine
    client.force_login(house.handler)
    looked_at = " ".join(re.sub(r"<[^>]+>", " ", page(client)).split())
    assert "Office hours 09:00–17:30" in looked_at
    client.force_login(house.staff("Otto Other", "administrator", house.care))
    assert client.post("/rules/office", of_office(opens="", closes="", seen=2)).status_code == 303
    row.refresh_from_db()
    assert (row.opens, row.closes, row.version) == (None, None, 3)


def test_new_days_are_shown_and_moved_by_a_person_alone(house: House, client: Client) -> None:
    first, second = house.complaint(country="SE"), house.complaint(country="SE")
    hidden = house.complaint(country="SE", complained_about=[house.lead])
    fields: dict[str, Any] = {name: value for name, value in typed().items() if name not in ("title", "seen")}
    house_rules.set_rule(by=house.lead, at=MONDAY, name="ours", **fields)
    assert propose() == 3
    client.force_login(house.lead)
    assert "2 running clocks would fall on another day" in page(client)
    text = page(client, "/rules/new-days")
    assert "Our own promise. → ours" in " ".join(re.sub(r"<[^>]+>", " ", text).split())
    assert hidden.reference not in text
    assert client.post("/rules/new-days", {}).status_code == 422
    mine = Clock.objects.get(complaint=first, kind="answer")
    with clock.set_to(MONDAY):
        sent = {"clock": [mine.pk], "once": "k1"}
        assert client.post("/rules/new-days", sent).status_code == 303
        assert client.post("/rules/new-days", sent).status_code == 303
    moved = set(Clock.objects.filter(kind="answer", rule="ours").values_list("complaint", flat=True))
    assert moved == {first.pk}
    assert first.events.filter(name="clock.moved").count() == 1
    with clock.set_to(MONDAY):
        assert client.post("/rules/new-days", {"every": "1", "once": "k2"}).status_code == 303
    moved = set(Clock.objects.filter(kind="answer", rule="ours").values_list("complaint", flat=True))
    assert moved == {first.pk, second.pk}
    client.force_login(house.handler)
    assert client.get("/rules/new-days").status_code == 403


def test_the_lists_cost_as_much_for_many_as_for_few(
    house: House, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(house.lead)
    fields: dict[str, Any] = {name: value for name, value in typed().items() if name not in ("title", "seen")}
    for number in range(6):
        house.complaint(country="SE")
        house_rules.set_rule(
            by=house.lead, at=MONDAY, name=f"ours-{number}", **(fields | {"length": number + 1})
        )
    propose()
    for address, queries in (("/rules", 9), ("/rules/new-days", 4)):
        with clock.set_to(MONDAY), django_assert_num_queries(queries):
            client.get(address)
