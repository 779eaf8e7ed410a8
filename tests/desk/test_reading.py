"""A colleague reads a text before it goes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from amends.cases import actions
from amends.cases.models import Complaint, Event, Message
from amends.correspondence.models import ComposerDraft
from amends.kit import clock
from amends.people.models import StaffMember
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.test_drafts import save

pytestmark = pytest.mark.usefixtures("on_monday")


def ask(desk: Desk, reader: StaffMember | None, text: str = "Is this kind?", word: str = "") -> HttpResponse:
    form = desk.form("messages") | {"text": text, "reading_word": word, "channel": "email"}
    form["reader"] = str(reader.pk) if reader else ""
    return desk.client.post(f"{desk.page}/drafts/write/reading", form)  # type: ignore[return-value]


def reader_of(staff: StaffMember) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def answer(client: Client, note: str = "", good: str = "") -> HttpResponse:
    page = f"/texts-to-read/{ComposerDraft.objects.get().key}"
    asked_at = client.get(page).context["form"].initial["asked_at"]
    return client.post(page, {"note": note, "good": good, "asked_at": asked_at})  # type: ignore[return-value]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_colleague_is_asked_reads_and_finds_it_good(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    assert ask(desk, house.colleague, word="Too long?").status_code == 303
    karl = reader_of(house.colleague)
    today = words(karl.get("/"))
    key = ComposerDraft.objects.get().key
    assert ("Texts to read" in today, f"/texts-to-read/{key}" in today) == (True, True)
    page = words(karl.get(f"/texts-to-read/{key}"))
    assert all(said in page for said in ("Hanna Handler asks you to read this", "Too long?", "Is this kind?"))
    assert f'href="{desk.page}"' in page
    assert answer(karl, good="true").status_code == 303
    assert "Texts to read" not in words(karl.get("/"))
    beside = words(desk.get("messages"))
    assert "good as it is" in beside
    assert "You changed the text after that." not in beside
    assert list(Event.objects.values_list("name", flat=True)) == ["complaint.registered"]
    assert Message.objects.count() == 0


def test_notes_come_back_beside_the_text_and_say_whether_it_was_changed(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    ask(desk, house.colleague)
    save(desk, desk.form("messages") | {"text": "Is this kinder?", "number": "1"}, "write")
    karl = reader_of(house.colleague)
    page = words(karl.get(f"/texts-to-read/{ComposerDraft.objects.get().key}"))
    assert ("Is this kind?" in page, "Is this kinder?" in page) == (True, False)
    assert "has gone on writing since" in page
    answer(karl, note="Say sorry first.")
    beside = words(desk.get("messages"))
    assert all(
        said in beside
        for said in (
            "Say sorry first.",
            "You changed the text after that.",
            "Is this kind?",
            "Is this kinder?",
        )
    )


def test_who_is_not_content_says_what_is_to_be_changed(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    ask(desk, house.colleague)
    response = answer(reader_of(house.colleague), note=" ")
    assert response.status_code == 422
    assert ComposerDraft.objects.get().read_at is None


def test_asking_without_a_name_keeps_the_text(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    response = ask(desk, None, text="My words")
    assert response.status_code == 422
    assert ("Choose who is to read it." in words(response), "My words" in words(response)) == (True, True)
    draft = ComposerDraft.objects.get()
    assert (draft.fields["text"], draft.reader) == ("My words", None)


def test_only_those_who_write_to_customers_and_may_see_the_case_are_asked(house: House) -> None:
    case = house.complaint(complained_about=[house.colleague])
    desk = Desk(house.handler, case)
    page = desk.get("messages").content.decode()
    assert (f">{house.lead.name}</option>" in page, f">{house.colleague.name}</option>" in page) == (
        True,
        False,
    )
    assert f">{house.packer.name}</option>" not in page
    for person in (house.colleague, house.packer, house.handler):
        assert ask(desk, person).status_code == 422
    assert not ComposerDraft.objects.filter(reader__isnull=False).exists()


def test_who_is_complained_about_later_finds_nothing_to_read(house: House) -> None:
    case = house.complaint()
    ask(Desk(house.handler, case), house.colleague)
    actions.declare_conflict(case, by=house.actor(house.handler), at=MONDAY, about=[house.colleague])
    karl, key = reader_of(house.colleague), ComposerDraft.objects.get().key
    assert "Texts to read" not in words(karl.get("/"))
    assert karl.get(f"/texts-to-read/{key}").status_code == 410
    assert karl.post(f"/texts-to-read/{key}", {"note": "Hm", "asked_at": "x"}).status_code == 410
    assert ComposerDraft.objects.get().read_at is None


def test_nobody_else_reads_it(house: House) -> None:
    ask(Desk(house.handler, house.complaint()), house.colleague)
    page = f"/texts-to-read/{ComposerDraft.objects.get().key}"
    assert [reader_of(p).get(page).status_code for p in (house.lead, house.packer, house.handler)] == [
        410
    ] * 3


def test_asked_anew_while_reading_the_newer_text_is_shown_first(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    ask(desk, house.colleague, text="First try")
    karl, page = reader_of(house.colleague), f"/texts-to-read/{ComposerDraft.objects.get().key}"
    old = karl.get(page).context["form"].initial["asked_at"]
    with clock.set_to(MONDAY + timedelta(minutes=5)):
        ask(desk, house.colleague, text="Second try")
    response = karl.post(page, {"note": "", "good": "true", "asked_at": old})
    assert (response.status_code, "Second try" in words(response)) == (409, True)
    assert ComposerDraft.objects.get().read_at is None
    assert answer(karl, good="true").status_code == 303


def test_sent_before_it_was_read_the_reader_is_told_and_keeps_the_notes(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    ask(desk, house.colleague)
    karl, page = reader_of(house.colleague), f"/texts-to-read/{ComposerDraft.objects.get().key}"
    desk.take("messages")
    response = karl.post(page, {"note": "Too long by half.", "asked_at": "x"})
    assert (response.status_code, "Too long by half." in words(response)) == (410, True)
    assert Complaint.objects.get().messages.count() == 1


def test_asking_from_an_old_window_asks_nobody(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    old = desk.form("messages") | {"text": "Old", "reader": str(house.colleague.pk)}
    save(desk, desk.form("messages") | {"text": "Newer", "number": "1"}, "write")
    response = desk.client.post(f"{desk.page}/drafts/write/reading", old)
    assert response.status_code == 409
    draft = ComposerDraft.objects.get()
    assert (draft.fields["text"], draft.reader) == ("Newer", None)
