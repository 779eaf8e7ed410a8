"""The copy for the member of staff who holds a talk. Wired up in ``project/reactions.py``."""

from __future__ import annotations  # Django's own classes are generic to the type checker only

from collections.abc import Mapping

from django.conf import settings
from django.tasks import TaskContext, task
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from amends.cases import actions
from amends.cases.models import Event, Meeting
from amends.correspondence.mail import BY_PROGRAM, Mail, add_calendar, text_mail
from amends.correspondence.meetings.calendar import CANCEL, REQUEST, calendar_for_staff
from amends.correspondence.meetings.said import day_and_hours, kind_in
from amends.correspondence.outbox import Undeliverable, hand_over
from amends.kit.clock import now
from amends.kit.patience import ATTEMPTS
from amends.rules.capabilities import SYSTEM

SUBJECTS: Mapping[str, Promise] = {
    "meeting.booked": gettext_lazy("Talk with %(name)s"),
    "meeting.moved": gettext_lazy("Moved: talk with %(name)s"),
    "meeting.cancelled": gettext_lazy("Cancelled: talk with %(name)s"),
    "meeting.reminded": gettext_lazy("Soon: talk with %(name)s"),
}


@task(takes_context=True)
def tell_staff(context: TaskContext[..., None], event_id: int) -> None:
    """Mail what happened to the talk to who holds it, for their calendar.

    It may go twice if the program dies at it, and then has the same Message-ID. One that was overtaken by the
    next change does not go at all; one that cannot be sent is noted on the case.
    """
    event = Event.objects.get(pk=event_id)
    rows = Meeting.objects.select_related("staff", "complaint__customer", "complaint__representative")
    meeting = rows.get(pk=event.data["meeting"])
    if meeting.sequence != event.data["sequence"] or not meeting.staff.is_active:
        return
    if event.name == "meeting.reminded" and meeting.starts_at <= now():
        return
    try:
        hand_over(_mail(event, meeting))
    except (Undeliverable, OSError) as problem:
        if isinstance(problem, OSError) and context.attempt < ATTEMPTS:
            raise
        sentence = gettext("The invitation could not be sent to %(name)s: %(error)s")
        text = sentence % {"name": meeting.staff.name, "error": str(problem) or type(problem).__name__}
        actions.note(meeting.complaint, by=SYSTEM, at=max(now(), event.at), text=text)


def _mail(event: Event, meeting: Meeting) -> Mail:
    staff, complaint = meeting.staff, meeting.complaint
    page = f"{settings.AMENDS_BASE_URL}/complaints/{complaint.key}"
    with override(staff.language):
        subject = str(SUBJECTS[event.name]) % {"name": complaint.speaker.name}
        body = _body(meeting, page)
    mail = text_mail(
        to=staff.email,
        subject=f"{subject}, {complaint.reference}",
        body=body,
        language=staff.language,
        name=f"{event.name}.{meeting.key}.{meeting.sequence}",
        headers=BY_PROGRAM,
    )
    if event.name != "meeting.reminded":
        method = CANCEL if meeting.cancelled_at else REQUEST
        add_calendar(mail, calendar_for_staff(meeting, at=event.at, method=method, page=page))
    return mail


def _body(meeting: Meeting, page: str) -> str:
    complaint, speaker, language = meeting.complaint, meeting.complaint.speaker, meeting.staff.language
    first = [
        f"{day_and_hours(meeting.starts_at, meeting.ends_at, language)}: {kind_in(meeting, language)}",
        ", ".join(part for part in (speaker.name, speaker.phone, speaker.email) if part),
        meeting.place,
    ]
    parts = ["\n".join(filter(None, first)), complaint.title, meeting.about, meeting.why_cancelled, page]
    return "\n\n".join(filter(None, parts))
