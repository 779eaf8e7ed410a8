"""One letter to everybody whom the same cause touched."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Complaint, Message
from amends.kit.keys import new_key
from amends.people.models import StaffMember


class MassLetter(models.Model):
    """What is written, in each language, and to whom it was decided to go."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Being written")
        GOING_OUT = "going_out", _("Going out")
        OUT = "out", _("Out")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    title = models.CharField(_("cause"), max_length=200)
    criteria = models.JSONField(default=dict)  # by what the complaints were found
    texts = models.JSONField(default=dict)  # language → {"subject", "text"}
    channel = models.CharField(max_length=12)  # letter, or e-mail to those who have one
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(StaffMember, models.PROTECT, related_name="mass_letters")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.title


class MassLetterTo(models.Model):
    """One complaint whose customer gets it, and the message that was made of it."""

    letter = models.ForeignKey(MassLetter, models.CASCADE, related_name="to")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="mass_letters")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True)
    left_out = models.BooleanField(default=False)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("letter", "complaint"), name="one_letter_each"),)
