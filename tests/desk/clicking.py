"""A member of staff at the desk, who fills in forms as the page shows them and sends them back."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

from amends.cases.models import Complaint
from amends.people.models import StaffMember


class _Card(HTMLParser):
    """The fields of the form in the card, with the values that the page gave them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, Any] = {}
        self.action = ""
        self._in = self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and "/complaints/" in (given.get("action") or ""):
            self._in, self.action = "card", given["action"] or ""
        name = given.get("name") or ""
        if not self._in or not name:
            if self._in and tag == "option" and self._select and "selected" in given:
                self.fields[self._select] = given.get("value") or ""
            elif self._in and tag == "option" and self._select:
                self.fields.setdefault(self._select, given.get("value") or "")
            return
        if tag == "textarea":
            self._area = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "input" and given.get("type") in ("radio", "checkbox"):
            if "checked" in given:
                value = given.get("value", "on")
                self.fields[name] = value or ""
        elif tag == "input" and given.get("type") != "file":
            self.fields[name] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = ""
        elif tag == "textarea" and self._area:
            # A browser drops the first line break of a text area.
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data


class Desk:
    """Somebody signed in, with one complaint before them."""

    def __init__(self, staff: StaffMember, complaint: Complaint) -> None:
        self.client = Client()
        self.client.force_login(staff)
        self.page = f"/complaints/{complaint.key}"

    def get(self, noun: str = "") -> HttpResponse:
        """The page, or the page with one step's form."""
        return self.client.get(
            f"{self.page}{noun if noun.startswith('?') else f'/{noun}'}" if noun else self.page
        )  # type: ignore[return-value]

    def form(self, noun: str) -> dict[str, Any]:
        """The form of this step as the page shows it, filled in as it comes."""
        response = self.get(noun)
        assert response.status_code == 200, (noun, response.status_code)
        return fields_of(response, f"{self.page}/{noun}")

    def post(self, noun: str, **typed: Any) -> HttpResponse:
        """Send the form of this step, with ``typed`` filled in."""
        return self.send(noun, self.form(noun) | typed)

    def send(self, noun: str, fields: dict[str, Any]) -> HttpResponse:
        """Send these fields as they are."""
        return self.client.post(f"{self.page}/{noun}", fields)  # type: ignore[return-value]

    def take(self, noun: str, **typed: Any) -> None:
        """Take the step: it must be done."""
        response = self.post(noun, **typed)
        assert response.status_code == 303, (noun, response.status_code, _why(response))


def fields_of(response: HttpResponse, action: str) -> dict[str, Any]:
    """What stands in the form that is sent to ``action``."""
    card = _Card()
    card.feed(response.content.decode())
    assert card.action == action, f"the card does not hold the form for {action}"
    return card.fields


def _why(response: HttpResponse) -> str:
    context: Any = response.context  # type: ignore[attr-defined]
    card = context["card"] if context else None
    return f"{list(card.refusal)} {card.form.errors if card.form else ''}" if card else ""
