"""The complaint page and every step from it: one address each, with the capability it needs.

GET opens the page with that step's form at hand, POST takes the step.
"""

from amends.desk.steps import step
from amends.desk.views.complaint import complaint
from amends.desk.views.document import document
from amends.desk.views.plan_comparison import plan_comparison
from amends.desk.views.scan import scan
from amends.people.access import route
from amends.rules.capabilities import Capability

C = Capability
CASE = "complaints/<str:key>"

complaint_urls = [
    route(CASE, complaint, needs=C.READ, name="complaint"),
    route(f"{CASE}/documents/<str:document_key>", document, needs=C.READ, name="document"),
    route(f"{CASE}/papers/<int:paper>/pages/<int:page>", scan, needs=C.READ, name="scan"),
    route(f"{CASE}/plan-comparison", plan_comparison, needs=C.READ, name="plan-comparison"),
    # the way through
    route(f"{CASE}/acknowledgement", step("acknowledge"), needs=C.HANDLE, name="acknowledge"),
    route(f"{CASE}/resolution", step("resolve_at_once"), needs=C.REGISTER, name="resolve_at_once"),
    route(f"{CASE}/investigation", step("investigate"), needs=C.HANDLE, name="investigate"),
    route(f"{CASE}/decision", step("decide"), needs=C.HANDLE, name="decide"),
    route(f"{CASE}/plans", step("plan"), needs=C.HANDLE, name="plan"),
    route(f"{CASE}/submission", step("submit_plan"), needs=C.HANDLE, name="submit_plan"),
    route(f"{CASE}/plan-return", step("take_back_plan"), needs=C.HANDLE, name="take_back_plan"),
    route(f"{CASE}/endorsement", step("endorse"), needs=C.APPROVE, name="endorse"),
    route(f"{CASE}/approval", step("approve"), needs=C.APPROVE, name="approve"),
    route(f"{CASE}/sending-back", step("send_back"), needs=C.APPROVE, name="send_back"),
    route(f"{CASE}/offers", step("offer"), needs=C.HANDLE, name="offer"),
    route(f"{CASE}/refusal", step("refuse"), needs=C.HANDLE, name="refuse"),
    route(f"{CASE}/signing-code", step("request_code"), needs=C.HANDLE, name="request_code"),
    route(f"{CASE}/counter-proposal", step("counter"), needs=C.HANDLE, name="counter"),
    route(f"{CASE}/declined-offer", step("decline"), needs=C.HANDLE, name="decline"),
    route(f"{CASE}/signed-papers", step("bring_paper"), needs=C.REGISTER, name="bring_paper"),
    route(f"{CASE}/agreement", step("agree"), needs=C.HANDLE, name="agree"),
    route(f"{CASE}/rejected-paper", step("reject_paper"), needs=C.HANDLE, name="reject_paper"),
    route(
        f"{CASE}/withdrawal-from-agreement",
        step("withdraw_from_agreement"),
        needs=C.HANDLE,
        name="withdraw_from_agreement",
    ),
    route(f"{CASE}/duties", step("draw_up_duties"), needs=C.HANDLE, name="draw_up_duties"),
    route(f"{CASE}/fulfilment", step("fulfil"), needs=C.HANDLE, name="fulfil"),
    route(f"{CASE}/completion", step("complete"), needs=C.HANDLE, name="complete"),
    route(f"{CASE}/follow-up", step("ask_if_good"), needs=C.HANDLE, name="ask_if_good"),
    route(f"{CASE}/review-invitation", step("invite_to_review"), needs=C.HANDLE, name="invite_to_review"),
    route(f"{CASE}/satisfaction", step("confirm"), needs=C.HANDLE, name="confirm"),
    route(f"{CASE}/dissatisfaction", step("not_satisfied"), needs=C.HANDLE, name="not_satisfied"),
    route(f"{CASE}/silence", step("close_as_silent"), needs=C.HANDLE, name="close_as_silent"),
    # the side exits and the way back
    route(f"{CASE}/referral", step("refer"), needs=C.HANDLE, name="refer"),
    route(f"{CASE}/withdrawal", step("withdraw"), needs=C.HANDLE, name="withdraw"),
    route(f"{CASE}/merger", step("merge"), needs=C.LEAD, name="merge"),
    route(f"{CASE}/reopening", step("reopen"), needs=C.LEAD, name="reopen"),
    # done where the complaint stands
    route(f"{CASE}/assignment", step("assign"), needs=C.HANDLE, name="assign"),
    route(f"{CASE}/conflict", step("declare_conflict"), needs=C.HANDLE, name="declare_conflict"),
    route(f"{CASE}/escalation", step("escalate"), needs=C.HANDLE, name="escalate"),
    route(f"{CASE}/executive-route", step("reach_executive"), needs=C.REGISTER, name="reach_executive"),
    route(f"{CASE}/bodies-outside", step("go_outside"), needs=C.REGISTER, name="go_outside"),
    route(
        f"{CASE}/bodies-outside/<str:row>/outcome", step("end_outside"), needs=C.HANDLE, name="end_outside"
    ),
    route(f"{CASE}/goods-returned", step("goods_back"), needs=C.FULFIL, name="goods_back"),
    route(f"{CASE}/understanding", step("say_back"), needs=C.HANDLE, name="say_back"),
    route(f"{CASE}/confirmation", step("confirm_problem"), needs=C.HANDLE, name="confirm_problem"),
    route(f"{CASE}/correction", step("correct_problem"), needs=C.HANDLE, name="correct_problem"),
    route(f"{CASE}/points", step("add_issue"), needs=C.REGISTER, name="add_issue"),
    route(f"{CASE}/points/<str:row>/finding", step("find"), needs=C.HANDLE, name="find"),
    route(f"{CASE}/inquiries", step("ask"), needs=C.HANDLE, name="ask"),
    route(
        f"{CASE}/inquiries/<str:row>/statement",
        step("answer_inquiry"),
        needs=C.CONSULT,
        name="answer_inquiry",
    ),
    route(
        f"{CASE}/inquiries/<str:row>/setting-aside",
        step("set_inquiry_aside"),
        needs=C.HANDLE,
        name="set_inquiry_aside",
    ),
    route(f"{CASE}/duties/<str:row>/entrusting", step("entrust"), needs=C.HANDLE, name="entrust"),
    route(f"{CASE}/duties/<str:row>/proof", step("prove"), needs=C.FULFIL, name="prove"),
    route(f"{CASE}/contact", step("correct_contact"), needs=C.REGISTER, name="correct_contact"),
    route(f"{CASE}/authority", step("authorise"), needs=C.REGISTER, name="authorise"),
    route(f"{CASE}/link", step("renew_link"), needs=C.HANDLE, name="renew_link"),
    route(f"{CASE}/messages", step("write"), needs=C.HANDLE, name="write"),
    route(f"{CASE}/messages/<str:row>/resending", step("resend"), needs=C.HANDLE, name="resend"),
    route(f"{CASE}/messages/<str:row>/arrival", step("take_as_sent"), needs=C.HANDLE, name="take_as_sent"),
    route(f"{CASE}/messages/<str:row>/dispatch", step("dispatch"), needs=C.REGISTER, name="dispatch"),
    route(f"{CASE}/messages/<str:row>/return", step("report_return"), needs=C.REGISTER, name="report_return"),
    route(f"{CASE}/talks", step("book_meeting"), needs=C.HANDLE, name="book_meeting"),
    route(f"{CASE}/talks/<str:row>/new-time", step("move_meeting"), needs=C.HANDLE, name="move_meeting"),
    route(
        f"{CASE}/talks/<str:row>/cancellation",
        step("cancel_meeting"),
        needs=C.HANDLE,
        name="cancel_meeting",
    ),
    route(f"{CASE}/invitations-stop", step("stop_invitations"), needs=C.HANDLE, name="stop_invitations"),
    route(f"{CASE}/review", step("review"), needs=C.LEAD, name="review"),
    route(f"{CASE}/clocks/<str:row>/pause", step("pause_clock"), needs=C.HANDLE, name="pause_clock"),
    route(f"{CASE}/clocks/<str:row>/resumption", step("resume_clock"), needs=C.HANDLE, name="resume_clock"),
    route(f"{CASE}/clocks/<str:row>/extension", step("extend_clock"), needs=C.HANDLE, name="extend_clock"),
    route(f"{CASE}/clocks/<str:row>/new-day", step("move_clock"), needs=C.LEAD, name="move_clock"),
    route(f"{CASE}/sorting", step("sort"), needs=C.REGISTER, name="sort"),
    route(f"{CASE}/customer-words", step("hear"), needs=C.REGISTER, name="hear"),
    route(f"{CASE}/notes", step("note"), needs=C.READ, name="note"),
    route(f"{CASE}/documents", step("attach"), needs=C.READ, name="attach"),
]
