"""Fill a database with many complaints by a bulk path: the chains hold, `amends verify` says so.

    python -m bench.fill 100000

Writes rows directly, which nothing else may: only so can 100,000 complaints be made in minutes. One in
five is open; every complaint has its issue, two messages, three events and, while open, two clocks.
"""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched

import django

django.setup()

from django.db import transaction  # noqa: E402

from amends.cases.models import Clock, Complaint, Event, Issue, Message, ReferenceYear  # noqa: E402
from amends.kit.chain import START, digest  # noqa: E402
from amends.kit.keys import new_key  # noqa: E402
from amends.people.models import AuthorityLimit, Customer, Department, Role, StaffMember  # noqa: E402
from amends.rules.capabilities import ActorKind  # noqa: E402
from amends.rules.lifecycle import OPEN, Stage  # noqa: E402

WORDS = (
    "the order arrived late and the box was open when I called nobody could tell me why it "
    "happened again invoice kettle pump seal batch driver promise refund week answer letter "
    "phone shop warranty broken twice money back please explain child safety noise water heat "
    "screen battery cable charge wrong name"
).split()
OPEN_STAGES = [Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.INVESTIGATING, Stage.DECIDED, Stage.FOLLOWING_UP]
NOW = datetime.now(UTC)


def house() -> list[StaffMember]:
    """Twelve handlers and a lead, made once."""
    care, _ = Department.objects.get_or_create(name="Customer care")
    roles = {role.name: role for role in Role.objects.all()}
    for number in range(12):
        role = roles["lead" if number == 0 else "handler"]
        email = f"bench{number}@house.example"
        if not StaffMember.objects.filter(email=email).exists():
            StaffMember.objects.create_user(
                email, "bench password", name=f"Bench {number}", role=role, department=care
            )
    AuthorityLimit.objects.get_or_create(role=roles["lead"], currency="EUR", defaults={"amount": 5000})
    return list(StaffMember.objects.filter(email__startswith="bench").order_by("pk"))


def story(random_: random.Random) -> str:
    """About 100 words that say nothing."""
    return " ".join(random_.choices(WORDS, k=random_.randint(80, 120))).capitalize() + "."


def complaints(number: range, staff: list[StaffMember], random_: random.Random) -> Iterator[Complaint]:
    """Unsaved complaints with their customers saved; one in five open."""
    customers = Customer.objects.bulk_create(
        Customer(name=f"Customer {n}", email=f"customer{n}@example.org", phone=f"+4670{n:07d}")
        for n in number
    )
    for n, customer in zip(number, customers, strict=True):
        is_open = n % 5 == 0
        stage = random_.choice(OPEN_STAGES) if is_open else Stage.CLOSED
        received = NOW - timedelta(days=random_.uniform(0, 20) if is_open else random_.uniform(30, 700))
        text = story(random_)
        yield Complaint(
            customer=customer,
            reference=f"B{n:07d}",
            stage=stage,
            is_open=stage in OPEN,
            language="en",
            title=text[:80],
            story=text,
            category=random_.choice(("billing", "product", "service", "staff")),
            channel="email",
            received_at=received,
            registered_at=received,
            signed_by="bench",
            handler=random_.choice(staff) if stage is not Stage.RECEIVED else None,
            due_at=received + timedelta(days=14) if is_open else None,
            due_kind="answer" if is_open else "",
            closed_at=None if is_open else received + timedelta(days=10),
            outcome="" if is_open else "satisfied",
            chain_head=START,
            origin=f"bench:{n}",
        )


def chain(complaint: Complaint, messages: list[Message]) -> list[Event]:
    """Three events, sealed one after the other as ``cases.events`` does."""
    facts = [
        ("complaint.registered", {"story_sha256": digest(complaint.story)}),
        *(("customer.heard", {"message": m.pk, "text_sha256": digest(m.body)}) for m in messages),
    ]
    events = []
    for position, (name, data) in enumerate(facts, start=1):
        event = Event(
            complaint=complaint,
            number=position,
            name=name,
            at=complaint.received_at,
            actor_kind=ActorKind.SYSTEM.value,
            data=data,
            previous=complaint.chain_head,
        )
        event.digest = event.seal()
        complaint.chain_head, complaint.events_count = event.digest, position
        events.append(event)
    return events


def fill(count: int, first: int = 1) -> None:
    """Add complaints number ``first`` to ``count``."""
    staff, random_ = house(), random.Random(first)
    for numbers in batched(range(first, count + 1), 2000):
        with transaction.atomic():
            part = range(numbers[0], numbers[-1] + 1)
            rows = Complaint.objects.bulk_create(complaints(part, staff, random_))
            Issue.objects.bulk_create(
                Issue(complaint=c, position=1, category=c.category, summary=c.title) for c in rows
            )
            messages = Message.objects.bulk_create(
                Message(
                    key=new_key(), complaint=c, direction=way, channel="email",
                    at=c.received_at + timedelta(hours=h), author_name="bench", body=story(random_),
                    language="en", status="received",
                )
                for c in rows
                for h, way in ((1, "in"), (20, "in"))
            )  # fmt: skip
            by_case: dict[int, list[Message]] = {}
            for message in messages:
                by_case.setdefault(message.complaint_id, []).append(message)
            Event.objects.bulk_create(e for c in rows for e in chain(c, by_case[c.pk]))
            Clock.objects.bulk_create(
                Clock(complaint=c, kind=kind, rule=f"house:{kind}", started_at=c.received_at,
                      due_at=c.received_at + timedelta(days=days), breached_at=NOW)
                for c in rows if c.is_open for kind, days in (("update", 5), ("answer", 14))
            )  # fmt: skip
            Complaint.objects.bulk_update(rows, ["chain_head", "events_count"], batch_size=500)
        print(f"\r{numbers[-1]:,} complaints", end="", flush=True)
    ReferenceYear.objects.get_or_create(year=NOW.year)
    print()


if __name__ == "__main__":
    already = Complaint.objects.filter(origin__startswith="bench:").count()
    fill(int(sys.argv[1]), already + 1)
