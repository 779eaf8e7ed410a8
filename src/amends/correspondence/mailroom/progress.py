"""How far a mailbox has been taken: what came after a UID, what is still unread, what the server withholds.

Unread alone would miss what somebody opened in another program, UIDs alone what lay there unread before
the first start. The row remembers the UID, so that a restart misses nothing. What comes twice all the same
is known by its bytes (``arrivals.arrive``).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from amends.correspondence.mailroom.imap import OpenMailbox
from amends.correspondence.mailroom.standing import row_of
from amends.correspondence.models import MailSource

# Seconds until a message that was not given is asked for again: first after the others, then seldom.
_AGAIN_AFTER = (0.0, 60.0, 3600.0)
_OVERLAP = timedelta(days=1)


@dataclass
class Withheld:
    """A message that the server did not give: how often, when it is asked for again, and why."""

    times: int
    again_at: float
    why: str
    was_new: bool


@dataclass
class Progress:
    """Of one mailbox, over all connections that a process has to it."""

    name: str
    only_new: bool = False
    validity: int = 0  # UIDs mean something only together with this number of the server's
    reached: int = 0  # everything up to this UID was taken, withheld, or there before the first start
    settled: bool = True  # whether the row may say so
    taken: set[int] = field(default_factory=set)
    extra: set[int] = field(default_factory=set)
    withheld: dict[int, Withheld] = field(default_factory=dict)

    def meet(self, box: OpenMailbox, at: datetime) -> None:
        """A connection was made: find out where to go on."""
        validity = box.uid_validity or 1  # a server without it never changes it
        if validity == self.validity:
            return
        row = row_of(self.name)
        self.validity, self.settled = validity, True
        self.taken, self.extra, self.withheld = set(), set(), {}
        if row.uid_validity == validity:
            self.reached = row.last_uid
            return
        # The first start: what is new from now on. Or the server numbers its messages anew: what came since
        # we last looked is somewhere among them.
        self.reached = box.highest()
        if row.uid_validity and row.checked_at:
            self.extra = set(box.since((row.checked_at - _OVERLAP).date()))
            self.settled = not self.extra  # until they are taken, a restart must find them again
        self.save(at)

    def wanted(self, box: OpenMailbox) -> list[int]:
        """The UIDs to be taken now, oldest first; what was withheld before comes last."""
        unread = set() if self.only_new else set(box.unread())
        self.taken &= unread | self.extra
        found = unread | self.extra | set(box.above(self.reached)) | self.withheld.keys()
        waiting = {uid for uid, one in self.withheld.items() if one.again_at > monotonic()}
        return sorted(found - self.taken - waiting, key=lambda uid: (uid in self.withheld, uid))

    def took(self, uid: int, at: datetime) -> None:
        """A message is kept in the house."""
        self.taken.add(uid)
        self.passed(uid, at)

    def passed(self, uid: int, at: datetime) -> None:
        """A message needs no more: it was taken, or somebody else took it away."""
        self.withheld.pop(uid, None)
        self.reached = max(self.reached, uid)
        self.save(at)

    def withhold(self, uid: int, why: str, at: datetime) -> None:
        """A message was not given. It does not keep up those behind it, and is not forgotten."""
        before = self.withheld.get(uid)
        times = before.times + 1 if before else 1
        again_at = monotonic() + _AGAIN_AFTER[min(times, len(_AGAIN_AFTER)) - 1]
        was_new = before.was_new if before else uid > self.reached
        self.withheld[uid] = Withheld(times, again_at, why, was_new)
        self.reached = max(self.reached, uid)
        self.save(at)

    def finished(self, at: datetime) -> None:
        """Everything that was wanted has been tried."""
        if not self.settled:
            self.settled, self.extra = True, set()
            self.save(at)

    def save(self, at: datetime) -> None:
        """Let the row say how far it is. It stops before the first new message that was withheld."""
        if self.settled:
            new = [uid - 1 for uid, one in self.withheld.items() if one.was_new]
            last = min([self.reached, *new])
            rows = MailSource.objects.filter(name=self.name)
            rows.update(uid_validity=self.validity, last_uid=last, checked_at=at)
