"""Words that follow from events: sent in the customer's language, tried again, shown to a person at last."""

import smtplib
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django_tasks_db.models import DBTaskResult

from amends.cases import actions
from amends.cases.models import Complaint, Message, SigningCode
from amends.cases.signing import code_of
from amends.kit.clock import set_to
from amends.kit.jobs import work_off
from amends.kit.patience import ATTEMPTS
from amends.people.actors import customer_actor
from tests.conftest import MONDAY, House

pytestmark = pytest.mark.follows


class Server:
    """A mail server that answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.problem: Exception | None = None

    def send(self, mail: EmailMessage) -> int:
        if self.problem:
            raise self.problem
        self.taken.append(mail)
        return 1


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()

    def send(mail: EmailMessage, *args: Any, **kwargs: Any) -> int:
        return server.send(mail)

    monkeypatch.setattr(EmailMessage, "send", send)
    return server


def work_until_idle() -> None:
    """All jobs, also those that wait to be tried again."""
    while work_off() or DBTaskResult.objects.filter(status="READY").update(run_after=MONDAY):
        pass


def out(case: Complaint) -> list[tuple[str, str]]:
    return list(case.messages.filter(direction="out").values_list("purpose", "status"))


@pytest.mark.parametrize(
    ("channel", "sent"),
    [("form", 1), ("email", 1), ("chat", 1), ("review", 1), ("phone", 0), ("in_person", 0), ("letter", 0)],
)
def test_who_talked_with_nobody_gets_a_receipt(house: House, server: Server, channel: str, sent: int) -> None:
    case = house.complaint(channel=channel)
    work_off()
    assert out(case) == [("receipt", "sent")] * sent
    assert [mail.subject for mail in server.taken] == ["Your complaint 2026-00001: we have it"] * sent


def test_the_receipt_is_a_mail_in_the_customers_language(house: House, server: Server) -> None:
    case = house.complaint(channel="form", language="sv")
    with set_to(MONDAY + timedelta(minutes=1)):
        work_off()
    (mail,) = server.taken
    message = case.messages.get(direction="out")
    assert mail.subject == "Ditt ärende 2026-00001: vi har fått ditt klagomål"
    assert mail.body.startswith("Hej Clara Customer,\n\nTack för att du berättar")
    assert mail.to == ["clara@example.org"]
    assert mail.from_email == "Our house <complaints@localhost>"
    assert mail.extra_headers == {
        "Message-ID": f"<{message.key}@localhost>",
        "Date": "Mon, 02 Mar 2026 10:01:00 +0100",
        "Content-Language": "sv",
        "Auto-Submitted": "auto-generated",
    }
    assert mail.reply_to == []
    assert mail.message().get_content_type() == "multipart/alternative"
    assert message.message_id == f"<{message.key}@localhost>"
    assert message.sent_at == MONDAY + timedelta(minutes=1)
    assert message.attempts == 1


def test_no_receipt_where_there_is_no_address_or_somebody_was_faster(house: House, server: Server) -> None:
    case = house.complaint(channel="form")
    actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We are on it.")
    work_off()
    assert out(case) == [("acknowledgement", "sent")]
    house.customer.email = ""
    house.customer.save()
    other = house.complaint(channel="form")
    work_off()
    assert out(other) == []


def test_a_job_that_runs_twice_says_it_once(house: House, server: Server) -> None:
    house.complaint(channel="form")
    work_off()
    DBTaskResult.objects.update(status="READY")
    work_off()
    assert len(server.taken) == 1


def test_what_a_person_writes_does_not_call_itself_automatic(house: House, server: Server) -> None:
    case = house.complaint(channel="phone")
    actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We are on it.", subject="a\n b")
    work_off()
    (mail,) = server.taken
    assert "Auto-Submitted" not in mail.extra_headers
    assert (mail.subject, mail.body) == ("a b", "We are on it.")


def acknowledged(house: House) -> tuple[Complaint, Callable[[], Message]]:
    case = house.complaint(channel="phone")
    case = actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We are on it.")
    return case, case.messages.get


def test_a_server_that_is_away_is_tried_again(house: House, server: Server) -> None:
    _, message = acknowledged(house)
    server.problem = ConnectionRefusedError("Connection refused")
    work_off()
    assert message().status == "queued"
    server.problem = None
    work_until_idle()
    assert (message().status, message().attempts, message().error) == ("sent", 2, "")


def test_after_the_last_try_a_person_is_shown_and_may_send_again(house: House, server: Server) -> None:
    case, message = acknowledged(house)
    server.problem = ConnectionRefusedError("Connection refused")
    work_until_idle()
    assert (message().status, message().error) == ("failed", "Connection refused")
    assert message().attempts == ATTEMPTS
    assert list(case.events.values_list("name", flat=True)).count("message.failed") == 1
    server.problem = None
    actions.resend(message(), by=house.actor(house.handler), at=MONDAY)
    work_off()
    assert (message().status, len(server.taken)) == ("sent", 1)


@pytest.mark.parametrize(("code", "tries"), [(550, 1), (450, ATTEMPTS)])
def test_an_address_that_is_refused_for_good_is_not_tried_again(
    house: House, server: Server, code: int, tries: int
) -> None:
    _, message = acknowledged(house)
    server.problem = smtplib.SMTPRecipientsRefused({"clara@example.org": (code, b"no such user")})
    work_until_idle()
    assert (message().status, message().attempts) == ("failed", tries)
    assert "no such user" in message().error


def test_a_message_whose_workers_died_is_reported_and_not_tried_once_more(
    house: House, server: Server
) -> None:
    _, message = acknowledged(house)
    DBTaskResult.objects.filter(task_path__endswith="deliver").update(worker_ids=["dead"] * ATTEMPTS)
    work_off()
    assert (message().status, server.taken) == ("failed", [])


def offered(house: House, at: Any = MONDAY, remedies: Sequence[str] = ("letter",)) -> Any:
    """A case with an offer, whose plan has an apology and what else is named."""
    by, lead = house.actor(house.handler), house.actor(house.lead)
    case = house.complaint(channel="phone")
    case = actions.acknowledge(case, by=by, at=at, text="We are on it.")
    case = actions.assign(case, by=by, at=at, handler=house.handler)
    case = actions.investigate(case, by=by, at=at)
    case = actions.say_back(case, by=by, at=at, understood="The kettle leaks.")
    actions.find(case.issues.get(), by=by, at=at, finding="justified", reasons="A bad seal.")
    case = actions.decide(case, by=by, at=at)
    drafts = [
        actions.RemedyDraft(
            kind="repair",
            description=what,
            issue=case.issues.get(),
            cost=Decimal(0),
            department=house.warehouse,
        )
        for what in remedies
    ]
    plan = actions.plan(case, by=by, at=at, currency="SEK", remedies=drafts, prevention="A new seal.")
    case = actions.submit_plan(case, by=by, at=at)
    case = actions.approve(case, by=lead, at=at, plan=plan)
    return actions.offer(case, by=by, at=at, text="We propose this.")


def test_the_code_goes_to_the_signer_and_on_no_file(house: House, server: Server) -> None:
    offer = offered(house)
    with set_to(MONDAY):
        work_off()
        server.taken.clear()
        row = actions.request_code(offer, by=customer_actor(house.customer), at=MONDAY)
        work_off()
    (mail,) = server.taken
    assert mail.to == ["clara@example.org"]
    assert f"\n\n{code_of(row)}\n\n" in mail.body
    assert not Message.objects.filter(body__contains=code_of(row)).exists()
    assert not any(code_of(row) in str(job.args_kwargs) + job.traceback for job in DBTaskResult.objects.all())


@pytest.mark.parametrize(
    ("problem", "tries"),
    [
        (smtplib.SMTPRecipientsRefused({"clara@example.org": (550, b"no such user")}), 1),
        (ConnectionRefusedError("nobody answers"), 4),  # a fifth would come after the code has ended
    ],
)
def test_a_code_that_cannot_be_sent_is_noted_for_a_person(
    house: House, server: Server, problem: Exception, tries: int
) -> None:
    offer = offered(house)
    with set_to(MONDAY):
        work_off()
    server.problem = problem
    actions.request_code(offer, by=customer_actor(house.customer), at=MONDAY)
    moment, tried = MONDAY, 0
    while (job := DBTaskResult.objects.filter(status="READY").first()) is not None:
        moment = job.run_after if tried else MONDAY
        with set_to(moment):
            work_off(at_most=1)
        tried += 1
    assert tried == tries
    (note,) = offer.complaint.messages.filter(direction="inside")
    assert note.body.startswith("The one-time code for signing could not be sent to clara@example.org: ")


def test_a_code_that_is_used_old_or_replaced_is_not_sent(house: House, server: Server) -> None:
    offer, customer = offered(house), customer_actor(house.customer)
    with set_to(MONDAY):
        work_off()
        server.taken.clear()
        actions.request_code(offer, by=customer, at=MONDAY)
        newest = actions.request_code(offer, by=customer, at=MONDAY)
        work_off()
    assert [code_of(newest) in mail.body for mail in server.taken] == [True]
    actions.request_code(offer, by=customer, at=MONDAY)
    with set_to(MONDAY + timedelta(minutes=16)):
        work_off()
    assert len(server.taken) == 1
    assert SigningCode.objects.count() == 3


def test_from_the_signature_to_thanks_the_rest_follows_by_itself(house: House, server: Server) -> None:
    """Duties, carrying out, completion and the question follow without anybody pressing a button."""
    offer = offered(house, remedies=("letter", "report"))
    customer, packer = customer_actor(house.customer), house.actor(house.packer)
    with set_to(MONDAY):
        row = actions.request_code(offer, by=customer, at=MONDAY)
        actions.agree(offer, by=customer, at=MONDAY, signed_name="Clara", code=code_of(row))
        work_off()
    case = Complaint.objects.get()
    assert case.stage == "fulfilling"
    agreement = case.messages.get(purpose="agreement")
    assert case.agreements.get().text in agreement.body
    assert "All of it will be done by 9 March 2026" in agreement.body
    first, second = case.duties.all()
    actions.prove(first, by=packer, at=MONDAY, proof="Sent, 12345.")
    work_off()
    assert Complaint.objects.get().stage == "fulfilling"
    actions.prove(second, by=packer, at=MONDAY, proof="Sent, 12345.")
    work_off()
    case = Complaint.objects.get()
    assert case.stage == "following_up"
    assert case.follow_ups.get().times_asked == 1
    assert "This is what was done:\n– letter\n– report\n" in case.messages.get(purpose="follow_up").body
    actions.confirm(case, by=customer, at=MONDAY)
    DBTaskResult.objects.update(status="READY")  # all of it a second time
    work_off()
    case = Complaint.objects.get()
    assert (case.stage, case.follow_ups.get().times_asked) == ("closed", 1)
    assert [p for p, _ in out(case)] == ["acknowledgement", "offer", "agreement", "follow_up", "closing"]
    assert {s for _, s in out(case)} == {"sent"}
    assert "What you pointed out stays with us: A new seal." in case.messages.get(purpose="closing").body
