"""A worker killed amid a tick: what it had done is done once, what it had not is done by the next."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from amends.cases.clocks import CLAIM
from amends.cases.models import Clock, Event
from amends.project.schedule import tick
from tests.conftest import MONDAY, House

AT = MONDAY + timedelta(hours=25)
DIES = """
import os, signal, sys
import django
django.setup()
from datetime import datetime
from amends.cases import actions
from amends.cases.actions import clockwork, door
from amends.project.schedule import tick

append, left = door.append, [int(sys.argv[2])]

def fatal(*told, **more):
    left[0] -= 1
    if left[0] == 0:  # in the transaction: the clock is marked, its event is not written
        os.kill(os.getpid(), signal.SIGKILL)
    return append(*told, **more)

door.append = fatal
tick(datetime.fromisoformat(sys.argv[1]))
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the other process finds the file by its name")
def test_killed_between_the_mark_and_the_event(committed: None) -> None:
    house = House()
    for _ in range(5):
        house.complaint()
    surroundings = os.environ | {"AMENDS_DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"}
    died = subprocess.run(
        [sys.executable, "-c", DIES, AT.isoformat(), "3"], env=surroundings, check=False, timeout=60
    )
    assert died.returncode == -signal.SIGKILL
    assert Event.objects.filter(name="clock.breached").count() == 2
    assert Clock.objects.filter(breached_at__isnull=False).count() == 2
    assert tick(AT) == 0  # the dead one's claims still stand
    assert tick(AT + CLAIM + timedelta(seconds=1)) == 3
    assert tick(AT + 2 * CLAIM) == 0
    reported = Event.objects.filter(name="clock.breached").values_list("complaint", flat=True)
    assert len(reported) == len(set(reported)) == 5
