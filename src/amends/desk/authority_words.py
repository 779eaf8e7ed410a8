"""Limits and what a plan asks of them, in sentences with the sums that matter."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from amends.cases.choices import RemedyKind
from amends.cases.settlement_text import money
from amends.cases.words import REASONS
from amends.cases.words_of_policy import LEVELS
from amends.desk.authority_here import AuthorityHere, HeldAgainst
from amends.desk.case_file import CaseFile
from amends.rules.authority import CASE, MONTH, Measure
from amends.rules.lifecycle import Reason


def limit_words(one: Measure, currency: str) -> str:
    """One limit: how much of it the plan takes, beside what was spent before."""
    if one.over == MONTH and not one.kind and not one.most:
        return gettext("This month nothing that costs money may be approved.")
    if one.over == CASE and not one.kind and not one.most:
        return gettext("Nothing that costs money may be approved in this currency.")
    said = {name: _sum(getattr(one, name), currency) for name in ("most", "asked", "used")}
    if one.kind:
        said["kind"] = str(RemedyKind(one.kind).label)
        if one.over == CASE:
            return gettext("%(kind)s up to %(most)s: this costs %(asked)s.") % said
        so_far = gettext(
            "%(kind)s in a month up to %(most)s: %(used)s is approved so far, and this costs %(asked)s."
        )
        return so_far % said
    if one.over == CASE:
        before = gettext("In one case up to %(most)s: %(used)s was spent before, and this costs %(asked)s.")
        return (before if one.used else gettext("In one case up to %(most)s: this costs %(asked)s.")) % said
    so_far = gettext("In a month up to %(most)s: %(used)s is approved so far, and this costs %(asked)s.")
    return so_far % said


def level_sentence(held: HeldAgainst) -> str:
    """Who may approve it by the policy; nothing where anybody may who has the sums."""
    if not held.plan.level:
        return ""
    return gettext("By the policy: %(who)s, or somebody higher.") % {"who": LEVELS[held.plan.level]}


def lacking(held: HeldAgainst) -> list[str]:
    """What goes too far, in sentences."""
    high = [] if held.high_enough else [level_sentence(held)]
    return high + [limit_words(one, held.plan.currency) for one in held.measures if not one.fits]


def reason_words(reason: Reason, file: CaseFile) -> str | Promise:
    """Why a step is refused, with the sums where it is one of authority."""
    words = REASONS[reason]
    here = file.authority if reason in _WITH_SUMS else None
    if here is None:
        return words
    return " ".join([str(words), *_sums_behind(reason, here, file)])


_WITH_SUMS = (Reason.BEYOND_AUTHORITY, Reason.NOT_APPROVED, Reason.SECOND_PAIR_NEEDED)


def _sums_behind(reason: Reason, here: AuthorityHere, file: CaseFile) -> list[str]:
    if reason is Reason.SECOND_PAIR_NEEDED or (reason is Reason.NOT_APPROVED and file.facts.needs_two):
        return [two_sentence(here)]
    if reason is Reason.NOT_APPROVED and file.facts.plan_sent_back:
        return []
    return lacking(here.held[0]) if here.held else []


def two_sentence(here: AuthorityHere) -> str:
    """Above which sum two people look."""
    if here.two_above is None:
        return ""
    above = _sum(here.two_above, here.plan.currency)
    return gettext("Above %(sum)s two people look at a plan.") % {"sum": above}


def _sum(amount: Decimal, currency: str) -> str:
    return money(amount, currency, get_language() or "en")
