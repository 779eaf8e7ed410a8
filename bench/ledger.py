"""Measure the redress ledger: its sums by every group, a page of rows, and the file for accounting.

    python -m bench.ledger [DUTIES]

Fills a database of its own (as bench.policy does) until it holds about that many duties, 100,000 by default,
nine in ten of them done over two years; then asks for what the page “Money” shows. Exit 1 when a sum does not
come out to the cent.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import batched

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")
if "AMENDS_DATA_DIR" not in os.environ:
    os.environ["AMENDS_DATA_DIR"] = tempfile.mkdtemp(prefix="amends-ledger-")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from amends.cases.models import Agreement, Duty, Remedy  # noqa: E402
from amends.desk.views.ledger import HEADS, rows_to_keep  # noqa: E402
from amends.insight.ledger import GROUPS, Ledger, State, Which  # noqa: E402
from amends.kit.csv_file import csv_file  # noqa: E402
from bench.fill import NOW, house  # noqa: E402
from bench.policy import fill  # noqa: E402

A_COMPLAINT = 1.6  # duties, as bench.policy fills


def draw_up(most: int) -> int:
    """A duty for each remedy that was agreed, nine in ten of them done; how many."""
    pick, made = random.Random(11), 0
    agreed = Agreement.objects.values("offer__plan")
    rows = Remedy.objects.filter(plan__in=agreed, duty__isnull=True).values_list("pk", "plan__complaint")
    for some in batched(rows[:most], 2000):
        Duty.objects.bulk_create(
            Duty(
                complaint_id=complaint, remedy_id=remedy, due_at=NOW,
                proof_kind="payment", proof=f"P{remedy}",
                done_at=NOW - timedelta(days=pick.uniform(0, 730)) if pick.random() < 0.9 else None,
            )
            for remedy, complaint in some
        )  # fmt: skip
        made += len(some)
    return made


def took(name: str, do: Callable[[], object]) -> None:
    """The best of three, in milliseconds."""
    best = min(_once(do) for _ in range(3))
    print(f"{name:<46} {best * 1000:8.0f} ms", flush=True)


def _once(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def main() -> int:
    """Fill, ask, add up one by one."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    call_command("migrate", verbosity=0)
    staff = house()
    if not Duty.objects.exists():
        fill(int(wanted / A_COMPLAINT), staff)
        draw_up(wanted)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    ledger, today = Ledger(staff[0]), NOW.date()
    every = Which(since=date(2000, 1, 1), until=today)
    quarter = Which(since=today - timedelta(days=91), until=today)
    print(f"{Duty.objects.count():,} duties of {Remedy.objects.count():,} remedies, {connection.vendor}")
    for which, name in ((quarter, "a quarter"), (every, "all time")):
        took(f"{name}: in all", lambda which=which: [ledger.sums(state, which) for state in State])
        for by in GROUPS:
            took(f"{name}: by {by}", lambda which=which, by=by: ledger.sums(State.DONE, which, by=by))
        took(
            f"{name}: the first 26 rows",
            lambda which=which: list(ledger.listed(State.DONE, which).order_by("-at", "-pk")[:26]),
        )
    took(
        "all time: the file for accounting",
        lambda: sum(1 for _ in csv_file("all.csv", HEADS, rows_to_keep(ledger, every))),
    )
    exact: dict[str, Decimal] = {}
    rows = Remedy.objects.filter(duty__done_at__isnull=False).values_list("plan__currency", "cost")
    for currency, cost in rows.iterator(chunk_size=2000):
        exact[currency] = exact.get(currency, Decimal(0)) + (cost or Decimal(0))
    same = exact == {one.currency: one.cost for one in ledger.sums(State.DONE)}
    print("to the cent" if same else "sums differ")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
