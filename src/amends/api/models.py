"""Bearer tokens: how programs are let in."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.kit.keys import new_key
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability


class Token(models.Model):
    """A program's right to act in the name of one member of staff, and never to do more than they may.

    Only the SHA-256 of the secret is kept. The secret has 256 random bits, so nobody finds it by trying,
    and a fast digest is enough.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="tokens", verbose_name=_("acts for"))
    name = models.CharField(_("name"), max_length=100)
    scopes = models.JSONField(_("scopes"), default=list)
    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the token may do: its scopes, as far as its member of staff still has them."""
        return frozenset(Capability(s) for s in self.scopes) & self.staff.capabilities

    def works(self, at: datetime) -> bool:
        """Whether it lets a program in at this moment."""
        ended = self.revoked_at is not None or (self.expires_at is not None and self.expires_at <= at)
        return self.staff.is_active and not ended
