"""What is prepared says the same as Django's own way; queries that it cannot prepare are refused."""

import gc
import weakref
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.models import F, Model, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from amends.cases.models import Clock, Complaint, Event, Message
from amends.kit.prepared import Prepared, insert, update
from tests.conftest import House
from tests.together import at_the_same_time

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def columns(row: Model) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def same(row: Model, other: Model) -> bool:
    return columns(row) == columns(other) and type(row) is type(other)


@pytest.fixture
def complaint(house: House) -> Complaint:
    complaint = house.complaint(
        story="A kettle – 水壶", worth={"value": Decimal("12.50"), "value_currency": "EUR"}
    )
    return Complaint.objects.get(pk=complaint.pk)


def test_a_row_is_the_same_in_each_column(complaint: Complaint) -> None:
    rows = Prepared(lambda key: Complaint.objects.filter(pk=key))
    for _ in range(2):  # when it is prepared, and after that
        row = rows.one(complaint.pk)
        assert same(row, complaint)
        assert row == complaint
        assert not row._state.adding


def test_rows_come_in_the_order_of_the_query_for_each_number(complaint: Complaint) -> None:
    def by_name(key: int) -> QuerySet[Event]:
        return Event.objects.filter(complaint=key, number__gt=0).order_by("-number")

    other = Complaint.objects.get(pk=complaint.pk)
    other.pk, other.key, other.reference = None, "another", "2026-99999"
    other.save()
    for number in (2, 3, 4):
        Event.objects.create(complaint=other, number=number, name="x", at=AT, previous="", digest="")
    rows = Prepared(by_name)
    assert [row.number for row in rows(other.pk)] == [4, 3, 2]
    assert [row.pk for row in rows(complaint.pk)] == [row.pk for row in by_name(complaint.pk)]
    assert rows(0) == []


def test_annotations_stand_beside_the_row_and_what_was_left_out_is_read_when_asked_for(
    complaint: Complaint,
) -> None:
    rows = Prepared(
        lambda key: Clock.objects.filter(complaint=key).only("kind").annotate(told=F("complaint__story"))
    )
    row = rows(complaint.pk)[0]
    assert vars(row)["told"] == "A kettle – 水壶"
    with CaptureQueriesContext(connection) as asked:
        assert row.kind
        assert not asked.captured_queries
        assert row.due_at == Clock.objects.get(pk=row.pk).due_at


def test_nothing_found_is_said_as_django_says_it() -> None:
    with pytest.raises(Complaint.DoesNotExist):
        Prepared(lambda key: Complaint.objects.filter(pk=key)).one(7)


@pytest.mark.parametrize(
    "rows",
    [
        lambda key: Complaint.objects.select_related("customer").filter(pk=key),
        lambda key: Complaint.objects.filter(pk=key).values_list("pk"),
        lambda key: Complaint.objects.filter(pk=key).prefetch_related("issues"),
    ],
)
def test_what_is_more_than_rows_of_one_table_is_refused(rows: Callable[[int], QuerySet[Complaint]]) -> None:
    with pytest.raises(ValueError, match="one table"):
        Prepared(rows)(1)


def test_a_new_row_is_stored_as_django_stores_it(complaint: Complaint) -> None:
    told = {"complaint": complaint, "name": "x", "at": AT, "data": {"due": None, "words": ["zażółć", 1]}}
    one = Event(number=100, actor_kind="staff", actor_id=3, previous="a", digest="b", **told)
    other = Event(number=101, actor_kind="staff", actor_id=3, previous="a", digest="b", **told)
    insert(one)
    other.save()
    assert not one._state.adding
    stored = [columns(Event.objects.get(pk=row.pk)) for row in (one, other)]
    assert stored[0] == stored[1] | {"id": one.pk, "number": 100}


