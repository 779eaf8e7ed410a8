"""The page of webhooks, for who keeps the house."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from amends.correspondence.models import WebhookDelivery, WebhookEndpoint
from amends.correspondence.webhooks import endpoints
from amends.correspondence.webhooks.delivering import OFF_AFTER
from amends.correspondence.webhooks.signing import secret_of
from amends.kit.clock import set_to
from tests.conftest import MONDAY, House
from tests.correspondence.webhooks.listener import LOOPBACK, Listener, listening


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    client.force_login(house.staff("Ada Administrator", "administrator"))
    return client


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.AMENDS_WEBHOOKS_NETWORKS = LOOPBACK
    with listening() as one, set_to(MONDAY):
        yield one


def test_one_is_added_tried_paused_and_taken_away(desk: Client, listener: Listener) -> None:
    fields = {"once": "a", "url": listener.url, "events": ["duty.created", "duty.late"]}
    shown = desk.post("/webhooks", fields)
    endpoint = WebhookEndpoint.objects.get()
    assert secret_of(endpoint) in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    assert desk.post("/webhooks", fields).status_code == 200
    assert WebhookEndpoint.objects.count() == 1
    path = f"/webhooks/{endpoint.key}"
    assert secret_of(endpoint) not in desk.get(path).content.decode()
    assert desk.post(f"{path}/test").status_code == 303
    assert "webhook.test has arrived." in desk.get(path).content.decode()
    sent = WebhookDelivery.objects.get()
    assert desk.post(f"{path}/deliveries/{sent.webhook_id}").status_code == 303
    assert [headers["webhook-id"] for _, headers, _ in listener.heard] == [sent.webhook_id] * 2
    desk.post(f"{path}/change", {"do": "pause"})
    endpoint.refresh_from_db()
    assert endpoint.paused_at == MONDAY
    desk.post(f"{path}/change", {"do": "resume"})
    endpoint.refresh_from_db()
    assert endpoint.paused_at is None
    before = secret_of(endpoint)
    assert before not in desk.post(f"{path}/change", {"do": "secret"}).content.decode()
    desk.post(f"{path}/change", {"do": "remove"})
    assert not WebhookEndpoint.objects.exists()


def test_a_failure_says_why(desk: Client, listener: Listener, house: House) -> None:
    listener.status = 500
    endpoint = endpoints.add(by=house.lead, at=MONDAY, url=listener.url, events=["duty.done"])
    desk.post(f"/webhooks/{endpoint.key}/test")
    page = desk.get(f"/webhooks/{endpoint.key}").content.decode()
    assert "webhook.test did not arrive: 500" in page
    assert "Given up (500)" in page


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://10.0.0.1/hook", "is inside a network"),
        ("http://8.8.8.8/hook", "Only https:// is safe"),
        ("not an address", "Enter a valid URL"),
    ],
)
def test_where_nothing_goes_none_is_added(desk: Client, url: str, said: str) -> None:
    answer = desk.post("/webhooks", {"url": url, "events": ["duty.done"]})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert url in answer.content.decode()
    assert not WebhookEndpoint.objects.exists()


def test_one_that_was_switched_off_comes_to_who_keeps_the_house(
    desk: Client, house: House, client: Client
) -> None:
    endpoint = endpoints.add(by=house.lead, at=MONDAY, url="https://8.8.8.8/hook", events=["duty.done"])
    WebhookEndpoint.objects.update(failing_since=MONDAY - OFF_AFTER, off_at=MONDAY + timedelta(hours=1))
    page = desk.get("/").content.decode()
    assert "Programs that are told nothing any more" in page
    assert endpoint.url in page
    client.force_login(house.lead)
    assert "Programs that are told nothing any more" not in client.get("/").content.decode()
    assert client.get("/webhooks").status_code == 403


def test_long_lists_go_on(desk: Client, house: House) -> None:
    endpoint = endpoints.add(by=house.lead, at=MONDAY, url="https://8.8.8.8/hook", events=["duty.done"])
    for number in range(30):
        WebhookDelivery.objects.create(
            endpoint=endpoint, type="webhook.test", webhook_id=f"msg_{number:02}", body="{}", made_at=MONDAY
        )
    first = desk.get(f"/webhooks/{endpoint.key}")
    page = first.context["page"]
    assert [row.webhook_id for row in page.rows][:2] == ["msg_29", "msg_28"]
    second = desk.get(f"/webhooks/{endpoint.key}?after={page.after}").context["page"]
    assert [row.webhook_id for row in second.rows] == [f"msg_{number:02}" for number in range(4, -1, -1)]
    assert desk.get(f"/webhooks/{endpoint.key}?after=YWJj").status_code == 200
