"""Words about the standard texts: the names of languages, and why one has fallen behind."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from amends.correspondence.house_texts.stale import Change
from amends.people.languages import LANGUAGES

register = template.Library()
NAMES = dict(LANGUAGES)


@register.filter
def language_words(code: str) -> str:
    """A language by its own name: sv is Svenska."""
    return NAMES[code]


@register.filter
def behind_words(change: Change) -> str:
    """Which language said something new, when, and who wrote it."""
    language = NAMES[change.language]
    if change.at is None:
        return gettext("The program’s text in %(language)s says something new.") % {"language": language}
    said = {"language": language, "day": date_format(timezone.localdate(change.at)), "who": change.by}
    if not change.by:
        return gettext("%(language)s has said something new since %(day)s.") % said
    return gettext("%(language)s has said something new since %(day)s, by %(who)s.") % said
