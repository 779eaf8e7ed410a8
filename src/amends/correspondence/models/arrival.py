"""Mail as it came in: kept before anything is read, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Complaint, Message
from amends.kit.keys import new_key


class Arrival(models.Model):
    """One message as it reached the house. Its bytes lie where ``documents.path_of(sha256)`` says.

    The row stands before the message is parsed, so that nothing is lost by a fault of ours. The same bytes
    twice are one arrival.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Not read yet")
        TAKEN = "taken", _("Taken in")  # a complaint of its own, or a message of one
        AUTOMATIC = "automatic", _("Written by a machine")  # bounce, out of office, list, loop: noted only
        REPEATED = "repeated", _("Came before")
        UNCLEAR = "unclear", _("A person must look at it")
        SET_ASIDE = "set_aside", _("Looked at: no complaint")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    source = models.CharField(max_length=40)  # "imap", "smtp", "pipe", "webhook" …
    arrived_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    why_unclear = models.CharField(max_length=40, blank=True)  # a code; its sentence stands in the desk
    auto = models.CharField(max_length=16, blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    problems = models.JSONField(default=list, blank=True)
    complaint = models.ForeignKey(
        Complaint, models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )  # where it went; of an unclear one, where it may belong
    became = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="arrivals")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("arrived_at", "pk")
        indexes = (
            models.Index(
                fields=("arrived_at",), condition=models.Q(state="waiting"), name="arrivals_waiting"
            ),
            models.Index(
                fields=("arrived_at",), condition=models.Q(state="unclear"), name="arrivals_unclear"
            ),
            models.Index(
                fields=("message_id",), condition=~models.Q(message_id=""), name="arrivals_by_message_id"
            ),
            models.Index(fields=("-arrived_at", "-id"), name="arrivals_newest_first"),
        )

    def __str__(self) -> str:
        return self.subject or self.sender or self.key


class MailSource(models.Model):
    """Where mail is fetched from or listened for, and whether that works. Never the password."""

    name = models.CharField(max_length=200, unique=True)  # imap://user@host/INBOX, as people may see it
    checked_at = models.DateTimeField(null=True, blank=True)  # when it last worked
    failing_since = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
