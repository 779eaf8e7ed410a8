"""What is written between greeting and close, and what is put on file of it."""

from typing import Any

import pytest

from amends.cases import actions
from amends.cases.models import Complaint, Message
from amends.correspondence.texts import draft_message
from amends.kit import clock
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk, fields_of


def written(case: Complaint) -> Message:
    message = case.messages.filter(direction="out").last()
    assert message is not None
    return message


def opened(desk: Desk, query: str) -> dict[str, Any]:
    return fields_of(desk.get(f"messages{query}"), f"{desk.page}/messages")


@pytest.fixture
def case(house: House) -> Complaint:
    case = house.complaint()
    by = house.actor(house.handler)
    return actions.assign(case, by=by, at=MONDAY, handler=house.handler)


@pytest.mark.parametrize("channel", ["email", "letter"])
def test_the_words_go_out_between_greeting_and_close(house: House, case: Complaint, channel: str) -> None:
    house.handler.title = "Customer care"
    house.handler.save()
    with clock.set_to(MONDAY):
        desk = Desk(house.handler, case)
        form = desk.form("messages")
        assert form["text"] == draft_message("progress", case).text
        desk.take("messages", text="We have found the kettle.\r\n\r\nIt is mended.", channel=channel)
    assert written(case).body == (
        "Dear Clara Customer,\n\nWe have found the kettle.\n\nIt is mended.\n\n"
        "Yours sincerely,\n\nHanna Handler\nCustomer care\nOur house"
    )


def test_a_call_is_put_on_file_as_it_was_said(house: House, case: Complaint) -> None:
    with clock.set_to(MONDAY):
        Desk(house.handler, case).take("messages", text="It is mended.", channel="phone")
    body = written(case).body
    assert body.startswith("Good day, this is Hanna Handler, Our house. Am I speaking with Clara Customer?")
    assert "\n\nIt is mended.\n\n" in body
    assert "sincerely" not in body


def test_greeting_and_close_are_shown_around_the_field(house: House, case: Complaint) -> None:
    with clock.set_to(MONDAY):
        page = Desk(house.handler, case).get("messages").content.decode()
    before, _, after = page.partition('<textarea name="text"')
    assert '<div class="frame written">Dear Clara Customer,</div>' in before
    assert '<div class="frame spoken">Good day, this is Hanna Handler, Our house.' in before
    assert "Yours sincerely,<br><br>Hanna Handler<br>Our house</div>" in after


def test_who_came_by_phone_is_called_with_the_words_for_it(house: House) -> None:
    case = house.complaint(channel="phone")
    with clock.set_to(MONDAY):
        form = Desk(house.handler, case).form("acknowledgement")
    assert form["channel"] == "phone"
    assert "What matters most to you in this" in form["text"]


def test_the_text_of_another_purpose_is_chosen_and_put_on_file_as_such(house: House, case: Complaint) -> None:
    with clock.set_to(MONDAY):
        desk = Desk(house.handler, case)
        page = desk.get("messages")
        assert "/messages?afresh=1&amp;text=details#step" in page.content.decode()
        form = opened(desk, "?afresh=1&text=details")
        assert form["purpose_of_it"] == "details"
        assert form["subject"] == "Your complaint 2026-00001: what we would like to ask you"
        desk.send("messages", form)
    assert written(case).purpose == "details"


def test_only_texts_that_fit_the_case_are_offered(house: House, case: Complaint) -> None:
    with clock.set_to(MONDAY):
        desk = Desk(house.handler, case)
        assert "text=decision" not in desk.get("messages").content.decode()
        assert opened(desk, "?text=decision")["purpose_of_it"] == "progress"
        refused = desk.send("messages", desk.form("messages") | {"purpose_of_it": "refund"})
        assert refused.status_code == 422
        case.issues.update(finding="justified", reasons="A bad seal.")
        assert "text=decision" in desk.get("messages").content.decode()
        form = opened(desk, "?text=decision")
    assert "you are right" in form["subject"]
    assert "A bad seal." in form["text"]


def test_where_the_customer_can_turn_is_said_before_the_close(house: House) -> None:
    case = house.complaint()
    by = house.actor(house.handler)
    actions.assign(case, by=by, at=MONDAY, handler=house.handler)
    with clock.set_to(MONDAY):
        desk = Desk(house.handler, case)
        desk.take("referral", third_party="Valve Works\r\n3 Mill Lane, Leeds", text="It is not ours.")
    assert written(case).body == (
        "Dear Clara Customer,\n\nIt is not ours.\n\n"
        "The right place for it is: Valve Works\n3 Mill Lane, Leeds\n\n"
        "Yours sincerely,\n\nHanna Handler\nOur house"
    )
    case.refresh_from_db()
    assert case.referred_to == "Valve Works\n3 Mill Lane, Leeds"


def test_what_was_solved_at_once_is_a_whole_mail_and_its_words_are_asked_about(house: House) -> None:
    case = house.complaint()
    with clock.set_to(MONDAY):
        Desk(house.handler, case).take("resolution", done="A new kettle is on its way.", channel="email")
    assert written(case).body == (
        "Dear Clara Customer,\n\nA new kettle is on its way.\n\nYours sincerely,\n\nHanna Handler\nOur house"
    )
    case.refresh_from_db()
    assert "This is what was done:\nA new kettle is on its way.\n\n" in draft_message("follow_up", case).text


def test_another_medium_brings_its_own_words(house: House) -> None:
    case = house.complaint()
    with clock.set_to(MONDAY):
        desk = Desk(house.handler, case)
        link = "/acknowledgement?afresh=1&amp;text=acknowledgement&amp;channel=phone#step"
        assert link in desk.get("acknowledgement").content.decode()
        page = desk.get("acknowledgement?afresh=1&channel=phone")
        form = fields_of(page, f"{desk.page}/acknowledgement")
    assert form["channel"] == "phone"
    assert "What matters most to you in this" in form["text"]
    assert "channel=email#step" in page.content.decode()
