"""What the process knows and says: the stages, the facts that its guards judge, the reasons that they give.

The order of things stands in ``lifecycle``, on one page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from amends.rules.authority import Spending, Spent
from amends.rules.capabilities import HIGHEST_LEVEL


class Stage(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    DECIDED = "decided"
    AWAITING_APPROVAL = "awaiting_approval"
    OFFERED = "offered"
    AGREED = "agreed"
    FULFILLING = "fulfilling"
    FOLLOWING_UP = "following_up"
    CLOSED = "closed"
    REFERRED = "referred"  # side exit: somebody else is responsible
    WITHDRAWN = "withdrawn"  # side exit: the customer took it back
    MERGED = "merged"  # side exit: told in another complaint


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the guards may know about a complaint at one moment; ``cases.facts`` reads it.

    Fields below the line are given by the step itself (the text being sent, the signature being made).
    Sums are in ``plan_currency``.
    """

    stage: Stage | None
    formal: bool = False
    level: int = 0  # the lowest at which somebody must act, as far as anybody stands so high
    highest_level: int = HIGHEST_LEVEL  # the highest at which somebody here could take it up
    handler_id: int | None = None
    handler_level: int = 0
    complained_about: frozenset[int] = frozenset()
    issues: int = 0
    issues_without_finding: int = 0
    issues_upheld: int = 0
    open_inquiries: int = 0  # not answered and no note why the decision does not wait for it
    said_back: bool = False
    plan_id: int | None = None
    plan_author_id: int | None = None
    plan_remedies: int = 0
    plan_approved: bool = False
    plan_sent_back: bool = False
    plan_cost: Decimal | None = None  # None: some remedy has no known cost
    plan_currency: str = ""
    plan_kinds: Mapping[str, Decimal] = field(default_factory=dict)  # its cost by kind of remedy
    plan_level: int = 0  # the lowest that may approve it by the policy
    plan_departs: bool = False  # from the policy, and nobody said why
    below_floor: bool = False  # it gives less than the law does
    spent_before: Decimal = Decimal(0)  # agreed in the same case before, in the plan's currency
    spent_this_month: Mapping[int, Spent] = field(default_factory=dict)  # by holder of the limits
    needs_two: bool = False  # above the sum that two people look at
    first_look_covers: bool = False  # who of the two said yes first had the authority
    first_look_by: int | None = None
    upheld_without_remedy: int = 0
    offer_expires_at: datetime | None = None
    withdraw_until: datetime | None = None  # so long the law lets the customer take the signature back
    paper_by: int | None = None  # a signed paper lies there to be checked: who put it there
    paper_waits: bool = False
    represented: bool = False  # somebody speaks for the customer
    pending: bool = False  # the leadership has not said its word on the plan yet
    remedies_without_duty: int = 0
    duties_without_proof: int = 0
    written_answer: bool = False
    unanswered: bool = False  # the customer had the last word
    answered: bool = False  # closed, and the customer has said whether it is good
    times_asked: int = 0
    follow_up_due: datetime | None = None
    # --- given by the step -------------------------------------------------------------------
    at: datetime | None = None
    signed_for: bool = False  # somebody or something put its name to the registration
    words: bool = False  # the step came with the text it needs
    customer_reached: bool = False  # a message goes to the customer, or a call was logged
    this_plan: int | None = None  # the plan that the approver or the customer saw
    signature: str = ""  # "code": name typed and one-time code right; "paper": scan on file and checked
    this_text: bool = True  # the text that was shown is the one that the offer holds
    signatory_may_sign: bool = True  # the customer, or a representative with authority on file
    authority: bool = True  # the paper by which a representative may sign is here
    third_party: bool = False
    other_is_open: bool = False  # merge: the complaint that carries on
    proof_fits: bool = True  # a duty's proof is of the kind that it asks for
    invitable: bool = True  # satisfied, wants invitations, and was not asked before
    review_place: bool = True  # the house has said where this customer can write a review
    waits: bool = False  # a duty that waits for another one still undone
    still_open: bool = True  # the inquiry, duty or offer at hand is not finished yet
    own_department: bool = True  # the inquiry or duty at hand is this person's or their department's
    candidate_level: int = 0  # assign: the person who would handle
    candidate_id: int | None = None
    may_pause: bool = True  # the clock at hand: its rule lets it wait for the customer
    may_extend: bool = True  # its rule permits an extension that was not used yet
    ahead: bool = True  # the appointed time lies ahead
    coach_missing: tuple[str, ...] = ()  # must-haves that the coach misses in the text, by its codes
    overridden: bool = False  # the step came with the reason why they may be missing

    @property
    def spending(self) -> Spending | None:
        """What the plan would spend; None where a cost is not known."""
        if self.plan_cost is None:
            return None
        return Spending(
            cost=self.plan_cost,
            currency=self.plan_currency,
            before=self.spent_before,
            kinds=self.plan_kinds,
            level=self.plan_level,
        )


