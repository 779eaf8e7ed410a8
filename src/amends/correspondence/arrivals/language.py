"""In which of the house's languages somebody wrote."""

from functools import cache
from typing import Any

from django.conf import settings

from amends.people.languages import LANGUAGES

SURE = 0.6  # of 1, among five languages
READ = 4000  # characters are enough
_OURS = {"en": "en", "sv": "sv", "pl": "pl", "ms": "ms", "zh": "zh-hans"}


def language_of(text: str) -> str:
    """The language of a text, one of the house's; the house's own where the words do not tell."""
    if not (words := text.strip()[:READ]):
        return house_language()
    language, sure = _identifier().classify(words)
    return _OURS[language] if sure >= SURE else house_language()


def house_language() -> str:
    """What the setting AMENDS_LANGUAGE says, if the house writes it."""
    language = settings.LANGUAGE_CODE.lower()
    return language if language in dict(LANGUAGES) else "en"


@cache
def _identifier() -> Any:
    """Read when it is first needed: numpy and the tables take a third of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_OURS))
    return identifier
