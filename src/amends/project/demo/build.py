"""Building the demonstration house: who takes which way, when each began, and then telling all in order."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from amends.cases.events import quietly
from amends.cases.models import Complaint
from amends.people.models import Customer
from amends.project.demo.house import House, move_in
from amends.project.demo.stories import CODES, Story, Tongue, tongue
from amends.project.demo.telling import Telling
from amends.project.demo.ways import WAYS, Beat, Way, moments, shares
from amends.rules.lifecycle import OPEN

SEED = 1848
COMPLAINTS = 150
CHUNK = 25  # complaints in one transaction


@dataclass(frozen=True)
class Script:
    """One complaint before it is told: its way and its moments."""

    way: Way
    code: str
    beats: tuple[Beat, ...]
    times: list[datetime]


def build(
    at: datetime,
    *,
    complaints: int = COMPLAINTS,
    seed: int = SEED,
    tell: Callable[[int], None] = lambda told: None,
) -> House:
    """The whole house, as if it had worked until ``at`` (aware). No mail leaves; no job is set off.

    The same ``at`` and ``seed`` tell the same. Every way is taken at least once, so there are never fewer
    complaints than ``WAYS``. ``tell`` hears how many were told.
    """
    rng = random.Random(seed)  # noqa: S311  a story, not a secret
    with quietly():
        house = move_in(rng, at)
        scripts = sorted(_scripts(complaints, at, rng), key=lambda script: script.times[0])
        cast = _Cast(house, rng)
        for first in range(0, len(scripts), CHUNK):
            chunk = scripts[first : first + CHUNK]
            with transaction.atomic():
                for script in chunk:
                    cast.tell(script, at)
            tell(len(chunk))
    return house


def _scripts(complaints: int, at: datetime, rng: random.Random) -> list[Script]:
    scripts = []
    for number, name in enumerate(shares(complaints)):
        way = WAYS[name]
        times = _times(way, at, rng)
        scripts.append(Script(way, CODES[number % len(CODES)], way.beats, times))
    return scripts


def _times(way: Way, at: datetime, rng: random.Random) -> list[datetime]:
    """Moments that end in time for the way's rest. Nights and weekends stretch it: then it begins earlier."""
    zone = timezone.get_default_timezone()
    latest = at - timedelta(hours=rng.uniform(*way.rest))
    start = latest - timedelta(hours=sum((beat.least + beat.most) / 2 for beat in way.beats))
    draw = rng.random()
    while True:
        times = moments(start, way.beats, random.Random(draw), zone)  # noqa: S311
        if times[-1] <= latest:
            return times
        start -= times[-1] - latest


class _Cast:
    """Hands each script a story and a customer, so that neither comes round again too soon."""

    def __init__(self, house: House, rng: random.Random) -> None:
        self.house, self.rng = house, rng
        self.stories: dict[tuple[str, str], list[Story]] = defaultdict(list)
        self.people: dict[tuple[str, bool], list[Customer]] = defaultdict(list)
        self.open: dict[str, list[Telling]] = defaultdict(list)

    def tell(self, script: Script, at: datetime) -> Complaint:
        """One complaint, until ``at``."""
        spoken = tongue(script.code)
        twin = self._twin(script)
        telling = Telling(
            self.house,
            spoken,
            twin.story if twin else self._story(spoken, script.way.story),
            twin.customer if twin else self._person(script),
            self.rng,
            into=twin.complaint if twin else None,
        )
        complaint = telling.tell(script.beats, script.times)
        telling.report_breaches(at)
        if complaint.stage in OPEN:
            self.open[script.code].append(telling)
        return complaint

    def _twin(self, script: Script) -> Telling | None:
        if script.beats[-1].verb != "merge":
            return None
        return self.rng.choice(self.open[script.code] or [t for told in self.open.values() for t in told])

    def _story(self, spoken: Tongue, kind: str) -> Story:
        left = self.stories[spoken.code, kind]
        if not left:
            left.extend(self.rng.sample(spoken.fitting(kind), len(spoken.fitting(kind))))
        return left.pop()

    def _person(self, script: Script) -> Customer:
        left = self.people[script.code, script.way.needs_mail]
        if not left:
            people = self.house.customers[script.code]
            left.extend(p for p in people if p.email or not script.way.needs_mail)
            self.rng.shuffle(left)
        return left.pop()
