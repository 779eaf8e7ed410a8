"""Words to a customer that nobody has sent yet."""

from django.db import models

from amends.cases.models import Complaint
from amends.kit.keys import new_key
from amends.people.models import StaffMember


class ComposerDraft(models.Model):
    """What one person is writing in the form of one step. Each has their own: nobody overwrites anybody's."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="drafts")
    step = models.CharField(max_length=40)
    author = models.ForeignKey(StaffMember, models.CASCADE, related_name="drafts")
    fields = models.JSONField(default=dict)
    page = models.CharField(max_length=120, blank=True)  # the key of the form in which it was saved last
    saved_at = models.DateTimeField()
    saved_number = models.PositiveIntegerField(default=0)  # of that page's savings: a late one loses
    events_seen = models.PositiveIntegerField(default=0)  # how far the case was when it was begun
    reader = models.ForeignKey(
        StaffMember, models.SET_NULL, null=True, blank=True, related_name="texts_to_read"
    )
    reading_word = models.TextField(blank=True)  # what the author says to the reader
    reading_fields = models.JSONField(default=dict, blank=True)  # as it stood when the reader was asked
    reading_asked_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    reading_good = models.BooleanField(null=True)
    reading_note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("complaint", "step", "author"), name="one_draft_each"),
        )
        indexes = (
            models.Index(
                fields=("reader", "reading_asked_at"),
                condition=models.Q(reading_asked_at__isnull=False, read_at__isnull=True),
                name="texts_to_read",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.complaint_id}"

    @property
    def version(self) -> str:
        """What was saved last, as a page names it that has seen it."""
        return f"{self.page}:{self.saved_number}"

    @property
    def changed_since_asked(self) -> bool:
        """Whether it was written on after the reader got it."""
        return bool(self.fields != self.reading_fields)
