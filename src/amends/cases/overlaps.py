"""Talks that take the same member of staff's time: shown to people, and refused to nobody."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from amends.cases.models import Meeting


def overlapping(meetings: Iterable[Meeting], at: datetime) -> Mapping[int, list[Meeting]]:
    """For each talk still to come, the others of the same person at that time, by its id. One query.

    The others may belong to cases that who looks may not see: show when they are, and nothing else.
    """
    ahead = [meeting for meeting in meetings if meeting.cancelled_at is None and meeting.ends_at > at]
    if not ahead:
        return {}
    rows = Meeting.objects.filter(
        staff__in={meeting.staff_id for meeting in ahead}, cancelled_at__isnull=True
    )
    near = list(
        rows.filter(
            starts_at__lt=max(meeting.ends_at for meeting in ahead),
            ends_at__gt=min(meeting.starts_at for meeting in ahead),
        )
    )
    return {meeting.pk: [other for other in near if _same_time(meeting, other)] for meeting in ahead}


def _same_time(one: Meeting, other: Meeting) -> bool:
    met = one.starts_at < other.ends_at and other.starts_at < one.ends_at
    return met and one.pk != other.pk and one.staff_id == other.staff_id
