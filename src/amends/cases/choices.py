"""The fixed vocabularies of a complaint, with the words that people see for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How the first word came, and how later words travel (mission D10)."""

    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    FORM = "form", _("Web form")
    CHAT = "chat", _("Chat")
    REVIEW = "review", _("Review site")
    IN_PERSON = "in_person", _("In person")
    PORTAL = "portal", _("Customer’s link")
    FILE = "file", _("Import")


class Category(models.TextChoices):
    """What it is about (mission C1)."""

    BILLING = "billing", _("Billing")
    PRICE = "price", _("Price")
    RESPONSE_TIME = "response_time", _("Response time")
    STAFF = "staff", _("Staff")
    DOCUMENTATION = "documentation", _("Documentation")
    PRODUCT = "product", _("Product")
    SERVICE = "service", _("Service")


class Finding(models.TextChoices):
    """What the investigation found of one issue (mission C2)."""

    JUSTIFIED = "justified", _("Justified")
    EXAGGERATED = "exaggerated", _("Exaggerated (justified in part)")
    UNTRUE = "untrue", _("Untrue")


UPHELD = (Finding.JUSTIFIED, Finding.EXAGGERATED)


class Severity(models.IntegerChoices):
    """How much it hurts, four levels."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")
    CRITICAL = 4, _("Critical: safety or livelihood")


class Harm(models.TextChoices):
    """What it did to the customer, beside the money."""

    NONE = "none", _("No harm")
    INCONVENIENCE = "inconvenience", _("Inconvenience")
    LOSS = "loss", _("Loss of money or property")
    DISTRESS = "distress", _("Distress")
    INJURY = "injury", _("Injury or danger to health")


class RemedyKind(models.TextChoices):
    """What puts it right (mission A9, E2, E4, E7; remedies of published ombudsman guidance)."""

    APOLOGY = "apology", _("Apology")
    EXPLANATION = "explanation", _("Explanation")
    REFUND = "refund", _("Refund")
    RETURN = "return", _("Return")
    REPLACEMENT = "replacement", _("Replacement by courier")
    REPAIR = "repair", _("Repair")
    DISCOUNT = "discount", _("Discount or price reduction")
    COMPENSATION = "compensation", _("Compensation")
    GOODWILL = "goodwill", _("Gesture of goodwill")
    GIFT = "gift", _("Gift")
    CORRECTION = "correction", _("Correction of records or invoice")
    VISIT = "visit", _("Visit")
    DISCUSSION = "discussion", _("Seat in an internal discussion")
    REWARD = "reward", _("Reward for the idea")


class ProofKind(models.TextChoices):
    """What shows that a duty was done."""

    PAYMENT = "payment", _("Payment reference")
    DISPATCH = "dispatch", _("Dispatch number")
    LETTER = "letter", _("Letter sent")
    PHOTO = "photo", _("Photo")
    NOTE = "note", _("Note of what was done")


PROOF_FOR: dict[str, ProofKind] = {
    RemedyKind.REFUND: ProofKind.PAYMENT,
    RemedyKind.DISCOUNT: ProofKind.PAYMENT,
    RemedyKind.COMPENSATION: ProofKind.PAYMENT,
    RemedyKind.GOODWILL: ProofKind.PAYMENT,
    RemedyKind.REPLACEMENT: ProofKind.DISPATCH,
    RemedyKind.GIFT: ProofKind.DISPATCH,
    RemedyKind.APOLOGY: ProofKind.LETTER,
    RemedyKind.EXPLANATION: ProofKind.LETTER,
}


class Purpose(models.TextChoices):
    """What a message to the customer is for."""

    RECEIPT = "receipt", _("Receipt")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    SAY_BACK = "say_back", _("What we understood")
    PROGRESS = "progress", _("Progress")
    OFFER = "offer", _("Offer")
    CODE = "code", _("One-time code")
    AGREEMENT = "agreement", _("Agreement")
    REFUSAL = "refusal", _("Decision: not upheld")
    REFERRAL = "referral", _("Referral")
    FOLLOW_UP = "follow_up", _("Is it good now?")
    CLOSING = "closing", _("Thanks at the end")
    DETAILS = "details", _("Request for details")
    DECISION = "decision", _("Decision: upheld, wholly or in part")
    COUNTER_ANSWER = "counter_answer", _("Answer to a counter-proposal")
    SHIPPING = "shipping", _("Shipping notice")
    REFUND = "refund", _("Refund notice")
    APOLOGY = "apology", _("Apology from a higher level")
    REVIEW = "review", _("Invitation to review")
    MASS = "mass", _("Letter to everybody concerned")
    MEETING = "meeting", _("Invitation to a talk")
    EXTENSION = "extension", _("Why it takes longer")
    REMINDER = "reminder", _("The offer stands a little longer")
    OTHER = "other", _("Other")


class MessageStatus(models.TextChoices):
    """Where a message is on its way."""

    RECEIVED = "received", _("Received")
    # Said on the phone or in person, or posted: nothing for the program to send.
    LOGGED = "logged", _("Logged")
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    # The mail server may have it or not: shown, and not repeated without a person's word.
    UNCERTAIN = "uncertain", _("May have been sent")
    FAILED = "failed", _("Not delivered")
    BOUNCED = "bounced", _("Came back undelivered")
    TO_PRINT = "to_print", _("To be printed and posted")
    DISPATCHED = "dispatched", _("Posted")
    RETURNED = "returned", _("Returned by the post")


# What went wrong on its way: a person must see to it.
NOT_REACHED = (
    MessageStatus.FAILED,
    MessageStatus.BOUNCED,
    MessageStatus.UNCERTAIN,
    MessageStatus.RETURNED,
)


class DispatchKind(models.TextChoices):
    """How a letter travels."""

    ORDINARY = "ordinary", _("Ordinary post")
    REGISTERED = "registered", _("Registered post")
    RECEIPT = "receipt", _("Registered, with advice of receipt")
    COURIER = "courier", _("Courier")
    BY_HAND = "by_hand", _("Handed over")


class MeetingKind(models.TextChoices):
    """How one talks with the customer at an appointed time."""

    CALL = "call", _("Phone call")
    VIDEO = "video", _("Video call")
    VISIT = "visit", _("Visit at the customer’s")
    HERE = "here", _("Meeting at our house")


class FollowUpAnswer(models.TextChoices):
    """Whether it was right, in the customer's own judgement."""

    YES = "yes", _("Yes, it is good")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    SILENT = "silent", _("Did not answer")


class Outcome(models.TextChoices):
    """How a complaint ended. Silence is never counted as satisfied."""

    SATISFIED = "satisfied", _("Satisfied")
    SILENT = "silent", _("Silent")
    REFERRED = "referred", _("Referred")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")


CURRENCIES: list[tuple[str, str]] = [(c, c) for c in ("EUR", "SEK", "PLN", "MYR", "CNY", "GBP", "USD", "AUD")]

# What is asked of the product (mission E6): fields of ``Issue``, in the order in which they are asked.
DETAILS = (
    "product",
    "specification",
    "production_date",
    "batch",
    "used_when",
    "what_happens",
    "brand_before",
    "invoice_number",
)
