"""Who works in the simulated house, how fast, and when they are away."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from amends.people.actors import as_actor
from amends.people.models import AuthorityLimit, Customer, Department, Role, StaffMember
from amends.rules.capabilities import ROLES, Actor

# Where customers live, how often, and the language they are written to in.
PLACES = (
    ("SE", "sv", 4), ("PL", "pl", 4), ("MY", "ms", 2), ("CN", "zh-hans", 2), ("GB", "en", 3),
    ("US", "en", 2), ("AU", "en", 1), ("DE", "en", 1),
)  # fmt: skip
SECTORS = ("consumer", "consumer", "finance", "payments", "telecom", "housing")


@dataclass(frozen=True)
class Habits:
    """Hours until somebody takes up what waits for them, and how often they forget it for weeks."""

    least: float
    most: float
    forgets: float


FAST, STEADY = Habits(0.5, 8, 0), Habits(1, 20, 0.01)
SLOW, FORGETFUL = Habits(12, 120, 0.05), Habits(2, 30, 0.2)


@dataclass
class Colleague:
    """A member of staff with their habits; ``away`` are the times in which they do nothing at all."""

    staff: StaffMember
    actor: Actor
    habits: Habits
    away: list[tuple[datetime, datetime]]

    def takes_up(self, at: datetime, chance: random.Random) -> datetime:
        """When they come to what waits for them since ``at``."""
        when = at + timedelta(hours=chance.uniform(self.habits.least, self.habits.most))
        if chance.random() < self.habits.forgets:
            when += timedelta(days=chance.uniform(8, 45))
        for begins, ends in self.away:
            if begins <= when < ends:
                when = ends + timedelta(hours=chance.uniform(1, 20))
        return when


class House:
    """Handlers of every kind, two leads, a head and an executive; and somebody in the warehouse."""

    def __init__(self, start: datetime, days: int, chance: random.Random) -> None:
        for role in ROLES:
            given = {"level": role.level, "capabilities": sorted(c.value for c in role.capabilities)}
            Role.objects.get_or_create(name=role.name, defaults=given)
        self.chance, self.start, self.days = chance, start, days
        self.warehouse = Department.objects.create(name="Warehouse")
        self.care = Department.objects.create(name="Customer care")
        habits = (FAST, FAST, FAST, STEADY, STEADY, STEADY, SLOW, FORGETFUL)
        self.handlers = [self._colleague("handler", number, kind) for number, kind in enumerate(habits)]
        self.leads = [self._colleague("lead", number, STEADY) for number in range(2)]
        self.head = self._colleague("head", 0, STEADY)
        self.executive = self._colleague("executive", 0, SLOW)
        self.packer = self._colleague("specialist", 0, SLOW, self.warehouse)
        self.everybody = [*self.handlers, *self.leads, self.head, self.executive]
        for name, sum_ in (("handler", 50), ("lead", 1000), ("head", 10000), ("executive", 100000)):
            AuthorityLimit.objects.create(
                role=Role.objects.get(name=name), currency="EUR", amount=Decimal(sum_)
            )
        for one in self.everybody:
            one.actor = as_actor(one.staff)
        self.by_id = {one.staff.pk: one for one in self.everybody}

    def of_level(self, level: int) -> Colleague:
        """Somebody senior enough."""
        return self.chance.choice([one for one in self.everybody if one.staff.role.level >= level][:9])

    def one_who_hands_out(self) -> Colleague:
        """One of the leads."""
        return self.chance.choice(self.leads)

    def customer(self, number: int) -> Customer:
        """Somebody new; one in twenty has no e-mail address."""
        chance = self.chance
        country, language, _ = chance.choices(PLACES, weights=[share for *_, share in PLACES])[0]
        email = "" if chance.random() < 0.05 else f"customer{number}@example.org"
        return Customer.objects.create(
            name=f"Customer {number}", email=email, phone="+46 70", language=language, country=country
        )

    def _colleague(
        self, role: str, number: int, habits: Habits, department: Department | None = None
    ) -> Colleague:
        staff = StaffMember(
            email=f"{role}{number}@year.example", name=f"{role.title()} {number}",
            role=Role.objects.get(name=role), department=department or self.care,
        )  # fmt: skip
        staff.set_unusable_password()
        staff.save()
        away = []
        for _ in range(max(1, self.days // 120)):  # ill, or on leave
            begins = self.start + timedelta(days=self.chance.uniform(0, self.days))
            away.append((begins, begins + timedelta(days=self.chance.uniform(3, 21))))
        return Colleague(staff, as_actor(staff), habits, away)
