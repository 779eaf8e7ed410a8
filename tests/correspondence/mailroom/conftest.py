from collections.abc import Iterator
from itertools import count

import pytest

from amends.correspondence.mailroom.sources import Mailbox
from tests.correspondence.mailroom.servers import PASSWORD, USER, ImapServer

_folders = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    server = ImapServer()
    yield server
    server.stop()


@pytest.fixture
def mailbox(server: ImapServer) -> Mailbox:
    """A folder of its own, empty."""
    folder = f"Complaints {next(_folders)}"
    with server.client(f'"{folder}"'):
        pass
    return Mailbox("imap://desk@imap", "127.0.0.1", server.port, False, USER, PASSWORD, folder)
