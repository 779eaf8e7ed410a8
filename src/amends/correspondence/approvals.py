"""The mail that asks somebody to approve a plan: the case in short, the plan, and a link of their own."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext, override

from amends.cases.approval_link import approval_url
from amends.cases.approving import MaySay
from amends.cases.models import Complaint, Event, Plan, Remedy
from amends.cases.settlement_text import money
from amends.correspondence.mail import BY_PROGRAM, Mail, text_mail
from amends.kit.clock import now
from amends.people.models import StaffMember

SHORT = 700  # characters of a story: the page behind the link has all of it


def approval_mail(event: Event, plan: Plan, asked: MaySay) -> Mail:
    """To this person, in their language. The same event makes the same Message-ID."""
    staff, complaint = asked.staff, plan.complaint
    with override(staff.language):
        subject = gettext("A plan waits for you: %(sum)s, %(reference)s")
        said = {"sum": _cost(plan, staff.language), "reference": complaint.reference}
        body = _body(plan, asked)
    return text_mail(
        to=staff.email,
        subject=subject % said,
        body=body,
        language=staff.language,
        name=f"{event.name}.{event.pk}.{staff.key}",
        headers=BY_PROGRAM,
    )


def _body(plan: Plan, asked: MaySay) -> str:
    complaint, language = plan.complaint, asked.staff.language
    link = approval_url(asked.staff, plan, at=now())
    parts = [
        gettext("Dear %(name)s,") % {"name": asked.staff.name},
        _why(plan, asked),
        f"{complaint.reference}: {complaint.title}\n{complaint.speaker.name}",
        _shortened(complaint.story),
        _points(complaint),
        _lines(plan, language),
        _quoted(gettext("Why it departs from the policy"), plan.departure),
        _quoted(gettext("What %(name)s writes to you") % {"name": plan.author.name}, plan.proposal),
        gettext("The whole case, and where you say yes or send it back:"),
        link,
        gettext(
            "The link is for you alone: whoever has it can answer in your name. It is good for seven days "
            "and for this version of the plan. Opening it decides nothing."
        ),
        gettext("On the desk: %(page)s") % {"page": f"{settings.AMENDS_BASE_URL}/complaints/{complaint.key}"},
    ]
    return "\n\n".join(part for part in parts if part)


def _why(plan: Plan, asked: MaySay) -> str:
    said = {"author": plan.author.name, "name": ""}
    if asked.instead_of is not None:
        said["name"] = StaffMember.objects.get(pk=asked.instead_of).name
        why = gettext("%(author)s has written a plan that you may approve in the place of %(name)s.") % said
    else:
        why = gettext("%(author)s has written a plan that you may approve.") % said
    first = plan.approvals.filter(first_of_two=True, voided_at__isnull=True).select_related("by").last()
    if asked.step == "endorse":
        return f"{why} {gettext('At this sum two people look at it: you would be the first.')}"
    if first is not None:
        second = gettext(
            "At this sum two people look at it: %(name)s has approved it, you would be the second."
        )
        return f"{why} {second % {'name': first.by.name}}"
    return why


def _points(complaint: Complaint) -> str:
    lines = []
    for issue in complaint.issues.all():
        finding = issue.get_finding_display() if issue.finding else gettext("No finding yet")
        lines.append(f"– {issue.summary}: {finding}. {_shortened(issue.reasons)}".strip())
    return "\n".join([gettext("What was found:"), *lines]) if lines else ""


def _lines(plan: Plan, language: str) -> str:
    lines = [f"– {_line(remedy, plan.currency, language)}" for remedy in plan.remedies.all()]
    total = gettext("Cost in all: %(sum)s") % {"sum": _cost(plan, language)}
    version = gettext("The plan, version %(number)d:") % {"number": plan.version}
    return "\n".join([version, *lines, total])


def _line(remedy: Remedy, currency: str, language: str) -> str:
    cost = money(remedy.cost or Decimal(0), currency, language)
    return gettext("%(what)s (cost %(sum)s)") % {"what": remedy.named, "sum": cost}


def _cost(plan: Plan, language: str) -> str:
    costs = [remedy.cost or Decimal(0) for remedy in plan.remedies.all()]  # what was submitted has its costs
    return money(sum(costs, Decimal(0)), plan.currency, language)


def _quoted(title: str, words: str) -> str:
    return f"{title}:\n{words.strip()}" if words.strip() else ""


def _shortened(text: str) -> str:
    """The beginning of a long text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= SHORT:
        return text
    return f"{text[:SHORT].rsplit(' ', 1)[0]} …"
