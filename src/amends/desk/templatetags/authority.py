"""What the pages of approving say: limits, on whose authority, versions beside each other."""

from django import template

from amends.cases.plan_changes import Comparison, compared
from amends.desk import authority_words
from amends.desk.authority_here import AuthorityHere, HeldAgainst
from amends.desk.case_file import CaseFile

register = template.Library()


@register.filter
def limit_lines(held: HeldAgainst) -> list[tuple[str, bool]]:
    """Each limit in a sentence, and whether the plan stays within it."""
    lines = [(authority_words.limit_words(one, held.plan.currency), one.fits) for one in held.measures]
    level = authority_words.level_sentence(held)
    return [(level, held.high_enough), *lines] if level else lines


@register.filter
def two_people(here: AuthorityHere) -> str:
    """Above which sum two people look."""
    return authority_words.two_sentence(here)


@register.filter
def beside_former(file: CaseFile) -> Comparison | None:
    """The version at hand beside the one before it, if there was one."""
    now = file.plan
    before = next((plan for plan in file.plans if now is not None and plan.version < now.version), None)
    return compared(before, now) if before is not None and now is not None else None
