"""A made-up letter in each language, to see what a letterhead or a text looks like on paper."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from amends.correspondence.letterheads import house_of
from amends.correspondence.letters.case_file import CaseFile, case_from
from amends.correspondence.models import Letterhead
from amends.correspondence.phrasebook import example_case

LOOKED_AT = "progress"  # the text that shows a letterhead: on one page, with greeting, text and close


@cache
def made_up_case(language: str) -> CaseFile:
    """The language's made-up case, with a house of its own."""
    return case_from(example_case(language), folder=Path(), house="", today=date.min)


def sample_case(language: str, letterhead: Letterhead) -> CaseFile:
    """The language's made-up case, as this house would write to it."""
    return replace(made_up_case(language), house=house_of(letterhead), place=letterhead.place)
