from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import NOT_REACHED, Channel, DispatchKind, MessageStatus, Purpose
from amends.cases.models.complaint import Complaint
from amends.kit.keys import new_key
from amends.people.languages import LANGUAGES
from amends.people.models import Representative, StaffMember


class Direction(models.TextChoices):
    """From the customer, to the customer, or among ourselves."""

    IN = "in", _("From the customer")
    OUT = "out", _("To the customer")
    INSIDE = "inside", _("Internal note")


class Message(models.Model):
    """Words that went one way or the other, over any channel, exactly as they were."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=6, choices=Direction.choices)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    purpose = models.CharField(max_length=16, choices=Purpose.choices, default=Purpose.OTHER)
    at = models.DateTimeField()
    author = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True)
    author_name = models.CharField(max_length=200)
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"))  # out: exactly what went; in: the new words
    quoted = models.TextField(blank=True)  # what an incoming mail quotes of earlier ones
    message_id = models.CharField(max_length=998, blank=True)  # with angle brackets, RFC 5322
    replies_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    calendar = models.TextField(blank=True)  # the iCalendar object that travels with it
    language = models.CharField(max_length=10, choices=LANGUAGES)
    status = models.CharField(max_length=12, choices=MessageStatus.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # if known: they answered it, or a receipt came
    dispatched_on = models.DateField(_("posted on"), null=True, blank=True)
    dispatch_kind = models.CharField(
        _("kind of dispatch"), max_length=12, choices=DispatchKind.choices, blank=True
    )
    dispatch_number = models.CharField(_("number of the dispatch"), max_length=60, blank=True)
    returned_on = models.DateField(_("came back on"), null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(fields=("complaint", "at"), name="messages_of_a_case"),
            models.Index(
                fields=("at",),
                condition=models.Q(status__in=[s.value for s in NOT_REACHED]),
                name="messages_not_reached",
            ),
            models.Index(fields=("at",), condition=models.Q(status="to_print"), name="letters_to_print"),
            models.Index(
                fields=("-sent_at", "-id"), condition=models.Q(status="dispatched"), name="letters_posted"
            ),
            models.Index(
                fields=("dispatch_number",),
                condition=~models.Q(dispatch_number=""),
                name="letters_by_number",
            ),
            models.Index(
                fields=("message_id",), condition=~models.Q(message_id=""), name="messages_by_message_id"
            ),
        )

    def __str__(self) -> str:
        return self.subject or self.body[:60]

    @property
    def incoming(self) -> bool:
        """Whether the customer wrote or said it."""
        return self.direction == Direction.IN

    @property
    def not_reached(self) -> bool:
        """Whether it did not reach the customer, or may not have: a person must see to it."""
        return self.status in NOT_REACHED


class Document(models.Model):
    """A file on the case: an invoice, a photo, a scan. The bytes lie under ``AMENDS_DATA_DIR``."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="documents")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="documents")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    from_customer = models.BooleanField(default=False)
    for_customer = models.BooleanField(default=False)  # whether the customer's link shows it
    authority_of = models.ForeignKey(
        Representative, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )  # by which this one may sign for the customer

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(
                fields=("authority_of", "at"),
                condition=models.Q(authority_of__isnull=False),
                name="authorities_on_file",
            ),
        )

    def __str__(self) -> str:
        return self.name
