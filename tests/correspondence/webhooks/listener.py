"""A program that listens on this machine, and answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from typing import Any

LOOPBACK = (ip_network("127.0.0.0/8"),)


class Listener:
    """What came, and what is answered: an HTTP status, with a place to go for a redirect."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 204
        self.refusals = 0  # so often it answers 503 first
        self.url = ""


@contextmanager
def listening() -> Iterator[Listener]:
    """While the block runs."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            listener.heard.append((self.path, headers, body))
            busy, listener.refusals = listener.refusals > 0, max(0, listener.refusals - 1)
            self.send_response(503 if busy else listener.status)
            if 300 <= listener.status < 400:
                self.send_header("Location", listener.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
