"""The coach at the door: what a text must have holds it up, a reason lets it go, habits are counted."""

from typing import Any

import pytest

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.choices import Channel, Purpose
from amends.cases.coaching import KINDS, coach_case_of
from amends.cases.house_coach import Clash, current_rules, set_levels, set_off, set_words
from amends.cases.models import CoachCount, Complaint, Event, Message
from amends.cases.verify import verify
from amends.cases.words_of_coach import CODES
from amends.cases.words_of_coach import KINDS as KINDS_IN_WORDS
from amends.coach.owed import ADVICE, MUST, kinds, owed
from amends.kit.chain import digest
from amends.people.actors import SYSTEM
from amends.rules.lifecycle import Reason
from tests.conftest import MONDAY, House
from tests.desk.grown import grow

GOOD = (
    "Dear Clara Customer,\n\nThank you for your complaint 2026-00001 about the kettle. I have taken it on "
    "myself. I will write to you by 6 March 2026.\n\nYours sincerely,\nHanna Handler"
)
BAD = "We are sorry that you feel that way."

coached = pytest.mark.coached
pytestmark = pytest.mark.usefixtures("rules_alone")


def acknowledge(house: House, case: Complaint, text: str, **how: str) -> Complaint:
    return actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text=text, **how)


def test_every_kind_and_every_code_has_words() -> None:
    assert set(KINDS) == set(Purpose)
    assert set(KINDS_IN_WORDS) == set(kinds())
    assert {kind.partition(".")[0] for kind in KINDS.values()} <= {kind.partition(".")[0] for kind in kinds()}
    assert {code for kind in kinds() for code in owed(kind).codes} <= set(CODES)


@coached
def test_a_text_that_has_what_it_must_have_goes_out(house: House) -> None:
    case = acknowledge(house, house.complaint(), GOOD)
    assert (case.stage, Message.objects.get().body) == ("acknowledged", GOOD)
    assert "coach" not in Event.objects.get(name="complaint.acknowledged").data


@coached
def test_one_that_lacks_something_is_refused_with_its_codes_and_nothing_changes(house: House) -> None:
    case = house.complaint()
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        acknowledge(house, case, BAD)
    assert refused.value.reasons == (Reason.COACH_MUST_HAVES,)
    assert set(refused.value.coach_missing) == {"no-reference", "no-next-step", "blame"}
    case.refresh_from_db()
    counts = Event.objects.count(), Message.objects.count(), CoachCount.objects.count()
    assert (case.stage, counts) == ("received", (events, 0, 0))


@coached
def test_a_reason_lets_it_go_and_stays_on_file(house: House) -> None:
    why = "The customer asked for exactly these words."
    case = acknowledge(house, house.complaint(), BAD, override=why)
    event = Event.objects.get(name="complaint.acknowledged")
    note = Message.objects.get(direction="inside")
    assert event.data["coach"] == {
        "missing": ["blame", "no-reference", "no-next-step"],
        "override_sha256": digest(why),
        "note": note.pk,
    }
    assert (note.body, note.author_name) == (why, "Hanna Handler")
    assert why not in str(event.data)
    assert Event.objects.filter(name="note.written", data__message=note.pk).count() == 1
    assert case.stage == "acknowledged"
    assert not list(verify(iter([case])))


@coached
def test_spaces_are_no_reason(house: House) -> None:
    case = house.complaint()
    with pytest.raises(Refused):
        acknowledge(house, case, BAD, override="  \n ")
    assert Message.objects.count() == 0


@coached
def test_the_program_itself_is_not_held_up_and_not_counted(house: House) -> None:
    actions.write(house.complaint(), by=SYSTEM, at=MONDAY, text=BAD, purpose=Purpose.RECEIPT)
    assert (Message.objects.count(), CoachCount.objects.count()) == (1, 0)


@coached
def test_what_goes_out_is_counted_without_words_and_person(house: House) -> None:
    acknowledge(house, house.complaint(), BAD, override="Agreed on the phone.")
    rows = CoachCount.objects.order_by("code")
    counted = {row.code: row.count for row in rows}
    assert counted[""] == 1
    assert counted["blame"] == counted["no-reference"] == counted["no-next-step"] == 1
    assert {(row.day, row.language, row.purpose) for row in rows} == {
        (MONDAY.date(), "en", Purpose.ACKNOWLEDGEMENT)
    }
    assert {field.name for field in CoachCount._meta.get_fields()} == {
        "id", "day", "language", "code", "purpose", "count",
    }  # fmt: skip


