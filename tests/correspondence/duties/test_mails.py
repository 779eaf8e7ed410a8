"""Who carries a duty out is mailed: the link, and when its day comes or is past."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from amends.cases import actions
from amends.cases.duty_links import duty_url
from amends.cases.events import quietly
from amends.cases.models import Duty
from amends.kit.clock import set_to
from amends.kit.jobs import work_off
from amends.rules.capabilities import SYSTEM
from tests.cases.with_duties import KETTLE, carried_out
from tests.conftest import MONDAY, House

pytestmark = pytest.mark.follows
DAY = timedelta(days=1)
CARRIER: dict[str, Any] = {"name": "Bring it AB", "email": "post@bring.example"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    taken: list[EmailMessage] = []

    def send(mail: EmailMessage, *args: Any, **kwargs: Any) -> int:
        taken.append(mail)
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    return taken


def kettle(house: House, email: str = "") -> Duty:
    house.warehouse.email = email
    house.warehouse.save()
    with quietly():
        (duty,) = carried_out(house, KETTLE)
    return duty


def entrust(house: House, duty: Duty, **more: Any) -> None:
    actions.entrust(duty, by=house.actor(house.handler), at=MONDAY, **(CARRIER | more))


def test_who_is_entrusted_gets_the_link(house: House, sent: list[EmailMessage]) -> None:
    duty = kettle(house)
    entrust(house, duty)
    work_off()
    (mail,) = sent
    assert mail.to == ["post@bring.example"]
    assert mail.subject == f"Would you please do this for us: A new kettle, {duty.complaint.reference}"
    assert duty_url(duty) in mail.body
    assert "5 March 2026" in mail.body
    assert "Clara" not in mail.body  # the page shows what is needed


def test_without_an_address_nothing_goes_out(house: House, sent: list[EmailMessage]) -> None:
    duty = kettle(house)
    entrust(house, duty, email="")
    work_off()
    assert sent == []
    assert re.search(r"/duties/[0-9A-Za-z]", duty_url(duty))


def test_what_was_overtaken_is_not_sent(house: House, sent: list[EmailMessage]) -> None:
    duty = kettle(house)
    entrust(house, duty)
    entrust(house, duty, email="other@bring.example")
    work_off()
    assert [mail.to for mail in sent] == [["other@bring.example"]]


def test_the_department_is_reminded_and_then_told_that_it_is_late(
    house: House, sent: list[EmailMessage]
) -> None:
    duty = kettle(house, "warehouse@house.example")
    for at in (MONDAY + 2 * DAY, MONDAY + 3 * DAY):
        with set_to(at):
            actions.nudge(duty, by=SYSTEM, at=at)
            work_off()
    assert [(mail.to, mail.subject.split(",")[0]) for mail in sent] == [
        (["warehouse@house.example"], "Due soon: A new kettle"),
        (["warehouse@house.example"], "Late: A new kettle"),
    ]
    assert f"/tasks?at={duty.key}#{duty.key}" in sent[0].body


def test_of_what_somebody_outside_has_late_both_are_told(house: House, sent: list[EmailMessage]) -> None:
    duty = kettle(house, "warehouse@house.example")
    with quietly():
        entrust(house, duty)
    actions.nudge(duty, by=SYSTEM, at=MONDAY + 2 * DAY)
    work_off()
    assert [mail.to for mail in sent] == [["post@bring.example"]]
    actions.nudge(duty, by=SYSTEM, at=MONDAY + 3 * DAY)
    work_off()
    assert [mail.to for mail in sent[1:]] == [["post@bring.example"], ["warehouse@house.example"]]
    assert duty_url(duty) in sent[1].body
    assert duty_url(duty) not in sent[2].body


def test_what_is_done_meanwhile_needs_no_reminder(house: House, sent: list[EmailMessage]) -> None:
    duty = kettle(house, "warehouse@house.example")
    actions.nudge(duty, by=SYSTEM, at=MONDAY + 2 * DAY)
    with quietly():
        actions.prove(duty, by=house.actor(house.packer), at=MONDAY + 2 * DAY, proof="PN 1")
    work_off()
    assert sent == []


def test_a_mail_that_cannot_be_sent_is_noted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EmailMessage, "send", lambda *_a, **_k: 0)
    duty = kettle(house)
    entrust(house, duty)
    work_off()
    note = duty.complaint.messages.get(direction="inside")
    assert "could not be sent to post@bring.example" in note.body
