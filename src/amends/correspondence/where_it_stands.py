"""Where a case stands, as a letter about progress says it: what is known and not, done and not done.

Only what the case itself holds; who said what among ourselves stays here.

Before the decision a finding may still change: then it is only said which points were looked into.
"""

from collections.abc import Iterable
from string import Template

from amends.cases.models import Complaint, Duty
from amends.correspondence.addressee import addressee
from amends.correspondence.dates import day
from amends.correspondence.letters.address import pronouns
from amends.correspondence.letters.fields import Value
from amends.correspondence.phrasebook import phrases
from amends.kit.clock import now
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import BEFORE_DECISION, Stage

NOTHING = ""
ANSWER_OWED = BEFORE_DECISION | {Stage.DECIDED, Stage.AWAITING_APPROVAL}


def waiting(complaint: Complaint) -> Value:
    """That the answer is not ready, while it is owed."""
    return _say(complaint, "waiting") if complaint.stage in ANSWER_OWED else NOTHING


def answer_missed(complaint: Complaint) -> Value:
    """By when the answer was due, once that is past."""
    clock = complaint.clocks.filter(
        kind=ClockKind.ANSWER, stopped_at__isnull=True, paused_at__isnull=True, due_at__lte=now()
    ).last()
    return clock.due_at if clock else NOTHING


def known(complaint: Complaint) -> Value:
    """How it is understood, what was looked into or found, how many have told us what they know."""
    if complaint.stage not in ANSWER_OWED:
        return NOTHING
    said = [complaint.understood] if complaint.said_back_at else []
    decided = complaint.stage not in BEFORE_DECISION
    for issue in complaint.issues.all():
        if issue.finding:
            name = "found" if decided and issue.reasons.strip() else "looked_into"
            said.append(_say(complaint, name, point=issue.summary, reasons=issue.reasons))
    asked, answered = _asked(complaint)
    if answered and not decided:
        said.append(_say(complaint, "answers", answered=str(answered), asked=str(asked)))
    return _points(said)


def unknown(complaint: Complaint) -> Value:
    """The points without a finding, and the statements that have not come."""
    if complaint.stage not in BEFORE_DECISION:
        return NOTHING
    open_points = (issue.summary for issue in complaint.issues.all() if not issue.finding)
    said = [_say(complaint, "open_point", point=summary) for summary in open_points]
    asked, answered = _asked(complaint)
    if asked > answered:
        said.append(_say(complaint, "awaited", open=str(asked - answered)))
    return _points(said)


def done_so_far(complaint: Complaint) -> Value:
    """What was agreed and is done, while the rest is not."""
    return _points(duty.remedy.description for duty in _duties(complaint) if duty.done_at)


def still_to_do(complaint: Complaint) -> Value:
    """What was agreed and is not done yet, each with its day unless that is past."""
    rows = [duty for duty in _duties(complaint) if not duty.done_at]
    return _points(_with_day(complaint, duty) for duty in rows)


def _with_day(complaint: Complaint, duty: Duty) -> str:
    what = duty.remedy.description
    if duty.due_at <= now():
        return what
    return _say(complaint, "by_day", what=what, day=day(duty.due_at, complaint.language))


def _duties(complaint: Complaint) -> list[Duty]:
    if complaint.stage != Stage.FULFILLING:
        return []
    return list(complaint.duties.filter(remedy__plan=complaint.current_plan_id).select_related("remedy"))


def _asked(complaint: Complaint) -> tuple[int, int]:
    """Of how many a statement is awaited or here, and how many gave it. Who was set aside is neither."""
    rows = list(complaint.inquiries.values_list("is_open", "answered_at"))
    answered = sum(1 for _, at in rows if at is not None)
    return answered + sum(1 for is_open, at in rows if is_open and at is None), answered


def _points(said: Iterable[str]) -> Value:
    """Several as points; one stands by itself."""
    rows = tuple(" ".join(one.split()) for one in said if one.strip())
    return rows[0] if len(rows) == 1 else rows


def _say(complaint: Complaint, name: str, **values: str) -> str:
    table = phrases(complaint.language)["progress"]
    said = {field: " ".join(value.split()) for field, value in values.items()}
    for field in said.keys() & {"point", "reasons"}:  # they stand within a sentence
        said[field] = said[field].rstrip(" .。")
    return Template(table[name]).substitute(said, **pronouns(addressee(complaint), complaint.language))
