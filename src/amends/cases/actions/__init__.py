"""The only writer of complaints: one verb each, keyword-only, every one told who (``by``) and when (``at``).

All of them go through ``door.take``: lock, ask ``rules.lifecycle``, write, append the event, in one
transaction. They raise ``Refused`` with every reason and then have changed nothing.
"""

from amends.cases.actions.clockwork import ClockStopped, report_breach
from amends.cases.actions.contact import correct_contact, renew_link, stop_invitations
from amends.cases.actions.delivery import (
    begin_sending,
    dispatch,
    give_back,
    report_bounce,
    report_delivery,
    report_failure,
    report_read,
    report_return,
    report_uncertain,
    resend,
    take_as_sent,
)
from amends.cases.actions.door import Refused
from amends.cases.actions.exits import merge, refer, reopen, withdraw
from amends.cases.actions.following import ask_if_good, close_as_silent, confirm, not_satisfied
from amends.cases.actions.fulfilling import complete, draw_up_duties, fulfil, prove
from amends.cases.actions.intake import hear, register, resolve_at_once, sort
from amends.cases.actions.investigating import (
    add_issue,
    answer_inquiry,
    ask,
    assign,
    decide,
    declare_conflict,
    escalate,
    find,
    investigate,
    set_inquiry_aside,
)
from amends.cases.actions.listening import (
    acknowledge,
    attach,
    confirm_problem,
    correct_problem,
    note,
    say_back,
    write,
)
from amends.cases.actions.meetings import (
    REMINDER,
    Invitation,
    book_meeting,
    cancel_meeting,
    move_meeting,
    remind_of_meeting,
)
from amends.cases.actions.planning import RemedyDraft, approve, plan, send_back, submit_plan
from amends.cases.actions.settling import agree, counter, decline, lapse, offer, refuse, request_code

__all__ = [
    "REMINDER",
    "ClockStopped",
    "Invitation",
    "Refused",
    "RemedyDraft",
    "acknowledge",
    "add_issue",
    "agree",
    "answer_inquiry",
    "approve",
    "ask",
    "ask_if_good",
    "assign",
    "attach",
    "begin_sending",
    "book_meeting",
    "cancel_meeting",
    "close_as_silent",
    "complete",
    "confirm",
    "confirm_problem",
    "correct_contact",
    "correct_problem",
    "counter",
    "decide",
    "declare_conflict",
    "decline",
    "dispatch",
    "draw_up_duties",
    "escalate",
    "find",
    "fulfil",
    "give_back",
    "hear",
    "investigate",
    "lapse",
    "merge",
    "move_meeting",
    "not_satisfied",
    "note",
    "offer",
    "plan",
    "prove",
    "refer",
    "refuse",
    "register",
    "remind_of_meeting",
    "renew_link",
    "reopen",
    "report_bounce",
    "report_breach",
    "report_delivery",
    "report_failure",
    "report_read",
    "report_return",
    "report_uncertain",
    "request_code",
    "resend",
    "resolve_at_once",
    "say_back",
    "send_back",
    "set_inquiry_aside",
    "sort",
    "stop_invitations",
    "submit_plan",
    "take_as_sent",
    "withdraw",
    "write",
]
