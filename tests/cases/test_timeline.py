"""The stream of a case: in order, with words, names and files, a stretch at a time."""

from datetime import timedelta

from amends.cases import actions
from amends.cases.models import Complaint
from amends.cases.timeline import Timeline, timeline
from amends.people.actors import SYSTEM, customer_actor
from tests.conftest import MONDAY, House


def _of(case: Complaint, before: int | None = None, limit: int = 100) -> Timeline:
    return timeline(
        case,
        before=before,
        limit=limit,
        issues=case.issues.all(),
        inquiries=case.inquiries.all(),
        documents=case.documents.all(),
    )


def test_what_happened_is_told_in_order_with_who_did_it(house: House) -> None:
    case = house.complaint()
    hanna = house.actor(house.handler)
    actions.acknowledge(case, by=hanna, at=MONDAY, text="We are on it.")
    actions.assign(case, by=house.actor(house.lead), at=MONDAY, handler=house.colleague)
    actions.hear(case, by=customer_actor(house.customer), at=MONDAY, words="Thanks.")
    actions.ask(case, by=hanna, at=MONDAY, question="When?", due_at=MONDAY, department=house.warehouse)
    clock = case.clocks.filter(stopped_at__isnull=True)[0]
    actions.report_breach(clock, by=SYSTEM, at=MONDAY + timedelta(days=30))
    told = [(str(e.words), e.detail, e.who, e.message.body if e.message else "") for e in _of(case).entries]
    assert told == [
        ("Complaint registered", "", "Hanna Handler", ""),
        ("Acknowledged to the customer", "", "Hanna Handler", "We are on it."),
        ("Assigned", "Karl Colleague", "Lena Lead", ""),
        ("Customer wrote or said", "", "Clara Customer", "Thanks."),
        ("Statement asked for", "Warehouse", "Hanna Handler", ""),
        ("A clock ran out", "Give the customer word", "Our house", ""),
    ]


def test_a_failed_mail_is_told_once_with_its_words_where_they_were_said(house: House) -> None:
    case = house.complaint()
    actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We are on it.")
    actions.report_failure(case.messages.get(), by=SYSTEM, at=MONDAY, error="no such mailbox")
    entries = _of(case).entries
    assert [(entry.name, entry.message is not None) for entry in entries] == [
        ("complaint.registered", False),
        ("complaint.acknowledged", True),
        ("message.failed", False),
    ]


def test_a_long_case_is_read_from_its_newest_end(house: House) -> None:
    case = house.complaint()
    for number in range(6):
        actions.note(case, by=house.actor(house.handler), at=MONDAY, text=f"Note {number}")
    last = _of(case, limit=3)
    assert [entry.number for entry in last.entries] == [5, 6, 7]
    middle = _of(case, before=last.earlier, limit=3)
    assert [entry.number for entry in middle.entries] == [2, 3, 4]
    first = _of(case, before=middle.earlier, limit=3)
    assert ([entry.number for entry in first.entries], first.earlier) == ([1], None)
