"""Shared ground of the tests: a time, people of a small house, and nothing that follows by itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from amends.cases import reckoning
from amends.cases.actions import register
from amends.cases.actions.wording import Wording
from amends.cases.events import quietly
from amends.cases.models import Complaint
from amends.coach.sentences import finding
from amends.people.actors import as_actor
from amends.people.models import AuthorityLimit, Customer, Department, Role, StaffMember
from amends.rules.capabilities import ROLES, Actor
from tests.alter import events_alterable

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def roles_of_a_new_house() -> None:
    """The migration made them, but a test that commits takes them away, and more tests may come after it."""
    for role in ROLES:
        capabilities = sorted(c.value for c in role.capabilities)
        defaults = {"level": role.level, "capabilities": capabilities}
        Role.objects.get_or_create(name=role.name, defaults=defaults)


class House:
    """A small house: a handler, a lead who may approve up to 1,000 SEK, a specialist in the warehouse."""

    def __init__(self) -> None:
        roles_of_a_new_house()
        self.care = Department.objects.create(name="Customer care")
        self.warehouse = Department.objects.create(name="Warehouse")
        self.handler = self.staff("Hanna Handler", "handler", self.care)
        self.colleague = self.staff("Karl Colleague", "handler", self.care)
        self.lead = self.staff("Lena Lead", "lead", self.care)
        self.packer = self.staff("Per Packer", "specialist", self.warehouse)
        AuthorityLimit.objects.create(role=self.handler.role, currency="SEK", amount=Decimal(100))
        AuthorityLimit.objects.create(role=self.lead.role, currency="SEK", amount=Decimal(1000))
        self.customer = Customer.objects.create(
            name="Clara Customer", email="clara@example.org", language="en", country="SE"
        )

    def staff(self, name: str, role: str, department: Department | None = None) -> StaffMember:
        email = name.lower().replace(" ", ".") + "@house.example"
        return StaffMember.objects.create_user(
            email, "a long password", name=name, role=Role.objects.get(name=role), department=department
        )

    def actor(self, staff: StaffMember) -> Actor:
        return as_actor(staff)

    def complaint(self, **changes: object) -> Complaint:
        """A freshly registered complaint about a kettle."""
        fields: dict[str, object] = {
            "by": self.actor(self.handler),
            "at": MONDAY,
            "customer": self.customer,
            "story": "The kettle leaks.\nIt has done so since the first day.",
            "channel": "email",
            "category": "product",
            "signed_by": self.handler.name,
        }
        return register(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as at work: in memory it locks otherwise than the real one."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = tmp_path_factory.mktemp("database")
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database that commits for real, for tests of what happens at the same time.

    Afterwards it is emptied, which the events' triggers would refuse.
    """
    yield
    with events_alterable():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture
def later() -> object:
    """later(3) is three days after Monday morning."""
    return lambda days: MONDAY + timedelta(days=days)


@pytest.fixture(autouse=True)
def nothing_follows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Actions write events; jobs are tested where they are marked to follow."""
    if "follows" in request.keywords:
        yield
    else:
        with quietly():
            yield


@pytest.fixture(autouse=True)
def the_coach_is_quiet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write “We look into it.” to customers. What the coach says is tested where it is marked."""
    if "coached" not in request.keywords:
        monkeypatch.setattr(Wording, "given", {"coach_missing": (), "overridden": False})


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The coach without its classifier: what is asserted must not hang on what that learns tomorrow."""
    monkeypatch.setattr(finding, "classifier", lambda _code: None)


@pytest.fixture(autouse=True)
def own_data_dir(settings: object, tmp_path: Path) -> None:
    settings.AMENDS_DATA_DIR = tmp_path  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def house_read_anew() -> None:
    """What was read of an office at one version: another test's office may have the same one."""
    reckoning._office.cache_clear()


@pytest.fixture(autouse=True)
def static_files_as_they_are(settings: object) -> None:
    """Pages name style sheets by their plain names, so that nothing has to be collected for a test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def quick_passwords(settings: object) -> None:
    """Hashing as slowly as at work would cost each test a second."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
