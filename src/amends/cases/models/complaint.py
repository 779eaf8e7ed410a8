"""The complaint itself, and how lists of them are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import CURRENCIES, Category, Channel, Harm, Outcome, Severity
from amends.kit.keys import new_key
from amends.kit.prepared import Prepared
from amends.people.languages import LANGUAGES
from amends.people.models import Customer, Department, Representative, StaffMember
from amends.rules.lifecycle import OPEN, Stage

_open_stages = sorted(OPEN)
_customers = Prepared(lambda key: Customer.objects.filter(pk=key))


class ReferenceYear(models.Model):
    """The last reference number given out in a year. Locked while one is taken, so there is no gap."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Questions about many complaints, said as speech."""

    def open(self) -> ComplaintQuerySet:
        """Those that still need somebody."""
        return self.filter(is_open=True)

    def visible_to(self, staff: StaffMember) -> ComplaintQuerySet:
        """All but those in which this person is complained about (mission B3, N6)."""
        about_them = Complaint.complained_about.through.objects.filter(
            complaint_id=models.OuterRef("pk"), staffmember_id=staff.pk
        )
        return self.filter(~models.Exists(about_them))

    def handled_by(self, staff: StaffMember) -> ComplaintQuerySet:
        """Those on this person's desk."""
        return self.filter(handler=staff)

    def unassigned(self) -> ComplaintQuerySet:
        """Those on nobody's desk."""
        return self.filter(handler__isnull=True)

    def overdue(self, at: datetime) -> ComplaintQuerySet:
        """Open ones whose nearest clock has run out."""
        return self.open().filter(due_at__lt=at)

    def for_rows(self) -> ComplaintQuerySet:
        """With what a row shows, in one query."""
        return self.select_related("customer", "handler").defer("story", "understood", "correction")


class Complaint(models.Model):
    """One customer's complaint, from the first word to the end.

    ``stage`` is assigned by ``cases.actions.door.take`` and by nothing else. ``is_open``, ``due_at``,
    ``due_kind`` and ``pressing_at`` repeat what stage and clocks say, so that a worklist is one indexed scan.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    stage = models.CharField(_("stage"), max_length=20, choices=[(s.value, s.value) for s in Stage])
    is_open = models.BooleanField(default=True)

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="complaints")
    representative = models.ForeignKey(Representative, models.SET_NULL, null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    country = models.CharField(_("country"), max_length=2, blank=True)
    sector = models.CharField(_("trade"), max_length=20, blank=True)  # empty: the house's own

    title = models.CharField(_("what it is about"), max_length=200)
    story = models.TextField(_("the story"))  # as told, never edited
    wish = models.TextField(_("what the customer wants"), blank=True)
    anything_else = models.TextField(_("anything else we should know"), blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity.choices, default=Severity.MEDIUM
    )
    value = models.DecimalField(
        _("what it is worth"), max_digits=12, decimal_places=2, null=True, blank=True
    )  # the price of what went wrong
    value_currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES, blank=True)
    harm = models.CharField(_("harm"), max_length=13, choices=Harm.choices, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    formal = models.BooleanField(_("formal (a letter)"), default=False)
    to_executive = models.BooleanField(_("addressed to the chief executive"), default=False)
    letter_date = models.DateField(_("date on the customer’s letter"), null=True, blank=True)
    risk_public = models.BooleanField(_("may go public"), default=False)

    received_at = models.DateTimeField(_("received"))  # when the first word reached the house
    registered_at = models.DateTimeField(_("registered"))  # when it was written down here
    signed_by = models.CharField(_("signed for by"), max_length=150)
    recorder = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="recorded")

    handler = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="handled")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)  # of who must act
    watch_level = models.PositiveSmallIntegerField(default=0)  # of who looks on, because we are late
    complained_about = models.ManyToManyField(StaffMember, blank=True, related_name="complained_about_in")

    understood = models.TextField(_("how we understood it"), blank=True)
    said_back_at = models.DateTimeField(null=True, blank=True)
    problem_confirmed_at = models.DateTimeField(null=True, blank=True)
    correction = models.TextField(_("the customer’s correction"), blank=True)

    due_at = models.DateTimeField(null=True, blank=True)
    due_kind = models.CharField(max_length=20, blank=True)
    pressing_at = models.DateTimeField(null=True, blank=True)  # by what it is ordered (rules.urgency)
    closed_at = models.DateTimeField(null=True, blank=True)
    wrote_after_end_at = models.DateTimeField(null=True, blank=True)  # and nobody has seen to it
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    referred_to = models.TextField(_("referred to"), blank=True)

    invited_to_review_at = models.DateTimeField(null=True, blank=True)  # once, and never for a gift
    current_plan = models.ForeignKey("Plan", models.SET_NULL, null=True, blank=True, related_name="+")
    link_generation = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(
        max_length=100, unique=True, null=True, blank=True
    )  # where an import took it from
    events_count = models.PositiveIntegerField(default=0)
    chain_head = models.CharField(max_length=64)

    objects: ClassVar[ComplaintQuerySet] = ComplaintQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_open=True, stage__in=_open_stages)
                | (models.Q(is_open=False) & ~models.Q(stage__in=_open_stages)),
                name="open_as_stage_says",
            ),
        )
        indexes = (
            models.Index(fields=("handler", "is_open", "due_at", "id"), name="on_a_desk"),
            models.Index(fields=("handler", "is_open", "pressing_at", "id"), name="pressing_on_a_desk"),
            models.Index(fields=("is_open", "due_at", "id"), name="worklist"),
            models.Index(fields=("stage", "due_at", "id"), name="by_stage"),
            models.Index(
                fields=("pressing_at", "id"),
                condition=models.Q(is_open=True, to_executive=True),
                name="written_to_the_top",
            ),
            models.Index(
                fields=("pressing_at", "id"),
                condition=models.Q(is_open=True, watch_level__gt=0),
                name="climbed",
            ),
            models.Index(
                fields=("wrote_after_end_at", "id"),
                condition=models.Q(wrote_after_end_at__isnull=False),
                name="wrote_after_the_end",
            ),
            models.Index(
                fields=("closed_at", "id"),
                condition=models.Q(outcome="satisfied", invited_to_review_at__isnull=True),
                name="to_be_invited",
            ),
            models.Index(fields=("-received_at", "-id"), name="newest_first"),
            models.Index(fields=("is_open", "-received_at", "-id"), name="open_newest_first"),
            models.Index(fields=("stage", "-received_at", "-id"), name="stage_newest_first"),
            models.Index(fields=("handler", "-received_at", "-id"), name="desk_newest_first"),
            models.Index(fields=("customer", "-received_at"), name="of_a_customer"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def watched_by(self) -> int:
        """The highest level that has it before its eyes: who must act, or who looks on."""
        return max(self.level, self.watch_level)

    @property
    def speaker(self) -> Customer | Representative:
        """Whom to write to: the representative if there is one, else the customer."""
        if self.representative is not None:
            return self.representative
        if not Complaint.customer.is_cached(self):
            self.customer = _customers.one(self.customer_id)
        return self.customer


# A complaint in the hands of whoever asked first, until the end of the transaction.
locked = Prepared(lambda key: Complaint.objects.select_for_update().filter(pk=key))
