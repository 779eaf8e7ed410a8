"""The year itself: a queue of what somebody will do next to some case, worked off up to each tick."""

import heapq
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist

from amends.cases import actions
from amends.cases.actions import ClockStopped, Refused
from amends.cases.choices import MessageStatus
from amends.cases.models import Complaint, Message
from amends.kit.prepared import Prepared
from amends.rules.capabilities import SYSTEM
from bench.year.acting import SILENT, Acting
from bench.year.people import House

TICKS = (7, 12, 18)  # hours of each day
Tick = Callable[[datetime], None]
_complaints = Prepared(lambda key: Complaint.objects.filter(pk=key))


class Year:
    """``complaints`` come in over the first nine tenths of ``days``; every draw is from ``seed``."""

    def __init__(self, *, complaints: int, days: int, seed: int, start: datetime) -> None:
        self.chance = random.Random(seed)
        self.start, self.days, self.complaints = start, days, complaints
        self.house = House(start, days, self.chance)
        self.acting = Acting(self.house, self.chance)
        self.done: Counter[str] = Counter()
        self._queue: list[tuple[datetime, int, int]] = []  # when, in which order, which case (0: a new one)
        self._seen: dict[int, Complaint] = {}
        self._asked = self._last_message = 0
        for _ in range(complaints):
            self._plan(start + timedelta(days=self.chance.uniform(0, days * 0.9)), 0)

    def live(self, tick: Tick, checked: Callable[[datetime], None]) -> datetime:
        """All the days: ``tick`` three times each, ``checked`` every thirtieth. The time of the last tick."""
        at = self.start
        for day in range(self.days):
            for hour in TICKS:
                at = self.start + timedelta(days=day, hours=hour)
                self._up_to(at)
                self._deliver(at)
                tick(at)
            if day % 30 == 29:
                checked(at)
        return at

    def _plan(self, at: datetime, case: int) -> None:
        self._asked += 1
        heapq.heappush(self._queue, (at, self._asked, case))

    def _up_to(self, at: datetime) -> None:
        while self._queue and self._queue[0][0] < at:
            when, _, case = heapq.heappop(self._queue)
            if case:
                self._turn(when, case)
            else:
                fresh = self.acting.register(when)
                self.done["register"] += 1
                self._plan(self.acting.taken_up(fresh, when), fresh.pk)

    def _turn(self, when: datetime, case: int) -> None:
        """Whoever it is that comes to the case now does what seems right to them, if the rules let them.

        They act on what they last saw of it; who is refused looks anew the next time.
        """
        complaint = self._seen.pop(case, None) or _complaints.one(case)
        try:
            did, complaint = self.acting.act(complaint, when)
            self.done[did] += 1
            self._seen[case] = complaint
        except (Refused, ClockStopped, ObjectDoesNotExist) as refused:
            self.done[
                "came too late" if isinstance(refused, ObjectDoesNotExist) else f"refused {refused}"
            ] += 1
            did = ""
        if did != SILENT and (complaint.is_open or self.chance.random() < 0.02):
            self._plan(self.acting.taken_up(complaint, when), case)
        else:
            self._seen.pop(case, None)

    def _deliver(self, at: datetime) -> None:
        """The mail server takes what is queued since the last time; some it does not, some comes back."""
        rows = Message.objects.filter(pk__gt=self._last_message).select_related("complaint")
        for message in rows.defer("body", "complaint__story").order_by("pk"):
            self._last_message = message.pk
            if message.status != MessageStatus.QUEUED:
                continue
            fate = self.chance.random()
            if fate < 0.96:
                actions.report_delivery(message, by=SYSTEM, at=at)
            elif fate < 0.98:
                actions.report_failure(message, by=SYSTEM, at=at, error="550 no such mailbox", attempts=5)
            elif fate < 0.99:
                actions.report_bounce(message, by=SYSTEM, at=at, error="552 mailbox full")
            else:
                actions.report_uncertain(message, by=SYSTEM, at=at, error="connection lost")
            self.done["mail sent" if fate < 0.96 else "mail not delivered"] += 1
