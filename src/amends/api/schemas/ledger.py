"""What programs read of the redress ledger."""

from datetime import datetime
from decimal import Decimal

from ninja import Schema

from amends.cases.models import Remedy


class LedgerRow(Schema):
    """A remedy of an agreement. ``at`` is when it was done, or agreed where it is owed; ``amount`` goes to
    the customer, ``cost`` is what the house bears.
    """

    complaint: str
    reference: str
    at: datetime
    kind: str
    description: str
    amount: Decimal | None
    cost: Decimal | None
    currency: str
    little_more: bool
    duty: str | None
    proof: str
    department: str | None
    category: str
    cause: str
    country: str
    agreed_at: datetime | None
    agreement_sha256: str | None

    @staticmethod
    def resolve_complaint(row: Remedy) -> str:
        """The complaint's key."""
        return row.plan.complaint.key

    @staticmethod
    def resolve_reference(row: Remedy) -> str:
        """Its number, as people see it."""
        return row.plan.complaint.reference

    @staticmethod
    def resolve_currency(row: Remedy) -> str:
        """Of both sums."""
        return row.plan.currency

    @staticmethod
    def resolve_duty(row: Remedy) -> str | None:
        """The duty's key; null before duties are drawn up."""
        return row.duty.key if hasattr(row, "duty") else None

    @staticmethod
    def resolve_proof(row: Remedy) -> str:
        """How it shows that it was done."""
        return row.duty.proof if hasattr(row, "duty") else ""

    @staticmethod
    def resolve_department(row: Remedy) -> str | None:
        """Who carries it out, by name."""
        return row.department_name or None  # type: ignore[attr-defined]

    @staticmethod
    def resolve_country(row: Remedy) -> str:
        """The complaint's."""
        return row.plan.complaint.country
