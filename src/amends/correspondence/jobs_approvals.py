"""Asking the leadership by mail. Wired up in ``project/reactions.py``."""

from __future__ import annotations  # Django's own classes are generic to the type checker only

from django.conf import settings
from django.tasks import TaskContext, task
from django.utils.translation import gettext

from amends.cases import actions
from amends.cases.approving import whom_to_ask
from amends.cases.models import Event, Plan
from amends.correspondence.approvals import approval_mail
from amends.correspondence.outbox import Undeliverable, hand_over
from amends.kit.clock import now
from amends.kit.models import Once
from amends.kit.patience import ATTEMPTS
from amends.people.models import StaffMember
from amends.rules.capabilities import SYSTEM
from amends.rules.lifecycle import Stage

SCOPE = "approval mail"


@task(takes_context=True)
def ask_for_approval(context: TaskContext[..., None], event_id: int) -> None:
    """Mail the plan to who may approve it: a link for each (``cases.approving.whom_to_ask``).

    Nobody is asked once the plan was decided or changed, nor where the house has switched these mails off.
    Who has got theirs gets no second one when another one's could not be sent.
    """
    event = Event.objects.get(pk=event_id)
    plan = Plan.objects.select_related("complaint__customer", "complaint__representative", "author").get(
        pk=event.data["plan"]
    )
    complaint = plan.complaint
    waits = complaint.stage == Stage.AWAITING_APPROVAL and complaint.current_plan_id == plan.pk
    if not settings.AMENDS_APPROVAL_MAILS or not waits:
        return
    later: OSError | None = None
    for asked in whom_to_ask(complaint, at=now()):
        key = f"{event.pk}:{asked.staff.key}"
        if Once.objects.filter(scope=SCOPE, key=key).exists():
            continue
        try:
            hand_over(approval_mail(event, plan, asked))
        except (Undeliverable, OSError) as problem:
            if isinstance(problem, OSError) and context.attempt < ATTEMPTS:
                later = problem
                continue
            _note(event, plan, asked.staff, problem)
        Once.objects.get_or_create(scope=SCOPE, key=key)
    if later is not None:
        raise later


def _note(event: Event, plan: Plan, staff: StaffMember, problem: Exception) -> None:
    sentence = gettext("The mail that asks %(name)s to approve the plan could not be sent: %(error)s")
    text = sentence % {"name": staff.name, "error": str(problem) or type(problem).__name__}
    actions.note(plan.complaint, by=SYSTEM, at=max(now(), event.at), text=text)
