"""Programs are told what happens: signed, once in the file, tried again, and never where they must not."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django_tasks_db.models import DBTaskResult

from amends.cases import actions
from amends.cases.events import quietly
from amends.correspondence.models import WebhookDelivery, WebhookEndpoint
from amends.correspondence.webhooks import endpoints, sending
from amends.correspondence.webhooks.delivering import OFF_AFTER, deliver_now, probe_of, throw_away
from amends.correspondence.webhooks.signing import secret_of
from amends.correspondence.webhooks.telling import OF_DUTIES
from amends.kit.clock import set_to
from amends.kit.jobs import work_off
from amends.kit.patience import ATTEMPTS
from amends.people.actors import SYSTEM, customer_actor
from tests.cases.with_duties import KETTLE, LETTER, signed
from tests.conftest import MONDAY, House
from tests.correspondence.webhooks.listener import LOOPBACK, Listener, listening

DAY = timedelta(days=1)


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.AMENDS_WEBHOOKS_NETWORKS = LOOPBACK
    with listening() as one, set_to(MONDAY):
        yield one


def told(listener: Listener) -> list[str]:
    return [json.loads(body)["type"] for _, _, body in listener.heard]


def endpoint(house: House, listener: Listener, *events: str, **more: Any) -> WebhookEndpoint:
    by = house.lead
    return endpoints.add(by=by, at=MONDAY, url=listener.url, events=events or OF_DUTIES, **more)


@pytest.mark.follows
def test_a_program_hears_of_a_duty_from_its_drawing_up_to_its_end(house: House, listener: Listener) -> None:
    with quietly():
        case = signed(house, [KETTLE])
    endpoint(house, listener)
    (duty,) = actions.draw_up_duties(case, by=SYSTEM, at=MONDAY)
    actions.fulfil(case, by=SYSTEM, at=MONDAY)
    actions.nudge(duty, by=SYSTEM, at=MONDAY + 2 * DAY)
    actions.nudge(duty, by=SYSTEM, at=MONDAY + 3 * DAY)
    actions.prove(duty, by=house.actor(house.packer), at=MONDAY + 3 * DAY, proof="PN 1")
    work_off()
    assert told(listener) == ["duty.created", "duty.late", "duty.done"]
    first = json.loads(listener.heard[0][2])
    assert first["timestamp"] == MONDAY.isoformat()
    assert first["data"] == {
        "complaint": case.key,
        "reference": case.reference,
        "duty": duty.key,
        "kind": "replacement",
        "description": "A new kettle",
        "department": "Warehouse",
        "due_at": (MONDAY + 3 * DAY).isoformat(),
        "waits_for": None,
        "proof_kind": "dispatch",
        "done_at": None,
    } | {"done_at": first["data"]["done_at"]}
    assert "Clara" not in listener.heard[0][2].decode()


@pytest.mark.follows
def test_of_a_complaint_only_its_name_is_told(house: House, listener: Listener) -> None:
    endpoint(house, listener, "complaint.registered")
    case = house.complaint(channel="phone")
    work_off()
    ((_, _, body),) = listener.heard
    assert json.loads(body)["data"] == {
        "complaint": case.key, "reference": case.reference, "number": 1, "stage": "received",
    }  # fmt: skip


@pytest.mark.follows
def test_what_is_not_to_be_done_any_more_is_said(house: House, listener: Listener) -> None:
    with quietly():
        case = signed(house, [KETTLE])
        (duty,) = actions.draw_up_duties(case, by=SYSTEM, at=MONDAY)
    endpoint(house, listener)
    actions.withdraw(case, by=customer_actor(house.customer), at=MONDAY)
    work_off()
    assert told(listener) == ["duty.dropped"]
    assert json.loads(listener.heard[0][2])["data"]["duty"] == duty.key


@pytest.mark.follows
def test_a_department_hears_of_its_own_duties(house: House, listener: Listener) -> None:
    with quietly():
        case = signed(house, [KETTLE, LETTER | {"department": house.care}])
    endpoint(house, listener, department=house.care)
    _kettle, letter = actions.draw_up_duties(case, by=SYSTEM, at=MONDAY)
    work_off()
    assert [json.loads(body)["data"]["duty"] for _, _, body in listener.heard] == [letter.key]


@pytest.mark.follows
def test_where_nobody_listens_no_job_is_put_down(house: House, listener: Listener) -> None:
    endpoints.pause(endpoint(house, listener, "complaint.registered"), at=MONDAY)
    house.complaint(channel="phone")
    assert not DBTaskResult.objects.filter(task_path__contains="tell_programs").exists()


def test_the_signature_is_the_one_of_the_standard(house: House, listener: Listener) -> None:
    row = endpoint(house, listener)
    assert deliver_now(probe_of(row, MONDAY), MONDAY)
    ((path, headers, body),) = listener.heard
    key = base64.b64decode(secret_of(row).removeprefix("whsec_"))
    signed_part = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed_part, hashlib.sha256).digest()).decode()
    assert (path, headers["webhook-signature"]) == ("/hook", f"v1,{expected}")
    assert headers["webhook-timestamp"] == str(int(MONDAY.timestamp()))
    assert len(key) == 32
    assert secret_of(endpoints.renew_secret(row)) != secret_of(row)


@pytest.mark.follows
def test_it_is_tried_again_under_the_same_id(house: House, listener: Listener) -> None:
    row = endpoint(house, listener, "complaint.registered")
    listener.refusals = 2
    house.complaint(channel="phone")
    work_off()  # by the clock of this test every rest is over at once
    delivery = WebhookDelivery.objects.get()
    row.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.answer) == ("delivered", 3, 204)
    assert row.failing_since is None
    assert len({headers["webhook-id"] for _, headers, _ in listener.heard}) == 1
    assert [body for _, _, body in listener.heard] == [delivery.body.encode()] * 3


@pytest.mark.follows
def test_at_last_it_is_given_up(house: House, listener: Listener) -> None:
    row, listener.status = endpoint(house, listener, "complaint.registered"), 500
    house.complaint(channel="phone")
    work_off()
    delivery = WebhookDelivery.objects.get()
    row.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.answer) == ("failed", ATTEMPTS, 500)
    assert row.failing_since == MONDAY


def test_a_redirect_is_not_followed(house: House, listener: Listener) -> None:
    listener.status = 302
    delivery = probe_of(endpoint(house, listener), MONDAY)
    assert not deliver_now(delivery, MONDAY, last=True)
    assert [path for path, _, _ in listener.heard] == ["/hook"]
    assert (delivery.answer, delivery.status) == (302, "failed")


def test_after_days_of_failures_it_is_switched_off(house: House, listener: Listener) -> None:
    row, listener.status = endpoint(house, listener), 500
    for at in (MONDAY, MONDAY + OFF_AFTER - DAY):
        deliver_now(probe_of(row, at), at, last=True)
    assert list(endpoints.switched_off()) == []
    deliver_now(probe_of(row, MONDAY), MONDAY + OFF_AFTER, last=True)
    assert list(endpoints.switched_off()) == [row]
    endpoints.resume(row)
    assert list(endpoints.switched_off()) == []


def test_who_says_that_it_is_gone_is_not_called_again(house: House, listener: Listener) -> None:
    row, listener.status = endpoint(house, listener), 410
    deliver_now(probe_of(row, MONDAY), MONDAY)
    assert list(endpoints.switched_off()) == [row]


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://10.1.2.3/", "https://192.168.0.1/", "https://169.254.169.254/latest",
        "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[fd00::1]/",
        "https://0.0.0.0/", "https://224.0.0.1/", "https://2130706433/",
    ],
)  # fmt: skip
def test_nothing_goes_inside(settings: Any, url: str) -> None:
    settings.AMENDS_WEBHOOKS_NETWORKS = ()
    with pytest.raises(sending.NotLetThere, match="inside a network"):
        sending.destination(url)


@pytest.mark.parametrize("url", ["ftp://8.8.8.8/", "https://a:b@8.8.8.8/", "https://", "no", "https://[x/"])
def test_what_is_no_address_is_none(url: str) -> None:
    with pytest.raises(sending.NotLetThere):
        sending.destination(url)


def test_plain_http_goes_no_farther_than_this_machine_unless_allowed(settings: Any) -> None:
    settings.AMENDS_WEBHOOKS_NETWORKS = LOOPBACK
    assert sending.destination("http://127.0.0.1:8123/x").port == 8123
    with pytest.raises(sending.NotLetThere, match="https"):
        sending.destination("http://8.8.8.8/")
    settings.AMENDS_WEBHOOKS_HTTP = True
    assert sending.destination("http://8.8.8.8/").ip == "8.8.8.8"


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch, listener: Listener) -> None:
    """Whatever the name means later, the connection goes where it was looked at."""
    port = int(listener.url.rpartition(":")[2].partition("/")[0])
    to = sending.Destination(
        urlsplit(f"http://elsewhere.invalid:{port}/hook"), "elsewhere.invalid", port, "127.0.0.1"
    )
    assert sending.post(to, b"{}", {}) == 204
    ((_, headers, _),) = listener.heard
    assert headers["host"] == f"elsewhere.invalid:{port}"


def test_old_ones_are_thrown_away(house: House, listener: Listener) -> None:
    delivery = probe_of(endpoint(house, listener), MONDAY)
    assert throw_away(MONDAY + 60 * DAY) == 0  # it was never tried
    deliver_now(delivery, MONDAY)
    assert throw_away(MONDAY + 29 * DAY) == 0
    assert throw_away(MONDAY + 31 * DAY) == 1
