"""Letters that were printed together, so that nobody posts one of them twice."""

from django.db import models

from amends.cases.models import Message
from amends.kit.keys import new_key
from amends.people.models import StaffMember


class PrintRun(models.Model):
    """One PDF with a cover sheet: who printed it and when. It can be opened again as often as needed."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    printed_at = models.DateTimeField()
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="print_runs")
    two_sided = models.BooleanField(default=False)  # each letter begins on the front of a sheet
    letters = models.ManyToManyField(Message, through="PrintedLetter", related_name="print_runs")

    class Meta:
        ordering = ("-printed_at", "-pk")
        indexes = (models.Index(fields=("-printed_at", "-id"), name="print_runs_newest_first"),)

    def __str__(self) -> str:
        return self.key


class PrintedLetter(models.Model):
    """One letter of a run, at its place in the pile."""

    run = models.ForeignKey(PrintRun, models.CASCADE, related_name="printed")
    message = models.ForeignKey(Message, models.CASCADE, related_name="printed")
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("run", "message"), name="printed_once_in_a_run"),)
        indexes = (models.Index(fields=("run", "place"), name="letters_of_a_run"),)
