"""Staff, departments, and who may approve how much."""

from decimal import Decimal

import pytest
from django.test import Client

from amends.people.actors import as_actor
from amends.people.models import AuthorityLimit, Department, Role, StaffMember
from tests.conftest import House


def fields(house: House, **changes: object) -> dict[str, object]:
    role = Role.objects.get(name="handler")
    known = {
        "name": "Nils New", "email": "nils@house.example", "title": "Clerk", "department": house.care.pk,
        "role": role.pk, "language": "sv", "is_active": "on",
    }  # fmt: skip
    return known | changes


def test_somebody_is_added_and_handed_a_link(house: House, admin: Client) -> None:
    response = admin.post("/people/new", fields(house))
    staff = StaffMember.objects.get(email="nils@house.example")
    assert (response.status_code, response["Location"]) == (303, f"/people/{staff.key}")
    assert not staff.has_usable_password()
    assert "Nils New" in admin.get("/people").content.decode()
    page = admin.post(f"/people/{staff.key}/sign-in-link")
    assert "/sign-in/link/" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert admin.get(f"/people/{staff.key}/sign-in-link").status_code == 405


def test_an_address_belongs_to_one_person(house: House, admin: Client) -> None:
    response = admin.post("/people/new", fields(house, email="HANNA.handler@house.example"))
    assert response.status_code == 422
    assert "Somebody has this address already." in response.content.decode()
    assert "Nils New" in response.content.decode()
    assert not StaffMember.objects.filter(name="Nils New").exists()


def test_who_has_left_is_out_at_once(house: House, admin: Client) -> None:
    theirs = Client()
    theirs.force_login(house.packer)
    changes = fields(house, name="Per Packer", email=house.packer.email)
    del changes["is_active"]
    assert admin.post(f"/people/{house.packer.key}", changes).status_code == 303
    assert theirs.get("/").status_code == 302
    assert admin.post(f"/people/{house.packer.key}/sign-in-link").status_code == 404


def test_nobody_locks_themselves_out(house: House, admin: Client) -> None:
    ada = StaffMember.objects.get(name="Ada Admin")
    response = admin.post(f"/people/{ada.key}", fields(house, name="Ada", email=ada.email))
    assert response.status_code == 422
    assert "You would lock yourself out." in response.content.decode()
    ada.refresh_from_db()
    assert (ada.name, ada.role.name) == ("Ada Admin", "administrator")


def test_departments_are_added_and_renamed(house: House, admin: Client) -> None:
    assert admin.post("/people/departments", {"name": "Finance"}).status_code == 303
    assert admin.post("/people/departments", {"name": "Finance"}).status_code == 422
    finance = Department.objects.get(name="Finance")
    assert admin.post(f"/people/departments/{finance.pk}", {"name": "Money"}).status_code == 303
    assert list(Department.objects.values_list("name", flat=True)) == ["Customer care", "Money", "Warehouse"]


def test_a_person_s_own_limit_takes_the_place_of_the_role_s(house: House, admin: Client) -> None:
    who = {"who": f"person-{house.handler.key}", "currency": "SEK", "per": "case", "kind": "any"}
    assert admin.post("/people/limits", who | {"amount": "250"}).status_code == 303
    assert admin.post("/people/limits", who | {"amount": "300.50"}).status_code == 303
    assert as_actor(house.handler).authority[0].case == {"SEK": Decimal("300.50")}
    own = AuthorityLimit.objects.get(staff=house.handler)
    assert admin.post(f"/people/limits/{own.pk}/removal").status_code == 303
    assert as_actor(house.handler).authority[0].case == {"SEK": Decimal(100)}


@pytest.mark.parametrize("amount", ["-1", "much", ""])
def test_a_limit_is_a_sum(house: House, admin: Client, amount: str) -> None:
    who = {"who": f"person-{house.handler.key}", "currency": "SEK", "amount": amount}
    who |= {"per": "case", "kind": "any"}
    assert admin.post("/people/limits", who).status_code == 422
    assert not AuthorityLimit.objects.filter(staff=house.handler).exists()


PATHS = (
    "/people",
    "/people/new",
    "/people/departments",
    "/people/limits",
    "/people/departments/1",
    "/people/x",
)


@pytest.mark.parametrize("path", PATHS)
def test_only_administrators(house: House, client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    client.force_login(house.lead)
    assert client.get(path).status_code == 403
    assert client.post(path, {}).status_code == 403
