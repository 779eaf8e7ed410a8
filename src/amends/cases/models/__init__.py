"""The complaint and all that hangs on it. Rows are changed only by ``cases.actions``."""

from amends.cases.models.clock import Clock
from amends.cases.models.coaching import CoachCount, CoachRules
from amends.cases.models.complaint import Complaint, ComplaintQuerySet, ReferenceYear
from amends.cases.models.duty import Duty
from amends.cases.models.event import Event
from amends.cases.models.follow_up import FollowUp
from amends.cases.models.house_rule import HouseRule, Office
from amends.cases.models.inquiry import Inquiry
from amends.cases.models.issue import Issue
from amends.cases.models.meeting import Meeting
from amends.cases.models.message import Document, Message
from amends.cases.models.plan import Approval, CustomerPart, Plan, Remedy
from amends.cases.models.policy import PolicyVersion
from amends.cases.models.proceeding import Proceeding
from amends.cases.models.review import ReviewPlaces
from amends.cases.models.settlement import Agreement, Offer, SignedPaper, SigningCode

__all__ = [
    "Agreement",
    "Approval",
    "Clock",
    "CoachCount",
    "CoachRules",
    "Complaint",
    "ComplaintQuerySet",
    "CustomerPart",
    "Document",
    "Duty",
    "Event",
    "FollowUp",
    "HouseRule",
    "Inquiry",
    "Issue",
    "Meeting",
    "Message",
    "Offer",
    "Office",
    "Plan",
    "PolicyVersion",
    "Proceeding",
    "ReferenceYear",
    "Remedy",
    "ReviewPlaces",
    "SignedPaper",
    "SigningCode",
]
