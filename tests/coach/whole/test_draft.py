"""A whole letter, by itself and against its case."""

from typing import Any

import pytest

from amends.coach.draft import Coached, coach
from amends.coach.whole.case import WrongCase, read_case

pytestmark = pytest.mark.usefixtures("rules_alone")

LETTER = """Dear Ms Adair,

Thank you for your letter of 4 May about the freezer.

You lost the food of a whole week, and I understand how angry you are. I apologise for it.

I have looked into it myself. Our fitter left the door switch unplugged, because nobody had shown him this model.

We will refund £120.00 to your card by 20 May 2026. From this week two of us check every installation. I will ring \
you on 22 May to ask whether the money has come.

Yours sincerely,
Tom Reid
Cold & Co"""

CASE: dict[str, Any] = {
    "language": "en", "stage": "decision", "decision": "upheld", "issues": ["freezer not working"],
    "remedies": [
        {"kind": "refund", "amount": 120.0, "currency": "GBP", "by": "2026-05-20"},
        {"kind": "apology", "amount": None, "currency": None, "by": None},
    ],
    "letter_dated": "2026-05-04", "reference": "AM-2026-000123", "third_party": None, "customer_name": "Ms Adair",
}  # fmt: skip


def read(text: str = LETTER, **case: Any) -> Coached:
    return coach(text, language="en", reader="en", case=read_case(CASE | case))


def codes(coached: Coached) -> set[str]:
    return {finding.code for finding in coached.findings} | set(coached.missing)


def test_a_good_letter_is_left_alone() -> None:
    assert codes(read()) == set()


def test_the_steps_of_carp_have_their_places() -> None:
    carp = read().carp
    assert LETTER[slice(*carp["control"][0])].startswith("I have looked into it")
    assert LETTER[slice(*carp["acknowledge"][0])].startswith("You lost the food")
    assert any(LETTER[a:b].startswith("Our fitter") for a, b in carp["refocus"])
    assert LETTER[slice(*carp["problem-solve"][0])].startswith("We will refund")


@pytest.mark.parametrize(
    ("cut", "put", "code"),
    [
        ("Thank you for your letter of 4 May about the freezer.", "This is about your freezer, AM-2026-000123.", "no-thanks"),
        (" I apologise for it.", "", "no-apology"),
        (" Our fitter left the door switch unplugged, because nobody had shown him this model.", "", "no-reason"),
        ("We will refund £120.00 to your card by 20 May 2026. ", "", "no-remedy"),
        (" From this week two of us check every installation.", "", "no-prevention"),
        (" I will ring you on 22 May to ask whether the money has come.", "", "no-next-step"),
        (" of 4 May", "", "no-reference"),
        ("£120.00", "£210.00", "sum-not-in-plan"),
        ("20 May 2026", "20 June 2026", "date-not-in-plan"),
        ("We will refund", "We will send you a gift voucher. We will refund", "remedy-not-in-plan"),
        ("Tom Reid", "[name]", "unfilled-placeholder"),
        ("Ms Adair", "Ms XXX", "unfilled-placeholder"),
    ],
)  # fmt: skip
def test_one_fault_raises_its_code_and_no_other(cut: str, put: str, code: str) -> None:
    assert cut in LETTER
    assert codes(read(LETTER.replace(cut, put))) == {code}


@pytest.mark.parametrize("language", ["en", "sv", "pl", "ms", "zh-hans"])
def test_the_letters_of_an_address_are_no_blanks_and_no_words(language: str) -> None:
    """A customer's link is made by chance: it may hold XX, a run of underscores or the words of a template."""
    link = "https://house.example/c/nXX522agXXX3___XxTBD.Nav%20name%20xx/"
    for after, blanks in (("xxx@house.example", []), ("[name]", ["[name]"])):
        found = coach(f"{link} {after}", language=language).findings
        assert [one.text for one in found if one.code == "unfilled-placeholder"] == blanks


