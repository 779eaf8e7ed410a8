"""What is found in a sentence: the right words in the right place, and nothing in an honest one."""

import pytest

from amends.coach.draft import sentence_findings
from amends.coach.reading.language import language_of

EN = language_of("en")


@pytest.mark.usefixtures("rules_alone")
def test_the_place_is_that_of_the_words() -> None:
    draft = "Thank you. We are sorry that you feel that way."
    (found,) = sentence_findings(draft, EN, "en")
    assert (found.code, draft[found.start : found.end]) == ("blame", "sorry that you feel")
    assert found.text == "sorry that you feel"
    assert found.wording == "I am sorry that we …"


@pytest.mark.usefixtures("rules_alone")
def test_an_honest_sentence_is_left_alone() -> None:
    assert sentence_findings("We are sorry that we delivered late.", EN, "en") == []


@pytest.mark.usefixtures("rules_alone")
def test_the_customers_own_words_are_not_ours() -> None:
    draft = "You wrote that we told you “we are sorry that you feel that way”, and you are right."
    assert sentence_findings(draft, EN, "en") == []


@pytest.mark.usefixtures("rules_alone")
def test_a_day_makes_a_promise_firm() -> None:
    assert [f.code for f in sentence_findings("We will let you know as soon as we have news.", EN, "en")] == [
        "vague"
    ]
    assert sentence_findings("We will let you know by 3 May, as soon as we have news.", EN, "en") == []


def test_reasons_come_in_the_readers_language() -> None:
    (found,) = sentence_findings("We are sorry that you feel that way.", EN, "pl")
    assert found.why == "Wyraża żal z powodu uczuć klienta, a nie z powodu tego, co go spotkało."


def test_an_empty_draft_holds_nothing() -> None:
    assert sentence_findings("", EN, "en") == []
    assert sentence_findings(" \n…\n", EN, "en") == []
