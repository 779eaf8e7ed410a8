"""What many tests of the desk begin with: that Monday, and an administrator signed in."""

from collections.abc import Iterator

import pytest
from django.test import Client

from amends.kit import clock
from tests.conftest import MONDAY, House


@pytest.fixture
def on_monday() -> Iterator[None]:
    """All of it happens on that Monday: ``pytestmark = pytest.mark.usefixtures("on_monday")``."""
    with clock.set_to(MONDAY):
        yield


@pytest.fixture
def admin(house: House, client: Client) -> Client:
    """An administrator at the desk."""
    client.force_login(house.staff("Ada Admin", "administrator", house.care))
    return client
