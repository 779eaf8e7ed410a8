"""Live the year, count again, print a table. Exit 1 when a promise was broken.

The complaints are spread over houses that live side by side, each with its own SQLite file, desk and two
workers: SQLite has one writer, and so one house cannot use two cores. A worker is killed (SIGKILL) amid one
tick in twenty.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

START = datetime(2026, 1, 1, tzinfo=UTC)
KILL_EVERY = 20
SAMPLE = 300  # so many chains are walked in each house


def one_house(given: Namespace) -> dict[str, object]:
    """Live it here, in this process."""
    from bench.year import settings

    settings.leave_the_coach_out()
    from django.core.management import call_command

    from amends.cases.events import quietly
    from amends.cases.models import Complaint, Event
    from amends.cases.verify import verify
    from bench.year.life import Year
    from bench.year.recount import recount
    from bench.year.workers import Workers

    call_command("migrate", verbosity=0)
    workers = Workers(2, kill_every=KILL_EVERY, seed=given.seed)
    broken: list[str] = []

    def checked(at: datetime) -> None:
        now = recount(at)
        if not now.holds:
            broken.append(f"{at:%Y-%m-%d}: {now}")

    with quietly():
        year = Year(complaints=given.complaints, days=given.days, seed=given.seed, start=START)
        last = year.live(workers.tick, checked)
        end = recount(last)
        faults = list(verify(Complaint.objects.order_by("?")[:SAMPLE].iterator()))
    workers.end()
    return {
        "complaints": Complaint.objects.count(),
        "still open": Complaint.objects.open().count(),
        "events": Event.objects.count(),
        "clocks": end.clocks,
        "breaches reported": end.breaches,
        "breaches nobody noticed": end.unnoticed,
        "breaches reported twice": end.twice,
        "breaches reported too early": end.too_early,
        "customers without word or task": end.silent,
        "checks in between that failed": len(broken),
        "chains that do not hold": len(faults),
        "workers killed": workers.killed,
        "of these amid a tick": workers.killed_at_work,
        "done by the clock": dict(workers.done),
        "done by people": dict(year.done),
        "broken": broken + [str(fault) for fault in faults],
    }


MUST_BE_NOUGHT = (
    "breaches nobody noticed", "breaches reported twice", "breaches reported too early",
    "customers without word or task", "checks in between that failed", "chains that do not hold",
)  # fmt: skip


def main(given: Namespace) -> int:
    """Start the houses, add up what they say, print it."""
    began = time.perf_counter()
    said = [(house.communicate()[0], house.returncode) for house in _houses(given)]
    if any(status for _, status in said):
        return 1  # it said itself what went wrong
    told = [json.loads(text.splitlines()[-1]) for text, _ in said]
    numbers = [name for name, value in told[0].items() if isinstance(value, int)]
    sums = {name: sum(house[name] for house in told) for name in numbers}
    for name, value in sums.items():
        mark = "" if name not in MUST_BE_NOUGHT else "  ✓" if not value else "  ✗"
        print(f"{name:32}{value:>12,}{mark}")
    for title in ("done by the clock", "done by people"):
        total = sum((Counter(house[title]) for house in told), Counter())
        print(f"{title}: " + ", ".join(f"{name} {count:,}" for name, count in total.most_common()))
    for house in told:
        print(*house["broken"][:20], sep="\n", end="")
    print(f"{given.days} days in {time.perf_counter() - began:.0f} s")
    return 1 if any(sums[name] for name in MUST_BE_NOUGHT) else 0


def _houses(given: Namespace) -> list[subprocess.Popen[str]]:
    folder = Path(tempfile.mkdtemp(prefix="amends-year-"))
    started = []
    for number in range(given.houses):
        own = folder / str(number)
        own.mkdir()
        surroundings = os.environ | {"AMENDS_DATA_DIR": str(own), "AMENDS_DATABASE_URL": ""}
        surroundings.pop("AMENDS_DATABASE_URL")
        share = given.complaints // given.houses
        command = [sys.executable, "-m", "bench.year", str(share), "--days", str(given.days),
                   "--seed", str(given.seed + number), "--here"]  # fmt: skip
        started.append(subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True))  # noqa: S603
    return started


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("complaints", type=int, nargs="?", default=20_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--houses", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help="one house, in this process; prints JSON")
    chosen = parser.parse_args()
    if chosen.here:
        print(json.dumps(one_house(chosen)))
    else:
        sys.exit(main(chosen))
