"""Measure a running house: pages at two sizes, registering through the API, start and memory.

    make bench            (or: python -m bench.measure 10000 100000)

One server with two web workers on loopback, SQLite, one client a page kind. Prints a table; the last
column is what matters most: whether a figure grows with the number of complaints.
"""

import contextlib
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

ROUNDS = 200
REGISTER_SECONDS = 10
CLIENTS = 4
BIN = Path(sys.executable).parent


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextlib.contextmanager
def server(command: str, environment: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes], float]]:
    """`amends <command>` on a free port; yields port, process and seconds until the first answer."""
    port, began = free_port(), time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        [BIN / "amends", command, "--port", str(port)], env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        while True:
            with contextlib.suppress(OSError):
                if get(HTTPConnection("127.0.0.1", port, timeout=5), "/healthz", {})[0] == 200:
                    break
            if time.perf_counter() - began > 60 or process.poll() is not None:
                raise RuntimeError(f"amends {command} did not answer")
            time.sleep(0.02)
        yield port, process, time.perf_counter() - began
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def get(connection: HTTPConnection, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """One GET; status and body."""
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read()


def times(port: int, headers: dict[str, str], path: Callable[[], str]) -> list[float]:
    """Milliseconds of each of ROUNDS requests, after a warm-up."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    result = []
    for number in range(ROUNDS + 20):
        began = time.perf_counter()
        status, _ = get(connection, where := path(), headers)
        if status != 200:
            raise RuntimeError(f"{where}: {status}")
        if number >= 20:
            result.append((time.perf_counter() - began) * 1000)
    return result


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def register(port: int, token: str) -> float:
    """Complaints registered a second by CLIENTS clients at once, each with its own connection."""
    counts = [0] * CLIENTS
    until = time.perf_counter() + REGISTER_SECONDS

    def client(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until:
            body = json.dumps(
                {
                    "story": f"Client {number} says: " + "the kettle leaks again and nobody answers " * 14,
                    "channel": "email",
                    "category": "product",
                    "customer": {
                        "name": f"Bench {number}",
                        "email": f"b{number}.{counts[number]}@example.org",
                    },
                }
            )
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            connection.request("POST", "/api/v1/complaints", body, headers)
            response = connection.getresponse()
            answer = response.read()
            if response.status != 201:
                raise RuntimeError(answer.decode())
            counts[number] += 1

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes (PSS) of the process and all that it started."""
    total, todo = 0, [process.pid]
    while todo:
        pid = todo.pop()
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += [int(child) for child in (task / "children").read_text().split()]
    return total / 1024


def prepare(environment: dict[str, str]) -> dict[str, str | list[str]]:
    """A session, a token, and some complaints' keys and links, made by the program itself."""
    script = "import json; from bench.visitor import visitor; print(json.dumps(visitor()))"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def pages(environment: dict[str, str]) -> dict[str, float]:
    """p95 in milliseconds of each kind of page."""
    known = prepare(environment)
    cookie = {"Cookie": f"amends_session={known['session']}"}
    token = {"Authorization": f"Bearer {known['token']}"}
    keys, links = list(known["keys"]), list(known["links"])
    choose = random.Random(1).choice
    kinds: dict[str, tuple[dict[str, str], Callable[[], str]]] = {
        "Today": (cookie, lambda: "/"),
        "worklist": (cookie, lambda: "/complaints"),
        "complaint page": (cookie, lambda: f"/complaints/{choose(keys)}"),
        "portal page": ({}, lambda: choose(links)),
        "API list": (token, lambda: "/api/v1/complaints?limit=25"),
        "API one": (token, lambda: f"/api/v1/complaints/{choose(keys)}"),
    }
    with server("web", environment) as (port, _, _):
        result = {kind: p95(times(port, headers, path)) for kind, (headers, path) in kinds.items()}
        result["registered/s"] = register(port, str(known["token"]))
    return result


def main(sizes: list[int]) -> None:
    """Fill, measure, fill more, measure again; then start and memory of the whole program."""
    folder = Path(os.environ.get("AMENDS_DATA_DIR") or tempfile.mkdtemp(prefix="amends-bench-"))
    environment = os.environ | {
        "AMENDS_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "amends.project.settings",
        "AMENDS_WEB_WORKERS": "2",
    }  # fmt: skip
    subprocess.run([BIN / "amends", "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    columns = []
    for size in sizes:
        subprocess.run([sys.executable, "-m", "bench.fill", str(size)], env=environment, check=True)  # noqa: S603
        columns.append(pages(environment))
    print(f"{'p95, ms':18}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ratio':>8}")
    for kind in columns[0]:
        values = [column[kind] for column in columns]
        print(f"{kind:18}" + "".join(f"{v:12.1f}" for v in values) + f"{values[-1] / values[0]:8.2f}")
    with server("serve", environment) as (port, process, seconds):
        get(HTTPConnection("127.0.0.1", port), "/sign-in", {})
        time.sleep(2)
        print(f"\namends serve: first answer after {seconds:.1f} s, {memory(process):.0f} MB (PSS) together")


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [10_000, 100_000])
