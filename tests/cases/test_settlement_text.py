"""The settlement: what it says, that it says the same twice, and the right to withdraw that it gives."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from amends.cases import actions
from amends.cases.house_rules import drop_rule, set_rule
from amends.cases.models import Agreement, Offer
from amends.cases.settlement_text import settlement_text
from amends.cases.signing import code_of
from amends.kit.chain import digest
from amends.people.actors import customer_actor
from tests.conftest import MONDAY, House
from tests.portal.way import Way, brought_to


def cooling_off(house: House, length: int = 14, unit: str = "calendar days") -> None:
    """A rule of the house: so long a signature may be taken back."""
    set_rule(
        by=house.lead,
        at=MONDAY,
        name="cooling-off",
        clock="withdrawal",
        trigger="agreed",
        sectors=[],
        length=length,
        unit=unit,
        meets="dispatch",
        consequence="none",
    )


def offered(house: House) -> tuple[Way, Offer]:
    """An offer of three remedies, one after another, with something for the customer to do."""
    way = brought_to("decided", house)
    issue = way.complaint.issues.get()
    drafts = (
        ("replacement", "A new kettle", None, "400", 5, None),
        ("refund", "The postage", "59.00", "59", 7, 1),
        ("apology", "A letter from us", None, "0", 1, None),
    )
    way.plan = actions.plan(
        way.complaint,
        by=way.handler,
        at=MONDAY,
        currency="SEK",
        remedies=[
            actions.RemedyDraft(
                kind=kind,
                description=words,
                issue=issue,
                amount=Decimal(amount) if amount else None,
                cost=Decimal(cost),
                within_days=days,
                after=after,
            )
            for kind, words, amount, cost, days, after in drafts
        ],
        customer_parts=[actions.PartDraft(description="Send the old kettle back", within_days=10)],
    )
    actions.submit_plan(way.complaint, by=way.handler, at=MONDAY)
    actions.approve(way.complaint, by=way.lead, at=MONDAY, plan=way.plan)
    return way, way.make_offer()


def sign(way: Way, offer: Offer, **more: object) -> Agreement:
    """The customer signs with the code."""
    by = customer_actor(way.fresh().speaker)
    row = actions.request_code(offer, by=by, at=MONDAY)
    return actions.agree(offer, by=by, at=MONDAY, signed_name="Clara", code=code_of(row), **more)  # type: ignore[arg-type]


def test_it_says_what_each_side_does_by_when_and_what_nobody_gives_up(house: House) -> None:
    cooling_off(house)
    way, offer = offered(house)
    assert offer.settlement.replace("\xa0", " ") == (
        f"Settlement of complaint {way.complaint.reference}\n\n"
        "We propose to pay you back.\n\n"
        "What we do. Days count from the day you sign:\n"
        "1. Replacement by courier: A new kettle, within 5 days\n"
        "2. Refund: The postage, SEK 59.00, within 7 days, after number 1 is done\n"
        "3. Apology: A letter from us, within 1 day\n\n"
        "Everything that we do is done within 7 days of your signature.\n\n"
        "What you do. Days count from the day you sign:\n"
        "1. Send the old kettle back, within 10 days\n\n"
        "You may withdraw from this settlement within 14 days of your signature. You need not say why; "
        "a word to us is enough. The settlement then no longer holds, and your complaint goes on.\n\n"
        "What you keep, whatever is written here:\n"
        "– The rights that the law lets nobody give up stay yours.\n"
        "– Your legal rights if something is wrong with what we replace or repair stay the same.\n"
        "– You may still turn to an authority, to a body that settles disputes, or to a court.\n"
        "– You may speak and write about all this, and need not change or take down a review.\n"
        "– If we do not do our part in time, you may hold us to it or have your complaint taken up again."
    )
    assert offer.settlement_sha256 == digest(offer.settlement)


def test_without_parts_rules_and_new_things_it_is_silent_about_them(house: House) -> None:
    offer = brought_to("offered", house).offer
    for words in ("What you do", "withdraw", "replace or repair"):
        assert words not in offer.settlement
    assert (offer.withdrawal, "hold us to it" in offer.settlement) == ({}, True)


@pytest.mark.parametrize("language", ["en", "sv", "pl", "ms", "zh-hans"])
def test_it_is_the_same_each_time_also_when_rules_and_names_have_changed(house: House, language: str) -> None:
    cooling_off(house)
    way, offer = offered(house)
    before = settlement_text(offer, language)
    drop_rule("cooling-off", by=house.lead, at=MONDAY)
    house.customer.name = "Another Name"
    house.customer.save()
    assert settlement_text(Offer.objects.get(pk=offer.pk), language) == before
    assert sign(way, offer).text == offer.settlement


def test_what_was_offered_as_a_right_holds_though_the_rule_is_gone(house: House) -> None:
    cooling_off(house)
    way, offer = offered(house)
    drop_rule("cooling-off", by=house.lead, at=MONDAY)
    agreement = sign(way, offer)
    assert agreement.withdraw_until == datetime(2026, 3, 16, 22, 59, 59, tzinfo=UTC)
    withdrawn = actions.withdraw_from_agreement(way.complaint, by=way.customer, at=MONDAY)
    assert withdrawn.stage == "decided"


@pytest.mark.parametrize(
    ("length", "unit", "words"),
    [
        (1, "calendar days", "within 1 day of"),
        (48, "hours", "within 48 hours of"),
        (8, "office hours", "within 8 office hours of"),
        (10, "working days", "within 10 working days of"),
        (2, "months", "within 2 months of"),
    ],
)
def test_its_length_in_words(house: House, length: int, unit: str, words: str) -> None:
    cooling_off(house, length, unit)
    assert words in offered(house)[1].settlement


def test_a_longer_rule_that_came_since_counts(house: House) -> None:
    cooling_off(house)
    way, offer = offered(house)
    cooling_off(house, 30)
    assert sign(way, offer).withdraw_until == datetime(2026, 4, 1, 21, 59, 59, tzinfo=UTC)


def test_a_settlement_that_was_not_the_one_shown_is_not_signed(house: House) -> None:
    way, offer = offered(house)
    with pytest.raises(actions.Refused) as refused:
        sign(way, offer, shown_sha256="0" * 64)
    assert [str(reason) for reason in refused.value.reasons] == ["not_this_text"]
    assert (way.fresh().stage, Agreement.objects.count()) == ("offered", 0)
