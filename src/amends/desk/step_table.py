"""The steps as staff take them: for each step of ``rules.lifecycle`` its form and how it is carried out.

``desk.urls_complaint`` gives each its address and names the capability it needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases import actions
from amends.cases.models import Clock, Message
from amends.correspondence.meetings import booking
from amends.desk import taking
from amends.desk.case_file import CaseFile
from amends.desk.forms import (
    carrying_out,
    clocks,
    finding_out,
    letters,
    meetings,
    outside,
    planning,
    post,
    said,
    settling,
)
from amends.desk.forms.step import StepForm
from amends.desk.taking import Take, of_offer, plainly


@dataclass(frozen=True)
class DeskStep:
    """One step on the desk. ``rows`` lists what it can be about (points, duties …), named by ``row_name``."""

    name: str
    form: type[StepForm]
    take: Take
    rows: Callable[[CaseFile], Sequence[Any]] | None = None
    row_name: str = "key"
    wide: bool = False  # the form needs the breadth of the page
    hint: str | Promise = ""

    @property
    def composes(self) -> bool:
        """Whether its form writes to the customer: it keeps drafts and shows what will go out."""
        return issubclass(self.form, letters.Composer)

    def row(self, file: CaseFile, name: str) -> Any:
        """The row of this name; None if the case has none."""
        rows = self.rows(file) if self.rows else ()
        return next((row for row in rows if str(getattr(row, self.row_name)) == name), None)


def _messages(file: CaseFile) -> Sequence[Message]:
    return list(file.complaint.messages.all())


def _clocks(file: CaseFile) -> Sequence[Clock]:
    return file.running_clocks


_through_link = _("The customer does this through their link. If they told you, put it on file here.")

DESK_STEPS: dict[str, DeskStep] = {
    step.name: step
    for step in (
        # the way through
        DeskStep("acknowledge", letters.Acknowledgement, plainly(actions.acknowledge), wide=True),
        DeskStep("resolve_at_once", letters.SolvedAtOnce, plainly(actions.resolve_at_once)),
        DeskStep("investigate", StepForm, plainly(actions.investigate)),
        DeskStep("decide", StepForm, plainly(actions.decide),
                 hint=_("The findings stand from here on. Next comes an offer, or a refusal with reasons.")),
        DeskStep("plan", planning.PlanForm, plainly(actions.plan), wide=True),
        DeskStep("submit_plan", StepForm, plainly(actions.submit_plan)),
        DeskStep("take_back_plan", StepForm, plainly(actions.take_back_plan)),
        DeskStep("endorse", planning.PlanApproval, taking.endorse, wide=True,
                 hint=_("At this sum two people look at the plan. One of you has the authority.")),
        DeskStep("approve", planning.PlanApproval, taking.approve, wide=True),
        DeskStep("send_back", planning.PlanSentBack, taking.send_back),
        DeskStep("offer", letters.Offer, plainly(actions.offer), wide=True),
        DeskStep("refuse", letters.Refusal, plainly(actions.refuse), wide=True),
        DeskStep("request_code", settling.CodeRequest, of_offer(actions.request_code, "request_code"),
                 hint=_("It goes to the customer’s own address; they type it on their page to sign.")),
        DeskStep("counter", settling.CounterProposal, of_offer(actions.counter, "counter"),
                 hint=_through_link),
        DeskStep("decline", settling.Declined, of_offer(actions.decline, "decline"), hint=_through_link),
        DeskStep("bring_paper", settling.SignedOnPaper, taking.bring_paper,
                 hint=_("The customer signs on their page. If they signed on paper, put it on file here; "
                        "somebody else checks it.")),
        DeskStep("agree", settling.PaperChecked, taking.agree, wide=True,
                 hint=_("Compare the signed paper with the offer: the text, the name, the signature.")),
        DeskStep("reject_paper", settling.PaperRejected, taking.reject_paper, wide=True),
        DeskStep("withdraw_from_agreement", said.SaidOrNot, plainly(actions.withdraw_from_agreement),
                 hint=_through_link),
        DeskStep("draw_up_duties", StepForm, plainly(actions.draw_up_duties),
                 hint=_("Each remedy becomes the duty of the department that carries it out.")),
        DeskStep("fulfil", StepForm, plainly(actions.fulfil)),
        DeskStep("complete", StepForm, plainly(actions.complete),
                 hint=_("Next, the customer is asked whether it is good.")),
        DeskStep("ask_if_good", letters.FollowUpQuestion, taking.ask_if_good, wide=True,
                 hint=_("Who has no e-mail gets a letter with a slip to send back, or is called: what to say "
                        "stands here, and you note the answer below it.")),
        DeskStep("invite_to_review", letters.ReviewInvitation, plainly(actions.invite_to_review), wide=True),
        DeskStep("confirm", said.Said, plainly(actions.confirm), hint=_through_link),
        DeskStep("not_satisfied", said.NotSatisfied, plainly(actions.not_satisfied), hint=_through_link),
        DeskStep("close_as_silent", StepForm, plainly(actions.close_as_silent),
                 hint=_("It is counted as silent, never as satisfied.")),
        # the side exits and the way back
        DeskStep("refer", letters.Referral, plainly(actions.refer), wide=True),
        DeskStep("withdraw", said.SaidOrNot, plainly(actions.withdraw), hint=_through_link),
        DeskStep("merge", carrying_out.Merger, taking.merge,
                 hint=_("The same matter was told twice: this one ends, the other one carries on.")),
        DeskStep("reopen", carrying_out.Reopening, taking.reopen),
        # done where the complaint stands
        DeskStep("assign", finding_out.Assignment, plainly(actions.assign)),
        DeskStep("declare_conflict", finding_out.Conflict, plainly(actions.declare_conflict)),
        DeskStep("escalate", finding_out.Escalation, taking.escalate),
        DeskStep("reach_executive", StepForm, plainly(actions.reach_executive),
                 hint=_("It goes to the top and is acknowledged anew. Their words you put on file under "
                        "“The customer said something”.")),
        DeskStep("go_outside", outside.WithABody, plainly(actions.go_outside)),
        DeskStep("end_outside", outside.OverWithABody, plainly(actions.end_outside),
                 rows=lambda file: file.proceedings),
        DeskStep("goods_back", outside.GoodsBack, plainly(actions.goods_back),
                 hint=_("Some laws count the refund from this day.")),
        DeskStep("say_back", letters.SayBack, plainly(actions.say_back), wide=True),
        DeskStep("confirm_problem", StepForm, plainly(actions.confirm_problem), hint=_through_link),
        DeskStep("correct_problem", said.Said, plainly(actions.correct_problem), hint=_through_link),
        DeskStep("add_issue", finding_out.Point, plainly(actions.add_issue), wide=True),
        DeskStep("find", finding_out.FindingOfPoint, plainly(actions.find),
                 rows=lambda file: file.issues, row_name="position"),
        DeskStep("ask", finding_out.Question, plainly(actions.ask)),
        DeskStep("answer_inquiry", finding_out.Statement, taking.answer, rows=lambda file: file.inquiries),
        DeskStep("set_inquiry_aside", finding_out.SetAside, plainly(actions.set_inquiry_aside),
                 rows=lambda file: file.inquiries),
        DeskStep("entrust", carrying_out.Entrusted, plainly(actions.entrust), rows=lambda file: file.duties),
        DeskStep("prove", carrying_out.Proof, taking.prove, rows=lambda file: file.duties),
        DeskStep("correct_contact", said.Contact, plainly(actions.correct_contact),
                 hint=_("It holds for all complaints of this customer.")),
        DeskStep("authorise", settling.Authority, taking.authorise,
                 hint=_("Only with the customer’s written authority. It is named in what they sign.")),
        DeskStep("renew_link", StepForm, plainly(actions.renew_link),
                 hint=_("The present link stops working at once. Give the customer the new one.")),
        DeskStep("stop_invitations", StepForm, plainly(actions.stop_invitations),
                 hint=_("Reviews and the like. Word about their complaint still comes.")),
        DeskStep("write", letters.Progress, plainly(actions.write), wide=True),
        DeskStep("hear", said.Heard, taking.hear),
        DeskStep("note", said.Note, plainly(actions.note)),
        DeskStep("attach", said.Attachment, taking.attach),
        DeskStep("review", clocks.Review, plainly(actions.review)),
        DeskStep("pause_clock", clocks.Pause, plainly(actions.pause_clock), rows=_clocks, row_name="pk"),
        DeskStep("resume_clock", StepForm, plainly(actions.resume_clock), rows=_clocks, row_name="pk"),
        DeskStep("extend_clock", clocks.Extension, plainly(actions.extend_clock), rows=_clocks,
                 row_name="pk"),
        DeskStep("move_clock", StepForm, plainly(actions.move_clock), rows=_clocks, row_name="pk"),
        DeskStep("sort", finding_out.Sorting, plainly(actions.sort), wide=True),
        DeskStep("book_meeting", meetings.Booking, plainly(booking.book),
                 hint=_("The customer gets an invitation for their calendar by mail. Without an e-mail "
                        "address, tell them on the phone.")),
        DeskStep("move_meeting", meetings.Moving, plainly(booking.move), rows=lambda file: file.meetings,
                 hint=_("The customer’s calendar follows, and yours.")),
        DeskStep("cancel_meeting", meetings.Cancelling, plainly(booking.cancel),
                 rows=lambda file: file.meetings,
                 hint=_("The customer is told, and it leaves the calendars.")),
        DeskStep("resend", post.Again, plainly(actions.resend), rows=_messages,
                 hint=_("The same words go out once more, to the address that is on file now. If the first "
                        "did arrive after all, the customer has them twice.")),
        DeskStep("take_as_sent", StepForm, plainly(actions.take_as_sent), rows=_messages,
                 hint=_("You know that it arrived: the customer said so, or the mail server’s log does. It "
                        "is not sent again.")),
        DeskStep("dispatch", post.Dispatch, plainly(actions.dispatch), rows=_messages),
        DeskStep("report_return", post.Return, plainly(actions.report_return), rows=_messages),
    )
}  # fmt: skip
