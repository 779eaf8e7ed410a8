"""An offer that nobody answered is reminded of once, before it ends."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases import actions
from amends.cases.clocks import lapse_offers
from amends.cases.documents import kept
from amends.cases.house_rules import change_office
from amends.cases.models import Message, Offer
from amends.correspondence.reminding import remind_of_offers
from amends.people.models import Customer
from amends.project.schedule import tick_by_kind
from tests.conftest import MONDAY, House
from tests.portal.way import Way, brought_to
from tests.together import at_the_same_time

DUE = MONDAY + timedelta(days=11)  # three days before the fourteenth


def reminders() -> list[Message]:
    return list(Message.objects.filter(purpose="reminder"))


def offer_until(house: House, days: float) -> Way:
    way = brought_to("decided", house)
    way.awaiting_approval()
    actions.approve(way.complaint, by=way.lead, at=MONDAY, plan=way.plan)
    until = MONDAY + timedelta(days=days)
    way.offer = actions.offer(way.complaint, by=way.handler, at=MONDAY, text="We pay.", expires_at=until)
    return way


def test_three_days_before_its_end_and_never_again(house: House) -> None:
    way = brought_to("offered", house)
    assert remind_of_offers(DUE - timedelta(minutes=1)) == 0
    assert tick_by_kind(DUE)["offers reminded"] == 1
    (mail,) = reminders()
    assert (mail.to, mail.status, mail.author_name) == ("clara@example.org", "queued", "Amends")
    assert "our offer stands until 16 March 2026" in mail.subject
    assert "we take that for no consent" in mail.body
    assert Offer.objects.get().reminded_at == DUE
    assert way.fresh().stage == "offered"
    assert [remind_of_offers(DUE + timedelta(days=day)) for day in range(5)] == [0] * 5
    assert lapse_offers(DUE + timedelta(days=4)) == 1
    assert way.fresh().stage == "decided"


def test_of_a_short_one_when_a_third_is_left(house: House) -> None:
    offer_until(house, 3)
    assert Offer.objects.get().remind_at == MONDAY + timedelta(days=2)


@pytest.mark.parametrize(("days", "at"), [(0, None), (4, MONDAY + timedelta(days=10))])
def test_as_the_house_says(house: House, days: int, at: object) -> None:
    change_office(remind_days=days)
    offer_until(house, 14.0)
    assert Offer.objects.get().remind_at == at
    assert remind_of_offers(MONDAY + timedelta(days=13)) == (0 if at is None else 1)


def test_not_who_has_answered_nor_who_signed_on_paper_nor_what_ran_out(house: House) -> None:
    answered, on_paper, late = (
        brought_to("offered", house),
        brought_to("offered", house),
        offer_until(house, 5),
    )
    actions.decline(answered.offer, by=answered.customer, at=MONDAY)
    scan = actions.attach(
        on_paper.fresh(),
        by=on_paper.handler,
        at=MONDAY,
        document=kept("a.pdf", "application/pdf", b"%PDF-"),
    )
    actions.bring_paper(on_paper.offer, by=on_paper.handler, at=MONDAY, signed_name="Clara", scan=scan)
    assert late.fresh().stage == "offered"
    assert (remind_of_offers(DUE), reminders()) == (0, [])
    with pytest.raises(actions.Refused):
        actions.remind_of_offer(on_paper.offer, by=on_paper.customer, at=DUE, text="Once more.")


def test_without_an_email_by_letter_and_without_both_not_at_all(house: House) -> None:
    way = brought_to("decided", house)
    Customer.objects.update(email="")
    way.complaint.refresh_from_db()
    way.awaiting_approval()
    actions.approve(way.complaint, by=way.lead, at=MONDAY, plan=way.plan)
    actions.offer(way.complaint, by=way.handler, at=MONDAY, text="We pay.", channel="letter")
    assert remind_of_offers(DUE) == 0
    Customer.objects.update(address="1 Road\n123 45 Town")
    assert remind_of_offers(DUE) == 1
    assert [(one.channel, one.status) for one in reminders()] == [("letter", "to_print")]


def test_looking_costs_one_query_and_reads_an_index(house: House) -> None:
    brought_to("offered", house)
    with CaptureQueriesContext(connection) as asked:
        assert remind_of_offers(MONDAY) == 0
    (query,) = asked.captured_queries
    with connection.cursor() as cursor:
        told = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(told + query["sql"])
        plan = str(cursor.fetchall())
    assert "offers_to_remind_of" in plan or connection.vendor != "sqlite"


@pytest.mark.django_db(transaction=True)
def test_several_workers_remind_once(committed: None) -> None:
    brought_to("offered", House())
    done = at_the_same_time(3, lambda _: remind_of_offers(DUE))
    assert (sum(done), len(reminders())) == (1, 1)