def test_findings_against_the_plan_have_their_place_and_name_the_plan() -> None:
    (finding,) = read(LETTER.replace("£120.00", "£210.00")).findings
    assert (finding.text, finding.level) == ("£210.00", "must-have")
    assert "120.0 GBP" in finding.why


def test_a_point_that_is_not_spoken_of_is_named() -> None:
    lacks = read(issues=["freezer not working", "kitchen tiles scratched"]).lacks
    assert [lack.code for lack in lacks] == ["issue-unanswered"]
    assert "kitchen tiles scratched" in lacks[0].why


def test_a_no_owes_regret_and_a_way_on() -> None:
    text = (
        "Dear Ms Adair,\n\nThank you for your letter of 4 May. I understand how annoying this is.\n\nI have looked "
        "into it myself. We will not refund the freezer, because the plug was cut off. I will ring you on 22 May "
        "to hear your questions.\n\nYours sincerely,\nTom"
    )
    body = {"name": "Retail Ombudsman (RO)"}
    faulty = read(text, decision="rejected", remedies=[], third_party=body)
    assert {"no-regret", "no-signpost"} <= codes(faulty)
    better = text.replace(
        "I will ring", "I am sorry to say no. You may turn to the Retail Ombudsman. I will ring"
    )
    assert not {"no-regret", "no-signpost"} & codes(read(better, decision="rejected", third_party=body))


def test_a_solution_before_the_customer_is_heard() -> None:
    first = "We will refund £120.00 to your card by 20 May 2026. "
    moved = LETTER.replace(first, "").replace("You lost", first + "You lost")
    assert codes(read(moved)) == {"carp-order"}


def test_a_letter_in_another_language_is_said_and_read_in_its_own() -> None:
    swedish = (
        "Hej Ms Adair,\n\ntack för ditt brev den 4 maj. Vi förstår att det var tråkigt för dig och vi ber om ursäkt "
        "för det. Vi hör av oss när vi vet mer om vad som har hänt med frysen.\n\nHälsningar\nTom"
    )
    coached = read(swedish)
    assert coached.language == "sv"
    assert "wrong-language" in coached.missing
    assert "no-apology" not in coached.missing
    lack = next(lack for lack in coached.lacks if lack.code == "wrong-language")
    assert lack.why == "The customer writes English, and this text is in Swedish."


def test_when_we_ring_is_in_no_plan() -> None:
    assert "date-not-in-plan" not in codes(read(LETTER.replace("22 May", "23 May")))


def test_a_sum_beside_that_of_the_plan_is_no_promise() -> None:
    both = LETTER.replace("We will refund £120.00", "We will refund £120.00 of the £400.00 that you paid")
    assert codes(read(both)) == set()


def test_long_sentences_are_advice_and_no_finding() -> None:
    long = "I have looked into it myself and " + "then again " * 20 + "at the end."
    coached = coach(long, language="en")
    assert [row["code"] for row in coached.readability.advice] == ["long-sentence"]
    assert "long-sentence" not in codes(coached)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "not an object"),
        ({"remedies": [{"amount": 3}]}, "remedies\\[0\\]: needs a kind"),
        ({"remedies": [{"kind": "refund", "amount": "much"}]}, "remedies\\[0\\].amount"),
        ({"letter_dated": "May"}, "letter_dated"),
        ({"issues": "all"}, "issues: not a list"),
        ({"language": "xx"}, "language: “xx”"),
        ({"stage": 3}, "stage: not a text"),
    ],
)
def test_a_case_that_cannot_be_read_names_the_field(given: Any, said: str) -> None:
    with pytest.raises(WrongCase, match=said):
        read_case(given)


@pytest.mark.parametrize(("code", "key"), [("en", "9-xX-b"), ("en", "a-Msg-4"), ("ms", "4U2lax2u")])
def test_the_key_of_a_link_is_no_kiss(code: str, key: str) -> None:
    assert "chummy" in {one.code for one in coach(f"See {key.strip('49-ab')}", language=code).findings}
    assert coach(f"See https://house.example/c/{key}/", language=code).findings == []