def test_several_rows_go_in_at_once_and_each_has_its_own_key(complaint: Complaint) -> None:
    told = {"complaint": complaint, "name": "x", "at": AT, "previous": "a", "digest": "b"}
    rows = [Event(number=number, **told) for number in (103, 101, 102)]
    with CaptureQueriesContext(connection) as asked:
        insert(*rows)
        insert()
    assert len(asked.captured_queries) == 1
    assert [Event.objects.get(pk=row.pk).number for row in rows] == [103, 101, 102]


def test_defaults_are_those_of_the_model(complaint: Complaint) -> None:
    message = Message(complaint=complaint, direction="out", channel="email", at=AT, body="x", status="sent")
    insert(message)
    read = Message.objects.get(pk=message.pk)
    assert len(read.key) == 16
    assert read.key == message.key


def test_only_the_named_columns_are_written(complaint: Complaint) -> None:
    complaint.title, complaint.story, complaint.value = "New", "Not this", Decimal("7.10")
    update(complaint, ["value", "title"])
    read = Complaint.objects.get(pk=complaint.pk)
    assert (read.title, read.story, read.value) == ("New", "A kettle – 水壶", Decimal("7.10"))
    with CaptureQueriesContext(connection) as asked:
        update(complaint, [])
    assert not asked.captured_queries


def test_a_row_that_is_not_there_is_not_written_in_silence(complaint: Complaint) -> None:
    gone = Complaint.objects.get(pk=complaint.pk)
    for pk in (complaint.pk + 1, None):
        gone.pk, gone.title = pk, "New"
        with pytest.raises(DatabaseError, match="not there"):
            update(gone, ["title"])
    assert Complaint.objects.get(pk=complaint.pk).title == complaint.title


def test_a_row_that_had_no_key_when_it_was_assigned_is_not_left_out_in_silence(complaint: Complaint) -> None:
    told = {"complaint": complaint, "direction": "in", "channel": "email", "at": AT, "body": "x"}
    first = Message(**told, status="received")
    answer = Message(**told, status="received", replies_to=first)
    with pytest.raises(ValueError, match="replies_to had no key"):
        insert(answer)
    assert not complaint.messages.exists()
    insert(first)
    with pytest.raises(ValueError, match="replies_to had no key"):
        insert(answer)
    answer.replies_to = first
    insert(answer)
    assert Message.objects.get(pk=answer.pk).replies_to == first
    answer.replies_to = None
    update(answer, ["replies_to_id"])
    assert Message.objects.get(pk=answer.pk).replies_to is None


@pytest.mark.django_db(transaction=True)
def test_no_row_is_locked_outside_of_a_transaction_also_when_the_sql_is_known() -> None:
    rows = Prepared(lambda key: Complaint.objects.select_for_update().filter(pk=key))
    for _ in range(2):
        with pytest.raises(TransactionManagementError):
            rows(1)
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            assert rows(1) == []
        [query] = asked.captured_queries
        assert query["sql"].endswith("FOR UPDATE") == connection.features.has_select_for_update


def test_threads_share_what_is_known_and_leave_no_connection_behind(committed: None, house: House) -> None:
    rows = Prepared(lambda key: Complaint.objects.filter(pk=key))
    made = [Complaint.objects.get(pk=house.complaint().pk) for _ in range(4)]

    def read(number: int) -> tuple[bool, weakref.ref[object]]:
        found = [rows.one(made[(number + turn) % 4].pk) for turn in range(8)]
        alike = all(same(row, made[(number + turn) % 4]) for turn, row in enumerate(found))
        return alike, weakref.ref(connections["default"])

    answers = at_the_same_time(4, read)
    gc.collect()
    assert [(alike, left()) for alike, left in answers] == [(True, None)] * 4


def test_the_database_still_refuses_what_it_must_refuse(complaint: Complaint) -> None:
    first = complaint.events.first()
    assert first is not None
    again = Event(complaint=complaint, number=first.number, name="x", at=AT, previous="", digest="")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)
    nobodys = Event(complaint_id=10**9, number=1, name="x", at=AT, previous="", digest="")
    with transaction.atomic():
        insert(nobodys)
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
