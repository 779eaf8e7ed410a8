"""What each step takes."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from amends.api.schemas.values import (
    Country,
    Currency,
    Day,
    Days,
    Email,
    Flag,
    Future,
    Given,
    Language,
    Line,
    Long,
    Money,
    Number,
    Past,
    Sector,
)
from amends.cases.choices import (
    Category,
    Channel,
    DispatchKind,
    Finding,
    Harm,
    Purpose,
    RemedyKind,
    Severity,
)

Key = Annotated[str, Field(pattern=r"^[2-9a-hj-km-np-z]{16}$")]


Override = Annotated[Long, Field(max_length=1000)]


class ToCustomer(Given):
    """Words to the customer. E-mail is sent; over any other channel it was said or posted by a person.

    ``override`` is why they go out although the language coach misses something that they must have.
    """

    text: Long
    subject: Line = ""
    channel: Channel = Channel.EMAIL
    override: Override = ""


class FromCustomer(Given):
    """What the customer said, in their own words, and how it came."""

    words: Long = ""
    channel: Channel = Channel.PHONE


class Wish(Given):
    """Something the customer would have instead: a kind of remedy, a sum, or both."""

    kind: RemedyKind | Literal[""] = ""
    amount: Money | None = None
    currency: Currency | Literal[""] = ""


class CounterGiven(FromCustomer):
    """What the customer asks for instead, in their own words, by choices, or both."""

    wishes: Annotated[tuple[Wish, ...], Field(max_length=20)] = ()


class AuthorityGiven(Given):
    """Whether the representative may sign; ``document`` is the key of a document on the case."""

    may_sign: Flag = True
    document: Line = ""


class Loyalty(Given):
    """How long and how often the customer has bought here."""

    since: Day | None = None
    purchases: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


class Contact(Given):
    """How the customer is named and reached from now on. Without ``loyalty`` that stays as it is."""

    name: Line
    email: Email = ""
    phone: Line = ""
    address: Long = ""
    salutation: Line = ""
    needs: Long = ""
    loyalty: Loyalty | None = None


class CustomerGiven(Given):
    """Whose complaint it is: ``key`` of a known customer, or who they are.

    The customer with the same ``number``, or with the same ``email`` and ``name``, is taken if there is one.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "Clara Customer", "email": "clara@example.org"}]},
    )

    key: Key | None = None
    name: Line = ""
    salutation: Annotated[Line, Field(max_length=100)] = ""
    email: Email = ""
    phone: Annotated[Line, Field(max_length=40)] = ""
    address: Annotated[Long, Field(max_length=1000)] = ""
    country: Country = ""
    language: Language = "en"
    number: Annotated[Line, Field(max_length=60)] = ""
    needs: Annotated[Long, Field(max_length=2000)] = ""


class RepresentativeGiven(Given):
    """Who speaks for the customer. Whether they may sign is set by a person, with the authority on file."""

    name: Annotated[Line, Field(min_length=1)]
    relation: Annotated[Line, Field(max_length=100)] = ""
    email: Email = ""
    phone: Annotated[Line, Field(max_length=40)] = ""


class Product(Given):
    """What a point is about, as printed on it or told."""

    subcategory: Annotated[Line, Field(max_length=120)] = ""
    product: Line = ""
    specification: Line = ""
    production_date: Annotated[Line, Field(max_length=40)] = ""
    batch: Annotated[Line, Field(max_length=80)] = ""
    used_when: Line = ""
    what_happens: Long = ""
    brand_before: Annotated[Line, Field(max_length=120)] = ""
    invoice_number: Annotated[Line, Field(max_length=80)] = ""


class Worth(Given):
    """What it is about in money, and what it did to the customer. The policy goes by it."""

    value: Money | None = None
    value_currency: Currency | Literal[""] = ""
    harm: Harm | Literal[""] = ""


class Registration(Given):
    """A complaint as it was told. ``signed_by`` is who puts their name to it, or else the token’s person."""

    customer: CustomerGiven
    representative: RepresentativeGiven | None = None
    story: Annotated[Long, Field(examples=["The kettle leaks."])]
    channel: Channel
    category: Category
    signed_by: Annotated[Line, Field(max_length=150)] | None = None
    title: Line = ""
    language: Language | None = None
    country: Country = ""
    sector: Sector = ""
    received_at: Past | None = None
    severity: Severity = Severity.MEDIUM
    formal: Flag | None = None
    wish: Long = ""
    anything_else: Long = ""
    letter_date: Day | None = None
    to_executive: Flag = False
    risk_public: Flag = False
    complained_about: Annotated[list[Line], Field(max_length=20, default_factory=list)]
    details: Product | None = None
    worth: Worth | None = None


