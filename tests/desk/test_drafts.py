"""Drafts: kept while somebody types, each person's own, never over newer words, gone when they were sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from amends.cases import actions
from amends.cases.models import Complaint
from amends.correspondence.drafts import KEPT, KEPT_WHERE_OVER, prune_drafts
from amends.correspondence.models import ComposerDraft
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk, fields_of

pytestmark = pytest.mark.usefixtures("on_monday")

HTMX = {"HTTP_HX_REQUEST": "true"}


def save(desk: Desk, form: dict[str, Any], step: str = "acknowledge", **headers: str) -> HttpResponse:
    return desk.client.post(f"{desk.page}/drafts/{step}", form, **(headers or HTMX))  # type: ignore[arg-type, return-value]


def texts() -> list[str]:
    return [draft.fields["text"] for draft in ComposerDraft.objects.order_by("pk")]


def test_what_is_typed_is_back_when_the_form_opens_again(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    form = desk.form("acknowledgement")
    saved = save(desk, form | {"text": "Half a sent", "subject": "Kettle", "channel": "letter"})
    assert (saved.status_code, ">today 10:00" in saved.content.decode()) == (200, True)
    again = desk.form("acknowledgement")
    assert (again["text"], again["subject"], again["channel"]) == ("Half a sent", "Kettle", "letter")
    page = " ".join(desk.get("acknowledgement").content.decode().split())
    assert "is back." in page
    at_hand = fields_of(desk.get(), f"{desk.page}/acknowledgement")  # also where it is the next step
    assert at_hand["text"] == "Half a sent"
    assert again["once"] != form["once"]


def test_starting_afresh_shows_the_standard_text_and_throws_nothing_away(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    form = desk.form("acknowledgement")
    save(desk, form | {"text": "Half a sent"})
    fresh = fields_of(desk.get("acknowledgement?afresh=1"), f"{desk.page}/acknowledgement")
    assert fresh["text"] == form["text"]
    assert "is kept until you write here." in desk.get("acknowledgement?afresh=1").content.decode()
    assert texts() == ["Half a sent"]
    assert save(desk, fresh | {"text": "Anew", "number": "1"}).status_code == 200
    assert texts() == ["Anew"]


def test_of_one_page_a_late_saving_loses(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    form = desk.form("acknowledgement")
    save(desk, form | {"text": "Second", "number": "2"})
    late = save(desk, form | {"text": "First", "number": "1"})
    assert (late.status_code, texts()) == (204, ["Second"])
    save(desk, form | {"text": "Third", "number": "3"})
    assert texts() == ["Third"]


def test_two_windows_of_one_person_do_not_overwrite_each_other(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    first, second = desk.form("acknowledgement"), desk.form("acknowledgement")
    save(desk, first | {"text": "In the first", "number": "1"})
    told = save(desk, second | {"text": "In the second", "number": "1"})
    assert (told.status_code, "in another window" in told.content.decode()) == (409, True)
    assert texts() == ["In the first"]
    wanted = save(desk, second | {"text": "In the second", "number": "2", "instead": "1"})
    assert (wanted.status_code, texts()) == (200, ["In the second"])
    assert save(desk, first | {"text": "The first again", "number": "2"}).status_code == 409
    assert texts() == ["In the second"]


def test_without_scripts_a_button_keeps_it_and_the_second_window_is_told(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    first, second = desk.form("acknowledgement"), desk.form("acknowledgement")
    kept = save(desk, first | {"text": "By the button"}, HTTP_ACCEPT="text/html")
    assert (kept.status_code, kept["Location"]) == (303, f"{desk.page}/acknowledgement#step")
    assert "Kept as a draft. Nothing was sent." in desk.get("acknowledgement").content.decode()
    told = save(desk, second | {"text": "From behind"}, HTTP_ACCEPT="text/html")
    page = told.content.decode()
    assert (told.status_code, "in another window" in page, "From behind" in page) == (409, True, True)
    assert texts() == ["By the button"]


def test_each_person_has_their_own(house: House) -> None:
    case = house.complaint()
    hanna, karl = Desk(house.handler, case), Desk(house.colleague, case)
    save(hanna, hanna.form("acknowledgement") | {"text": "Hanna’s"})
    save(karl, karl.form("acknowledgement") | {"text": "Karl’s"})
    assert (hanna.form("acknowledgement")["text"], karl.form("acknowledgement")["text"]) == (
        "Hanna’s",
        "Karl’s",
    )


def test_sending_removes_the_draft_and_a_saving_that_comes_after_brings_none_back(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    form = desk.form("messages")
    save(desk, form | {"text": "Word."}, "write")
    assert desk.send("messages", form | {"text": "Word."}).status_code == 303
    assert texts() == []
    assert save(desk, form | {"text": "Word", "number": "9"}, "write").status_code == 204
    assert texts() == []


def test_a_refused_sending_keeps_the_draft(house: House) -> None:
    house.customer.email = ""
    house.customer.save()
    desk = Desk(house.handler, house.complaint())
    form = desk.form("acknowledgement") | {"channel": "email", "text": "Words."}
    save(desk, form)
    assert desk.send("acknowledgement", form).status_code == 409
    assert texts() == ["Words."]


def test_a_draft_of_a_step_that_somebody_else_took_is_still_shown(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    save(desk, desk.form("acknowledgement") | {"text": "Ten minutes of work."})
    actions.acknowledge(case, by=house.actor(house.colleague), at=MONDAY, text="Done by Karl.")
    page = desk.get("acknowledgement").content.decode()
    assert "Ten minutes of work." in page
    assert "This step can no longer be taken." in page


def test_only_the_forms_own_fields_are_kept_and_no_character_that_breaks_a_database(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    save(desk, desk.form("acknowledgement") | {"text": "A\0B", "stage": "closed"})
    draft = ComposerDraft.objects.get()
    assert set(draft.fields) == {"channel", "subject", "text"}
    assert draft.fields["text"] == "AB"


@pytest.mark.parametrize("number", ["", "-1", "many", "99999999999999999999", "٣"])
def test_an_odd_number_is_no_fault(house: House, number: str) -> None:
    desk = Desk(house.handler, house.complaint())
    form = desk.form("acknowledgement") | {"text": "Words", "number": number, "seen": number}
    assert save(desk, form).status_code == 200
    assert texts() == ["Words"]


def test_only_who_handles_and_may_see_the_case_keeps_a_draft_on_it(house: House) -> None:
    case = house.complaint(complained_about=[house.colleague])
    form = {"text": "Words", "once": "k"}
    assert save(Desk(house.colleague, case), form).status_code == 404
    assert save(Desk(house.packer, case), form).status_code == 403
    assert save(Desk(house.handler, case), form, "assign").status_code == 404  # writes to nobody
    assert save(Desk(house.handler, case), form, "nothing").status_code == 404
    assert texts() == []


def test_signed_out_a_saving_is_told_so_and_a_form_shows_its_words_again(house: House) -> None:
    case = house.complaint()
    stranger = Client()
    url = f"/complaints/{case.key}"
    assert stranger.post(f"{url}/drafts/write", {"text": "Words"}, **HTMX).status_code == 401  # type: ignore[arg-type]
    long = "Words that took me ten minutes, and that I would not like to write again. <b>"
    response = stranger.post(f"{url}/messages", {"text": long, "channel": "email"})
    page = response.content.decode()
    assert (response.status_code, "You are signed out" in page) == (401, True)
    assert "I would not like to write again. &lt;b&gt;" in page
    secret = {"old_password": "my old pass phrase", "new_password1": "my new pass phrase"}
    assert stranger.post("/me/password", secret).status_code == 302  # is never shown
    assert stranger.post(f"{url}/messages", {"channel": "email"})["Location"].startswith("/sign-in")
    assert not case.messages.exists()
    assert texts() == []


def test_old_drafts_are_thrown_away_those_of_taken_steps_sooner(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    save(desk, desk.form("acknowledgement") | {"text": "Left behind"})
    save(desk, desk.form("messages") | {"text": "Still possible"}, "write")
    actions.acknowledge(case, by=house.actor(house.colleague), at=MONDAY, text="Done by Karl.")
    assert prune_drafts(MONDAY + KEPT_WHERE_OVER) == 0
    assert prune_drafts(MONDAY + KEPT_WHERE_OVER + timedelta(seconds=1)) == 1
    assert texts() == ["Still possible"]
    assert prune_drafts(MONDAY + KEPT) == 0
    assert prune_drafts(MONDAY + KEPT + timedelta(seconds=1)) == 1
    assert Complaint.objects.get().stage == "acknowledged"


def test_drafts_of_a_case_that_has_ended_go_too(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    save(desk, desk.form("messages") | {"text": "Too late"}, "write")
    actions.withdraw(case, by=house.actor(house.handler), at=MONDAY)
    assert prune_drafts(MONDAY + KEPT_WHERE_OVER + timedelta(seconds=1)) == 1
