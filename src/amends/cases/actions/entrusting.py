"""A duty given to somebody outside, and whose duty it is reminded of it."""

from collections.abc import Callable
from datetime import datetime

from amends.cases.actions.door import take
from amends.cases.models import Duty
from amends.kit.chain import digest
from amends.rules.capabilities import Actor
from amends.rules.nudging import FIRST_WHEN_LATE


def entrust(
    duty: Duty, *, by: Actor, at: datetime, name: str, email: str, language: str | None = None
) -> Duty:
    """Somebody without an account does it: they get a link to this one duty (``cases.duty_links``), by mail
    where there is an address. A new name ends the link before. Raises Refused without a name.
    """
    with take(
        "entrust", duty.complaint, by=by, at=at, words=bool(name.strip()), still_open=_open(duty)
    ) as case:
        duty.entrusted_to, duty.entrusted_email = name.strip(), email.strip()
        duty.entrusted_language = language or ""
        duty.link_generation += 1
        duty.save(update_fields=("entrusted_to", "entrusted_email", "entrusted_language", "link_generation"))
        case.say(duty=duty.pk, to_sha256=digest(duty.entrusted_email or duty.entrusted_to))
        case.say(link=duty.link_generation)
    return duty


def nudge(duty: Duty, *, by: Actor, at: datetime) -> Duty:
    """Whose duty it is are told that its day comes, or that it is late (a job of the event writes to them).

    ``Duty.nudges`` counts on the ladder of ``rules.nudging``: the first rung is the day before.
    """
    seen, late = duty.nudges, at >= duty.due_at
    with take("nudge", duty.complaint, by=by, at=at, still_open=_open(duty, nudges=seen)) as case:
        duty.nudged_at, duty.nudges = at, max(seen + 1, FIRST_WHEN_LATE if late else 0)
        duty.save(update_fields=("nudged_at", "nudges"))
        case.say(duty=duty.pk, times=duty.nudges, late=late)
    return duty


def _open(duty: Duty, **more: object) -> Callable[[], bool]:
    """Whether nobody has done it yet; asked under the complaint's lock."""
    return Duty.objects.filter(pk=duty.pk, done_at__isnull=True, **more).exists
