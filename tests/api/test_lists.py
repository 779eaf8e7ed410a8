"""Lists are walked by keyset: nothing twice, nothing left out, whatever is added meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.people.models import Customer
from tests.api.conftest import REGISTRATION, Let, Program
from tests.conftest import MONDAY, House

DjangoAssertNumQueries = Any


def walk(program: Program, **query: Any) -> list[list[str]]:
    """Every part of the list, as references."""
    parts, after = [], ""
    while True:
        page = program.get("/complaints", after=after, **query).json()
        parts.append([row["reference"] for row in page["items"]])
        if page["next"] is None:
            return parts
        after = page["next"]


def test_every_complaint_once_newest_first(house: House, let: Let) -> None:
    program = let(house.handler)
    for hour in (0, 1, 1, 1, 2, 3, 3):  # several at the same instant
        house.complaint(received_at=MONDAY - timedelta(hours=hour))
    parts = walk(program, limit=2)
    assert [len(part) for part in parts] == [2, 2, 2, 1]
    assert [r[-1] for part in parts for r in part] == ["1", "4", "3", "2", "5", "7", "6"]


def test_what_comes_meanwhile_moves_nothing(house: House, let: Let) -> None:
    program = let(house.handler)
    for hour in range(4):
        house.complaint(received_at=MONDAY - timedelta(hours=hour))
    first = program.get("/complaints", limit=2).json()
    house.complaint(received_at=MONDAY)
    second = program.get("/complaints", limit=2, after=first["next"]).json()
    assert [r["reference"][-1] for r in first["items"] + second["items"]] == ["1", "2", "3", "4"]
    assert second["next"] is None


def test_filters(house: House, let: Let) -> None:
    program = let(house.handler)
    one, two = house.complaint(), house.complaint(received_at=MONDAY - timedelta(days=3))
    program.post(f"/complaints/{two.key}/assignment", {"handler": house.handler.email})
    program.post(f"/complaints/{two.key}/withdrawal", {})
    mine, nobodys = [[two.reference]], [[one.reference]]
    assert walk(program, handler="me") == walk(program, handler=house.handler.key) == mine
    assert walk(program, handler="nobody") == walk(program, open="true") == nobodys
    assert walk(program, stage="withdrawn") == walk(program, open="false") == mine
    assert walk(program, received_after=(MONDAY - timedelta(days=1)).isoformat()) == nobodys


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"after": "garbage"}, "after"),
        ({"after": "MjAyNi0wMS0wMXwx"}, "after"),
        ({"after": "\0"}, "after"),
        ({"limit": "101"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"stage": "somewhere"}, "stage"),
        ({"handler": "nobody@else.example"}, "handler"),
        ({"received_after": "2026-03-02T09:00:00"}, "received_after"),
    ],
)
def test_a_wrong_query_is_told(house: House, let: Let, query: Any, field: str) -> None:
    answer = let(house.handler).get("/complaints", **query)
    assert (answer.status_code, [e["field"] for e in answer.json()["errors"]]) == (422, [field])


def test_the_event_stream_goes_on_where_it_was_left(house: House, let: Let) -> None:
    program = let(house.handler)
    one = house.complaint()
    program.post(f"/complaints/{one.key}/acknowledgement", {"text": "We are on it."})
    house.complaint()
    read, after = [], "0"
    for _ in range(3):
        page = program.get("/events", after=after, limit=2).json()
        read += [event["name"] for event in page["items"]]
        after = page["next"]
    assert read == [
        "complaint.registered",
        "message.queued",
        "clock.breached",  # the first word came months late, and so did further word
        "clock.breached",
        "complaint.acknowledged",
        "complaint.registered",
    ]
    assert program.get("/events", after=after).json() == {"items": [], "next": after}
    for wrong in ("x", "-1", str(2**63)):
        assert program.get("/events", after=wrong).status_code == 422


@pytest.mark.parametrize("number", [1, 5])
def test_a_list_takes_two_queries_however_long(
    house: House, let: Let, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program = let(house.handler)
    for _ in range(number):
        house.complaint()
    program.get("/complaints")  # the token is marked as seen
    with django_assert_num_queries(2):
        program.get("/complaints")
    with django_assert_num_queries(2):
        program.get("/events")


def test_registering_takes_few_queries(
    house: House, let: Let, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program = let(house.handler)
    body = {"customer": {"key": house.customer.key}, "story": "It leaks.", "channel": "email",
            "category": "product"}  # fmt: skip
    program.post("/complaints", body)
    with django_assert_num_queries(14):
        assert program.post("/complaints", body).status_code == 201


def test_a_customer_who_is_known_is_not_added_again(house: House, let: Let) -> None:
    program = let(house.handler)
    keys = {program.post("/complaints", REGISTRATION).json()["customer"]["key"] for _ in range(2)}
    assert (len(keys), Customer.objects.count()) == (1, 2)
    namesake = REGISTRATION | {"customer": {"name": "Nora New", "email": "nils@example.org"}}
    assert program.post("/complaints", namesake).json()["customer"]["key"] not in keys
    assert Customer.objects.count() == 3


@pytest.mark.parametrize(
    "query",
    [{}, {"stage": "merged"}, {"open": "true"}, {"open": "false"}, {"handler": "me"}, {"handler": "nobody"}],
)
def test_no_list_is_sorted_when_it_is_asked_for(house: House, let: Let, query: dict[str, Any]) -> None:
    """With 100,000 complaints a sort costs seconds; an index that has the order costs nothing."""
    house.complaint()
    program = let(house.handler)
    with CaptureQueriesContext(connection) as captured:
        assert program.get("/complaints", **query).status_code == 200
    (asked,) = [q["sql"] for q in captured.captured_queries if 'received_at" DESC' in q["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        plan = " | ".join(str(row[3]) for row in cursor.fetchall())
    assert "newest_first" in plan
    assert "TEMP B-TREE" not in plan
