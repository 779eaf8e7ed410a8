from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models.complaint import Complaint
from amends.cases.models.message import Document
from amends.cases.models.plan import Plan
from amends.kit.keys import new_key
from amends.people.languages import LANGUAGES
from amends.people.models import StaffMember


class OfferAnswer(models.TextChoices):
    """What became of an offer. Silence is never consent: it lapses."""

    OPEN = "open", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    COUNTERED = "countered", _("Asked for something else")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")
    ENDED = "ended", _("Ended with the complaint")


# What the customer did not want: the same plan is not the next thing to offer.
NOT_WANTED = (OfferAnswer.COUNTERED, OfferAnswer.DECLINED)


class Offer(models.Model):
    """One round of the negotiation: what we proposed, and what the customer said (mission B5, E14)."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="offers")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="offers")
    round = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))  # our words, which the settlement begins with
    settlement = models.TextField(default="")  # exactly what both see, and sign; fixed when the offer is made
    settlement_sha256 = models.CharField(max_length=64, default="")
    withdrawal = models.JSONField(default=dict)  # the right that its text gives: rule, length, unit
    remind_at = models.DateTimeField(null=True, blank=True)  # None as well once it is answered
    reminded_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(StaffMember, models.PROTECT, related_name="offers")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("stands until"))
    answer = models.CharField(max_length=9, choices=OfferAnswer.choices, default=OfferAnswer.OPEN)
    answer_words = models.TextField(_("in the customer’s words"), blank=True)
    wishes = models.JSONField(default=list)  # what was asked for instead: kind, sum, currency
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round",)
        constraints = (
            models.UniqueConstraint(fields=("complaint", "round"), name="offer_round"),
            models.UniqueConstraint(
                fields=("complaint",),
                condition=models.Q(answer="open"),
                name="one_offer_on_the_table",
            ),
        )
        indexes = (
            models.Index(
                fields=("expires_at",), condition=models.Q(answer="open"), name="offers_on_the_table"
            ),
            models.Index(
                fields=("remind_at",),
                condition=models.Q(reminded_at__isnull=True, remind_at__isnull=False),
                name="offers_to_remind_of",
            ),
        )


class SigningCode(models.Model):
    """A one-time code sent to the signer's address.

    The code itself is stored nowhere: it follows from the row and the house's secret (``cases.signing``),
    so nobody who reads the file or the database can sign for the customer.
    """

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="codes")
    nonce = models.CharField(max_length=16, default=new_key)
    sent_to = models.CharField(max_length=254)
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)


class SignedPaper(models.Model):
    """A settlement signed on paper, as it came: whoever puts it here, somebody else checks it."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="papers")
    scan = models.ForeignKey(Document, models.PROTECT, related_name="+")
    signed_name = models.CharField(_("signed by"), max_length=200)
    signed_on = models.DateField(_("date on the paper"), null=True, blank=True)
    brought_by = models.ForeignKey(StaffMember, models.PROTECT, related_name="papers_brought")
    brought_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="papers_checked"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True)  # None: nobody has checked it yet
    why_not = models.TextField(_("what is wrong with it"), blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("offer",), condition=models.Q(accepted__isnull=True), name="one_paper_to_check"
            ),
        )


class AgreementEnd(models.TextChoices):
    """How an agreement came to be in force no more."""

    FULFILLED = "fulfilled", _("Everything was done")
    WITHDRAWN = "withdrawn", _("The customer withdrew from it")
    ENDED = "ended", _("Ended with the complaint")


class Agreement(models.Model):
    """What both sides agreed, with the text both saw (mission E9). In force until ``ended_at``; a complaint
    has at most one in force.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="agreements")
    offer = models.OneToOneField(Offer, models.PROTECT, related_name="agreement")
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=10, choices=LANGUAGES)
    signed_name = models.CharField(_("signed by"), max_length=200)
    signed_as = models.CharField(max_length=14)  # customer or representative
    signed_at = models.DateTimeField()
    means = models.CharField(max_length=5)  # code or paper
    sent_to = models.CharField(max_length=254, blank=True)  # where the code went
    scan = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    checked_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="agreements_checked"
    )  # who compared the paper
    authority = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )  # the representative's
    drawing = models.TextField(blank=True)  # a drawn signature, as the path of an SVG
    withdraw_until = models.DateTimeField(null=True, blank=True)  # where the law gives such a time
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=9, choices=AgreementEnd.choices, blank=True)
    pdf = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")  # sealed
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("complaint",),
                condition=models.Q(ended_at__isnull=True),
                name="one_agreement_in_force",
            ),
        )

    @property
    def stands(self) -> bool:
        """Whether it is in force, or was until everything was done."""
        return self.ended_at is None or self.ended_how == AgreementEnd.FULFILLED
