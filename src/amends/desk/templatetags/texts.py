"""Words about the standard texts: the names of languages, and why one has fallen behind."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext

from amends.correspondence.house_texts.stale import Change
from amends.desk.templatetags.case import on_day
from amends.people.languages import LANGUAGES

register = template.Library()
NAMES = dict(LANGUAGES)


@register.filter
def language_words(code: str) -> str:
    """A language by its own name: sv is Svenska."""
    return NAMES[code]


@register.filter
def its_day(moment: datetime) -> str:
    """The day of a moment, in the house’s time zone and as the reader’s language says it."""
    return on_day(timezone.localdate(moment))


@register.filter
def behind_words(change: Change) -> str:
    """Which language said something new, when, and who wrote it."""
    language = NAMES[change.language]
    if change.at is None:
        return gettext("The program’s text in %(language)s says something new.") % {"language": language}
    said = {"language": language, "when": ", ".join(filter(None, (its_day(change.at), change.by)))}
    return gettext("%(language)s says something new (%(when)s).") % said
