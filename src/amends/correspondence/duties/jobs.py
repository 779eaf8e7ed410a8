"""Mails that follow from what happens to a duty. Wired up in ``project/reactions.py``.

Each goes once; where the program dies at it, perhaps twice, with the same Message-ID. What was overtaken
(done, dropped, entrusted to somebody else) is not sent. One that cannot be sent is noted on the case.
"""

from __future__ import annotations  # Django's own classes are generic to the type checker only

from django.conf import settings
from django.tasks import TaskContext, task
from django.utils.translation import gettext

from amends.cases import actions
from amends.cases.duty_links import duty_url
from amends.cases.models import Duty, Event
from amends.correspondence.duties.mails import To, Words, entrusted, nudged, of_the_house, outside
from amends.correspondence.mail import BY_PROGRAM, text_mail
from amends.correspondence.outbox import Undeliverable, hand_over
from amends.kit.clock import now
from amends.kit.patience import ATTEMPTS
from amends.rules.capabilities import SYSTEM


@task(takes_context=True)
def send_the_link(context: TaskContext[..., None], event_id: int) -> None:
    """To whom a duty was entrusted: the link to it, if they have an address."""
    event, duty = _at_hand(event_id)
    if duty is not None and duty.link_generation == event.data["link"] and duty.entrusted_email:
        _send(context, event, duty, outside(duty), entrusted(duty))


@task(takes_context=True)
def remind_of_duty(context: TaskContext[..., None], event_id: int) -> None:
    """To who does it outside the house, else to the department's address: its day comes, or is past.

    That somebody outside is late, the department is told as well.
    """
    event, duty = _at_hand(event_id)
    if duty is None or duty.nudges != event.data["times"]:
        return
    late = bool(event.data["late"])
    theirs = bool(duty.entrusted_to and duty.entrusted_email)
    if theirs:
        to = outside(duty)
        _send(context, event, duty, to, nudged(duty, late=late, to=to, link=duty_url(duty)))
    house = of_the_house(duty)
    if house is not None and (late or not theirs):
        page = f"{settings.AMENDS_BASE_URL}/tasks?at={duty.key}#{duty.key}"
        if duty.department is None:
            page = f"{settings.AMENDS_BASE_URL}/complaints/{duty.complaint.key}#duties"
        _send(context, event, duty, house, nudged(duty, late=late, to=house, link=page))


def _at_hand(event_id: int) -> tuple[Event, Duty | None]:
    event = Event.objects.get(pk=event_id)
    rows = Duty.objects.select_related("complaint__handler", "department", "remedy")
    return event, rows.filter(pk=event.data["duty"], done_at__isnull=True).first()


def _send(context: TaskContext[..., None], event: Event, duty: Duty, to: To, words: Words) -> None:
    where = "house" if to.address != duty.entrusted_email else "outside"
    try:
        mail = text_mail(
            to=to.address,
            subject=f"{words.subject}, {duty.complaint.reference}",
            body=words.body,
            language=to.language,
            name=f"{event.name}.{duty.key}.{event.pk}.{where}",
            headers=BY_PROGRAM,
        )
        hand_over(mail)
    except (Undeliverable, OSError) as problem:
        if isinstance(problem, OSError) and context.attempt < ATTEMPTS:
            raise
        sentence = gettext("The mail about “%(what)s” could not be sent to %(address)s: %(error)s")
        error = str(problem) or type(problem).__name__
        text = sentence % {"what": duty.remedy.description, "address": to.address, "error": error}
        actions.note(duty.complaint, by=SYSTEM, at=max(now(), event.at), text=text)
