from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models.complaint import Complaint
from amends.kit.keys import new_key
from amends.people.models import Department, StaffMember


class Inquiry(models.Model):
    """A neutral question to a colleague, a department or a third party, and their statement (mission B3)."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="inquiries")
    colleague = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("colleague"),
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("department"),
    )
    third_party = models.CharField(_("third party"), max_length=200, blank=True)
    question = models.TextField(_("question"))
    asked_by = models.ForeignKey(StaffMember, models.PROTECT, related_name="asked")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(_("answer by"))
    statement = models.TextField(_("statement"), blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    set_aside = models.TextField(_("why the decision does not wait for it"), blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("asked_at", "pk")
        indexes = (
            models.Index(fields=("colleague", "is_open", "due_at"), name="inquiries_to_me"),
            models.Index(fields=("department", "is_open", "due_at"), name="inquiries_to_us"),
        )

    def __str__(self) -> str:
        return self.question[:60]

    @property
    def addressee(self) -> str:
        """Whoever was asked, as a name."""
        return str(self.colleague or self.department or self.third_party)
