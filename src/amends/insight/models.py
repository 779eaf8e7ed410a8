"""What is reckoned from cases and kept for a while: it can be thrown away and reckoned anew."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import CURRENCIES, FollowUpAnswer
from amends.cases.models import Complaint, PolicyVersion
from amends.kit.keys import new_key
from amends.people.models import StaffMember


class Bucket(models.TextChoices):
    """How a past case would have fared by the policy that is tried."""

    MORE = "more", _("Would have got more")
    SAME = "same", _("Would have got the same")
    LESS = "less", _("Would have got less")
    OPEN = "open", _("Cannot be compared")  # another currency, or a sum that the policy leaves to a person


class PolicyTrial(models.Model):
    """One trial of one version over the complaints that came in a period (both days included)."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    policy = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="trials")
    table_sha256 = models.CharField(max_length=64)  # of the table that was tried: a draft changes
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    by = models.ForeignKey(StaffMember, models.PROTECT)
    at = models.DateTimeField()
    looked_at = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(null=True)  # None: not begun yet
    done_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)  # see ``insight.trial.tally``

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.policy_id} {self.since}–{self.until}"


class TrialCase(models.Model):
    """One past case in a trial. Sums are what it cost the house, in ``currency``."""

    trial = models.ForeignKey(PolicyTrial, models.CASCADE, related_name="cases")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="+")
    currency = models.CharField(max_length=3, choices=CURRENCIES)
    then = models.DecimalField(max_digits=12, decimal_places=2)
    now = models.DecimalField(max_digits=12, decimal_places=2)
    bucket = models.CharField(max_length=4, choices=Bucket.choices)
    answer = models.CharField(max_length=6, choices=FollowUpAnswer.choices, blank=True)
    level = models.PositiveSmallIntegerField()  # the lowest that could have approved it

    class Meta:
        indexes = (models.Index(fields=("trial", "bucket", "id"), name="trial_bucket"),)