@coached
def test_a_must_have_comes_beside_every_other_reason(house: House) -> None:
    case = house.complaint()
    with pytest.raises(Refused) as refused:
        actions.refuse(
            case, by=house.actor(house.handler), at=MONDAY, text=BAD, where_to_turn="The Ombudsman"
        )
    assert refused.value.reasons == (Reason.WRONG_STAGE,)
    house.customer.email = ""
    house.customer.save()
    with pytest.raises(Refused) as refused:
        acknowledge(house, Complaint.objects.get(), BAD, channel=Channel.EMAIL)
    assert refused.value.reasons == (Reason.CUSTOMER_NOT_REACHED, Reason.COACH_MUST_HAVES)


@coached
def test_what_the_customer_signs_is_held_against_the_plan(house: House) -> None:
    with pytest.MonkeyPatch.context() as quiet:
        quiet.setattr(actions.wording.Wording, "given", {"coach_missing": (), "overridden": False})
        case = next(case for case in grow(house, many=1) if case.stage == "awaiting_approval")
    plan = case.plans.get()
    case = actions.approve(case, by=house.actor(house.lead), at=MONDAY, plan=plan, note="Fair.")
    told = coach_case_of(case, Purpose.OFFER)
    assert [(one.kind, one.words) for one in told.remedies] == [
        (row.kind, row.description) for row in plan.remedies.all()
    ]
    notice = f"Thank you. We offer you this: {plan.remedies.first()}. Your case is {case.reference}."
    with pytest.raises(Refused) as refused:
        actions.offer(
            case, by=house.actor(house.lead), at=MONDAY, text="We refund you 999 SEK.", notice=notice
        )
    assert "sum-not-in-plan" in refused.value.coach_missing


def test_the_case_says_what_the_coach_holds_a_text_against(house: House) -> None:
    case = house.complaint(title="The kettle leaks")
    told = coach_case_of(case, Purpose.REFUSAL, third_party="The Ombudsman, 1 Street\nLondon")
    assert (told.kind, told.language, told.reference) == ("decision.rejected", "en", case.reference)
    assert (told.third_party, told.letter_dated) == ("The Ombudsman, 1 Street", "2026-03-02")
    assert (told.issues, told.remedies, told.customer_name) == (("The kettle leaks",), (), "Clara Customer")
    assert coach_case_of(case, Purpose.DECISION).kind == "decision"
    case.issues.update(finding="exaggerated")
    assert coach_case_of(case, Purpose.DECISION).kind == "decision.in-part"
    case.issues.update(finding="justified")
    assert coach_case_of(case, Purpose.DECISION).kind == "decision.upheld"
    case.issues.update(finding="untrue")
    assert coach_case_of(case, Purpose.DECISION).kind == "decision.rejected"


@coached
def test_a_house_asks_for_less_or_for_more(house: House) -> None:
    said: dict[str, Any] = {"by": house.lead, "at": MONDAY}
    levels = {code: owed("acknowledgement").level(code) for code in owed("acknowledgement").codes}
    less = {"no-reference": ADVICE, "no-next-step": ADVICE, "blame": ADVICE}
    set_levels("acknowledgement", levels | less, seen=0, **said)
    assert current_rules().levels == {"acknowledgement": less}
    acknowledge(house, house.complaint(), BAD)
    set_levels("acknowledgement", levels | {"no-thanks": MUST}, seen=1, **said)
    text = GOOD.replace("00001", "00002").replace("Thank you for your", "Your")
    with pytest.raises(Refused) as refused:
        acknowledge(house, house.complaint(), text)
    assert refused.value.coach_missing == ("no-thanks",)


@coached
def test_words_of_the_house_and_what_is_off(house: House) -> None:
    said: dict[str, Any] = {"by": house.lead, "at": MONDAY}
    rows = [{"words": "kettle", "why": "It is a boiler.", "instead": "boiler"}]
    set_words("en", rows, seen=0, **said)
    set_levels(
        "acknowledgement",
        {code: owed("acknowledgement").level(code) for code in owed("acknowledgement").codes}
        | {"house-word": MUST},
        seen=1,
        **said,
    )
    with pytest.raises(Refused) as refused:
        acknowledge(house, house.complaint(title="Leak"), GOOD)
    assert refused.value.coach_missing == ("house-word",)
    set_off(["house-word"], seen=2, **said)
    acknowledge(house, Complaint.objects.get(title="Leak"), GOOD)
    assert (current_rules().version, current_rules().avoid) == (3, {"en": rows})


def test_nobody_saves_over_a_version_that_they_did_not_see(house: House) -> None:
    set_off(["stiff"], seen=0, by=house.lead, at=MONDAY)
    with pytest.raises(Clash):
        set_off([], seen=0, by=house.handler, at=MONDAY)
    assert (current_rules().off, current_rules().by) == (["stiff"], house.lead)
