"""Time left, as one says it."""

from datetime import timedelta

import pytest

from amends.desk.time_left import TimeLeft, time_left
from tests.conftest import MONDAY


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=30), "until 1 April"),
        (timedelta(days=365), "until 2 March 2027"),
        (timedelta(days=3, hours=5), "3 days left"),
        (timedelta(hours=47), "47 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=12), "12 minutes left"),
        (timedelta(seconds=5), "1 minute left"),
        (timedelta(minutes=-30), "late since 09:30"),  # the house's zone is an hour ahead of UTC
        (timedelta(days=-1), "late since yesterday"),
        (timedelta(days=-3), "late since Friday"),
        (timedelta(days=-10), "late since 20 February"),
        (timedelta(days=-100), "late since 22 November 2025"),
    ],
)
def test_the_nearer_the_finer(left: timedelta, words: str) -> None:
    assert time_left(MONDAY + left, MONDAY) == TimeLeft(words, late=left < timedelta(0))
