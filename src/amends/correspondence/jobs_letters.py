"""A letter that waits to be printed is set and lies with its message. ``project/reactions.py`` wires it."""

from __future__ import annotations  # Django's own classes are generic to the type checker only

import typst
from django.tasks import task
from django.utils.translation import gettext as _

from amends.cases import actions
from amends.cases.choices import MessageStatus
from amends.cases.documents import kept
from amends.cases.jobs import following
from amends.cases.models import Event, Message
from amends.correspondence.addressee import too_long
from amends.correspondence.letters.of_case import letter_name, letter_of
from amends.correspondence.letters.setting import NoGlyph, set_pdf, without
from amends.correspondence.post.paper import PDF, is_letter
from amends.rules.capabilities import SYSTEM


@task
def set_letter(event_id: int) -> None:
    """The letter as a PDF on the case. What is not right with it stands there as a note, for a person.

    It is set outside the complaint's lock, since that takes longer than anybody else should wait.
    """
    event = Event.objects.get(pk=event_id)
    message = Message.objects.select_related(
        "complaint__customer", "complaint__representative", "author"
    ).get(pk=event.data["message"])
    if message.status != MessageStatus.TO_PRINT or _is_set(message, event):
        return
    content, faults = _pdf(message)
    faults += _address_faults(message)
    with following(event_id) as case:
        if _is_set(message, event):
            return  # somebody was first
        if content is not None:
            file = kept(letter_name(message), PDF, content)
            actions.attach(
                case.complaint, by=SYSTEM, at=case.at, document=file, message=message, for_customer=True
            )
        if faults:
            about = _("About the letter “%(subject)s”:") % {"subject": message.subject}
            actions.note(case.complaint, by=SYSTEM, at=case.at, text="\n".join([about, *faults]))


def _is_set(message: Message, event: Event) -> bool:
    """Whether the letter was set since it was put into the queue; one that goes out again is set anew."""
    return any(is_letter(document) for document in message.documents.filter(at__gte=event.at))


def _pdf(message: Message) -> tuple[bytes | None, list[str]]:
    """The letter as well as it can be set, and a sentence for each thing that could not be."""
    letter, faults = letter_of(message), list[str]()
    try:
        return set_pdf([letter]), faults
    except NoGlyph as missing:
        said = _(
            "The fonts have no picture for %(characters)s: they are left out. Is everything still clear?"
        )
        faults.append(said % {"characters": missing})
        letter = without(letter, missing.characters)
        subject = letter["subject"].strip() or message.complaint.reference
        letter |= {"subject": subject, "title": subject}
    except typst.TypstError:
        pass  # said below
    bare = letter | {"house": letter["house"] | {"logo": None}}
    for attempt in (letter, bare):
        try:
            return set_pdf([attempt]), faults
        except typst.TypstError as error:
            what = _("The letter could not be set as it is: %(why)s") % {"why": error.message}
            faults.append(what)
    return None, faults


def _address_faults(message: Message) -> list[str]:
    complaint = message.complaint
    if not complaint.customer.address.strip():
        return [_("No postal address is on file: the letter names only the customer.")]
    if too_long(complaint):
        return [_("The postal address is longer than the window of an envelope. Look at how it is set.")]
    return []
