"""How each step is carried out once its form is filled in: which action, with what, on which row.

Most steps are their action and nothing else (``plainly``). The rest bring a file, a row or a second action.
All run inside one transaction (see ``desk.steps``), so a file is never left without its words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from amends.cases import actions
from amends.cases.choices import Channel, FollowUpAnswer
from amends.cases.documents import accept
from amends.cases.models import Complaint, Document, Offer, SignedPaper
from amends.rules.capabilities import Actor
from amends.rules.lifecycle import STEPS, Reason


@dataclass(frozen=True)
class Taking:
    """One step being taken: by whom, when, on what, with which filled-in values."""

    complaint: Complaint
    row: Any
    by: Actor
    at: datetime
    values: dict[str, Any]


Take = Callable[[Taking], object]


def plainly(action: Callable[..., object]) -> Take:
    """The action with the form's values, on the row if the step is about one."""

    def take(t: Taking) -> object:
        return action(t.row if t.row is not None else t.complaint, by=t.by, at=t.at, **t.values)

    return take


def attached(t: Taking, upload: UploadedFile[Any] | None, *, for_customer: bool = False) -> Document | None:
    """The file put on the case, if there is one. Raises NotAccepted."""
    if upload is None:
        return None
    document = accept(upload)
    return actions.attach(t.complaint, by=t.by, at=t.at, document=document, for_customer=for_customer)


def attach(t: Taking) -> object:
    """A file by itself."""
    return attached(t, t.values["attachment"], for_customer=t.values["for_customer"])


def hear(t: Taking) -> object:
    """The customer's words, and the files that came with them: the scan of a letter, its enclosures."""
    values = dict(t.values)
    documents = [accept(upload) for upload in values.pop("attachments")]
    to_executive = values.pop("to_executive", False)
    heard = actions.hear(t.complaint, by=t.by, at=t.at, documents=documents, **values)
    return actions.reach_executive(heard, by=t.by, at=t.at) if to_executive else heard


def authorise(t: Taking) -> object:
    """Whether the representative may sign, and the paper that says so."""
    document = attached(t, t.values["attachment"])
    return actions.authorise(t.complaint, by=t.by, at=t.at, may_sign=t.values["may_sign"], document=document)


def answer(t: Taking) -> object:
    """A statement, and the file that shows it."""
    attached(t, t.values["attachment"])
    return actions.answer_inquiry(t.row, by=t.by, at=t.at, statement=t.values["statement"])


def prove(t: Taking) -> object:
    """The proof of a duty."""
    values = dict(t.values)
    upload = values.pop("attachment")
    document = accept(upload) if upload else None
    return actions.prove(t.row, by=t.by, at=t.at, document=document, **values)


def escalate(t: Taking) -> object:
    """One level higher. The event holds no words, so the why goes on file as a note."""
    actions.escalate(t.complaint, by=t.by, at=t.at, why=t.values["why"])
    return _noted(t)


def reopen(t: Taking) -> object:
    """Taken up again, the why likewise as a note."""
    actions.reopen(t.complaint, by=t.by, at=t.at, why=t.values["why"])
    return _noted(t)


def _noted(t: Taking) -> object:
    return t.values["why"].strip() and actions.note(t.complaint, by=t.by, at=t.at, text=t.values["why"])


def ask_if_good(t: Taking) -> object:
    """The question; and what they said to it on the phone."""
    values = dict(t.values)
    answer, words = values.pop("answer"), values.pop("words")
    asked = actions.ask_if_good(t.complaint, by=t.by, at=t.at, **values)
    heard: dict[str, Any] = {"by": t.by, "at": t.at, "words": words, "channel": Channel.PHONE}
    if answer == FollowUpAnswer.YES:
        return actions.confirm(asked, **heard)
    if answer:
        return actions.not_satisfied(asked, partly=answer == FollowUpAnswer.PARTLY, **heard)
    return asked


def approve(t: Taking) -> object:
    """Yes to the version that the page showed."""
    return actions.approve(t.complaint, by=t.by, at=t.at, plan=_shown_plan(t), note=t.values["note"])


def endorse(t: Taking) -> object:
    """Yes, as the first of two."""
    return actions.endorse(t.complaint, by=t.by, at=t.at, plan=_shown_plan(t), note=t.values["note"])


def send_back(t: Taking) -> object:
    """Back with the version that the page showed."""
    return actions.send_back(t.complaint, by=t.by, at=t.at, plan=_shown_plan(t), note=t.values["note"])


def _shown_plan(t: Taking) -> Any:
    step = STEPS["approve"]
    plan = t.complaint.plans.filter(pk=t.values["plan"]).first()
    if plan is None:
        raise actions.Refused(step, (Reason.NOT_THIS_PLAN,), t.complaint)
    return plan


def of_offer(action: Callable[..., object], step: str) -> Take:
    """The customer's answer to the round that the page showed, and to no later one."""

    def take(t: Taking) -> object:
        values = dict(t.values)
        return action(_shown_offer(t, values.pop("round"), step), by=t.by, at=t.at, **values)

    return take


def bring_paper(t: Taking) -> object:
    """Signed on paper: the scan lies there for somebody else to check."""
    values = dict(t.values)
    offer = _shown_offer(t, values.pop("round"), "bring_paper")
    scan = attached(t, values.pop("scan"), for_customer=True)
    assert scan is not None  # the form asks for it
    return actions.bring_paper(offer, by=t.by, at=t.at, scan=scan, **values)


def agree(t: Taking) -> object:
    """The signed paper is as it should be."""
    return actions.agree_on_paper(_paper(t, "agree"), by=t.by, at=t.at)


def reject_paper(t: Taking) -> object:
    """The signed paper will not do."""
    why = t.values["why"]
    return actions.reject_paper(_paper(t, "reject_paper"), by=t.by, at=t.at, why=why)


def _paper(t: Taking, step: str) -> SignedPaper:
    """The paper that the page showed, and no other that came since."""
    rows = SignedPaper.objects.filter(offer__complaint=t.complaint, accepted__isnull=True)
    paper = rows.select_related("offer__complaint", "scan").filter(pk=t.values["paper"]).first()
    if paper is None:  # somebody was first
        raise actions.Refused(STEPS[step], (Reason.ALREADY_DONE,), t.complaint)
    return paper


def _shown_offer(t: Taking, number: int, step: str) -> Offer:
    offer = t.complaint.offers.filter(round=number).first()
    if offer is None:  # whether it still waits for an answer, the action asks under its lock
        raise actions.Refused(STEPS[step], (Reason.ALREADY_DONE,), t.complaint)
    return offer


def merge(t: Taking) -> object:
    """Into the complaint of that number."""
    return actions.merge(t.complaint, by=t.by, at=t.at, into=t.values["reference"])
