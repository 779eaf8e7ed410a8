"""After the signature: sealed once, on file, and then with the customer; or said why not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import typst
from django.core.mail import EmailMessage
from django.db import connection
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from amends.cases import actions
from amends.cases.documents import path_of
from amends.cases.events import quietly
from amends.cases.models import Agreement, Complaint, Document, Event
from amends.cases.signing import code_of
from amends.cases.verify import verify_one
from amends.correspondence.sealing import agreement_pdf, jobs, of_case
from amends.correspondence.sealing.certificate import NoSeal
from amends.correspondence.sealing.on_file import OnFile, on_file
from amends.correspondence.sealing.verify import verify
from amends.kit.clock import set_to
from amends.kit.jobs import work_off
from amends.people.actors import customer_actor
from amends.rules.capabilities import SYSTEM
from tests.conftest import MONDAY, House
from tests.correspondence.sealing.conftest import PASSWORD, brought
from tests.desk.grown import grow

NOON = MONDAY + timedelta(days=4)
SOON = NOON + timedelta(seconds=20)


def sign(house: House, **given: object) -> Agreement:
    """The customer signs the offer that lies on the table."""
    with quietly():
        case = next(case for case in grow(house) if case.stage == "offered")
    customer = customer_actor(house.customer)
    offer = case.offers.get()
    with quietly():
        code = actions.request_code(offer, by=customer, at=NOON)
    said = {"by": customer, "at": NOON, "signed_name": "Clara Customer", "code": code_of(code)}
    return actions.agree(offer, **(said | given))  # type: ignore[arg-type]


def work(minutes: float = 0) -> None:
    """All that is ready some minutes after the signature."""
    with set_to(SOON + timedelta(minutes=minutes)):
        work_off()


@pytest.fixture
def agreement(house: House, own_certificate: Path) -> Agreement:
    return sign(house)


@pytest.fixture(autouse=True)
def outbox(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """The mails that went out."""
    gone: list[EmailMessage] = []

    def send(one: EmailMessage, *args: object, **given: object) -> int:
        gone.append(one)
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    return gone


def out(case: Complaint) -> list[str]:
    return list(case.messages.filter(purpose="agreement").values_list("status", flat=True))


@pytest.mark.follows
def test_sealed_filed_and_sent(agreement: Agreement) -> None:
    work()
    agreement.refresh_from_db()
    document = agreement.pdf
    assert document is not None
    assert (document.name, document.media_type) == (
        f"agreement {agreement.complaint.reference}.pdf",
        "application/pdf",
    )
    assert document.for_customer
    assert document.sha256 == agreement.pdf_sha256
    pdf = path_of(document.sha256).read_bytes()
    found = verify(pdf)
    assert found.valid
    assert found.at == SOON
    assert found.text_sha256 == agreement.text_sha256 == agreement.offer.settlement_sha256
    event = Event.objects.get(complaint=agreement.complaint, name="complaint.agreed")
    said = found.evidence
    assert (said["event"], said["chain"]) == (event.number, event.digest)
    assert (said["complaint"], said["signed_by"]) == (agreement.complaint.reference, "Clara Customer")
    assert (said["means"], said["code_sent_to"]) == ("code", "c…@e….org")
    assert said["code_sent_at"] == said["code_used_at"] == said["agreed_at"] == NOON.isoformat()
    assert on_file(pdf, found) is OnFile.THIS
    assert on_file(pdf + b"x", found) is OnFile.TEXT
    assert list(verify_one(Complaint.objects.get(pk=agreement.complaint_id))) == []


@pytest.mark.follows
def test_the_mail_waits_for_the_seal_and_brings_the_file(
    agreement: Agreement, outbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_seal(*args: object) -> Document:
        raise NoSeal("The certificate ended on 2026-03-01.")

    case = agreement.complaint
    with monkeypatch.context() as patch:
        patch.setattr(of_case, "sealed_document", no_seal)
        work()
        assert (out(case), outbox) == ([], [])
    assert jobs.seal_left_over(NOON + timedelta(hours=1)) == 1
    work(60)
    assert out(case) == ["sent"]
    (one,) = outbox
    names = [part.get_filename() for part in one.message().iter_attachments()]
    assert names == [f"agreement {case.reference}.pdf"]
    (part,) = one.message().iter_attachments()
    assert verify(part.get_content()).valid
    agreement.refresh_from_db()
    assert agreement.pdf is not None
    assert agreement.pdf.message == case.messages.get(purpose="agreement")


@pytest.mark.follows
def test_all_of_it_a_second_time(agreement: Agreement, outbox: list[EmailMessage]) -> None:
    work()
    DBTaskResult.objects.update(status="READY")
    work(1)
    case = agreement.complaint
    assert Event.objects.filter(complaint=case, name="agreement.sealed").count() == 1
    assert Document.objects.filter(complaint=case, name__startswith="agreement").count() == 1
    assert len(outbox) == 1


@pytest.mark.follows
def test_a_worker_that_died_after_it_put_the_file_away(
    agreement: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(*args: object, **given: object) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patch:
        patch.setattr(actions, "seal", died)
        with pytest.raises(SystemExit):
            work()
    assert not Document.objects.filter(complaint=agreement.complaint, name__startswith="agreement").exists()
    work(1)
    agreement.refresh_from_db()
    assert agreement.pdf is not None
    assert Event.objects.filter(complaint=agreement.complaint, name="agreement.sealed").count() == 1


def test_two_workers_at_once(committed: None, own_certificate: Path) -> None:
    agreement = sign(House())
    event = Event.objects.get(complaint=agreement.complaint, name="complaint.agreed")

    def seal(_number: int) -> None:
        try:
            with quietly(), set_to(SOON):
                jobs._seal(jobs._waiting().get(pk=event.data["agreement"]), SOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(seal, range(2)))
    assert Event.objects.filter(complaint=agreement.complaint, name="agreement.sealed").count() == 1
    assert Document.objects.filter(complaint=agreement.complaint, name__startswith="agreement").count() == 1


@pytest.mark.follows
def test_why_it_cannot_be_sealed_is_noted_once(house: House, settings: Settings, tmp_path: Path) -> None:
    settings.AMENDS_SEAL_CERTIFICATE, settings.AMENDS_SEAL_PASSWORD = str(brought(tmp_path)), "open"
    agreement = sign(house)
    case = agreement.complaint
    work()  # all its attempts: none is ready later than the real time
    assert DBTaskResult.objects.get(status="FAILED").task_path.endswith("seal_agreement")
    notes = [note.body for note in case.messages.filter(direction="inside", body__contains="sealed yet")]
    (only,) = notes
    assert only.endswith("it is no PKCS#12 file, or the password is wrong.")
    agreement.refresh_from_db()
    assert agreement.pdf is None
    assert out(case) == []
    case.refresh_from_db()
    assert case.stage == "fulfilling"  # what was agreed is carried out all the same
    settings.AMENDS_SEAL_PASSWORD = PASSWORD
    assert jobs.seal_left_over(NOON + timedelta(hours=1)) == 1
    work(60)
    assert out(case) == ["sent"]


def test_what_was_left_over(agreement: Agreement, settings: Settings, tmp_path: Path) -> None:
    assert jobs.seal_left_over(NOON + timedelta(minutes=29)) == 0  # its own job is at it
    settings.AMENDS_SEAL_CERTIFICATE = str(tmp_path / "gone.p12")
    assert jobs.seal_left_over(NOON + timedelta(days=2)) == 0
    assert Agreement.objects.get().pdf is None
    settings.AMENDS_SEAL_CERTIFICATE = ""
    assert jobs.seal_left_over(NOON + timedelta(days=2)) == 1
    assert jobs.seal_left_over(NOON + timedelta(days=2)) == 0


@pytest.mark.follows
def test_one_that_was_withdrawn_from_before_the_seal_is_thanked_for_by_nobody(agreement: Agreement) -> None:
    """The next one may be in force by then, and its own mail would be taken for sent."""
    Agreement.objects.filter(pk=agreement.pk).update(ended_at=NOON, ended_how="withdrawn")
    work()
    agreement.refresh_from_db()
    assert agreement.pdf is not None
    assert out(agreement.complaint) == []


@pytest.mark.follows
def test_one_that_was_sealed_when_all_was_done_brings_no_mail(agreement: Agreement) -> None:
    case = agreement.complaint
    Complaint.objects.filter(pk=case.pk).update(stage="following_up")  # it went on without its seal
    assert jobs.seal_left_over(NOON + timedelta(days=9)) == 1
    work()
    assert out(case) == []
    assert Agreement.objects.get().pdf is not None


@pytest.mark.follows
def test_a_logo_that_cannot_be_set_is_left_out(agreement: Agreement, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    really = agreement_pdf.set_agreement

    def set_agreement(signed: object, **given: object) -> bytes:
        tried.append(signed)
        if len(tried) == 1:
            raise typst.TypstError("no picture", "", [], [])
        return really(signed, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(of_case, "set_agreement", set_agreement)
    work()
    agreement.refresh_from_db()
    assert agreement.pdf is not None
    assert len(tried) == 2


def test_sealed_once_only(agreement: Agreement) -> None:
    first = of_case.sealed_document(agreement, SOON)
    actions.seal(agreement, by=SYSTEM, at=SOON, document=first)
    before = agreement.pdf_sha256
    with pytest.raises(actions.Refused):
        actions.seal(agreement, by=SYSTEM, at=SOON, document=of_case.sealed_document(agreement, SOON))
    assert Agreement.objects.get().pdf_sha256 == before
    assert Event.objects.filter(name="agreement.sealed").count() == 1


def test_a_file_that_says_another_text_is_never_filed(agreement: Agreement) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(text="Something else")
    agreement.refresh_from_db()
    with pytest.raises(NoSeal, match="does not verify"):
        of_case.sealed_document(agreement, SOON)
