"""What ``verify`` finds, and names."""

from datetime import timedelta

from amends.cases import actions
from amends.cases.models import Complaint, Event, Message
from amends.cases.verify import Fault, verify
from tests.alter import events_alterable
from tests.conftest import MONDAY, House


def told(house: House) -> Complaint:
    """A complaint with a few events; another beside it that nobody touches."""
    case = house.complaint()
    house.complaint()
    handler = house.actor(house.handler)
    actions.acknowledge(case, by=handler, at=MONDAY, text="We are on it.")
    return actions.note(case, by=handler, at=MONDAY + timedelta(hours=1), text="Ask the packer.")


def faults() -> list[Fault]:
    return list(verify(Complaint.objects.order_by("pk").iterator()))


def test_an_untouched_house_holds(house: House) -> None:
    told(house)
    assert faults() == []


def test_an_altered_event_is_named(house: House) -> None:
    case = told(house)
    with events_alterable():
        Event.objects.filter(complaint=case, number=2).update(at=MONDAY - timedelta(days=1))
    assert faults() == [Fault(case.reference, "event", 2)]


def test_altered_data_of_an_event_is_named(house: House) -> None:
    case = told(house)
    with events_alterable():
        Event.objects.filter(complaint=case, number=1).update(data={"channel": "phone"})
    assert faults() == [Fault(case.reference, "event", 1)]


def test_a_removed_event_is_named(house: House) -> None:
    case = told(house)
    with events_alterable():
        Event.objects.filter(complaint=case, number=2).delete()
    assert faults() == [Fault(case.reference, "event", 3)]


def test_a_removed_tail_is_named(house: House) -> None:
    case = told(house)
    assert case.events_count == 4
    with events_alterable():
        Event.objects.filter(complaint=case, number=4).delete()
    assert faults() == [Fault(case.reference, "missing", 4)]


def test_a_message_reworded_afterwards_is_named(house: House) -> None:
    case = told(house)
    Message.objects.filter(complaint=case, direction="out").update(body="We never said that.")
    (event,) = Event.objects.filter(complaint=case, name="complaint.acknowledged")
    assert faults() == [Fault(case.reference, "message", event.number)]


def test_a_story_reworded_afterwards_is_named(house: House) -> None:
    case = told(house)
    Complaint.objects.filter(pk=case.pk).update(story="The kettle is fine.")
    assert faults() == [Fault(case.reference, "story", 1)]
