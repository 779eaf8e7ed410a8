"""A letter to everybody with a kettle, begun and written at the desk."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from amends.cases.models import Complaint
from amends.correspondence.models import MassLetter
from amends.kit import clock
from amends.kit.jobs import work_off
from amends.people.models import Customer
from tests.conftest import MONDAY, House

SUBJECT = "The thermostat of your kettle"
TEXT = (
    "The thermostat can fail. We replace it without charge.\n\nYour own page:\n$link\n\nNever said: $action"
)


def told(house: House, name: str, *, customer: Customer | None = None, product: str = "Kettle K2",
         batch: str = "B-17", **more: Any) -> Complaint:  # fmt: skip
    """A complaint about a kettle; ``more`` are fields of the customer, or of the complaint."""
    of_case = {key: more.pop(key) for key in ("at", "category", "complained_about") if key in more}
    given = {"name": name, "language": "en", "address": f"{name} Street 1\nTown", "email": ""} | more
    customer = customer or Customer.objects.create(**given)
    details = {"product": product, "batch": batch}
    return house.complaint(customer=customer, details=details, title=f"About {name}", **of_case)


def begun(desk: Client, **changes: str) -> MassLetter:
    """A letter to everybody with a Kettle."""
    fields = {"product": "kettle", "which": "open", "title": "the thermostat", "channel": "letter"} | changes
    response = desk.post("/mass-letters", fields)
    assert response.status_code == 303, response.content.decode()
    letter = MassLetter.objects.latest("pk")
    assert response["Location"] == f"/mass-letters/{letter.key}"
    return letter


def write(desk: Client, letter: MassLetter, language: str = "en", **changes: str) -> HttpResponse:
    """The words of one language, as the page's form sends them."""
    page = desk.get(f"/mass-letters/{letter.key}")
    forms = {text["language"]: text["form"] for text in page.context["texts"]}
    fields = {"seen": forms[language]["seen"].value(), "subject": SUBJECT, "text": TEXT} | changes
    return desk.post(f"/mass-letters/{letter.key}/texts/{language}", fields)  # type: ignore[return-value]


def sent(desk: Client, letter: MassLetter, **more: str) -> None:
    """It goes out, and the jobs are done."""
    with clock.set_to(MONDAY + timedelta(hours=1)):
        assert desk.post(f"/mass-letters/{letter.key}/sending", more).status_code == 303
        work_off()


def names(letter: MassLetter) -> list[str]:
    """Who gets it."""
    return sorted(letter.to.filter(left_out=False).values_list("complaint__customer__name", flat=True))
