"""Words that would reach nobody are refused, so that no file says the customer was told."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.models import Complaint, Event, Message
from amends.people.models import Customer
from amends.rules.lifecycle import Reason
from tests.conftest import MONDAY, House

Telling = Callable[[House, Complaint, str], object]


def says_back(house: House, case: Complaint, channel: str) -> object:
    by = house.actor(house.handler)
    return actions.say_back(case, by=by, at=MONDAY, understood="It leaks.", text="This?", channel=channel)


def solves(house: House, case: Complaint, channel: str) -> object:
    by = house.actor(house.handler)
    return actions.resolve_at_once(case, by=by, at=MONDAY, done="A new lid.", channel=channel)


def asks(house: House, case: Complaint, channel: str) -> object:
    by = house.actor(house.handler)
    if case.stage == "received":
        case = actions.resolve_at_once(case, by=by, at=MONDAY, done="A new lid.", channel="phone")
    at = MONDAY + timedelta(days=7)
    return actions.ask_if_good(case, by=by, at=at, text="Is it good now?", channel=channel)


@pytest.fixture
def unreachable(house: House) -> Complaint:
    return house.complaint(
        customer=Customer.objects.create(name="Paul Phone", phone="070 1"), channel="phone"
    )


@pytest.mark.parametrize("tell", [says_back, solves])
def test_no_mail_without_an_address(house: House, unreachable: Complaint, tell: Telling) -> None:
    with pytest.raises(Refused) as refused:
        tell(house, unreachable, "email")
    assert refused.value.reasons == (Reason.CUSTOMER_NOT_REACHED,)
    assert not Message.objects.exists()
    assert list(Event.objects.values_list("name", flat=True)) == ["complaint.registered"]
    tell(house, unreachable, "phone")
    assert Message.objects.get().channel == "phone"


def test_nobody_counts_as_asked_whom_the_question_does_not_reach(
    house: House, unreachable: Complaint
) -> None:
    with pytest.raises(Refused) as refused:
        asks(house, unreachable, "email")
    assert refused.value.reasons == (Reason.CUSTOMER_NOT_REACHED,)
    assert unreachable.follow_ups.get().times_asked == 0
    asks(house, Complaint.objects.get(pk=unreachable.pk), "phone")
    assert unreachable.follow_ups.get().times_asked == 1


def test_said_back_in_the_same_talk_needs_no_address(house: House, unreachable: Complaint) -> None:
    by = house.actor(house.handler)
    case = actions.say_back(unreachable, by=by, at=MONDAY, understood="It leaks.")
    assert case.said_back_at == MONDAY
    assert not Message.objects.exists()
