"""When something is wrong: a page that says so, in the reader's language, or a problem detail."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.utils import translation

from amends.project import errors


def test_not_found(client: Client, db: None) -> None:
    page = client.get("/there-is-no-such-page")
    assert page.status_code == 404
    assert "There is nothing here" in page.text
    assert 'lang="en"' in page.text


def test_not_found_by_a_program(client: Client, db: None) -> None:
    answer = client.get("/api/v1/there-is-no-such-thing")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    ("handler", "status", "sentence"),
    [
        (errors.bad_request, 400, "That could not be understood"),
        (errors.forbidden, 403, "This is not open to you"),
        (errors.csrf_failure, 403, "What you typed is still in your browser: go back"),
        (errors.server_error, 500, "Something went wrong on our side"),
    ],
)
def test_pages_need_neither_session_nor_database(handler: object, status: int, sentence: str) -> None:
    page = handler(RequestFactory().get("/complaints"))  # type: ignore[operator]
    assert page.status_code == status
    assert sentence in page.content.decode()
    with translation.override("sv"):
        assert 'lang="sv"' in handler(RequestFactory().get("/")).content.decode()  # type: ignore[operator]


def test_form_without_proof_of_where_it_came_from(db: None) -> None:
    page = Client(enforce_csrf_checks=True).post("/sign-in/link/x")
    assert page.status_code == 403
    assert "The page was open for too long" in page.text


def test_health(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_no_health_without_database(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError

    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        assert client.get("/healthz").status_code == 500


def test_more_than_is_taken_at_once_says_what_to_do(client: Client, db: None, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    page = client.post("/complain", {"story": "a" * 2000}, headers={"accept-language": "en"})
    assert page.status_code == 413
    assert "What you typed is still in your browser: go back, shorten it" in page.text
