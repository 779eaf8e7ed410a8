"""Measure trying a policy on the past: from asking to the last case, with every row that is kept of it.

    python -m bench.policy [CASES]

Fills a database of its own (AMENDS_DATABASE_URL, or SQLite in a new folder) with that many ended complaints,
100,000 by default, each with its points, the plan that was agreed and what the customer said; tries the start
policy on all of them. Exit 1 when it takes longer than promised, or when a sum does not come out to the cent.
"""

import os
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from itertools import batched

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")
if "AMENDS_DATA_DIR" not in os.environ:
    os.environ["AMENDS_DATA_DIR"] = tempfile.mkdtemp(prefix="amends-policy-")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from amends.cases import house_policy  # noqa: E402
from amends.cases.models import Agreement, Approval, Complaint, FollowUp, Issue, Offer, Plan, Remedy  # noqa: E402
from amends.insight.models import Bucket, PolicyTrial, TrialCase  # noqa: E402
from amends.insight.trial.running import reckon  # noqa: E402
from amends.kit.chain import START  # noqa: E402
from amends.people.models import AuthorityLimit, Customer, Role, StaffMember  # noqa: E402
from bench.fill import NOW, house  # noqa: E402

PROMISED = 10.0  # seconds for 100,000
CURRENCIES = ("EUR", "SEK", "PLN", "GBP")
COUNTRIES = {"EUR": "DE", "SEK": "SE", "PLN": "PL", "GBP": "GB"}
EACH = 4  # complaints a customer, on average


def fill(count: int, staff: list[StaffMember]) -> None:
    """``count`` ended complaints over two years; one in five was rejected, one in ten came back for more."""
    pick = random.Random(7)
    for numbers in batched(range(count), 2000):
        with transaction.atomic():
            customers = Customer.objects.bulk_create(
                Customer(name=f"Bench {n}", since=date(2015 + n % 11, 5, 1), purchases=n % 40)
                for n in range(len(numbers) // EACH + 1)
            )
            rows = Complaint.objects.bulk_create(_complaint(n, customers, pick) for n in numbers)
            _hang_on(rows, staff, pick)
        print(f"\r{numbers[-1] + 1:,} complaints", end="", flush=True)
    print()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _complaint(number: int, customers: list[Customer], pick: random.Random) -> Complaint:
    currency = CURRENCIES[number % len(CURRENCIES)]
    known = pick.random() < 0.9
    return Complaint(
        customer=pick.choice(customers), reference=f"P{number:07d}", stage="closed", is_open=False,
        language="en", title="Bench", story="Bench", category="product", channel="email",
        severity=pick.randint(1, 4), value=Decimal(pick.randrange(500, 90_000)) / 100 if known else None,
        value_currency=currency if known else "", country=COUNTRIES[currency],
        harm=pick.choice(("none", "inconvenience", "loss", "distress")), sector="consumer",
        received_at=NOW - timedelta(days=pick.uniform(30, 730)), registered_at=NOW, signed_by="bench",
        closed_at=NOW, outcome="satisfied", chain_head=START,
    )  # fmt: skip


def _hang_on(rows: list[Complaint], staff: list[StaffMember], pick: random.Random) -> None:
    kinds = ("product", "service", "billing", "staff", "documentation")
    findings = ("justified", "justified", "exaggerated", "untrue")
    issues = Issue.objects.bulk_create(
        Issue(
            complaint=row,
            position=n,
            category=pick.choice(kinds),
            summary="Bench",
            finding=pick.choice(findings),
        )
        for row in rows
        for n in range(1, 1 + pick.choice((1, 1, 1, 2)))
    )
    upheld = {issue.complaint_id for issue in issues if issue.upheld}
    owed = [row for row in rows if row.pk in upheld]
    plans = Plan.objects.bulk_create(
        Plan(complaint=row, version=1, author=staff[1], at=row.received_at,
             currency=row.value_currency or "EUR") for row in owed
    )  # fmt: skip
    Remedy.objects.bulk_create(
        Remedy(plan=plan, position=n, kind=kind, description="Bench", amount=sum_, cost=sum_)
        for plan in plans
        for n, (kind, sum_) in enumerate(
            (("refund", Decimal(pick.randrange(0, 60_000)) / 100), ("apology", Decimal(0))), start=1
        )
    )
    offers = Offer.objects.bulk_create(
        Offer(complaint=plan.complaint, plan=plan, round=1, text="Bench", made_by=staff[1], made_at=NOW,
              expires_at=NOW, answer="accepted") for plan in plans
    )  # fmt: skip
    Agreement.objects.bulk_create(
        Agreement(complaint=offer.complaint, offer=offer, text="Bench", text_sha256="0" * 64, language="en",
                  signed_name="Bench", signed_as="customer", signed_at=NOW, means="code") for offer in offers
    )  # fmt: skip
    Approval.objects.bulk_create(
        Approval(plan=plan, approved=True, by=staff[0], at=NOW) for plan in plans if pick.random() < 0.3
    )
    FollowUp.objects.bulk_create(
        FollowUp(complaint=row, asked_at=NOW, times_asked=1, answered_at=NOW,
                 answer=pick.choice(("yes", "yes", "partly", "no", "silent"))) for row in rows
    )  # fmt: skip


def main(count: int) -> int:
    """Fill, try, add up anew what was kept, print; 1 when something is not as promised."""
    call_command("migrate", verbosity=0)
    staff = house()
    for currency in CURRENCIES:
        for role, amount in (("handler", 50), ("lead", 500)):
            role_row = Role.objects.get(name=role)
            AuthorityLimit.objects.get_or_create(
                role=role_row, currency=currency, defaults={"amount": amount}
            )
    policy = house_policy.begin(by=staff[0], at=NOW)
    fill(count, staff)
    first = (NOW - timedelta(days=731)).date()
    trial = PolicyTrial.objects.create(policy=policy, since=first, until=NOW.date(), by=staff[0], at=NOW)
    began, used = time.perf_counter(), time.process_time()
    reckon(trial)
    taken, used = time.perf_counter() - began, time.process_time() - used
    trial.refresh_from_db()
    print(f"{trial.looked_at:,} cases on {connection.display_name}: {taken:.1f} s, processor {used:.1f} s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"kept {TrialCase.objects.filter(trial=trial).count():,} rows; at most {memory:.0f} MB")
    print({bucket: said["cases"] for bucket, said in trial.result["buckets"].items()}, trial.result["costs"])
    return 0 if _exact(trial) and taken <= PROMISED * count / 100_000 else 1


def _exact(trial: PolicyTrial) -> bool:
    """Whether the sums of the result are those of the rows, to the cent."""
    sums: dict[str, list[Decimal]] = {}
    rows = TrialCase.objects.filter(trial=trial).exclude(bucket=Bucket.OPEN)
    for currency, then, now in rows.values_list("currency", "then", "now").iterator():
        both = sums.setdefault(currency, [Decimal(0), Decimal(0)])
        both[0] += then
        both[1] += now
    told = {currency: [Decimal(one) for one in both] for currency, both in trial.result["costs"].items()}
    return sums == told


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
