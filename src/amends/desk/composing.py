"""What stands around a text that is being written to the customer: its draft, who else writes, what came in
between, who reads it first. Nothing of it is needed to send.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.functional import Promise

from amends.cases.choices import Channel
from amends.cases.models import Complaint
from amends.cases.words import STEPS
from amends.correspondence.drafts import WRITING, drop_draft
from amends.correspondence.models import ComposerDraft
from amends.correspondence.rewording import switched_on, where_to
from amends.desk.case_file import CaseFile
from amends.desk.coached_steps import coach_of
from amends.desk.coaching import Panel
from amends.desk.draft_fields import Carried, initial_of, kept_fields
from amends.desk.forms.coaching import AllTheSame
from amends.desk.forms.letters import Composer
from amends.desk.forms.reading import AskToRead
from amends.desk.forms.step import StepForm
from amends.desk.meanwhile import Happened, SomethingHappened, meanwhile
from amends.desk.previewing import MEDIA, Shown, Words, shown
from amends.kit.keys import new_key

if TYPE_CHECKING:
    from amends.desk.card import Open
    from amends.desk.step_table import DeskStep


@dataclass(frozen=True)
class Writer:
    """Somebody else's unsent words to the same customer."""

    name: str
    step: str | Promise
    draft: ComposerDraft
    at_it: bool  # they saved within the last half hour


@dataclass(frozen=True)
class Composing:
    """As the templates of ``desk/composer`` show it. ``happened`` is shown once, and seen from then on."""

    step: str
    seen: int
    base: str
    number: int
    draft: ComposerDraft | None
    restored: bool
    afresh: bool
    writers: Sequence[Writer]
    happened: Sequence[Happened]
    stopped: bool
    elsewhere: ComposerDraft | None
    media: Sequence[tuple[str, str | Promise]]
    show: str
    ask: AskToRead | None
    preview: Shown | None
    coach: Panel | None
    override: AllTheSame
    reworded_by: str  # the machine that another wording would come from; empty where none is asked


def opening(file: CaseFile, opened: Open) -> dict[str, Any]:
    """How a form opens: with what was typed in it before, else with the standard text that is asked for."""
    form, draft = opened.desk_step.form, own_draft(file, opened.desk_step.name)
    if opened.posted is not None:
        page = Carried.by(opened.posted).page or new_key()
        kept = initial_of(form, kept_fields(form, opened.posted)) | {"once": page}
    elif draft is not None and not opened.afresh:
        kept = initial_of(form, draft.fields)
    else:
        return dict(opened.asked)
    return {
        "initial": kept,
        "standard": str(kept.get("purpose_of_it", "")),
        "medium": str(kept.get("channel", "")),
    }


def composing_of(file: CaseFile, opened: Open, form: StepForm) -> Composing:
    """Everything around ``form``, which began as ``opening`` says or was sent."""
    step, posted = opened.desk_step, opened.posted
    draft = own_draft(file, step.name)
    carried = Carried.by(posted) if posted is not None else None
    restored = draft is not None and carried is None and not opened.afresh
    seen = carried.seen if carried else draft.events_seen if restored and draft else None
    show = _medium(form, carried)
    previewed = posted if posted is not None and "preview" in posted else None
    return Composing(
        step=step.name,
        seen=file.complaint.events_count,
        base=opened.elsewhere.version if opened.elsewhere else _base(draft, carried),
        number=carried.number if carried else 0,
        draft=draft,
        restored=restored,
        afresh=opened.afresh,
        writers=writers(file),
        happened=meanwhile(file.complaint, seen, file.staff) if seen is not None else (),
        stopped=opened.stopped,
        elsewhere=opened.elsewhere,
        media=list(MEDIA.items()),
        show=show,
        ask=(opened.asking or AskToRead(file=file)) if opened.chosen else None,
        preview=preview_of(file, step, previewed, show) if previewed else None,
        coach=coach_of(file, step, posted) if posted is not None else None,
        override=AllTheSame(posted),
        reworded_by=where_to() if switched_on() else "",
    )


def _medium(form: StepForm, carried: Carried | None) -> str:
    """What the preview shows: what the person looked at last, else how it is to be sent."""
    chosen = str(form["channel"].value() or "") if "channel" in form.fields else ""
    wanted = (carried.show if carried else "", chosen)
    return next((medium for medium in wanted if medium in MEDIA), Channel.EMAIL.value)


def preview_of(file: CaseFile, step: DeskStep, data: QueryDict, show: str) -> Shown:
    """What the form of ``step`` filled in with ``data`` would send over the medium ``show``, complete or not.

    Who has the file before them signs it.
    """
    form = step.form(data, file=file)
    assert isinstance(form, Composer)
    form.full_clean()
    staff, subject = file.staff, data.get("subject", "")
    words = Words(subject, form.middle(), staff.name, staff.title, form.purpose)
    return shown(file.complaint, words, show if show in MEDIA else Channel.EMAIL.value, at=file.now)


def own_draft(file: CaseFile, step: str) -> ComposerDraft | None:
    """What this person has begun in this step."""
    own = (draft for draft in file.drafts if draft.author_id == file.staff.pk and draft.step == step)
    return next(own, None)


def writers(file: CaseFile) -> list[Writer]:
    """Who else has words for this customer that are not sent, the latest first."""
    return [
        Writer(draft.author.name, STEPS[draft.step], draft, draft.saved_at > file.now - WRITING)
        for draft in file.drafts
        if draft.author_id != file.staff.pk and draft.step in STEPS
    ]


def _base(draft: ComposerDraft | None, carried: Carried | None) -> str:
    """The draft that the page knows: what it was given, or what it has saved itself."""
    if draft is not None and (carried is None or draft.page == carried.page):
        return draft.version
    return carried.base if carried else ""


@contextmanager
def nothing_happened(file: CaseFile, step: DeskStep, posted: QueryDict) -> Iterator[None]:
    """Around the sending, in its transaction: hold the case, and undo the sending if it is not as the writer
    saw it (SomethingHappened). What the rules refuse they refuse first, in their own words.
    """
    held = Complaint.objects.select_for_update(of=("self",)).select_related("customer", "representative")
    seen = Carried.by(posted).seen
    complaint = held.get(pk=file.complaint.pk)
    happened = meanwhile(complaint, seen, file.staff) if seen is not None else []
    yield
    if happened:
        raise SomethingHappened
    drop_draft(complaint, step.name, file.staff)
