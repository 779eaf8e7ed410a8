"""Sending a letter to everybody: to each once, in portions, so that a job cut off goes on where it was."""

from __future__ import annotations  # Django's own classes are generic to the type checker only

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task
from django.utils.translation import gettext as _

from amends.cases import actions
from amends.cases.choices import Channel, Purpose
from amends.cases.models import Complaint
from amends.correspondence.mass.finding import Criteria, Found
from amends.correspondence.mass.wording import NoText, draft_for, missing, start
from amends.correspondence.models import MassLetter, MassLetterTo
from amends.kit.clock import now
from amends.people.actors import as_actor
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability

PORTION = 50  # letters a job: about a second, so that other jobs come in between
NO_ADDRESS, NO_TEXT = "no_address", "no_text"  # why a customer got none, beside the reasons of the rules
State = MassLetter.State


class NotReady(Exception):
    """A letter that cannot go out yet; ``why`` says what is missing, a sentence each."""

    def __init__(self, why: list[str]) -> None:
        super().__init__("; ".join(why))
        self.why = why


@transaction.atomic
def begin(
    *, title: str, channel: str, criteria: Criteria, found: Found, author: StaffMember, at: datetime
) -> MassLetter:
    """Put down whom the letter goes to, with the standard text in each of their languages to begin with."""
    letter = MassLetter.objects.create(
        title=title.strip(), channel=channel, criteria=criteria.as_json(), author=author, made_at=at
    )
    MassLetterTo.objects.bulk_create(MassLetterTo(letter=letter, complaint_id=pk) for pk in found.complaints)
    return letter


@transaction.atomic
def write_in(letter: MassLetter, language: str, *, subject: str, text: str, seen: dict[str, str]) -> bool:
    """Keep the words of one language; False when somebody changed them since they were ``seen``."""
    row = MassLetter.objects.select_for_update().get(pk=letter.pk)
    if row.state != State.DRAFT or row.texts.get(language, start(row, language)) != seen:
        return False
    row.texts[language] = {"subject": subject, "text": text}
    row.save(update_fields=("texts",))
    letter.texts = row.texts
    return True


@transaction.atomic
def send(letter: MassLetter, *, by: StaffMember, at: datetime) -> None:
    """Let it go out, signed by who says so. One that is out goes anew to those whom it could not reach.

    Raises NotReady.
    """
    row = MassLetter.objects.select_for_update().get(pk=letter.pk)
    why = missing(row)
    if Capability.HANDLE not in by.capabilities:
        why.append(_("Your role does not write to customers: somebody who handles complaints must send it."))
    if why:
        raise NotReady(why)
    if row.state == State.DRAFT:
        row.author, row.sent_at = by, at
    elif row.state == State.OUT:
        row.to.exclude(error="").update(error="")
    row.state = State.GOING_OUT
    row.save(update_fields=("state", "author", "sent_at"))
    send_portion.enqueue(row.pk)


@task
def send_portion(letter_id: int) -> None:
    """Write to the next of them, each in a transaction of its own; the rest is the job after this one."""
    letter = MassLetter.objects.select_related("author__role").get(pk=letter_id)
    if letter.state != State.GOING_OUT:
        return
    for pk in list(waiting(letter).values_list("pk", flat=True)[:PORTION]):
        _write_to(letter, pk)
    with transaction.atomic():
        if waiting(letter).exists():
            send_portion.enqueue(letter.pk)
        else:
            MassLetter.objects.filter(pk=letter.pk, state=State.GOING_OUT).update(state=State.OUT)


def waiting(letter: MassLetter) -> QuerySet[MassLetterTo]:
    """Those who have not got it and are to get it."""
    return letter.to.filter(message__isnull=True, error="", left_out=False)


def channel_for(letter: MassLetter, complaint: Complaint) -> str:
    """How it reaches this customer: by e-mail if that was chosen and they have one, else by post."""
    by_mail = letter.channel == Channel.EMAIL and bool(complaint.speaker.email)
    return Channel.EMAIL if by_mail else Channel.LETTER


def without_address(letter: MassLetter, complaint: Complaint) -> bool:
    """Whether it would have to go by post, and nobody knows where to."""
    return channel_for(letter, complaint) == Channel.LETTER and not complaint.customer.address.strip()


@transaction.atomic
def _write_to(letter: MassLetter, pk: int) -> None:
    row = MassLetterTo.objects.select_for_update().get(pk=pk)
    if row.message_id or row.error or row.left_out:
        return  # another job was first
    joined = ("customer", "representative", "handler")
    complaint = Complaint.objects.select_related(*joined).get(pk=row.complaint_id)
    if without_address(letter, complaint):
        row.error = NO_ADDRESS
    else:
        row.error = _written(letter, row, complaint, channel_for(letter, complaint))
    row.save(update_fields=("message", "error"))


def _written(letter: MassLetter, row: MassLetterTo, complaint: Complaint, channel: str) -> str:
    """Write it; why it was refused, in codes, or nothing."""
    try:
        draft = draft_for(letter, complaint, channel=channel)
        actions.write(
            complaint,
            by=as_actor(letter.author),
            at=now(),
            text=draft.body,
            subject=draft.subject,
            channel=channel,
            purpose=Purpose.MASS,
        )
    except NoText:
        return NO_TEXT
    except actions.Refused as refused:
        return ",".join(refused.reasons)
    # The complaint is locked until all of this is done: the newest is ours.
    row.message = complaint.messages.filter(purpose=Purpose.MASS).order_by("-pk")[0]
    return ""
