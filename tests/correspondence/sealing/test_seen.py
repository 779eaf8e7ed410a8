"""Where the sealed agreement is found: desk, customer’s page, API; and where it is missed."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from amends.api.tokens import issue
from amends.cases import actions
from amends.cases.documents import path_of
from amends.cases.links import link_secret
from amends.cases.models import Agreement
from amends.correspondence.sealing.of_case import sealed_document
from amends.kit.clock import now, set_to
from amends.people.models import StaffMember
from amends.rules.capabilities import SYSTEM
from tests.api.conftest import Program
from tests.conftest import House
from tests.correspondence.sealing.test_jobs import NOON, SOON, sign


@pytest.fixture
def agreement(house: House, own_certificate: Path) -> Agreement:
    return sign(house)


def seal(agreement: Agreement) -> bytes:
    actions.seal(agreement, by=SYSTEM, at=SOON, document=sealed_document(agreement, SOON))
    return path_of(agreement.pdf_sha256).read_bytes()


def at_the_desk(staff: StaffMember) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def test_on_the_desk(house: House, agreement: Agreement) -> None:
    desk, page = at_the_desk(house.handler), f"/complaints/{agreement.complaint.key}"
    before = desk.get(page).content.decode()
    assert "Not sealed yet." in before
    pdf = seal(agreement)
    after = desk.get(page).content.decode()
    assert "Not sealed yet." not in after
    assert agreement.pdf is not None
    where = f"{page}/documents/{agreement.pdf.key}"
    section = after[after.index('id="agreement"') :]
    assert where in section[: section.index("</section>")]
    answer = desk.get(where)
    assert b"".join(answer) == pdf
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    agreement.complaint.complained_about.add(house.colleague)
    assert at_the_desk(house.colleague).get(where).status_code == 404


def test_on_the_customers_page(agreement: Agreement) -> None:
    page = f"/c/{link_secret(agreement.complaint)}/"
    assert "sealed PDF" not in Client().get(page).content.decode()
    pdf = seal(agreement)
    shown = Client().get(page).content.decode()
    found = re.search(r'href="([^"]+)" download>The agreement as a sealed PDF<', shown)
    assert found is not None
    assert b"".join(Client().get(found[1])) == pdf


def test_today_says_what_could_not_be_sealed(house: House, agreement: Agreement) -> None:
    case = agreement.complaint
    actions.assign(case, by=house.actor(house.lead), at=NOON, handler=house.handler)
    words = "Signed, and could not be sealed yet"

    def today(minutes: int) -> str:
        with set_to(NOON + timedelta(minutes=minutes)):
            return at_the_desk(house.handler).get("/").content.decode()

    assert words not in today(9)
    assert words in today(11)
    seal(agreement)
    assert words not in today(11)


def test_in_the_api(house: House, agreement: Agreement) -> None:
    program = Program(issue(house.handler, name="test", scopes=house.handler.capabilities, at=now())[1])
    case = f"/complaints/{agreement.complaint.key}"
    (one,) = program.get(f"{case}/agreements").json()["items"]
    assert (one["pdf"], one["pdf_sha256"]) == (None, "")
    pdf = seal(agreement)
    (one,) = program.get(f"{case}/agreements").json()["items"]
    assert one["pdf_sha256"] == agreement.pdf_sha256
    assert b"".join(program.get(f"{case}/documents/{one['pdf']}/content")) == pdf
