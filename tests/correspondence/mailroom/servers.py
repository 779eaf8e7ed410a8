"""Mail servers that really run, each a process of its own on loopback."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from imaplib import IMAP4

USER, PASSWORD = "desk@house.example", "a/secret: @"


# Now and then the garbage collector takes a connection that pymap still waits on; seconds pass without it.
_PYMAP = "import gc; gc.disable(); from pymap.main import main; main()"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 30) -> None:
    """Return when somebody listens there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on port {port}")


class ImapServer:
    """pymap: one account, its folders in memory."""

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        command = (sys.executable, "-c", _PYMAP, "--host", "127.0.0.1", "--port", str(self.port))
        more = ("--no-tls", "dict", "--demo-user", USER, "--demo-password", PASSWORD)
        self.process = subprocess.Popen(command + more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.port)

    def stop(self) -> None:
        """Gone, as after a power cut."""
        self.process.kill()
        self.process.wait(10)

    @contextlib.contextmanager
    def client(self, folder: str = "INBOX") -> Iterator[IMAP4]:
        """Another program that looks into the same folder."""
        client = IMAP4("127.0.0.1", self.port)
        client.login(USER, PASSWORD)
        client.create(folder)
        client.select(folder)
        try:
            yield client
        finally:
            client.logout()

    def put(self, raw: bytes, folder: str = "INBOX", *, read: bool = False) -> None:
        """A message arrives; ``read``: somebody opened it at once."""
        with self.client(folder) as client:
            status, said = client.append(folder, r"(\Seen)" if read else "", "", raw)
            assert status == "OK", said

    def read(self, folder: str = "INBOX") -> list[bool]:
        """Of each message whether it is marked as read, the oldest first."""
        with self.client(folder) as client:
            _, items = client.fetch("1:*", "(FLAGS)")
            return [b"\\Seen" in item for item in items if isinstance(item, bytes)]


def message(number: int, subject: str = "Kettle") -> bytes:
    """A letter from a customer; each number is another message."""
    return (
        f"From: Clara Customer <clara@example.org>\r\nTo: complaints@house.example\r\n"
        f"Subject: {subject} {number}\r\nMessage-ID: <{number}.{subject.lower()}@example.org>\r\n"
        f"Date: Sun, 22 Nov 2026 08:00:00 +0100\r\n\r\nThe kettle leaks, number {number}.\r\n"
    ).encode()
