"""Which kinds of word to the customer make sense in a case, apart from those that are steps of their own."""

from collections.abc import Callable, Mapping

from amends.cases.choices import Purpose
from amends.cases.models import Complaint
from amends.cases.models.settlement import OfferAnswer
from amends.correspondence.blanks import FROM_THE_CASE
from amends.desk.case_file import CaseFile


def purposes_of(file: CaseFile) -> list[Purpose]:
    """In the order of the process; progress is always among them."""
    return [purpose for purpose, fits in FITS.items() if fits(file)]


def _always(_: CaseFile) -> bool:
    return True


def _found(file: CaseFile) -> bool:
    return bool(file.issues) and all(issue.finding for issue in file.issues)


def _countered(file: CaseFile) -> bool:
    return file.complaint.offers.filter(answer=OfferAnswer.COUNTERED).exists()


def _says(blank: str) -> Callable[[CaseFile], bool]:
    """Whether the case can fill this blank."""

    def known(file: CaseFile) -> bool:
        complaint: Complaint = file.complaint
        return bool(FROM_THE_CASE[blank](complaint))

    return known


FITS: Mapping[Purpose, Callable[[CaseFile], bool]] = {
    Purpose.PROGRESS: _always,
    Purpose.DETAILS: lambda file: file.complaint.is_open,
    Purpose.DECISION: _found,
    Purpose.COUNTER_ANSWER: _countered,
    Purpose.SHIPPING: _says("items"),
    Purpose.REFUND: _says("amount"),
    Purpose.APOLOGY: _says("apology"),
    Purpose.CLOSING: lambda file: file.complaint.formal,  # a formal complaint is owed a written answer
    Purpose.OTHER: _always,
}
