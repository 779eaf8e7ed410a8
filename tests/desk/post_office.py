"""The pages of the post, as somebody at the desk uses them."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from amends.cases.models import Message
from amends.correspondence.models import PrintRun
from amends.kit import clock
from tests.conftest import MONDAY


def printed(desk: Client, *letters: Message, **more: str) -> PrintRun:
    """These letters, printed an hour after Monday morning."""
    with clock.set_to(MONDAY + timedelta(hours=1)):
        response = desk.post("/post/runs", {"letters": [letter.key for letter in letters]} | more)
    assert response.status_code == 303, response.content.decode()
    run = PrintRun.objects.latest("pk")
    assert response["Location"] == f"/post/runs/{run.key}"
    return run


def marked(desk: Client, run: PrintRun, *letters: Message, **more: str) -> HttpResponse:
    """The form of the pile, sent for these letters."""
    fields: dict[str, Any] = {"on": "2026-03-02", "kind": "ordinary"}
    fields |= {"letters": [letter.key for letter in letters]} | more
    with clock.set_to(MONDAY + timedelta(hours=2)):
        return desk.post(f"/post/runs/{run.key}/dispatch", fields)  # type: ignore[return-value]


def status(letter: Message) -> str:
    """How far it has come, as it stands on file."""
    return Message.objects.get(pk=letter.pk).status


def page(desk: Client, path: str = "/post") -> str:
    """A page of the desk as it is read; the queue by default."""
    response = desk.get(path)
    assert response.status_code == 200
    return response.content.decode()
