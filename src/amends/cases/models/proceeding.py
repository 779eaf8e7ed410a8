from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models.complaint import Complaint
from amends.kit.keys import new_key


class Proceeding(models.Model):
    """The complaint with a body outside: a board, an ombudsman, an authority. One at a time is open.

    ``wants_answer``: the body handed it to us, and we answer it by ``answer_by`` or by what the rules say.
    Else we know only that the customer turned to it, on ``since``.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="proceedings")
    body = models.CharField(_("body outside"), max_length=200)
    reference = models.CharField(_("its reference"), max_length=80, blank=True)
    wants_answer = models.BooleanField(default=True)
    since = models.DateTimeField()
    answer_by = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)

    class Meta:
        ordering = ("noted_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("complaint",), condition=models.Q(ended_at__isnull=True), name="one_body_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.body
