"""The house in one go: it opens, it heals, it closes."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes of Linux")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page; status 0 if nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


def until[T](what: Callable[[], T | None], seconds: float = 20) -> T:
    """What ``what`` says once it says something true."""
    deadline = time.monotonic() + seconds
    while not (said := what()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return said


def children(of: set[int]) -> set[int]:
    """The living children of these processes."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
            if int(parent) in of and state != "Z":
                found.add(int(status.parent.name))
    return found


class Served:
    """A house that runs in its own data folder."""

    def __init__(self, folder: Path) -> None:
        self.port, self.output = free_port(), folder / "output"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AMENDS_")}
        environment |= {"AMENDS_DATA_DIR": str(folder / "data"), "AMENDS_WEB_WORKERS": "2"}
        with self.output.open("w") as output:
            command = (sys.executable, "-m", "amends.project", "serve", "--port", str(self.port))
            self.process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)

    def is_open(self) -> bool:
        return get(self.port, "/healthz") == (200, "ok")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("served"))
    try:
        until(served.is_open)
        yield served
    finally:
        served.process.kill()
        served.process.wait(10)


def test_says_where_it_is_and_how_to_get_in(served: Served) -> None:
    said = until(lambda: re.search("^Amends is at .*$", served.output.read_text(), re.MULTILINE))
    assert said[0] == (
        f"Amends is at http://localhost:{served.port}. Nobody can sign in yet: run amends createuser"
    )


def test_pages_are_dressed(served: Served) -> None:
    status, page = get(served.port, "/there-is-no-such-page")
    assert status == 404
    assert "There is nothing here" in page
    sheets = re.findall(r'href="(/static/amends/base\.[0-9a-f]+\.css)"', page)
    assert len(sheets) == 1
    assert get(served.port, sheets[0])[0] == 200


def test_what_dies_is_started_again(served: Served) -> None:
    main = {served.process.pid}
    watched = children(main)
    assert len(watched) == 2

    def answering() -> set[int]:
        return children(children(main))

    until(lambda: len(answering()) == 2)
    killed = min(answering())
    os.kill(killed, signal.SIGKILL)
    until(lambda: len(answering() - {killed}) == 2)
    until(served.is_open)

    for child in watched:
        os.kill(child, signal.SIGKILL)
    until(lambda: len(children(main) - watched) == 2)
    until(lambda: len(answering()) == 2)
    until(served.is_open)


def test_another_house_at_the_same_door_is_told(served: Served, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "amends.project", "serve", "--port", str(served.port))
    second = subprocess.run(
        command,
        env=os.environ | {"AMENDS_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert second.returncode == 1
    assert f"Port {served.port} of 127.0.0.1 cannot be used" in second.stderr


def test_ends_gracefully_and_leaves_nobody_behind(served: Served) -> None:
    main = {served.process.pid}
    everybody = children(main) | children(children(main))
    assert len(everybody) == 4
    served.process.terminate()
    assert served.process.wait(10) == 0
    assert [pid for pid in everybody if Path(f"/proc/{pid}").exists()] == []
    assert get(served.port, "/healthz") == (0, "")
