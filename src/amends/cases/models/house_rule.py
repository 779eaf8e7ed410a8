"""What a house adds to the rules of its countries, and when it works."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models import StaffMember
from amends.rules.statutes import SECTORS, Consequence, Meets, Trigger, Unit


class Office(models.Model):
    """Where the house works, and when. One row; ``version`` rises with each change of it or of a rule."""

    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region, for its holidays"), max_length=20, blank=True)
    sector = models.CharField(
        _("trade"), max_length=20, choices=[(s, s) for s in SECTORS], default=SECTORS[0]
    )
    closed_days = models.JSONField(default=list, blank=True)  # ISO dates on which the house is closed
    opens = models.TimeField(_("opens"), null=True, blank=True)  # by the house's own clocks; with ``closes``
    closes = models.TimeField(_("closes"), null=True, blank=True)  # neither said: the whole working day
    warn_share = models.DecimalField(
        _("warn when this share of the time is left"), max_digits=3, decimal_places=2, default="0.25"
    )
    ladder_days = models.JSONField(
        default=list, blank=True
    )  # days late at which a case rises, level by level
    remind_days = models.PositiveSmallIntegerField(
        _("days before an offer ends, to remind of it"), default=3
    )  # 0: no reminder
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(opens__isnull=True, closes__isnull=True)
                | models.Q(opens__isnull=False, closes__isnull=False, opens__lt=models.F("closes")),
                name="opens_before_it_closes",
            ),
        )


class HouseRule(models.Model):
    """A rule of the house's own, or one of a pack as the house has it. ``off`` switches the pack's off.

    Rows are never changed: a new one with the same name takes the place of the one before.
    """

    name = models.CharField(_("name"), max_length=60)  # the pack's id where it stands in its place
    country = models.CharField(_("country"), max_length=3, blank=True)  # empty: all
    sectors = models.JSONField(_("trades"), default=list)
    clock = models.CharField(_("clock"), max_length=20)
    trigger = models.CharField(
        _("counted from"), max_length=24, choices=[(t.value, t.value) for t in Trigger]
    )
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=14, choices=[(u.value, u.value) for u in Unit])
    meets = models.CharField(max_length=8, choices=[(m.value, m.value) for m in Meets])
    consequence = models.CharField(max_length=24, choices=[(c.value, c.value) for c in Consequence])
    pausable = models.BooleanField(default=False)
    rolls = models.BooleanField(default=False)  # a last day that is a day off moves to the next working day
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    off = models.BooleanField(_("switched off"), default=False)
    replaced = models.BooleanField(default=False)  # a later row has the same name
    taken_back = models.BooleanField(default=False)  # says only that the one before holds no more
    at = models.DateTimeField()
    by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
