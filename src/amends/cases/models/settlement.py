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


class Offer(models.Model):
    """One round of the negotiation: what we proposed, and what the customer said (mission B5, E14)."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="offers")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="offers")
    round = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))  # exactly what the customer sees and signs
    made_by = models.ForeignKey(StaffMember, models.PROTECT, related_name="offers")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("stands until"))
    answer = models.CharField(max_length=9, choices=OfferAnswer.choices, default=OfferAnswer.OPEN)
    answer_words = models.TextField(_("in the customer’s words"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round",)
        constraints = (models.UniqueConstraint(fields=("complaint", "round"), name="offer_round"),)


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


class Agreement(models.Model):
    """What both sides agreed, with the text both saw (mission E9)."""

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
    scan = models.ForeignKey(Document, models.PROTECT, null=True, blank=True)
