"""What follows from what: every event, and the jobs it sets off. Nothing else starts a job because of a case.

A job gets the event's id, is enqueued in the event's own transaction, and may run more than once: each
asks first whether there is still something to do. An empty tuple is on purpose: nothing follows.
What follows from time passing, and not from an event, stands in ``schedule.py``.
"""

from __future__ import annotations  # Django's own Task is generic to the type checker only

from collections.abc import Mapping
from typing import Any

from django.tasks import Task

from amends.cases.jobs import begin_carrying_out, complete_when_all_is_done
from amends.correspondence.delivering import deliver
from amends.correspondence.duties.jobs import remind_of_duty, send_the_link
from amends.correspondence.jobs import (
    ask_whether_good,
    confirm_agreement,
    send_code,
    send_receipt,
    thank_for_staying,
)
from amends.correspondence.jobs_approvals import ask_for_approval
from amends.correspondence.jobs_letters import set_letter
from amends.correspondence.meetings.jobs import tell_staff
from amends.correspondence.sealing.jobs import seal_agreement
from amends.correspondence.webhooks.jobs import tell_programs
from amends.correspondence.webhooks.telling import OF_COMPLAINTS

_REACTIONS: Mapping[str, tuple[Task[Any, Any], ...]] = {
    # the way through
    "complaint.registered": (send_receipt,),  # only where nobody talked with the customer
    "complaint.acknowledged": (),  # its message is queued with it, as with every step that says something
    "complaint.investigation_begun": (),
    "complaint.decided": (),
    "plan.submitted": (ask_for_approval,),  # the leadership sees it on Today, and is asked by mail
    "plan.taken_back": (),
    "plan.endorsed": (ask_for_approval,),  # likewise the second one
    "approval.voided": (),
    "plan.approved": (),  # the handler sees it on Today
    "plan.sent_back": (),
    "offer.made": (),
    "offer.code_requested": (send_code,),
    "offer.reminded": (),  # its mail is queued with it
    "offer.countered": (),  # the handler's turn, on Today
    "offer.declined": (),
    "offer.lapsed": (),  # the handler calls; a mail saying “too late” would push
    "complaint.agreed": (seal_agreement, begin_carrying_out),
    "signature.brought_on_paper": (),  # somebody else sees it on Today
    "signature.rejected": (),
    "agreement.sealed": (confirm_agreement,),  # the mail brings the sealed file
    "agreement.withdrawn_from": (),
    "complaint.fulfilment_begun": (),  # the departments see their duties on Today
    "complaint.completed": (ask_whether_good,),
    "complaint.refused": (),  # asked a follow-up clock later (schedule), not in the same breath
    "complaint.resolved_at_once": (),  # likewise: they have just said it is solved
    "complaint.satisfied": (thank_for_staying,),
    "complaint.closed_as_silent": (),  # who stays silent is left in peace; their link stays open
    "complaint.not_satisfied": (),
    # the side exits and the way back
    "complaint.referred": (),
    "complaint.withdrawn": (),
    "complaint.merged": (),
    "complaint.reopened": (),
    # done where the complaint stands
    "complaint.assigned": (),
    "complaint.conflict_declared": (),
    "complaint.escalated": (),
    "complaint.reached_executive": (),  # the executives see it on Today
    "complaint.said_back": (),
    "complaint.problem_confirmed": (),
    "complaint.problem_corrected": (),
    "issue.added": (),
    "issue.found": (),
    "inquiry.asked": (),  # the colleague sees it on Today
    "inquiry.answered": (),
    "outside.begun": (),  # its clock is on Today
    "outside.ended": (),
    "goods.came_back": (),
    "inquiry.set_aside": (),
    "plan.written": (),
    "duties.drawn_up": (),
    "duty.entrusted": (send_the_link,),
    "duty.nudged": (remind_of_duty,),
    "duty.proved": (complete_when_all_is_done,),
    "customer.written_to": (),
    "customer.heard": (),
    "document.attached": (),
    "note.written": (),
    "customer.contact_corrected": (),
    "representative.authorised": (),
    "link.renewed": (),  # whoever renews it gives the new one to the customer
    "follow_up.asked": (),
    "follow_up.asked_once_more": (),
    "follow_up.let_rest": (),
    "customer.invited_to_review": (),
    "complaint.reviewed": (),
    "clock.paused": (),
    "clock.resumed": (),
    "clock.extended": (),  # its letter is queued with it
    "clock.moved": (),
    "complaint.climbed": (),  # shown on the Today of that level
    "clock.warned": (),  # shown on Today
    "clock.breached": (),  # shown on Today; nobody is mailed for it
    # messages on their way
    "complaint.sorted": (),
    "customer.invitations_stopped": (),
    "meeting.booked": (tell_staff,),  # the customer's invitation is queued with it
    "meeting.moved": (tell_staff,),
    "meeting.cancelled": (tell_staff,),
    "meeting.reminded": (tell_staff,),
    "message.queued": (deliver,),
    "message.requeued": (),  # message.queued comes with it
    "message.delivered": (),
    "message.failed": (),  # shown on Today, to be sent again or told by phone
    "message.uncertain": (),  # likewise: a person says whether it is sent again
    "message.taken_as_sent": (),
    "message.bounced": (),  # likewise, to another address
    "message.read": (),
    "letter.queued": (set_letter,),
    "letter.dispatched": (),
    "letter.returned": (),  # shown on Today
}

# What other programs of the house want to hear of, they hear: where none listens, no job is put down.
TOLD = {*OF_COMPLAINTS, "duties.drawn_up", "duty.nudged", "duty.proved"}
REACTIONS: Mapping[str, tuple[Task[Any, Any], ...]] = {
    name: (*jobs, tell_programs) if name in TOLD else jobs for name, jobs in _REACTIONS.items()
}
