"""The story ends well, through the real program, and leaves what it says that it leaves."""

from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from amends.cases.models import Agreement, Complaint, Message
from amends.cases.verify import verify
from amends.correspondence.sealing.verify import verify as verify_seal
from amends.project.demo.stories import CODES
from amends.project.story import tell_story
from amends.project.story.mailbox import code_in, mails, read
from tests.conftest import roles_of_a_new_house

pytestmark = [pytest.mark.django_db, pytest.mark.follows]


@pytest.fixture(autouse=True)
def new_house(db: None) -> None:
    roles_of_a_new_house()


def told(out: Path, language: str) -> str:
    console = Console(file=StringIO(), width=100)
    assert tell_story(out, language=language, console=console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert isinstance(text, str)
    return text


def test_it_ends_closed_and_satisfied_with_all_files_there(tmp_path: Path) -> None:
    text = told(tmp_path, "en")
    case = Complaint.objects.get()
    assert (case.stage, case.outcome) == ("closed", "satisfied")
    assert list(verify(Complaint.objects.iterator())) == []
    assert [path.name for path in mails(tmp_path)] == [
        "01-receipt.eml", "02-acknowledgement.eml", "03-say_back.eml", "04-offer.eml", "05-offer.eml",
        "06-code.eml", "07-agreement.eml", "08-duty.eml", "09-progress.eml",
        "10-follow_up.eml", "11-closing.eml",
    ]  # fmt: skip
    letters = {path.stem for path in tmp_path.glob("[0-9]*.pdf")}
    assert letters == {path.stem for path in mails(tmp_path)} - {"06-code", "08-duty"}
    agreement = Agreement.objects.get()
    content = (tmp_path / "agreement.txt").read_bytes()
    assert content.decode() == agreement.text
    assert sha256(content).hexdigest() == agreement.text_sha256
    sealed = verify_seal((tmp_path / "agreement.pdf").read_bytes())
    assert (sealed.valid, sealed.text_sha256) == (True, agreement.text_sha256)
    assert (tmp_path / "agreement.txt.sha256").read_text() == f"{agreement.text_sha256}  agreement.txt\n"
    assert "closed, satisfied" in text
    assert "the chain holds" in text


def test_what_is_not_allowed_is_refused_with_its_reason_and_changes_nothing(tmp_path: Path) -> None:
    text = told(tmp_path, "en")
    assert "tries to approve their own plan" in text
    assert "Your role does not include this." in text
    assert "The plan is not approved in this version" in text
    assert "is void" in text
    case = Complaint.objects.get()
    assert [offer.answer for offer in case.offers.all()] == ["countered", "accepted"]
    first, second = case.plans.all()
    assert [plan.approvals.count() for plan in (first, second)] == [1, 1]


def test_the_mails_are_the_programs_own_and_the_code_is_only_in_its_mail(tmp_path: Path) -> None:
    told(tmp_path, "en")
    code_mail = mails(tmp_path)[5]
    code = code_in(code_mail)
    assert not Message.objects.filter(body__contains=code).exists()
    assert set(Message.objects.filter(direction="out").values_list("status", flat=True)) == {"sent"}
    subject, body = read(mails(tmp_path)[3])
    offer = Message.objects.filter(purpose="offer").order_by("pk")[0]
    assert (subject, body) == (offer.subject, offer.body.strip())


@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_it_is_told_in_every_language(tmp_path: Path, language: str) -> None:
    told(tmp_path, language)
    assert Complaint.objects.get().language == language
    assert Agreement.objects.get().language == language