class Reason(StrEnum):
    """Why a step is refused. Each has a sentence in five languages in ``cases/words.py``."""

    WRONG_STAGE = "wrong_stage"
    NOT_ALLOWED = "not_allowed"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    NOBODY_SIGNED = "nobody_signed"
    NOTHING_WRITTEN = "nothing_written"
    CUSTOMER_NOT_REACHED = "customer_not_reached"
    NO_HANDLER = "no_handler"
    HANDLER_COMPLAINED_ABOUT = "handler_complained_about"
    HANDLER_TOO_JUNIOR = "handler_too_junior"
    NO_ISSUE = "no_issue"
    ISSUE_WITHOUT_FINDING = "issue_without_finding"
    OPEN_INQUIRY = "open_inquiry"
    NOT_SAID_BACK = "not_said_back"
    NO_PLAN = "no_plan"
    UPHELD_WITHOUT_REMEDY = "upheld_without_remedy"
    COST_UNKNOWN = "cost_unknown"
    OWN_PLAN = "own_plan"
    BEYOND_AUTHORITY = "beyond_authority"
    NOT_THIS_PLAN = "not_this_plan"
    NOT_APPROVED = "not_approved"
    OFFER_EXPIRED = "offer_expired"
    NOT_SIGNED = "not_signed"
    MAY_NOT_SIGN = "may_not_sign"
    REMEDY_WITHOUT_DUTY = "remedy_without_duty"
    DUTY_WITHOUT_PROOF = "duty_without_proof"
    SOMETHING_UPHELD = "something_upheld"
    NO_WRITTEN_ANSWER = "no_written_answer"
    NOT_ASKED_ENOUGH = "not_asked_enough"
    CUSTOMER_SPOKE = "customer_spoke"
    NO_THIRD_PARTY = "no_third_party"
    OTHER_NOT_OPEN = "other_not_open"
    WAITS_FOR_ANOTHER = "waits_for_another"
    ALREADY_DONE = "already_done"
    NOT_YOURS = "not_yours"
    HIGHEST_LEVEL = "highest_level"
    NO_PAUSE = "no_pause"
    NO_EXTENSION = "no_extension"
    NOT_AHEAD = "not_ahead"
    COACH_MUST_HAVES = "coach_must_haves"
    DEPARTURE_UNEXPLAINED = "departure_unexplained"
    BELOW_LEGAL_FLOOR = "below_legal_floor"
    SECOND_PAIR_NEEDED = "second_pair_needed"
    ONE_PAIR_ENOUGH = "one_pair_enough"
    YOU_LOOKED_ALREADY = "you_looked_already"
    APPROVAL_PENDING = "approval_pending"
    NOT_THIS_TEXT = "not_this_text"
    SECOND_PERSON_CHECKS = "second_person_checks"
    PAPER_WAITS = "paper_waits"
    NO_WITHDRAWAL = "no_withdrawal"
    WRONG_PROOF = "wrong_proof"
    NOT_TO_BE_INVITED = "not_to_be_invited"
    NO_REVIEW_PLACE = "no_review_place"
    NOBODY_SPEAKS = "nobody_speaks"
    NO_AUTHORITY = "no_authority"
