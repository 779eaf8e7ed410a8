"""What the correspondence keeps beside the complaints' own messages."""

from amends.correspondence.models.arrival import Arrival, MailSource
from amends.correspondence.models.draft import ComposerDraft
from amends.correspondence.models.letterhead import Letterhead
from amends.correspondence.models.mass import MassLetter, MassLetterTo
from amends.correspondence.models.print_run import PrintedLetter, PrintRun
from amends.correspondence.models.text import HouseText
from amends.correspondence.models.webhook import WebhookDelivery, WebhookEndpoint

__all__ = [
    "Arrival",
    "ComposerDraft",
    "HouseText",
    "Letterhead",
    "MailSource",
    "MassLetter",
    "MassLetterTo",
    "PrintRun",
    "PrintedLetter",
    "WebhookDelivery",
    "WebhookEndpoint",
]
