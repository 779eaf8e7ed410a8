"""Writing to the house, with or without files; reading all that was said; files alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.cases import actions
from amends.cases.models import Message
from amends.cases.models.message import Direction
from amends.portal.forms import DocumentsForm, MessageForm
from amends.portal.reading import Reading, conversation
from amends.portal.steps import Given, StepPage, step_view
from amends.portal.visit import Visit


def _write(visit: Visit, given: Given) -> None:
    message = None
    if given["words"].strip():
        actions.hear(visit.complaint, by=visit.actor, at=visit.at, words=given["words"])
        # The step above holds the complaint's lock until all of this is done: the newest is ours.
        incoming = Message.objects.filter(complaint=visit.complaint, direction=Direction.IN)
        message = incoming.order_by("-pk").first()
    for document in given.documents:
        actions.attach(visit.complaint, by=visit.actor, at=visit.at, document=document, message=message)


def _attach(visit: Visit, given: Given) -> None:
    for document in given.documents:
        actions.attach(visit.complaint, by=visit.actor, at=visit.at, document=document)


def _more(visit: Visit, seen: Reading) -> dict[str, Any]:
    return {"conversation": conversation(visit, seen.messages, seen.documents)}


MESSAGE = StepPage(
    name="messages",
    step="hear",
    form=MessageForm,
    carry_out=_write,
    title=_("Your conversation with us"),
    intro=_("Everything you wrote to us and we wrote to you."),
    button=_("Send"),
    done=_("Thank you, we have it."),
    anchor="#conversation",
    template="portal/messages.html",
    more=_more,
)
DOCUMENTS = StepPage(
    name="documents",
    step="attach",
    form=DocumentsForm,
    carry_out=_attach,
    title=_("Send us files"),
    intro=_("An invoice, a photo, a letter: whatever helps us to understand."),
    button=_("Attach"),
    done=_("Thank you, we have it."),
    anchor="#files",
)

messages = step_view(MESSAGE)
documents = step_view(DOCUMENTS)
