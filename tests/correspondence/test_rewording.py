"""Another wording from an endpoint: off until a house names one, then plainly said, and never put in."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client

from amends.cases.models import Event
from amends.correspondence.rewording import NoRewording, reword, switched_on, where_to
from tests.conftest import House

ANSWER = "We are sorry that our kettle leaks."


class Endpoint:
    """A server on loopback that speaks as OpenAI's does, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.status, self.answer = 200, json.dumps({"choices": [{"message": {"content": f" {ANSWER} "}}]})
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                endpoint.asked.append({"path": self.path, **json.loads(body)})
                endpoint.headers.append(dict(self.headers))
                self.send_response(endpoint.status)
                if endpoint.status == 302:
                    self.send_header("Location", f"{endpoint.url}/elsewhere")
                self.end_headers()
                self.wfile.write(endpoint.answer.encode())

            def do_GET(self) -> None:
                endpoint.asked.append({"path": self.path})
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def endpoint(settings: Any) -> Iterator[Endpoint]:
    made = Endpoint()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.05,))
    thread.start()
    settings.AMENDS_REWORDING_URL = f"{made.url}/v1"
    settings.AMENDS_REWORDING_MODEL = "a-model"
    settings.AMENDS_REWORDING_KEY = "a-secret"
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def test_it_is_off_by_default_and_then_nothing_can_leave(house: House, client: Client) -> None:
    assert not switched_on()
    with pytest.raises(NoRewording):
        reword("Hello.", "en", [])
    case = house.complaint()
    client.force_login(house.handler)
    page = client.get(f"/complaints/{case.key}/messages").content.decode()
    assert "Suggest another wording" not in page
    assert (
        client.post(f"/complaints/{case.key}/drafts/write/rewording", {"text": "Hello."}).status_code == 404
    )


def test_the_text_goes_there_with_the_key_and_comes_back(endpoint: Endpoint) -> None:
    assert reword("We are sorry you feel so.", "sv", []) == ANSWER
    (asked,) = endpoint.asked
    assert (asked["path"], asked["model"]) == ("/v1/chat/completions", "a-model")
    assert asked["messages"][1] == {"role": "user", "content": "We are sorry you feel so."}
    assert "Write it in Swedish" in asked["messages"][0]["content"]
    assert endpoint.headers[0]["Authorization"] == "Bearer a-secret"
    assert where_to() == endpoint.url.removeprefix("http://")


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [
        (500, "", "refused (500)"),
        (302, "", "refused (302)"),
        (200, "no JSON", "gave no wording"),
        (200, '{"choices": []}', "gave no wording"),
        (200, '{"choices": [{"message": {"content": "  "}}]}', "gave no wording"),
    ],
)
def test_what_is_no_wording_is_said_in_a_sentence(
    endpoint: Endpoint, status: int, answer: str, why: str
) -> None:
    endpoint.status, endpoint.answer = status, answer
    with pytest.raises(NoRewording, match=why.replace("(", r"\(").replace(")", r"\)")):
        reword("Hello.", "en", [])
    assert [asked["path"] for asked in endpoint.asked] == ["/v1/chat/completions"]  # to nobody else


def test_an_endpoint_that_is_not_there_is_said_too(settings: Any) -> None:
    settings.AMENDS_REWORDING_URL = "http://127.0.0.1:9"
    with pytest.raises(NoRewording, match="did not answer"):
        reword("Hello.", "en", [])
    settings.AMENDS_REWORDING_URL = "file:///etc/passwd"
    with pytest.raises(NoRewording, match="no web address"):
        reword("Hello.", "en", [])


def test_it_is_shown_beside_with_what_the_coach_says_and_changes_nothing(
    house: House, client: Client, endpoint: Endpoint
) -> None:
    case = house.complaint()
    client.force_login(house.handler)
    page = client.get(f"/complaints/{case.key}/messages").content.decode()
    assert f"leaves this machine: it is sent to {where_to()}" in " ".join(page.split())
    endpoint.answer = json.dumps(
        {"choices": [{"message": {"content": "We are sorry that you feel that way."}}]}
    )
    address = f"/complaints/{case.key}/drafts/write/rewording"
    events = Event.objects.count()
    typed = {"text": "The kettle.", "channel": "email", "purpose_of_it": "progress"}
    answer = client.post(address, typed, headers={"HX-Request": "true"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "We are sorry that you feel that way." in said
    assert "Puts it on the customer" in said
    assert "Clara Customer" not in json.dumps(endpoint.asked)  # greeting and close stay here
    assert Event.objects.count() == events
    whole = client.post(address, typed)  # without scripts
    assert (whole.status_code, "<h1>Another wording</h1>" in whole.content.decode()) == (200, True)
    endpoint.status = 500
    assert client.post(address, typed).status_code == 502
