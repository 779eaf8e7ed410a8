"""Which forms of the desk the coach stands beside, and what it is told about the text in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import get_language

from amends.cases.choices import Channel, Purpose
from amends.cases.coaching import INQUIRY, MEETING, RESOLVED, coach_case_of, house_rules
from amends.coach.draft import Coached, coach
from amends.coach.reading.language import CODES as LANGUAGES
from amends.coach.whole.case import Case
from amends.correspondence.texts import framed
from amends.desk.case_file import CaseFile
from amends.desk.coaching import Panel, panel_of
from amends.desk.forms.coaching import AllTheSame
from amends.desk.forms.letters import Composer
from amends.desk.forms.step import StepForm

if TYPE_CHECKING:
    from amends.desk.step_table import DeskStep


@dataclass(frozen=True)
class Beside:
    """A field that is read by itself, with no greeting and no close: as this kind of text."""

    field: str
    kind: str
    to_customer: bool = True


BESIDE: Mapping[str, Beside] = {
    "ask": Beside("question", INQUIRY, to_customer=False),
    "resolve_at_once": Beside("done", RESOLVED),
    "book_meeting": Beside("about", MEETING),
    "cancel_meeting": Beside("why", MEETING),
}


def reader() -> str:
    """The language of who writes, as the coach calls it."""
    language = get_language() or LANGUAGES[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def field_of(step: DeskStep) -> str:
    """The field that the coach reads in the form of this step; empty where it reads none."""
    if step.composes:
        return "text"
    return BESIDE[step.name].field if step.name in BESIDE else ""


def coach_text(file: CaseFile, step: DeskStep, data: QueryDict, text: str) -> Coached:
    """What the coach says to other words in the place of those that a composer is filled in with."""
    form = step.form(data, file=file)
    assert isinstance(form, Composer)
    return _read(file.complaint.language, text, coach_case_of(file.complaint, form.purpose))


def coach_plain(text: str, language: str, kind: str) -> Panel:
    """What the coach says to a text of no case: to everybody, or one of the house's own. Its blanks stay."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    return panel_of(_read(language, text, Case(language=language, stage=kind)), text, text)


def coach_of(file: CaseFile, step: DeskStep, data: QueryDict) -> Panel:
    """What the coach says to the form of ``step`` as it is filled in, complete or not."""
    if not step.composes:
        beside = BESIDE[step.name]
        text = data.get(beside.field, "").replace("\r\n", "\n").replace("\0", "").strip()
        return panel_of(_read_by_itself(file, beside, text), text, text)
    form = step.form(data, file=file)
    assert isinstance(form, Composer)
    form.full_clean()
    middle = form.middle()
    channel = str(form.cleaned_data.get("channel") or Channel.EMAIL)
    whole = framed(middle, *form.frame(channel)) if middle else ""
    third = str(form.cleaned_data.get(form.adds) or "") if form.adds else ""
    case = coach_case_of(file.complaint, form.purpose, third_party=third)
    return panel_of(_read(file.complaint.language, whole, case), whole, middle)


@dataclass(frozen=True)
class BesideForm:
    """The coach beside the form of a step that is no composer. ``panel`` once the form was sent."""

    field_id: str
    writes: bool
    panel: Panel | None
    override: AllTheSame


def beside_form(
    file: CaseFile, step: DeskStep, form: StepForm, posted: QueryDict | None
) -> BesideForm | None:
    """What stands beside this form; None for a composer and for forms that the coach does not read."""
    if step.name not in BESIDE:
        return None
    beside = BESIDE[step.name]
    return BesideForm(
        field_id=form[beside.field].id_for_label,
        writes=beside.to_customer,
        panel=coach_of(file, step, posted) if posted is not None else None,
        override=AllTheSame(posted, form_id="step-form"),
    )


def _read_by_itself(file: CaseFile, beside: Beside, text: str) -> Coached:
    if not beside.to_customer:  # in whichever language colleagues write to each other
        return coach(text, reader=reader(), case=Case(stage=beside.kind), house=house_rules(reader()))
    case = coach_case_of(file.complaint, Purpose.OTHER, kind=beside.kind)
    return _read(file.complaint.language, text, case)


def _read(language: str, text: str, case: Case) -> Coached:
    return coach(text, language=language, reader=reader(), case=case, house=house_rules(language))
