"""Words to the customer that follow from an event. Wired up in ``project/reactions.py``.

Each job may run more than once and late, and asks first whether there is still something to say. A
customer without an e-mail address is written to by a person: the desk shows what is owed.
"""

from __future__ import annotations  # Django's own classes are generic to the type checker only

from datetime import datetime

from django.tasks import TaskContext, task
from django.utils.translation import gettext

from amends.cases import actions
from amends.cases.choices import Channel, Purpose
from amends.cases.jobs import Following, following
from amends.cases.models import Agreement, Complaint, Document, Event, SigningCode
from amends.cases.models.message import Direction
from amends.cases.signing import LIFETIME, code_of
from amends.correspondence.asking import ask, times_asked
from amends.correspondence.mail import BY_PROGRAM, text_mail
from amends.correspondence.media import writes_over
from amends.correspondence.outbox import Undeliverable, hand_over
from amends.correspondence.texts import draft_message
from amends.kit.clock import now, set_to
from amends.kit.patience import delay_after
from amends.rules.capabilities import SYSTEM
from amends.rules.lifecycle import Stage

CARRYING_OUT = (Stage.AGREED, Stage.FULFILLING)
NOBODY_SPOKE = (Channel.FORM, Channel.EMAIL, Channel.CHAT, Channel.REVIEW)


@task
def send_receipt(event_id: int) -> None:
    """Where nobody talked with the customer: it has arrived, and a person writes by then."""
    with following(event_id) as case:
        spoken = case.complaint.messages.filter(direction=Direction.OUT)
        waits = case.complaint.stage == Stage.RECEIVED and not spoken.exists()
        if waits and case.complaint.channel in NOBODY_SPOKE:
            _write(case, Purpose.RECEIPT)


@task
def confirm_agreement(event_id: int) -> None:
    """As soon as it is sealed: thanks for the signature, with the text that was signed and the sealed PDF.

    An agreement that was sealed long after, when all of it was done or the customer had withdrawn from it, is
    on file and needs no word.
    """
    with following(event_id) as case:
        agreement = Agreement.objects.select_related("pdf").get(pk=case.event.data["agreement"])
        in_force = case.complaint.stage in CARRYING_OUT and agreement.ended_at is None
        if in_force and not _said_since(case, Purpose.AGREEMENT, agreement.signed_at):
            _write(case, Purpose.AGREEMENT, enclosure=agreement.pdf)


@task
def thank_for_staying(event_id: int) -> None:
    """Thanks at the end (mission C10): by mail, or by letter. Who has neither address was thanked in the
    call, or on their page.
    """
    with following(event_id) as case:
        if case.complaint.stage == Stage.CLOSED and not _said_since(case, Purpose.CLOSING):
            _write(case, Purpose.CLOSING, channel=writes_over(case.complaint))


@task
def ask_whether_good(event_id: int) -> None:
    """As soon as everything is done: is it good? Later askings come with the clock (``asking.follow_up``)."""
    with following(event_id) as case:
        if case.complaint.stage == Stage.FOLLOWING_UP and times_asked(case.complaint) == 0:
            ask(case.complaint, case.at)


@task(takes_context=True)
def send_code(context: TaskContext[..., None], event_id: int) -> None:
    """The one-time code, to the signer's own address. It is put on no file: no colleague can read it.

    Tried again as long as the code would still be of use; that it did not go is then noted on the case.
    """
    event = Event.objects.get(pk=event_id)
    row = SigningCode.objects.select_related("offer__complaint").get(pk=event.data["code"])
    newer = SigningCode.objects.filter(offer=row.offer_id, pk__gt=row.pk)
    if row.used_at or row.expires_at <= now() or not row.sent_to or newer.exists():
        return
    complaint = row.offer.complaint
    draft = draft_message(Purpose.CODE, complaint, code=code_of(row))
    try:
        mail = text_mail(
            to=row.sent_to,
            subject=draft.subject,
            body=draft.body,
            language=complaint.language,
            name=f"code.{row.nonce}",
            headers=BY_PROGRAM,
        )
        hand_over(mail)  # one that was cut off goes once more: it is the same code, and lasts minutes
    except (Undeliverable, OSError) as problem:
        wait = delay_after(context.attempt)
        if isinstance(problem, OSError) and wait is not None and now() + wait < row.expires_at:
            raise
        _note_code_not_sent(row, str(problem) or type(problem).__name__)


def _note_code_not_sent(row: SigningCode, error: str) -> None:
    sentence = gettext("The one-time code for signing could not be sent to %(address)s: %(error)s")
    at = max(now(), row.expires_at - LIFETIME)
    actions.note(
        row.offer.complaint, by=SYSTEM, at=at, text=sentence % {"address": row.sent_to, "error": error}
    )


def _write(
    case: Following,
    purpose: str,
    *,
    channel: Channel | None = Channel.EMAIL,
    enclosure: Document | None = None,
) -> Complaint | None:
    if channel is None or (channel == Channel.EMAIL and not case.complaint.speaker.email):
        return None
    with set_to(case.at):
        draft = draft_message(purpose, case.complaint, channel=channel)
    return actions.write(
        case.complaint,
        by=SYSTEM,
        at=case.at,
        text=draft.body,
        subject=draft.subject,
        purpose=purpose,
        channel=channel,
        enclosure=enclosure,
    )


def _said_since(case: Following, purpose: str, since: datetime | None = None) -> bool:
    out = case.complaint.messages.filter(direction=Direction.OUT, purpose=purpose)
    said = out.filter(at__gte=since or case.event.at)
    return said.exists()
