"""How the house's letters look."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Letterhead(models.Model):
    """The house on its letters. The newest row holds; older ones stay, to explain old letters."""

    name = models.CharField(_("name of the house"), max_length=200, blank=True)  # empty: AMENDS_HOUSE_NAME
    address = models.TextField(_("postal address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    web = models.CharField(_("web site"), max_length=200, blank=True)
    register = models.CharField(_("register entry"), max_length=200, blank=True)
    place = models.CharField(_("place where letters are dated"), max_length=100, blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#222222")
    logo_sha256 = models.CharField(max_length=64, blank=True)  # its bytes lie with the documents
    logo_name = models.CharField(max_length=120, blank=True)
    paper = models.CharField(_("paper"), max_length=10, default="a4")
    layout = models.CharField(_("layout"), max_length=20, blank=True)  # empty: each language's own
    window = models.CharField(_("window of the envelope"), max_length=6, blank=True)  # empty: as usual there
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
