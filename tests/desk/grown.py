"""One complaint grown through every stage, with all that can hang on it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases import actions
from amends.cases.documents import accept
from amends.cases.models import Complaint, Document, Offer
from amends.people.actors import SYSTEM, customer_actor
from tests.conftest import MONDAY, House

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def grow(house: House, many: int = 2) -> Iterator[Complaint]:
    """The complaint at each stage of the main way, in order; ``many`` of each thing that can be several."""
    hanna, lena, per = (house.actor(p) for p in (house.handler, house.lead, house.packer))
    clara = customer_actor(house.customer)
    case = house.complaint(risk_public=True, details={"product": "Kettle", "batch": "B-1"})

    def at(day: float) -> datetime:
        return MONDAY + timedelta(days=day)

    yield case
    case = actions.acknowledge(case, by=hanna, at=at(0), text="We are on it.")
    case = actions.assign(case, by=hanna, at=at(0), handler=house.handler)
    yield case
    case = actions.investigate(case, by=hanna, at=at(1))
    for number in range(many):
        actions.add_issue(case, by=hanna, at=at(1), summary=f"Point {number}", category="staff")
        asked = actions.ask(
            case,
            by=hanna,
            at=at(1),
            question="When was it packed?",
            due_at=at(4),
            department=house.warehouse,
        )
        actions.answer_inquiry(asked, by=per, at=at(2), statement="In January.")
        actions.note(case, by=lena, at=at(2), text="Seen before.")
        attached(case, house)
    case = actions.say_back(case, by=hanna, at=at(2), understood="It leaks.", text="We understood this.")
    case = actions.confirm_problem(case, by=clara, at=at(2))
    for issue in case.issues.all():
        actions.find(issue, by=hanna, at=at(2), finding="justified", reasons="A bad seal.")
    yield case
    case = actions.decide(case, by=hanna, at=at(3))
    yield case
    for number in range(many):
        remedies = [
            actions.RemedyDraft(
                kind="refund",
                description=f"The price {number}",
                issue=issue,
                amount=Decimal(20),
                cost=Decimal(20),
                department=house.warehouse,
            )
            for issue in case.issues.all()
        ]
        plan = actions.plan(case, by=hanna, at=at(4), currency="SEK", remedies=remedies)
        case = actions.submit_plan(case, by=hanna, at=at(4))
        if number == 0:
            yield case
        case = actions.approve(case, by=lena, at=at(4), plan=plan, note="Fair.")
        offer: Offer = actions.offer(case, by=hanna, at=at(5), text="We propose this.")
        case.refresh_from_db()
        if number == 0:
            yield case
        if number < many - 1:
            case = actions.counter(offer, by=clara, at=at(5), words="And the postage?")
    scan = attached(case, house)
    paper = actions.bring_paper(offer, by=hanna, at=at(6), signed_name="Clara", scan=scan)
    actions.agree_on_paper(paper, by=lena, at=at(6))
    case.refresh_from_db()
    yield case
    duties = actions.draw_up_duties(case, by=SYSTEM, at=at(6))
    case = actions.fulfil(case, by=SYSTEM, at=at(6))
    yield case
    for duty in duties:
        actions.prove(duty, by=per, at=at(7), proof="BG 1", document=attached(case, house))
    case = actions.complete(case, by=hanna, at=at(8))
    case = actions.ask_if_good(case, by=hanna, at=at(9), text="Is it good?")
    yield case
    yield actions.confirm(case, by=clara, at=at(10), words="Yes.")


def attached(case: Complaint, house: House) -> Document:
    """A file put on the case by its handler."""
    document = accept(SimpleUploadedFile("invoice.pdf", PDF))
    return actions.attach(case, by=house.actor(house.handler), at=MONDAY, document=document)
