"""What those are told who carry a duty out: what, by when, and where to report it done.

No word about the complaint: the page behind the link shows what is needed, and to nobody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext, override

from amends.cases.duty_links import duty_url
from amends.cases.models import Duty
from amends.correspondence.addressee import house_name
from amends.correspondence.dates import day
from amends.people.models import StaffMember


@dataclass(frozen=True)
class To:
    """An address, and the language that is read there."""

    address: str
    language: str


@dataclass(frozen=True)
class Words:
    """Subject and body of a mail."""

    subject: str
    body: str


def entrusted(duty: Duty) -> Words:
    """To somebody outside: this is yours, and here is the link."""
    to = outside(duty)
    with override(to.language):
        subject = gettext("Would you please do this for us: %(what)s") % {"what": _short(duty)}
        first = gettext(
            "%(house)s asks you to carry something out for one of our customers. On the page below you see "
            "what is to be done, and report there that it is done. You need no account."
        ) % {"house": house_name()}
        last = gettext("The link is yours alone: please do not pass it on.")
        ask = gettext("If something is not clear, or you cannot do it by then, please tell us at once.")
        return Words(subject, _body(duty, to, first, duty_url(duty), f"{last} {ask}"))


def nudged(duty: Duty, *, late: bool, to: To, link: str) -> Words:
    """To whose duty it is: its day comes, or is past."""
    with override(to.language):
        when = {"what": _short(duty)}
        if late:
            subject = gettext("Late: %(what)s") % when
            first = gettext(
                "This was promised to a customer and is late. Please do it today, or tell who handles the "
                "case what stands in the way, so that the customer hears it from us."
            )
        else:
            subject = gettext("Due soon: %(what)s") % when
            first = gettext("A customer has our word that this is done in time. Please see that it is.")
        return Words(subject, _body(duty, to, first, link, gettext("Report there what shows it.")))


def of_the_house(duty: Duty) -> To | None:
    """The department's address, in the language most of its people read; without a department, whoever
    handles the case. None where there is no address.
    """
    if duty.department is None:
        handler = duty.complaint.handler
        return To(handler.email, handler.language) if handler is not None and handler.is_active else None
    if not duty.department.email:
        return None
    staff = StaffMember.objects.filter(department=duty.department, is_active=True).order_by()
    spoken = staff.values_list("language").annotate(many=Count("pk")).order_by("-many", "language")
    language = spoken.values_list("language", flat=True).first()
    return To(duty.department.email, language or settings.LANGUAGE_CODE)


def outside(duty: Duty) -> To:
    """Who does it for the house, in the language that was chosen for them."""
    return To(duty.entrusted_email, duty.entrusted_language or settings.LANGUAGE_CODE)


def _body(duty: Duty, to: To, first: str, link: str, last: str) -> str:
    by = gettext("By %(day)s") % {"day": day(duty.due_at, to.language)}
    what: Sequence[str] = (duty.remedy.description, by, duty.complaint.reference)
    return "\n\n".join([first, "\n".join(what), link, last, house_name()])


def _short(duty: Duty) -> str:
    words = " ".join(duty.remedy.description.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
