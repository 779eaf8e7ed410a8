"""The card of the complaint page: one step, what is there for it, what is missing, and its form.

It holds the next step, or the one that the person chose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.words import REASONS, STEPS
from amends.correspondence.models import ComposerDraft
from amends.desk.authority_words import reason_words
from amends.desk.case_file import CaseFile
from amends.desk.coached_steps import BesideForm, beside_form
from amends.desk.composing import Composing, composing_of, opening, own_draft
from amends.desk.forms.reading import AskToRead
from amends.desk.forms.step import StepForm
from amends.desk.step_table import DESK_STEPS, DeskStep
from amends.rules.lifecycle import STEPS as PROCESS
from amends.rules.lifecycle import Reason

# What stands in place of a reason once it is seen to. A reason that only the form itself can answer
# (a text, a signature) is not listed: the form's fields say it.
SEEN_TO: Mapping[str, Promise] = {
    Reason.NO_HANDLER: _("Somebody handles the case."),
    Reason.HANDLER_COMPLAINED_ABOUT: _("The handler is not complained about."),
    Reason.HANDLER_TOO_JUNIOR: _("The handler is senior enough."),
    Reason.NO_ISSUE: _("It says what the complaint is about, point by point."),
    Reason.ISSUE_WITHOUT_FINDING: _("Every point has a finding with reasons."),
    Reason.OPEN_INQUIRY: _("No statement is awaited."),
    Reason.NOT_SAID_BACK: _("The problem was said back to the customer."),
    Reason.NO_PLAN: _("There is a plan."),
    Reason.UPHELD_WITHOUT_REMEDY: _("The plan answers every point that was upheld."),
    Reason.COST_UNKNOWN: _("The cost of every remedy is known."),
    Reason.OWN_PLAN: _("Somebody else wrote the plan."),
    Reason.BEYOND_AUTHORITY: _("The sum is within your authority."),
    Reason.SECOND_PAIR_NEEDED: _("As many people have looked as this sum asks for."),
    Reason.BELOW_LEGAL_FLOOR: _("It gives at least what the law does."),
    Reason.DEPARTURE_UNEXPLAINED: _("It is as the policy proposes, or says why not."),
    Reason.APPROVAL_PENDING: _("No plan waits for the leadership."),
    Reason.NOT_APPROVED: _("The plan is approved, or within your own authority."),
    Reason.OFFER_EXPIRED: _("The offer still stands."),
    Reason.MAY_NOT_SIGN: _("Who speaks for the customer may sign."),
    Reason.REMEDY_WITHOUT_DUTY: _("Every remedy is somebody’s duty."),
    Reason.DUTY_WITHOUT_PROOF: _("Every duty has its proof."),
    Reason.SOMETHING_UPHELD: _("No point was upheld."),
    Reason.NO_WRITTEN_ANSWER: _("The customer has what they are owed in writing."),
    Reason.NOT_ASKED_ENOUGH: _("The customer was asked twice and had time to answer."),
    Reason.CUSTOMER_SPOKE: _("Nothing that the customer wrote waits for an answer."),
}

# Where to go to see to it: a step, or a section of the page.
MENDED_BY: Mapping[str, str] = {
    Reason.NO_HANDLER: "assign",
    Reason.HANDLER_COMPLAINED_ABOUT: "assign",
    Reason.HANDLER_TOO_JUNIOR: "assign",
    Reason.NO_ISSUE: "add_issue",
    Reason.ISSUE_WITHOUT_FINDING: "#points",
    Reason.OPEN_INQUIRY: "#inquiries",
    Reason.NOT_SAID_BACK: "say_back",
    Reason.NO_PLAN: "plan",
    Reason.UPHELD_WITHOUT_REMEDY: "plan",
    Reason.COST_UNKNOWN: "plan",
    Reason.NOT_APPROVED: "submit_plan",
    Reason.MAY_NOT_SIGN: "authorise",
    Reason.REMEDY_WITHOUT_DUTY: "draw_up_duties",
    Reason.DUTY_WITHOUT_PROOF: "#duties",
    Reason.SOMETHING_UPHELD: "plan",
    Reason.APPROVAL_PENDING: "take_back_plan",
    Reason.NO_WRITTEN_ANSWER: "write",
    Reason.NOT_ASKED_ENOUGH: "ask_if_good",
    Reason.CUSTOMER_SPOKE: "write",
}

# Steps that stand beside what they are about: under the stream, by the problem, the points, the people …
BESIDE = frozenset(
    (
        "write hear note attach say_back confirm_problem correct_problem add_issue ask plan "
        "submit_plan take_back_plan counter decline agree bring_paper reject_paper request_code "
        "draw_up_duties ask_if_good confirm invite_to_review "
        "not_satisfied assign declare_conflict correct_contact authorise renew_link sort stop_invitations "
        "review book_meeting"
    ).split()
)


@dataclass
class Open:
    """The step that is open, and its form if the person sent it. ``posted`` is what they have typed so far,
    ``afresh`` that they want the standard text and not their draft, ``stopped`` that the sending waits for a
    second press, because something happened meanwhile.
    """

    desk_step: DeskStep
    row: Any = None
    form: StepForm | None = None
    posted: QueryDict | None = None
    afresh: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)  # which standard text, over which medium
    chosen: bool = True  # not just the next step
    stopped: bool = False
    elsewhere: ComposerDraft | None = None  # what another window of the person has saved
    asking: AskToRead | None = None  # who was to read it, if that was not right


@dataclass(frozen=True)
class Check:
    """One thing that the step needs, whether it is there, and where to see to it."""

    sentence: str | Promise
    done: bool
    url: str = ""
    do: str | Promise = ""  # what the link says: the step, where the sentence alone does not name it


@dataclass(frozen=True)
class Link:
    """A step as a link, or the reasons why it is none."""

    words: str | Promise
    url: str
    wide: bool = False
    reasons: Sequence[str | Promise] = ()


@dataclass(frozen=True)
class Card:
    """What the card shows. Without a form the step cannot be taken yet, or not by who looks."""

    name: str
    words: str | Promise
    is_next: bool
    chosen: bool
    hint: str | Promise = ""
    about: str = ""
    checks: Sequence[Check] = ()
    form: StepForm | None = None
    action: str = ""
    wide: bool = False
    refusal: Sequence[str | Promise] = field(default_factory=tuple)
    composing: Composing | None = None
    left_over: ComposerDraft | None = None  # what the person had begun, when the step can no longer be taken
    coached: BesideForm | None = None  # the coach beside a form that is no composer

    @property
    def shows_plan(self) -> bool:
        """Whether the plan stands on the card, so that it need not stand beside it as well."""
        return self.name in ("approve", "endorse", "send_back")


def card_of(file: CaseFile, opened: Open | None, refusal: Sequence[str | Promise] = ()) -> Card | None:
    """The card for what is open, else for the next step; None when the complaint has ended."""
    if opened is None:
        following = file.next_step
        if following is None:
            return None
        opened = Open(DESK_STEPS[following.step.name], chosen=False)
    desk_step = opened.desk_step
    form = opened.form
    if form is None and file.may(desk_step.name, opened.row):
        begun = opening(file, opened) if desk_step.composes else {}
        form = desk_step.form(file=file, row=opened.row, **begun)
    next_name = file.next_step.step.name if file.next_step else ""
    return Card(
        name=desk_step.name,
        words=STEPS[desk_step.name],
        is_next=desk_step.name == next_name,
        chosen=opened.chosen,
        hint=desk_step.hint,
        about=str(opened.row) if opened.row is not None else "",
        checks=_checks(file, desk_step.name),
        form=form,
        action=step_url(file, desk_step.name, opened.row),
        wide=desk_step.wide and form is not None and (opened.chosen or not desk_step.composes),
        refusal=refusal,
        composing=composing_of(file, opened, form) if desk_step.composes and form is not None else None,
        left_over=own_draft(file, desk_step.name) if desk_step.composes and form is None else None,
        coached=beside_form(file, desk_step, form, opened.posted) if form is not None else None,
    )


def _checks(file: CaseFile, name: str) -> list[Check]:
    possible = file.steps.get(name)
    if possible is None:
        return [Check(REASONS[Reason.WRONG_STAGE], done=False)]
    asked = [guard.__name__ for guard in PROCESS[name].guards]
    missing = [_missing(file, reason) for reason in possible.reasons]
    if Reason.DUTY_WITHOUT_PROOF in possible.reasons:
        missing += _duties_without_proof(file)
    told_before = Reason.NOT_ALLOWED in possible.reasons or Reason.CONFLICT_OF_INTEREST in possible.reasons
    there = [r for r in asked if r in SEEN_TO and r not in possible.reasons and not told_before]
    return missing + [Check(SEEN_TO[reason], done=True) for reason in there]


def _duties_without_proof(file: CaseFile) -> list[Check]:
    """Each by its name, and the way to it."""
    open_ones = [duty for duty in file.duties if duty.done_at is None]
    said = _("%(who)s: “%(what)s” is not reported done.")
    return [
        Check(
            said % {"who": duty.entrusted_to or duty.department or _("The handler"), "what": duty.remedy},
            False,
            step_url(file, "prove", duty) if file.may("prove", duty) else f"#duty-{duty.key}",
        )
        for duty in open_ones
    ]


def _missing(file: CaseFile, reason: Reason) -> Check:
    named = STEPS[MENDED_BY[reason]] if reason is Reason.APPROVAL_PENDING else ""
    return Check(reason_words(reason, file), False, _mend(file, reason), named)


def _mend(file: CaseFile, reason: Reason) -> str:
    by = MENDED_BY.get(reason, "")
    if by.startswith("#"):
        return by
    return step_url(file, by) if by and file.may(by) else ""


def step_url(file: CaseFile, name: str, row: Any = None) -> str:
    """The address of a step of this complaint, of a row if it is about one."""
    kwargs = {"key": file.complaint.key}
    if row is not None:
        kwargs["row"] = str(getattr(row, DESK_STEPS[name].row_name))
    return reverse(f"desk:{name}", kwargs=kwargs)


def links(file: CaseFile) -> tuple[list[Link], list[Link]]:
    """The other steps: those possible now and shown nowhere else on the page, and those not, and why."""
    possible_now: list[Link] = []
    refused: list[Link] = []
    for name, possible in file.steps.items():
        desk_step = DESK_STEPS.get(name)
        if desk_step is None or desk_step.rows is not None:
            continue  # the program's own, or offered beside its row
        link = Link(
            STEPS[name],
            step_url(file, name),
            desk_step.wide,
            [reason_words(reason, file) for reason in possible.reasons],
        )
        if link.reasons:
            refused.append(link)
        elif name not in BESIDE:
            possible_now.append(link)
    return possible_now, refused
