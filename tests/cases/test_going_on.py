"""A clock that waits for the customer goes on as soon as they say or send something."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.documents import accept
from amends.cases.models import Clock, Complaint
from amends.cases.timeline import timeline
from amends.cases.verify import verify_one
from amends.people.actors import SYSTEM, customer_actor
from tests.conftest import MONDAY, House
from tests.desk.grown import PDF

DAY = timedelta(days=1)


def waiting(house: House) -> tuple[Complaint, Clock]:
    """An answer that waits for the customer’s photo since Tuesday."""
    case = house.complaint(country="SE")
    clock = Clock.objects.get(complaint=case, kind="answer", stopped_at__isnull=True)
    actions.pause_clock(clock, by=house.actor(house.handler), at=MONDAY + DAY, why="We wait for the photo.")
    return case, clock


def by_their_link(case: Complaint, house: House) -> None:
    actions.hear(case, by=customer_actor(house.customer), at=MONDAY + 4 * DAY, words="Here it is.")


def on_the_phone(case: Complaint, house: House) -> None:
    actions.hear(
        case, by=house.actor(house.handler), at=MONDAY + 4 * DAY, words="It leaks below.", channel="phone"
    )


def with_a_file(case: Complaint, house: House) -> None:
    document = accept(SimpleUploadedFile("photo.pdf", PDF))
    actions.attach(case, by=customer_actor(house.customer), at=MONDAY + 4 * DAY, document=document)


def by_confirming(case: Complaint, house: House) -> None:
    handler = house.actor(house.handler)
    actions.say_back(case, by=handler, at=MONDAY + 3 * DAY, understood="It leaks below.")
    actions.confirm_problem(case, by=customer_actor(house.customer), at=MONDAY + 4 * DAY)


@pytest.mark.parametrize("speaks", [by_their_link, on_the_phone, with_a_file, by_confirming])
def test_it_goes_on_with_an_event_of_the_program(
    house: House, speaks: Callable[[Complaint, House], None]
) -> None:
    case, clock = waiting(house)
    speaks(case, house)
    clock.refresh_from_db()
    assert (clock.paused_at, clock.why_paused) == (None, "")
    assert clock.due_at == MONDAY + 17 * DAY  # three days later than promised, as long as it stood
    event = case.events.get(name="clock.resumed")
    assert (event.actor_kind, event.at) == (SYSTEM.kind, MONDAY + 4 * DAY)
    assert event.data == {
        "clock": "answer",
        "rule": "house:answer",
        "due": (MONDAY + 14 * DAY).isoformat(),
        "new_due": (MONDAY + 17 * DAY).isoformat(),
    }
    case.refresh_from_db()
    assert case.events.latest("number").number > event.number  # the step's own comes after
    assert list(verify_one(case)) == []


def test_the_row_of_the_complaint_knows_it(house: House) -> None:
    case, _ = waiting(house)
    for clock in Clock.objects.filter(complaint=case, kind__in=("acknowledgement", "update", "review")):
        Clock.objects.filter(pk=clock.pk).update(stopped_at=MONDAY)
    by_their_link(case, house)
    case.refresh_from_db()
    assert (case.due_kind, case.due_at) == ("answer", MONDAY + 17 * DAY)


def test_the_timeline_says_which_clock_goes_on(house: House) -> None:
    case, _ = waiting(house)
    by_their_link(case, house)
    case.refresh_from_db()
    entries = timeline(case, issues=[], inquiries=[], documents=[]).entries
    (entry,) = [entry for entry in entries if entry.name == "clock.resumed"]
    assert (entry.detail, entry.who) == ("Answer the complaint", "Our house")


def test_what_we_write_among_ourselves_lets_nothing_go_on(house: House) -> None:
    case, clock = waiting(house)
    actions.note(case, by=house.actor(house.handler), at=MONDAY + 4 * DAY, text="Still no photo.")
    document = accept(SimpleUploadedFile("photo.pdf", PDF))
    actions.attach(case, by=house.actor(house.handler), at=MONDAY + 4 * DAY, document=document)
    clock.refresh_from_db()
    assert clock.paused_at == MONDAY + DAY
    assert not case.events.filter(name="clock.resumed").exists()


def test_words_that_are_refused_change_nothing(house: House) -> None:
    case, clock = waiting(house)
    with pytest.raises(Refused):
        actions.hear(case, by=customer_actor(house.customer), at=MONDAY + 4 * DAY, words=" ")
    clock.refresh_from_db()
    assert clock.paused_at == MONDAY + DAY


def test_a_step_that_ends_the_clock_does_not_let_it_go_on_first(house: House) -> None:
    case, clock = waiting(house)
    actions.withdraw(case, by=customer_actor(house.customer), at=MONDAY + 4 * DAY, words="Forget it.")
    clock.refresh_from_db()
    assert clock.stopped_at == MONDAY + 4 * DAY
    assert not case.events.filter(name="clock.resumed").exists()
