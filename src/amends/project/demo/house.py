"""The people of the demonstration house: three departments, twelve members of staff, their authority."""

import random
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from amends.cases import house_policy
from amends.people.actors import as_actor
from amends.people.models import AuthorityLimit, Customer, Department, Role, StaffMember
from amends.project.demo.stories import CODES, tongue
from amends.rules.capabilities import Actor

STAFF = (
    # key, name, position, role, department, language
    ("ingrid", "Ingrid Vestergaard", "Managing director", "executive", "Customer care", "en"),
    ("robert", "Robert Halloran", "Head of customer care", "head", "Customer care", "en"),
    ("maja", "Maja Lindqvist", "Team lead", "lead", "Customer care", "sv"),
    ("eleanor", "Eleanor Hughes", "Complaint handler", "handler", "Customer care", "en"),
    ("oskar", "Oskar Nyberg", "Complaint handler", "handler", "Customer care", "sv"),
    ("tomasz", "Tomasz Wójcik", "Complaint handler", "handler", "Customer care", "pl"),
    ("meiling", "Tan Mei Ling", "Complaint handler", "handler", "Customer care", "zh-hans"),
    ("aisyah", "Nurul Aisyah", "Front desk", "recorder", "Customer care", "ms"),
    ("dorota", "Dorota Kania", "Returns and testing", "specialist", "Warehouse", "pl"),
    ("per", "Per Åkesson", "Dispatch", "specialist", "Warehouse", "sv"),
    ("farid", "Farid Hakimi", "Accounts", "specialist", "Finance", "ms"),
    ("lucy", "Lucy Okafor", "Systems", "administrator", "Finance", "en"),
)
HANDLERS = {"en": "eleanor", "sv": "oskar", "pl": "tomasz", "ms": "meiling", "zh-hans": "meiling"}
ONE_EURO = {  # about what a euro is worth, so that the limits are round sums near each other
    "EUR": 1, "SEK": 10, "PLN": 4, "MYR": 5, "CNY": 8, "GBP": 1, "USD": 1, "AUD": 2,
}  # fmt: skip
LONG_BEFORE = timedelta(days=2 * 365)
LIMITS = {"handler": 20, "lead": 300, "head": 3000, "executive": 50_000}  # in euro
PHONES = {
    "GB": "+44 7700 900{:03d}", "IE": "+353 85 555 0{:03d}", "SE": "+46 70 174 0{:03d}",
    "PL": "+48 500 000 {:03d}", "MY": "+60 12 000 0{:03d}", "CN": "+86 130 0000 0{:03d}",
}  # fmt: skip


@dataclass
class House:
    """Who works here, and who buys here."""

    staff: Mapping[str, StaffMember]
    departments: Mapping[str, Department]
    customers: Mapping[str, list[Customer]] = field(default_factory=dict)
    _actors: dict[int, Actor] = field(default_factory=dict)

    def actor(self, person: StaffMember) -> Actor:
        """This person with their capabilities and authority."""
        return self._actors.setdefault(person.pk, as_actor(person))


def move_in(rng: random.Random, at: datetime) -> House:
    """Everybody, as rows: who works here and who buys here; and a policy, in force since before ``at``."""
    house = hire()
    house_policy.begin(by=house.staff["lucy"], at=at - LONG_BEFORE)
    return replace(house, customers={code: _customers(code, rng) for code in CODES})


def hire() -> House:
    """Departments, staff and authority, without customers. What is there already stays as it is."""
    departments = {
        name: Department.objects.get_or_create(
            name=name, defaults={"email": f"{name.split()[0].lower()}@house.example"}
        )[0]
        for name in ("Customer care", "Warehouse", "Finance")
    }
    roles = {role.name: role for role in Role.objects.all()}
    staff = {
        key: _employ(
            key, name, title=title, role=roles[role], department=departments[department], language=language
        )
        for key, name, title, role, department, language in STAFF
    }
    for role, euro in LIMITS.items():
        for currency, worth in ONE_EURO.items():
            AuthorityLimit.objects.get_or_create(
                role=roles[role], currency=currency, defaults={"amount": Decimal(euro * worth)}
            )
    return House(staff, departments)


def _employ(
    key: str, name: str, *, title: str, role: Role, department: Department, language: str
) -> StaffMember:
    email = f"{key}@house.example"
    there = StaffMember.objects.filter(email=email).select_related("role").first()
    return there or StaffMember.objects.create_user(
        email, name=name, title=title, role=role, department=department, language=language
    )


def _customers(code: str, rng: random.Random) -> list[Customer]:
    return Customer.objects.bulk_create(customer(code, person, rng) for person in tongue(code).people)


def customer(code: str, person: Mapping[str, Any], rng: random.Random) -> Customer:
    """One person of the stories as a customer, not saved yet."""
    fields = {name: person.get(name, "") for name in ("name", "salutation", "address", "country", "needs")}
    number = rng.randrange(10_000, 99_999)
    return Customer(
        **fields,
        language=code,
        email="" if person.get("no_mail") else f"{_mail_name(person)}@mail.example",
        phone=PHONES[person["country"]].format(number % 1000),
        number=f"K-{number}",
        since=date(2012 + number % 14, 1 + number % 12, 1 + number % 28),
        purchases=1 + number % 23,
    )


def _mail_name(person: Mapping[str, str]) -> str:
    if mail := person.get("mail"):
        return mail
    plain = person["name"].replace("ł", "l").replace("Ł", "L").replace("a/p ", "").replace("-", "")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower().split()
    return f"{letters[0]}.{letters[-1]}"
