"""A program with a token, and what it says."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from amends.api.tokens import issue
from amends.kit.clock import now
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability
from tests.conftest import House

REGISTRATION: dict[str, Any] = {
    "customer": {"name": "Nils New", "email": "nils@example.org", "language": "sv", "country": "SE"},
    "story": "The kettle leaks.\nIt has done so since the first day.",
    "channel": "email",
    "category": "product",
}


class Program:
    """A program that speaks to the API with one token."""

    def __init__(self, secret: str) -> None:
        self.headers = {"Authorization": f"Bearer {secret}"}
        self.client = Client()

    def get(self, path: str, *, headers: dict[str, str] | None = None, **query: Any) -> Any:
        """GET below /api/v1."""
        return self.client.get(f"/api/v1{path}", query, headers=self.headers | (headers or {}))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST JSON below /api/v1."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = "" if body is None else json.dumps(body)
        return self.client.post(
            f"/api/v1{path}", data, content_type="application/json", headers=self.headers | named
        )

    def upload(self, path: str, file: Any, **fields: Any) -> Any:
        """POST a file below /api/v1."""
        return self.client.post(f"/api/v1{path}", {"file": file, **fields}, headers=self.headers)


Let = Callable[..., Program]


@pytest.fixture
def let(house: House) -> Let:
    """let(staff) is a program with all that they may do; let(staff, scopes) with less."""

    def program(staff: StaffMember, scopes: set[Capability] | None = None) -> Program:
        chosen = staff.capabilities if scopes is None else scopes
        return Program(issue(staff, name="test", scopes=chosen, at=now())[1])

    return program
