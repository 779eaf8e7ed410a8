"""The second stage of a British housing complaint: five working days, then twenty from the first words."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases import actions
from amends.cases.clock_choices import choices_of
from amends.cases.models import Clock, Complaint, Office
from amends.cases.moments import moments_of
from amends.cases.proposals import propose
from amends.people.actors import SYSTEM, customer_actor
from amends.rules.statutes import Trigger
from tests.conftest import MONDAY, House
from tests.portal.way import brought_to


def day(text: str) -> datetime:
    """Noon of that day."""
    return datetime.fromisoformat(f"{text}T12:00+00:00")


def second_stage(house: House, asked: datetime) -> Complaint:
    """Answered, and not satisfied on that day."""
    Office.objects.create(sector="housing", country="GB")
    case = house.complaint(country="GB")
    actions.resolve_at_once(
        case, by=house.actor(house.handler), at=MONDAY, done="We sent a plumber.", channel="phone"
    )
    return actions.not_satisfied(case, by=customer_actor(house.customer), at=asked, words="It still leaks.")


def running(case: Complaint, kind: str) -> Clock:
    return Clock.objects.get(complaint=case, kind=kind, stopped_at__isnull=True)


# Counted on a printed calendar of England; a day ends in the house's zone, Stockholm.
GOLDEN = [
    # asked, last day for the acknowledgement, acknowledged, last day for the answer, and with the extension
    # Good Friday 3 and Easter Monday 6 April; the bank holidays of 4 and 25 May.
    ("2026-04-02", "2026-04-13", "2026-04-10", "2026-05-11", "2026-05-26"),
    # The summer bank holiday, 31 August.
    ("2026-08-27", "2026-09-04", "2026-08-28", "2026-09-28", "2026-10-12"),
    # Christmas: 25 December, Boxing Day moved to Monday 28, New Year's Day 1 January.
    ("2026-12-23", "2027-01-04", "2026-12-24", "2027-01-26", "2027-02-09"),
]


@pytest.mark.parametrize(("asked", "word", "acknowledged", "answer", "longest"), GOLDEN)
def test_the_days_of_the_second_stage(  # noqa: PLR0917  pytest hands them over by name
    house: House, asked: str, word: str, acknowledged: str, answer: str, longest: str
) -> None:
    case = second_stage(house, day(asked))
    owed = running(case, "acknowledgement")
    assert (owed.rule, owed.due_at) == ("house:acknowledgement", day(asked) + timedelta(days=1))
    assert (owed.law, _last(owed)) == ("uk-housing-stage-2-acknowledgement", word)
    assert running(case, "answer").law == ""
    actions.write(case, by=SYSTEM, at=day(acknowledged), text="This mail writes itself.")
    assert running(case, "answer").law == ""  # no person has acknowledged it
    actions.write(case, by=house.actor(house.lead), at=day(acknowledged), text="I look into it myself.")
    assert not Clock.objects.filter(complaint=case, kind="acknowledgement", stopped_at__isnull=True).exists()
    clock = running(case, "answer")
    assert (clock.rule, clock.due_at) == ("house:answer", day(asked) + timedelta(days=14))
    assert (clock.law, clock.consequence, _last(clock)) == ("uk-housing-stage-2", "may turn outside", answer)
    assert (
        case.events.filter(name="customer.written_to").latest("number").data["acknowledges"] == "escalation"
    )
    extended = choices_of([clock])[clock.pk].extended
    assert extended is not None
    assert extended.date().isoformat() == longest


def test_later_words_begin_nothing_anew(house: House) -> None:
    case = second_stage(house, day("2026-04-02"))
    lead = house.actor(house.lead)
    actions.write(case, by=lead, at=day("2026-04-10"), text="I look into it myself.")
    actions.write(case, by=lead, at=day("2026-04-14"), text="Still at it.")
    clock = running(case, "answer")
    assert _last(clock) == "2026-05-11"
    assert moments_of(clock)[Trigger.ESCALATION_ACKNOWLEDGED] == day("2026-04-10")
    assert "acknowledges" not in case.events.filter(name="customer.written_to").latest("number").data
    assert propose([clock]) == 0


def test_an_offer_is_word_enough(house: House) -> None:
    """Whoever answers at once owes no acknowledgement any more."""
    way = brought_to("awaiting_approval", house)
    actions.escalate(way.fresh(), by=way.customer, at=MONDAY)
    assert running(way.fresh(), "acknowledgement").started_at == MONDAY
    way.offered()
    assert not Clock.objects.filter(complaint=way.complaint, kind="acknowledgement", stopped_at__isnull=True)


def test_asked_for_before_the_first_stage_was_answered_the_stricter_day_stays(house: House) -> None:
    Office.objects.create(sector="housing", country="GB")
    case = house.complaint(country="GB")
    handler, lead = house.actor(house.handler), house.actor(house.lead)
    actions.acknowledge(case, by=handler, at=MONDAY + timedelta(hours=1), text="We know.")
    first = running(case, "answer")
    assert first.law == "uk-housing-stage-1"
    actions.escalate(case, by=customer_actor(house.customer), at=MONDAY + timedelta(days=2))
    assert running(case, "acknowledgement").due_at == MONDAY + timedelta(days=3)
    actions.write(case, by=lead, at=MONDAY + timedelta(days=2, hours=1), text="I look into it myself.")
    same = running(case, "answer")
    assert (same.pk, same.law, same.law_due_at) == (first.pk, first.law, first.law_due_at)


def _last(clock: Clock) -> str:
    assert clock.law_due_at is not None
    last = clock.law_due_at.astimezone(UTC)
    assert last.strftime("%M:%S") == "59:59"
    return last.date().isoformat()
