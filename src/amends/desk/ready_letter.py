"""A letter about progress, ready to send: the standard text as the case fills it, in the name of who looks.

It is the form of the step “write”, filled in: sending it is that step and nothing else. Whoever wants to
change a word, or has begun a text of their own, goes to the composer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Channel, Purpose
from amends.cases.models import Complaint
from amends.cases.words import REASONS
from amends.correspondence.texts import framed
from amends.desk.case_file import CaseFile
from amends.desk.composing import Writer, own_draft, writers
from amends.desk.forms.letters import Progress
from amends.rules.lifecycle import OPEN, Stage

STEP = "write"
# Before, the first word has a step of its own; after, the customer is asked whether it is good.
STAGES = OPEN - {Stage.RECEIVED, Stage.FOLLOWING_UP}


@dataclass(frozen=True)
class Ready:
    """What goes out, to whom, over which medium, and the form that sends it. ``others`` write to them too."""

    medium: Channel
    to: str
    subject: str
    body: str
    form: Progress
    others: Sequence[Writer]


@dataclass(frozen=True)
class NotReady:
    """Why there is none, and where to go instead."""

    why: Sequence[str | Promise]
    url: str
    words: str | Promise


def takes_a_letter(complaint: Complaint) -> bool:
    """Whether there is progress to write about at this stage."""
    return complaint.stage in STAGES


def ready_letter(file: CaseFile) -> Ready | NotReady:
    """The letter, or why there is none."""
    complaint = file.complaint
    if complaint.stage == Stage.RECEIVED:
        why = _("The customer has had no word yet. The first one has a step of its own.")
        return NotReady([why], _to(file, "acknowledge"), _("Acknowledge it"))
    if not takes_a_letter(complaint):
        return NotReady(
            [_("There is no progress to write about any more.")], _to(file), _("To the complaint")
        )
    if not file.may(STEP):
        reasons = [REASONS[reason] for reason in file.steps[STEP].reasons]
        return NotReady(reasons, _to(file), _("To the complaint"))
    if own_draft(file, STEP) is not None:
        why = _("You have begun a text of your own to this customer. It waits for you.")
        return NotReady([why], _to(file, STEP), _("Go on with it"))
    medium = _medium(complaint)
    if medium is None:
        why = _("Neither an e-mail nor a postal address is on file. Call, and say this.")
        return NotReady(
            [why], f"{_to(file, STEP)}?text={Purpose.PROGRESS}&channel={Channel.PHONE}#step", _("What to say")
        )
    return _ready(file, medium)


def _ready(file: CaseFile, medium: Channel) -> Ready:
    form = Progress(file=file, standard=Purpose.PROGRESS, medium=medium)
    complaint = file.complaint
    return Ready(
        medium=medium,
        to=complaint.speaker.email
        if medium is Channel.EMAIL
        else ", ".join(complaint.customer.address.split("\n")),
        subject=form["subject"].value(),
        body=framed(form["text"].value(), *form.frame(medium)),
        form=form,
        others=writers(file),
    )


def _medium(complaint: Complaint) -> Channel | None:
    """As they wrote to us, if they can be reached so; never the telephone: nobody has called them yet."""
    reachable = {Channel.EMAIL: complaint.speaker.email, Channel.LETTER: complaint.customer.address.strip()}
    first = Channel.LETTER if complaint.channel == Channel.LETTER else Channel.EMAIL
    order = sorted(reachable, key=lambda medium: medium is not first)
    return next((medium for medium in order if reachable[medium]), None)


def _to(file: CaseFile, name: str = "complaint") -> str:
    return reverse(f"desk:{name}", args=(file.complaint.key,))
