"""A plan that begins from what the policy proposes, and what it does otherwise, in words."""

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import get_language, gettext

from amends.cases.choices import RemedyKind
from amends.cases.policy import Considered
from amends.cases.settlement_text import money
from amends.cases.words_of_policy import LEVELS
from amends.rules.policy import Difference, Proposed

if TYPE_CHECKING:
    from amends.desk.case_file import CaseFile


def proposed_lines(considered: Considered, file: "CaseFile") -> list[dict[str, Any]]:
    """The first values of the lines of a plan, as the policy proposes them; none where it says nothing.

    What the customer will read is said in their language; a sum that the policy leaves open stays empty.
    """
    points = {issue.position: issue.pk for issue in file.issues}
    with translation.override(file.complaint.language):
        return [_line(line, points) for line in considered.proposal.lines]


def _line(line: Proposed, points: dict[int, int]) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "description": line.words or _described(line),
        "amount": line.amount,
        "cost": line.cost,
        "little_more": line.little_more,
        "issue": points.get(line.points[0]) if len(line.points) == 1 else None,
        "within_days": 7,
    }


def _described(line: Proposed) -> str:
    kind = str(RemedyKind(line.kind).label)
    if line.kind == "apology" and line.by:
        return gettext("%(kind)s, by: %(who)s") % {"kind": kind, "who": LEVELS[line.by]}
    return kind


def difference_words(one: Difference, currency: str) -> str:
    """One kind of remedy that the plan has otherwise than proposed."""
    language = get_language() or "en"
    said = {"kind": RemedyKind(one.kind).label}
    if one.planned is None:
        return gettext("%(kind)s: proposed, and not in the plan.") % said
    if one.proposed is None:
        return gettext("%(kind)s: in the plan, and not proposed.") % said
    sums = {
        "proposed": money(one.proposed, currency, language),
        "planned": money(one.planned, currency, language),
    }
    return gettext("%(kind)s: proposed %(proposed)s, planned %(planned)s.") % (said | sums)
