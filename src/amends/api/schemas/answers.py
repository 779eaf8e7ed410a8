"""What comes back. Everything is named by its key or its number, never by a row."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema

from amends.cases.models import Complaint, Duty, Event, Inquiry
from amends.cases.words import EVENTS


class Named(Schema):
    """Somebody or something, by key and name."""

    key: str
    name: str


class Listing[T](Schema):
    """All of them, in their order."""

    items: list[T]


class Page[T](Schema):
    """A part of a long list; ``next`` goes into ``after`` for the next part, and is null at the end."""

    items: list[T]
    next: str | None


class ComplaintRow(Schema):
    """A complaint as lists show it."""

    key: str
    reference: str
    stage: str
    is_open: bool
    title: str
    category: str
    severity: int
    channel: str
    language: str
    level: int
    formal: bool
    customer: Named
    handler: Named | None
    received_at: datetime
    due_at: datetime | None
    due_kind: str
    closed_at: datetime | None
    outcome: str


class ComplaintFile(ComplaintRow):
    """The whole complaint."""

    country: str
    sector: str
    story: str
    wish: str
    anything_else: str
    to_executive: bool
    letter_date: date | None
    risk_public: bool
    registered_at: datetime
    signed_by: str
    department: str | None
    understood: str
    said_back_at: datetime | None
    problem_confirmed_at: datetime | None
    correction: str
    merged_into: str | None
    referred_to: str
    value: Decimal | None
    value_currency: str
    harm: str

    @staticmethod
    def resolve_department(row: Complaint) -> str | None:
        """The department's name."""
        return row.department.name if row.department_id and row.department else None

    @staticmethod
    def resolve_merged_into(row: Complaint) -> str | None:
        """The key of the complaint that carries on."""
        return row.merged_into.key if row.merged_into_id and row.merged_into else None


class CustomerFile(Schema):
    """Who complains, and what they need."""

    key: str
    name: str
    salutation: str
    email: str
    phone: str
    address: str
    country: str
    language: str
    number: str
    needs: str
    since: date | None
    purchases: int | None


class IssueFile(Schema):
    """One point of a complaint."""

    position: int
    category: str
    subcategory: str
    summary: str
    product: str
    specification: str
    production_date: str
    batch: str
    used_when: str
    what_happens: str
    brand_before: str
    invoice_number: str
    finding: str
    reasons: str
    cause: str
    found_at: datetime | None


class MessageFile(Schema):
    """Words that went one way or the other."""

    key: str
    direction: str
    channel: str
    purpose: str
    at: datetime
    author_name: str
    to: str
    subject: str
    body: str
    language: str
    status: str
    sent_at: datetime | None
    read_at: datetime | None


class DocumentFile(Schema):
    """A file on the case; its bytes are at ``…/documents/{key}/content``."""

    key: str
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime
    by_name: str
    from_customer: bool
    for_customer: bool


class InquiryFile(Schema):
    """A question to somebody, and their statement."""

    key: str
    addressee: str
    question: str
    asked_at: datetime
    due_at: datetime
    statement: str
    answered_by_name: str
    answered_at: datetime | None
    set_aside: str
    is_open: bool

    @staticmethod
    def resolve_addressee(row: Inquiry) -> str:
        """Whoever was asked, as a name."""
        return row.addressee


class OfferFile(Schema):
    """One round of the negotiation. ``settlement`` is exactly what the customer sees and signs,
    ``withdrawal`` the right to take the signature back that it gives; ``wishes`` are what they asked for
    instead.
    """

    round: int
    plan: int
    text: str
    settlement: str
    settlement_sha256: str
    withdrawal: dict[str, Any]
    made_at: datetime
    expires_at: datetime
    reminded_at: datetime | None
    answer: str
    answer_words: str
    wishes: list[dict[str, Any]]
    answered_at: datetime | None

    @staticmethod
    def resolve_plan(row: Any) -> int:
        """The version of the plan that it proposes."""
        return int(row.plan.version)


class CodeSent(Schema):
    """Where the one-time code went, and until when it holds."""

    sent_to: str
    expires_at: datetime


class AgreementFile(Schema):
    """What both sides agreed, with the text both saw. ``pdf`` is the key of the sealed document."""

    round: int
    text: str
    text_sha256: str
    language: str
    signed_name: str
    signed_as: str
    signed_at: datetime
    means: str
    withdraw_until: datetime | None
    ended_at: datetime | None
    ended_how: str
    authority: str | None
    pdf: str | None
    pdf_sha256: str

    @staticmethod
    def resolve_authority(row: Any) -> str | None:
        """The key of the document by which a representative signed."""
        return row.authority.key if row.authority else None

    @staticmethod
    def resolve_pdf(row: Any) -> str | None:
        """The document's key; None as long as it is not sealed."""
        return row.pdf.key if row.pdf else None

    @staticmethod
    def resolve_round(row: Any) -> int:
        """The round in which it was reached."""
        return int(row.offer.round)


class DutyFile(Schema):
    """What one department does, and the proof that it was done."""

    key: str
    kind: str
    description: str
    department: str | None
    entrusted_to: str
    due_at: datetime
    waits_for: str | None
    proof_kind: str
    proof: str
    done_at: datetime | None
    done_by_name: str

    @staticmethod
    def resolve_kind(row: Duty) -> str:
        """Of the remedy."""
        return row.remedy.kind

    @staticmethod
    def resolve_description(row: Duty) -> str:
        """What exactly."""
        return row.remedy.description

    @staticmethod
    def resolve_department(row: Duty) -> str | None:
        """The department's name."""
        return row.department.name if row.department else None

    @staticmethod
    def resolve_waits_for(row: Duty) -> str | None:
        """The key of the duty that comes first."""
        return row.waits_for.key if row.waits_for else None


class EventFile(Schema):
    """Something that happened, with its place in the chain: ``digest`` covers it and ``previous``."""

    id: str
    complaint: str
    number: int
    name: str
    words: str
    at: datetime
    actor_kind: str
    data: dict[str, Any]
    previous: str
    digest: str

    @staticmethod
    def resolve_id(row: Event) -> str:
        """Goes into ``after``."""
        return str(row.pk)

    @staticmethod
    def resolve_complaint(row: Event) -> str:
        """The complaint's key."""
        return row.complaint.key

    @staticmethod
    def resolve_words(row: Event) -> str:
        """What people call it."""
        return str(EVENTS.get(row.name, row.name))


class ReasonFile(Schema):
    """Why a step cannot be taken."""

    code: str
    sentence: str
    missing: list[str] | None = None  # the codes of the language coach, where its must-haves are the reason
    duties: list[dict[str, Any]] | None = None  # those that are not done, where that is the reason


class StepFile(Schema):
    """A step at this stage: whether it can be taken now, where, and what is missing."""

    step: str
    words: str
    now: bool
    resource: str | None
    reasons: list[ReasonFile]


class StaffFile(Named):
    """A member of staff, as others may name them."""

    email: str
    department: str | None

    @staticmethod
    def resolve_department(row: Any) -> str | None:
        """The department's name."""
        return row.department.name if row.department else None


class DepartmentFile(Schema):
    """A part of the house."""

    name: str


class ProblemFile(Schema):
    """RFC 9457 problem details. ``reasons`` with a refused step, ``errors`` with what is not valid."""

    type: str
    title: str
    status: int
    detail: str
    step: str | None = None
    reasons: list[ReasonFile] | None = None
    errors: list[dict[str, str]] | None = None
    needs: str | None = None
    on_file: dict[str, Any] | None = None  # what was reported before, where it differs
