"""A queued message on its way to the mail server: exactly once, as far as SMTP can say (docs/adr/0010).

The message is claimed, committed, before the server is called. Whoever then finds it claimed and its worker
gone cannot know whether it went: a person is asked, and no second mail goes without their word.
"""

from __future__ import annotations  # Django's own classes are generic to the type checker only

from collections.abc import Callable

from django.tasks import TaskContext, task
from django.utils.translation import gettext

from amends.cases import actions
from amends.cases.choices import MessageStatus
from amends.cases.models import Event, Message
from amends.correspondence.mail import Mail, mail_of, message_id
from amends.correspondence.outbox import CutOff, Undeliverable, hand_over
from amends.kit.clock import now
from amends.kit.patience import ATTEMPTS
from amends.rules.capabilities import SYSTEM


@task(takes_context=True)
def deliver(context: TaskContext[..., None], event_id: int) -> None:
    """Send a queued message. Tried again while it certainly did not go; at last a person is shown it."""
    event = Event.objects.get(pk=event_id)
    rows = Message.objects.select_related("complaint__customer", "complaint__representative", "replies_to")
    message = rows.get(pk=event.data["message"])
    if message.status == MessageStatus.SENDING and context.attempt > 1:
        # Ours, from an attempt whose worker died; at a first attempt another job has it at hand.
        said = gettext("The program was interrupted while the mail was handed over.")
        _report(actions.report_uncertain, message, said, context.attempt)
    elif message.status == MessageStatus.QUEUED and context.attempt > ATTEMPTS:
        said = gettext("The program was interrupted each time it tried.")
        _report(actions.report_failure, message, said, context.attempt)
    elif message.status == MessageStatus.QUEUED:
        _deliver(message, context.attempt)


def _deliver(message: Message, attempt: int) -> None:
    try:
        mail = mail_of(message)
    except (ValueError, FileNotFoundError) as wrong:
        _report(actions.report_failure, message, str(wrong), attempt)
        return
    if actions.begin_sending(message, message_id=message_id(mail)):  # else another job was faster
        _hand_over(message, mail, attempt)


def _hand_over(message: Message, mail: Mail, attempt: int) -> None:
    try:
        hand_over(mail)
    except Undeliverable as never:
        _report(actions.report_failure, message, str(never), attempt)
    except CutOff as cut:
        _report(actions.report_uncertain, message, str(cut), attempt)
    except OSError as problem:
        if attempt < ATTEMPTS:
            actions.give_back(message)
            raise
        _report(actions.report_failure, message, str(problem) or type(problem).__name__, attempt)
    else:
        actions.report_delivery(message, by=SYSTEM, at=max(now(), message.at), attempts=attempt)


def _report(verb: Callable[..., object], message: Message, error: str, attempt: int) -> None:
    verb(message, by=SYSTEM, at=max(now(), message.at), error=error, attempts=attempt)
