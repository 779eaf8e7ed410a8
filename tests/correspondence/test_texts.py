"""The standard texts of a case: one for every purpose, in five languages, never saying more than is known."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from amends.cases import actions
from amends.cases.choices import Channel, Finding, Purpose
from amends.cases.models import Complaint
from amends.correspondence.blanks import FROM_THE_CASE, ONLY_GIVEN
from amends.correspondence.letters.fields import FIELDS, Money
from amends.correspondence.phrasebook import letter_needs, phrases
from amends.correspondence.texts import TEXTS, draft_message, said_of, text_name
from amends.kit.clock import set_to
from amends.people.languages import LANGUAGES
from amends.people.models import Representative
from amends.rules.lifecycle import MAIN_WAY
from tests.conftest import MONDAY, House

CODES = [code for code, _ in LANGUAGES]
TALKS = {Purpose.MEETING}  # its texts are named by what becomes of the talk
PURPOSES = [purpose for purpose in Purpose if purpose not in TALKS]


def in_language(house: House, language: str) -> Complaint:
    return house.complaint(language=language)


def test_every_purpose_has_a_text(house: House) -> None:
    case = house.complaint()
    assert {*TEXTS} | TALKS == {*Purpose}
    assert [purpose for purpose in PURPOSES if text_name(purpose, case) not in letter_needs()] == []


def test_every_blank_that_the_case_fills_is_a_field_of_the_letters() -> None:
    assert (FROM_THE_CASE.keys() | ONLY_GIVEN) - FIELDS.keys() == set()
    assert FROM_THE_CASE.keys() & ONLY_GIVEN == set()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.LETTER, Channel.PHONE])
def test_no_blank_is_left_over(house: House, code: str, channel: str) -> None:
    case = in_language(house, code)
    values: dict[str, Any] = {name: f"<{name}>" for name in FIELDS}
    for purpose in PURPOSES:
        draft = draft_message(purpose, case, sender="Hanna", channel=channel, **values)
        assert "$" not in draft.subject + draft.body, purpose
        assert "\n" not in draft.subject
        assert 0 < len(draft.subject) <= 200
        assert draft.body == f"{draft.greeting}\n\n{draft.text}\n\n{draft.close}"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.PHONE])
def test_what_nothing_fills_is_left_out(house: House, code: str, channel: str) -> None:
    case = in_language(house, code)
    with set_to(MONDAY):
        drafts = [
            draft_message(purpose, case, channel=channel) for purpose in PURPOSES if purpose != Purpose.CODE
        ]
    for draft in drafts:
        assert "$" not in draft.body
        assert [p for p in draft.text.split("\n\n") if p.endswith((":", "：", ": "))] == []
        assert "2026-00001" in draft.subject or "The kettle leaks" in draft.subject


def test_mail_and_letter_say_the_same_words(house: House) -> None:
    case = house.complaint()
    for purpose in PURPOSES:
        mail, letter = (
            draft_message(purpose, case, channel=channel, code="123456")
            for channel in (Channel.EMAIL, Channel.LETTER)
        )
        assert mail == letter


@pytest.mark.parametrize("code", CODES)
def test_every_stage_on_the_way_says_what_comes_next(code: str) -> None:
    assert list(phrases(code)["next"]) == [stage.value for stage in MAIN_WAY[:-1]]


@pytest.mark.parametrize(
    ("code", "first_word", "word"),
    [
        ("en", "by 3 March 2026.", "by 7 March 2026,"),
        ("sv", "senast den 3 mars 2026.", "senast den 7 mars 2026,"),
        ("pl", "do 3 marca 2026 r. napisze", "do 7 marca 2026 r. –"),
        ("ms", "pada 3 Mac 2026.", "pada 7 Mac 2026,"),
        ("zh-hans", "在2026年3月3日之前给您", "在2026年3月7日之前与您"),
    ],
)
def test_days_are_written_as_the_language_writes_them(
    house: House, code: str, first_word: str, word: str
) -> None:
    case = in_language(house, code)
    with set_to(MONDAY):
        assert first_word in draft_message(Purpose.RECEIPT, case).text
        assert word in draft_message(Purpose.ACKNOWLEDGEMENT, case).text


@pytest.mark.parametrize(
    ("code", "salutation", "opening"),
    [
        ("en", "", "Dear Clara Customer,"),
        ("en", "Mrs", "Dear Mrs Customer,"),
        ("en", "Captain Clara", "Dear Captain Clara,"),
        ("sv", "", "Hej Clara Customer,"),
        ("sv", "fru", "Bästa Clara Customer,"),
        ("pl", "", "Szanowni Państwo,"),
        ("pl", "Pani", "Szanowna Pani,"),
        ("pl", "Szanowny Panie", "Szanowny Panie,"),
        ("pl", "Szanowny Panie Mecenasie,", "Szanowny Panie Mecenasie,"),
        ("ms", "", "Tuan/Puan,"),
        ("ms", "Puan", "Puan,"),
        ("zh-hans", "", "尊敬的Clara Customer："),
        ("zh-hans", "女士", "尊敬的Clara Customer女士："),
    ],
)
def test_the_greeting_is_the_one_the_customer_chose(
    house: House, code: str, salutation: str, opening: str
) -> None:
    house.customer.salutation = salutation
    house.customer.save()
    draft = draft_message(Purpose.OTHER, in_language(house, code), text="x")
    assert draft.greeting == opening
    assert draft.body.startswith(f"{opening}\n\nx\n\n")


def test_words_for_you_follow_the_title(house: House) -> None:
    house.customer.salutation = "Pani"
    house.customer.save()
    case = in_language(house, "pl")
    with set_to(MONDAY):
        assert "napisze do Pani." in draft_message(Purpose.RECEIPT, case).text
    assert "napisze do Pani." in draft_message(Purpose.PROGRESS, case).text  # the phrase of the stage as well


def test_the_person_signs_with_their_position_and_their_house(house: House) -> None:
    case = house.complaint()
    draft = draft_message(Purpose.PROGRESS, case, sender="Hanna", position="Customer care")
    assert draft.close == "Yours sincerely,\n\nHanna\nCustomer care\nOur house"
    assert draft_message(Purpose.PROGRESS, case).close == "Yours sincerely,\n\nOur house"


@pytest.mark.parametrize(
    ("code", "who"),
    [
        ("en", "this is Hanna, Our house."),
        ("sv", "det här är Hanna, Our house."),
        ("pl", "mówi Hanna, Our house."),
        ("ms", "saya Hanna daripada Our house."),
        ("zh-hans", "我是Our house的Hanna。"),
    ],
)
def test_a_call_opens_and_ends_as_calls_do(house: House, code: str, who: str) -> None:
    case = in_language(house, code)
    draft = draft_message(Purpose.ACKNOWLEDGEMENT, case, sender="Hanna", channel=Channel.PHONE)
    assert who in draft.greeting
    assert "Clara Customer" in draft.greeting
    assert case.reference in draft.greeting
    assert draft.text != draft_message(Purpose.ACKNOWLEDGEMENT, case, sender="Hanna").text
    assert "Hanna" not in draft.close


@pytest.mark.parametrize("code", CODES)
def test_nobody_reads_a_link_out_on_the_phone(house: House, code: str) -> None:
    case = in_language(house, code)
    for purpose in PURPOSES:
        text = draft_message(purpose, case, channel=Channel.PHONE, code="123456").text
        assert "/c/" not in text
        assert text[:1] == text[:1].upper()


def test_the_handler_is_named_and_questions_become_a_list(house: House) -> None:
    by = house.actor(house.handler)
    case = actions.assign(house.complaint(), by=by, at=MONDAY, handler=house.handler)
    draft = draft_message(Purpose.ACKNOWLEDGEMENT, case, questions=["Which batch?", "Since when?"])
    assert "Hanna Handler looks after your case" in draft.text
    assert "we would like to know from you:\n– Which batch?\n– Since when?\n" in draft.text


def test_a_day_that_is_past_is_not_promised(house: House) -> None:
    case = house.complaint()
    with set_to(datetime(2026, 3, 20, tzinfo=UTC)):
        assert "Our answer is due" not in draft_message(Purpose.PROGRESS, case).text
    with set_to(MONDAY):
        assert "Our answer is due by 16 March 2026." in draft_message(Purpose.PROGRESS, case).text


def test_responsibility_is_taken_only_for_what_was_found(house: House) -> None:
    case = house.complaint()
    assert "we apologise to you" not in draft_message(Purpose.OFFER, case).text
    case.issues.update(finding="justified", reasons="A bad seal.")
    text = draft_message(Purpose.OFFER, case).text
    assert "A bad seal.\n\nThe responsibility for this is ours, and we apologise to you.\n\n" in text


def found(house: House, *findings: str) -> Complaint:
    case = house.complaint()
    by = house.actor(house.handler)
    for number in range(1, len(findings)):
        actions.add_issue(case, by=by, at=MONDAY, category="service", summary=f"Point {number + 1}")
    for issue, finding in zip(case.issues.all(), findings, strict=True):
        case.issues.filter(pk=issue.pk).update(finding=finding, reasons=f"Because of {issue.position}.")
    return case


@pytest.mark.parametrize(
    ("findings", "name"),
    [
        ((Finding.JUSTIFIED, Finding.JUSTIFIED), "decision-upheld"),
        ((Finding.JUSTIFIED, Finding.UNTRUE), "decision-in-part"),
        ((Finding.EXAGGERATED,), "decision-in-part"),
        ((Finding.UNTRUE, Finding.UNTRUE), "decision-rejected"),
    ],
)
def test_the_decision_is_the_one_that_was_found(house: House, findings: tuple[str, ...], name: str) -> None:
    assert text_name(Purpose.DECISION, found(house, *findings)) == name


def test_a_decision_in_part_says_which_points_and_why_not(house: House) -> None:
    case = found(house, Finding.JUSTIFIED, Finding.UNTRUE)
    text = draft_message(Purpose.DECISION, case).text
    assert "You are right about this:\n– The kettle leaks.\n" in text
    assert "cannot agree with you about this:\n– Point 2\n\nBecause of 2.\n\n" in text
    assert "Because of 1." not in text


def test_who_was_told_no_is_asked_something_else(house: House) -> None:
    case = house.complaint()
    assert text_name(Purpose.FOLLOW_UP, case) == "follow-up"
    assert text_name(Purpose.FOLLOW_UP, case, spoken=True) == "follow-up-phone"


def test_what_the_caller_knows_wins_and_is_written_as_the_language_writes(house: House) -> None:
    case = in_language(house, "sv")
    values: dict[str, Any] = {
        "amount": Money(Decimal("1250.00"), "SEK"),
        "paid_on": date(2026, 3, 4),
        "paid_to": None,
    }
    text = draft_message(Purpose.REFUND, case, **values).text
    assert "den 4 mars 2026" in text
    assert "1\u00a0250,00\u00a0kr" in text
    assert "None" not in text


def test_a_representative_is_written_to_by_their_own_name(house: House) -> None:
    case = house.complaint()
    case.representative = Representative.objects.create(customer=house.customer, name="Rita Right")
    case.save()
    assert draft_message(Purpose.OTHER, case, text="x").greeting == "Dear Rita Right,"


def test_the_sentence_of_the_text_says_what_the_form_asked_for(house: House) -> None:
    case = house.complaint()
    said = said_of(Purpose.REFUSAL, case, "where_to_turn", "Ombudsman")
    assert said.startswith("If you see it differently, you have the right")
    assert said.endswith(": Ombudsman")
    assert said_of(Purpose.PROGRESS, case, "third_party", "The maker") == "The maker"


def test_a_value_that_no_text_knows_is_a_mistake(house: House) -> None:
    with pytest.raises(ValueError, match="undrestood"):
        draft_message(Purpose.SAY_BACK, house.complaint(), undrestood="The kettle leaks.")


def test_a_code_mail_without_a_code_is_a_mistake(house: House) -> None:
    with pytest.raises(KeyError, match="code"):
        draft_message(Purpose.CODE, house.complaint())


def test_the_code_does_not_travel_with_the_link(house: House) -> None:
    assert "/c/" not in draft_message(Purpose.CODE, house.complaint(), code="123456").body


def test_a_title_that_ends_with_a_full_stop_does_not_end_our_sentence(house: House) -> None:
    case = house.complaint(title="The kettle leaks.")
    assert "“The kettle leaks” has reached us" in draft_message(Purpose.RECEIPT, case).text
