"""The sentences of the standard texts, for the coach to learn that nothing is wrong with them.

Every letter text of a pack is filled with the language's own made-up case, and read as the composer reads
it. Nothing of this is copied into the corpus: who changes a text or the made-up case trains again
(``make coach``).
"""

import os
from functools import cache

import django
from django.apps import apps

from amends.coach.reading.language import language_of
from amends.coach.reading.sentences import sentences
from amends.coach.whole.letter import body, read_letter


@cache
def standard_texts(language: str) -> dict[str, str]:
    """The whole of every standard text by its name, filled: from greeting to signature, or as a call."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")
        django.setup()
    from amends.correspondence.letters.address import phone_frame
    from amends.correspondence.letters.letter import mail_said, say
    from amends.correspondence.letters.sample import made_up_case
    from amends.correspondence.phrasebook import letter_needs, pack_text
    from amends.correspondence.texts import framed

    case, filled = made_up_case(language), {}
    who = {"sender": case.signatory, "house": case.house.name, "reference": case.reference}
    for name in letter_needs():
        said = say(case, language, pack_text(language, name))
        if name.endswith("-phone"):
            filled[name] = framed(said.text, *phone_frame(case.customer, language, **who))
        else:
            filled[name] = mail_said(case, language, said).body
    return filled


@cache
def sentences_of_texts(language: str) -> tuple[str, ...]:
    """Each sentence between greeting and close once, in the order of the texts."""
    frame = language_of(language)
    bodies = (body(read_letter(sentences(text, frame), frame)) for text in standard_texts(language).values())
    return tuple(dict.fromkeys(line.sentence.text for lines in bodies for line in lines))
