from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import ProofKind
from amends.cases.models.complaint import Complaint
from amends.cases.models.message import Document
from amends.cases.models.plan import Remedy
from amends.kit.keys import new_key
from amends.people.languages import LANGUAGES
from amends.people.models import Department


class Duty(models.Model):
    """What one department does for the agreement, and the proof that it was done (mission E10, C8)."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="duties")
    remedy = models.OneToOneField(Remedy, models.PROTECT, related_name="duty")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="duties")
    due_at = models.DateTimeField(_("due"))
    waits_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="holds_up")
    proof_kind = models.CharField(max_length=8, choices=ProofKind.choices)
    proof = models.CharField(_("proof"), max_length=300, blank=True)
    proof_document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)  # told that it is late, or soon will be
    nudges = models.PositiveSmallIntegerField(default=0)  # the rung of rules.nudging
    # Somebody without an account who does it for the department: a carrier, a workshop.
    entrusted_to = models.CharField(_("entrusted to"), max_length=150, blank=True)
    entrusted_email = models.EmailField(_("their e-mail"), blank=True)
    entrusted_language = models.CharField(_("their language"), max_length=10, choices=LANGUAGES, blank=True)
    link_generation = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("due_at", "pk")
        indexes = (
            models.Index(
                fields=("department", "due_at"), condition=models.Q(done_at__isnull=True), name="duties_to_do"
            ),
            models.Index(fields=("due_at",), condition=models.Q(done_at__isnull=True), name="duties_by_day"),
            models.Index(fields=("done_at", "id"), name="duties_done"),
        )

    def __str__(self) -> str:
        return self.remedy.description