class Sorting(Given):
    """What the complaint is about and how grave it is. Without ``worth`` that stays as it is."""

    title: Annotated[Line, Field(max_length=200)]
    category: Category
    severity: Severity
    language: Language
    formal: Flag = False
    to_executive: Flag = False
    risk_public: Flag = False
    sector: Sector | None = None
    details: Product | None = None
    worth: Worth | None = None


class Dispatch(Given):
    """When and how a letter went."""

    on: Day
    kind: DispatchKind
    number: Annotated[Line, Field(max_length=60)] = ""


class Returned(Given):
    """When a letter came back, and what the post says."""

    on: Day
    why: Annotated[Line, Field(max_length=300)] = ""


class Resolution(Given):
    """What was done in this contact."""

    done: Long
    channel: Channel = Channel.PHONE
    override: Override = ""


class Understanding(Given):
    """The problem in our words; ``text`` is what is written to the customer about it, if anything."""

    understood: Long
    text: Long = ""
    subject: Line = ""
    channel: Channel = Channel.EMAIL
    override: Override = ""


class MessageGiven(ToCustomer):
    """Word to the customer, with or without an answer."""

    purpose: Purpose = Purpose.PROGRESS


class NoteGiven(Given):
    """A word among ourselves."""

    text: Long


class Assignment(Given):
    """Who handles it: the key or the e-mail address of a member of staff."""

    handler: Line


class Conflict(Given):
    """Who is complained about: keys or e-mail addresses of members of staff."""

    about: Annotated[list[Line], Field(max_length=20)]


class Why(Given):
    """The reason, in words."""

    why: Long = ""


class IssueGiven(Given):
    """One more point of the same complaint."""

    summary: Annotated[Line, Field(max_length=200)]
    category: Category
    details: Product | None = None


class FindingGiven(Given):
    """What was found, why, and the cause if it is known."""

    finding: Finding
    reasons: Long
    cause: Long = ""


class InquiryGiven(Given):
    """A neutral question. To one of: a colleague (key or e-mail), a department (name), a third party."""

    question: Long
    due_at: Future
    colleague: Line = ""
    department: Line = ""
    third_party: Line = ""


class Statement(Given):
    """What who was asked knows."""

    statement: Long


class RemedyGiven(Given):
    """One thing that will be done. ``issue`` is the point's position; ``after`` the line it waits for.

    ``amount`` goes to the customer, ``cost`` is what the house bears; null: not known yet.
    """

    kind: RemedyKind
    description: Annotated[Line, Field(min_length=1, max_length=200)]
    issue: Number | None = None
    amount: Money | None = None
    cost: Money | None = None
    little_more: Flag = False
    department: Line = ""
    within_days: Days = 7
    after: Number | None = None


class CustomerPartGiven(Given):
    """One thing that the customer does in return."""

    description: Annotated[Line, Field(min_length=1, max_length=200)]
    within_days: Days = 14


class PlanGiven(Given):
    """A new version of the plan. ``departure``: why it is not what the policy proposes."""

    currency: Currency
    remedies: Annotated[list[RemedyGiven], Field(max_length=50)]
    proposal: Long = ""
    prevention: Long = ""
    departure: Long = ""
    customer_parts: Annotated[tuple[CustomerPartGiven, ...], Field(max_length=20)] = ()


class Word(Given):
    """The leadership’s word on a version of the plan."""

    note: Long = ""


class OfferGiven(ToCustomer):
    """``text`` is what the customer signs, beside the remedies; ``notice`` is the message that brings it."""

    notice: Long = ""
    expires_at: Future | None = None


class Signature(Given):
    """The name typed, the one-time code, and by its SHA-256 the text that was shown to the customer.

    ``paper``: instead of these, the signed paper that lies there was checked and is as it should be.
    """

    signed_name: Line = ""
    paper: Flag = False
    code: Annotated[Line, Field(max_length=20)] = ""
    shown_sha256: Annotated[Line, Field(max_length=64)] = ""


class Refusal(ToCustomer):
    """The no with its reasons, and where the customer can turn."""

    where_to_turn: Long


class PaperGiven(Given):
    """A settlement signed on paper; ``scan`` is the key of a document on the case."""

    signed_name: Line
    scan: Line
    signed_on: Day | None = None


class Entrusted(Given):
    """Who outside the house carries a duty out, and in which language they read; none: the house's."""

    name: Annotated[Line, Field(min_length=1, max_length=150)]
    email: Email = ""
    language: Language | None = None


class Proof(Given):
    """How it shows: a payment reference, a dispatch number; ``document`` is the key of a file on the case."""

    proof: Annotated[Line, Field(max_length=200)]
    document: Line = ""


class Dissatisfaction(FromCustomer):
    """The customer says no, or only partly."""

    partly: Flag = False


class Referral(ToCustomer):
    """Who is responsible, and how to reach it."""

    third_party: Long


class Merger(Given):
    """The key of the complaint that carries on."""

    into: Line
