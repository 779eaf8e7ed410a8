"""Every standard text, filled from a case, is one that the language coach would let go out."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from amends.cases.coaching import KIND_OF
from amends.coach.draft import coach
from amends.coach.owed import MUST
from amends.coach.sentences.codes import SENTENCE_CODES
from amends.coach.whole.case import Case, PlannedRemedy
from amends.correspondence.letters.sample import made_up_case
from amends.correspondence.phrasebook import letter_needs
from amends.people.languages import LANGUAGES
from tools.coach_texts import standard_texts


def case_for(language: str, name: str) -> Case:
    values: Mapping[str, Any] = made_up_case(language).values
    stage, _, decision = KIND_OF[name.removesuffix("-phone")].partition(".")
    money = values["amount"]
    turn = values["third_party"] if stage == "referral" else values["where_to_turn"]
    return Case(
        language=language,
        stage=stage,
        decision=decision or None,
        remedies=(
            PlannedRemedy("refund", Decimal(money.amount), money.currency, values["done_by"].isoformat()),
            PlannedRemedy("replacement", by=values["shipped_on"].isoformat()),
        ),
        found=[str(values[name]) for name in ("findings", "reasons")],
        days=[values[name].isoformat() for name in ("word_by", "answer_by", "first_word_by", "expires")],
        letter_dated=values["received"].isoformat(),
        reference=made_up_case(language).reference,
        third_party=str(turn).split(",")[0],
    )


def test_each_text_has_its_kind() -> None:
    assert {name.removesuffix("-phone") for name in letter_needs()} == set(KIND_OF)


@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
@pytest.mark.parametrize("name", sorted(letter_needs()))
def test_a_standard_text_has_what_it_must_have_and_hurts_nobody(name: str, language: str) -> None:
    body = standard_texts(language)[name]
    read = coach(body, language=language, reader="en", case=case_for(language, name))
    missing = [lack.code for lack in read.lacks if lack.level == MUST]
    held_up = [(one.code, one.text) for one in read.findings if one.level == MUST]
    assert (missing, held_up) == ([], []), body


@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
def test_the_coach_has_no_advice_for_the_sentences_of_our_own_texts(language: str) -> None:
    advised = [
        (name, one.code, one.text)
        for name, body in standard_texts(language).items()
        for one in coach(body, language=language, reader="en").findings
        if one.code in SENTENCE_CODES
    ]
    assert advised == []
