"""What programs read of clocks."""

from datetime import datetime

from ninja import Schema

from amends.cases.models import Clock


class ClockFile(Schema):
    """A running or stopped promise, and the rule that set it."""

    kind: str
    rule: str
    law: str
    law_due_at: datetime | None
    consequence: str
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None
    stopped_at: datetime | None
    warned_at: datetime | None
    breached_at: datetime | None
    proposed_due_at: datetime | None


class DueClock(ClockFile):
    """A clock that runs, and whose it is."""

    complaint: str
    reference: str
    handler: str | None

    @staticmethod
    def resolve_complaint(row: Clock) -> str:
        """The complaint's key."""
        return row.complaint.key

    @staticmethod
    def resolve_reference(row: Clock) -> str:
        """Its number, as people see it."""
        return row.complaint.reference

    @staticmethod
    def resolve_handler(row: Clock) -> str | None:
        """The handler's key."""
        return row.complaint.handler.key if row.complaint.handler else None
