"""One POST to an address outside: only where the house lets it go, and never farther than that.

The name is looked up once and the connection goes to that very address, so that a name cannot mean one thing
when it is looked at and another when it is called. Redirects are not followed, answers not read.
"""

import http.client
import ipaddress
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext

PATIENCE = 5.0  # seconds for each part of the way
ALTOGETHER = 15.0  # seconds for all of it: who answers a byte at a time is cut off

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses that stand for others: a gateway turns them into any IPv4 address.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))


class NotLetThere(ValueError):
    """The house does not send anything to this address. Says why in a sentence."""


@dataclass(frozen=True)
class Destination:
    """Where it goes, looked up: ``ip`` is what is connected to."""

    url: SplitResult
    host: str
    port: int
    ip: str


def destination(address: str) -> Destination:
    """Where this address leads, if the house may send there. Raises NotLetThere; OSError for a name that
    cannot be found.
    """
    try:
        url = urlsplit(address)
        host, port = url.hostname or "", url.port
    except ValueError as wrong:
        raise NotLetThere(gettext("This is no address.")) from wrong
    if url.scheme not in ("http", "https") or not host or url.username or url.password:
        raise NotLetThere(gettext("An address begins with https:// and names a host, and nobody’s password."))
    port = port or (443 if url.scheme == "https" else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in found]
    for ip in addresses:
        _require(url.scheme, ip)
    return Destination(url, host, port, str(addresses[0]))


def post(to: Destination, body: bytes, headers: dict[str, str]) -> int:
    """Send it; the HTTP status of the answer. Raises OSError and http.client.HTTPException."""
    connection = _connection(to)
    cut = Timer(ALTOGETHER, _cut, (connection,))
    cut.daemon = True
    cut.start()
    try:
        path = (to.url.path or "/") + (f"?{to.url.query}" if to.url.query else "")
        connection.request("POST", path, body, {"Content-Type": "application/json", **headers})
        return connection.getresponse().status
    finally:
        cut.cancel()
        connection.close()


def _require(scheme: str, ip: Address) -> None:
    plain = getattr(ip, "ipv4_mapped", None) or ip
    listed = any(plain in network for network in settings.AMENDS_WEBHOOKS_NETWORKS)
    public = plain.is_global and not plain.is_multicast
    if not listed and (not public or any(plain in network for network in _TRANSLATED)):
        raise NotLetThere(
            gettext(
                "%(address)s is inside a network. AMENDS_WEBHOOKS_NETWORKS says to which the house sends."
            )
            % {"address": plain}
        )
    if scheme == "http" and not (plain.is_loopback or settings.AMENDS_WEBHOOKS_HTTP):
        raise NotLetThere(gettext("Only https:// is safe on the way. AMENDS_WEBHOOKS_HTTP lets http pass."))


def _connection(to: Destination) -> http.client.HTTPConnection:
    kind = _Secure if to.url.scheme == "https" else _Plain
    return kind(to)


class _Plain(http.client.HTTPConnection):
    def __init__(self, to: Destination) -> None:
        super().__init__(to.host, to.port, timeout=PATIENCE)
        self._ip = to.ip

    def connect(self) -> None:
        """To the address that was looked at, whatever its name means by now."""
        self.sock = socket.create_connection((self._ip, self.port), PATIENCE)


class _Secure(_Plain):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """The same, with the certificate of the name."""
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _cut(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):  # it has ended by itself
            connection.sock.shutdown(socket.SHUT_RDWR)
