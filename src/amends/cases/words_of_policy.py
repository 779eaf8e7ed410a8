"""What people read for a policy: its faults, its levels, what the law does not let go below."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import RemedyKind
from amends.people.models.staff import ROLE_WORDS
from amends.rules.floors import Floor, FloorRule
from amends.rules.policy import Fault

LEVELS: Mapping[int, Promise] = {
    level: ROLE_WORDS[role] for level, role in enumerate(("handler", "lead", "head", "executive"))
}

FAULTS: Mapping[str, Promise] = {
    "not_an_object": _("This is not built as a policy is."),
    "unknown_column": _("There is no such column."),
    "not_a_list": _("This is no list."),
    "unknown_word": _("This word means nothing here."),
    "not_a_number": _("This is no whole number that fits."),
    "not_text": _("This is no text, or a very long one."),
    "not_yes_or_no": _("This is neither yes nor no."),
    "not_a_sum": _("This is no sum with at most two decimals."),
    "not_a_share": _("This is no percentage between 0 and 500."),
    "not_an_id": _("The name of a row has small letters, digits and hyphens."),
    "twice": _("Another row has the same name."),
    "missing": _("Something is missing here."),
    "empty_range": _("Nothing lies between these two."),
    "other_currencies": _("Both ends need the same currencies."),
    "not_a_country": _("This is no country’s code of two letters."),
    "no_sum_here": _("Words cost nothing."),
    "bounds_of_a_fixed_sum": _("A fixed sum has no least and no most."),
    "both": _("Either a fixed sum or a share of the value."),
    "other_format": _("This was written for another version of the program."),
    "too_many": _("These are too many rows."),
}


def fault_words(fault: Fault) -> str:
    """A fault with its row and column, in words."""
    said = {"row": fault.row, "column": fault.column, "what": FAULTS[fault.code], "given": fault.given}
    if fault.row and fault.given:
        return gettext("Row %(row)d, %(column)s: “%(given)s”. %(what)s") % said
    if fault.row:
        return gettext("Row %(row)d, %(column)s: %(what)s") % said
    return gettext("%(column)s: %(what)s") % said


def floor_words(floor: Floor) -> str:
    """What a floor asks, in one sentence."""
    match floor.rule:
        case FloorRule.ONE_OF:
            said = gettext("The law gives the customer one of these: %(kinds)s.") % {
                "kinds": _kinds(floor.one_of)
            }
            if floor.later:
                said += " " + gettext(
                    "Once a repair or replacement was tried, or where the customer asks for it: %(kinds)s."
                ) % {"kinds": _kinds(floor.later)}
            return said
        case FloorRule.TAKEN_BACK:
            kinds = {"kinds": _kinds(floor.one_of)}
            return (
                gettext("Goods that are taken back are answered by: %(kinds)s. A credit is not enough.")
                % kinds
            )
        case FloorRule.NEVER_AUTOMATIC:
            said_ = {"kind": RemedyKind(floor.remedy).label, "times": f"{floor.times.normalize():f}"}
            return gettext("%(kind)s of %(times)s times the price is never proposed by the program.") % said_
        case FloorRule.NOTE:
            return floor.note


def _kinds(kinds: Iterable[str]) -> str:
    return ", ".join(str(RemedyKind(kind).label) for kind in kinds)
