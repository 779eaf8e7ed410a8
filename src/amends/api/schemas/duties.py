"""What programs read of duties across all cases."""

from datetime import datetime

from amends.api.schemas.answers import DutyFile
from amends.cases.duty_links import duty_url
from amends.cases.models import Duty


class DutyRow(DutyFile):
    """A duty in a list of many: with its complaint."""

    complaint: str
    reference: str
    nudged_at: datetime | None

    @staticmethod
    def resolve_complaint(row: Duty) -> str:
        """The complaint's key."""
        return row.complaint.key

    @staticmethod
    def resolve_reference(row: Duty) -> str:
        """The number that people see."""
        return row.complaint.reference


class EntrustedFile(DutyFile):
    """A duty that somebody outside does, with the link by which they report it done."""

    link: str

    @staticmethod
    def resolve_link(row: Duty) -> str:
        """To be handed over, where no mail brings it."""
        return duty_url(row)
