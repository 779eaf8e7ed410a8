"""What the pages of a negotiation say: changes between plans, pages of a scan."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Document, Plan
from amends.cases.plan_changes import ADDED, CHANGED, REMOVED, SAME, Change, Comparison
from amends.correspondence.sealing.scan_pages import pages_of

register = template.Library()

CHANGES: Mapping[str, Promise] = {
    SAME: _("As before"),
    CHANGED: _("Changed"),
    ADDED: _("Added"),
    REMOVED: _("Left out"),
}


@register.filter
def change_words(how: str) -> str:
    """What happened to a line."""
    return str(CHANGES[how])


@register.filter
def both(compared: Comparison) -> tuple[Plan, Plan]:
    """The two versions."""
    return compared.before, compared.after


@register.filter
def of(rows: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds under a key."""
    return rows.get(key)


@register.simple_tag
def differs(change: Change, name: str, words: object) -> SafeString:
    """The words, marked where this part of the line is another one than in the other version."""
    return format_html("<mark>{}</mark>" if name in change.fields else "{}", words)


@register.filter
def pages(scan: Document) -> range:
    """The pages of a scan that can be shown."""
    return range(1, pages_of(scan) + 1)
