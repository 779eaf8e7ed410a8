"""A letter to everybody goes out: once to each, by the way that reaches them."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.cases import actions
from amends.cases.models import Complaint, Message
from amends.correspondence.mass import sending
from amends.correspondence.models import MassLetter, MassLetterTo
from amends.kit import clock
from amends.kit.jobs import work_off
from tests.conftest import MONDAY, House
from tests.desk.letters_out import texts_of
from tests.desk.mass_written import SUBJECT, begun, names, sent, told, write
from tests.together import at_the_same_time


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The lead at the desk."""
    client.force_login(house.lead)
    return client


def test_each_gets_it_once_in_their_language_signed_by_who_sent_it(house: House, desk: Client) -> None:
    ann, bo = told(house, "Ann"), told(house, "Bo", language="sv")
    left_out = told(house, "Left")
    letter = begun(desk)
    page = desk.get(f"/mass-letters/{letter.key}").context["recipients"]
    shown = [str(row.pk) for row, *_ in page]
    gets = [str(row.pk) for row, *_ in page if row.complaint != left_out]
    response = desk.post(f"/mass-letters/{letter.key}/recipients", {"shown": shown, "gets": gets})
    assert response.status_code == 303
    assert names(letter) == ["Ann", "Bo"]
    write(desk, letter)
    write(desk, letter, "sv", subject="Termostaten", text="Den kan gå sönder.\n\n$link")
    sent(desk, letter, once="a-form")
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.author) == ("out", MONDAY + timedelta(hours=1), house.lead)
    english, swedish = (case.messages.get() for case in (ann, bo))
    assert (english.purpose, english.channel, english.status, english.author) == (
        "mass", "letter", "to_print", house.lead,
    )  # fmt: skip
    assert (english.subject, swedish.subject) == (SUBJECT, "Termostaten")
    assert "The thermostat can fail." in english.body
    assert "/c/" in english.body
    assert "Never said" not in english.body
    assert english.body.rstrip().splitlines()[-2:] == ["Lena Lead", "Our house"]
    assert "Den kan gå sönder." in swedish.body
    assert not left_out.messages.exists()
    assert {row.message for row in letter.to.exclude(message=None)} == {english, swedish}
    assert [e.name for e in ann.events.order_by("-number")][1::-1] == ["letter.queued", "customer.written_to"]
    sending.send_portion.call(letter.pk)
    desk.post(f"/mass-letters/{letter.key}/sending", {"once": "a-form"})
    work_off()
    assert Message.objects.count() == 2


def test_by_mail_where_there_is_an_address_else_by_letter_and_who_has_neither_is_named(
    house: House, desk: Client
) -> None:
    mail, post = told(house, "Mail", email="mail@example.org"), told(house, "Post")
    neither = told(house, "Neither", address="")
    letter = begun(desk, channel="email")
    write(desk, letter)
    sent(desk, letter)
    assert (mail.messages.get().channel, mail.messages.get().to) == ("email", "mail@example.org")
    assert (post.messages.get().channel, post.messages.get().status) == ("letter", "to_print")
    assert not neither.messages.exists()
    page = desk.get(f"/mass-letters/{letter.key}?show=refused").content.decode()
    assert "2 of 3 written" in page
    assert "1 could not be written to" in page
    assert "No postal address is on file." in page
    assert (neither.reference in page, post.reference in page) == (True, False)
    neither.customer.address = "Found Street 1"
    neither.customer.save()
    sent(desk, letter)
    assert neither.messages.get().to == "Found Street 1"
    assert Message.objects.count() == 3
    letter.refresh_from_db()
    assert letter.state == "out"


def test_once_it_went_out_nobody_is_left_out_and_nothing_is_rewritten(house: House, desk: Client) -> None:
    told(house, "Ann")
    letter = begun(desk)
    write(desk, letter)
    seen = desk.get(f"/mass-letters/{letter.key}").context["texts"][0]["form"]["seen"].value()
    sent(desk, letter)
    row = letter.to.get()
    assert desk.post(f"/mass-letters/{letter.key}/recipients", {"shown": [row.pk]}).status_code == 409
    fields = {"seen": seen, "subject": "New", "text": "New"}
    assert desk.post(f"/mass-letters/{letter.key}/texts/en", fields).status_code == 409
    row.refresh_from_db()
    letter.refresh_from_db()
    assert (row.left_out, letter.texts["en"]["subject"]) == (False, SUBJECT)


def test_to_nobody_it_does_not_go_out(house: House, desk: Client) -> None:
    told(house, "Ann")
    letter = begun(desk)
    write(desk, letter)
    desk.post(f"/mass-letters/{letter.key}/recipients", {"shown": [letter.to.get().pk]})
    response = desk.post(f"/mass-letters/{letter.key}/sending")
    assert response.status_code == 409
    assert "Nobody gets it: all are left out." in response.content.decode()
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_who_leads_but_does_not_write_to_customers_prepares_it_only(house: House, desk: Client) -> None:
    told(house, "Ann")
    letter = begun(desk)
    write(desk, letter)
    administrator = Client()
    administrator.force_login(house.staff("Adam Admin", "administrator"))
    response = administrator.post(f"/mass-letters/{letter.key}/sending")
    assert response.status_code == 409
    assert "Your role does not write to customers" in response.content.decode()
    assert not Message.objects.exists()


def test_a_job_cut_off_goes_on_where_it_was(
    house: House, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        told(house, f"Person {number}")
    letter = begun(desk)
    write(desk, letter)
    monkeypatch.setattr(sending, "PORTION", 2)
    done: list[int] = []
    real = sending._write_to

    def dying(letter: MassLetter, pk: int) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(pk)
        real(letter, pk)

    monkeypatch.setattr(sending, "_write_to", dying)
    with pytest.raises(KeyboardInterrupt):
        sent(desk, letter)
    assert Message.objects.count() == 3
    monkeypatch.setattr(sending, "_write_to", real)
    work_off()
    letter.refresh_from_db()
    assert letter.state == "out"
    assert Message.objects.count() == 5
    assert Complaint.objects.filter(messages__purpose="mass").distinct().count() == 5


@pytest.mark.follows
def test_the_letters_wait_in_the_print_queue_as_one_batch_and_become_one_pdf(
    house: House, desk: Client
) -> None:
    for number in range(12):
        told(house, f"Person {number}", language=("en", "zh-hans")[number % 2])
    single = told(house, "Single", product="Cup")
    letter = begun(desk)
    write(desk, letter)
    write(desk, letter, "zh-hans", subject="温控器", text="温控器可能失灵，我们免费更换。")
    with clock.set_to(MONDAY + timedelta(hours=1)):
        actions.write(single, by=house.actor(house.lead), at=MONDAY, text="By itself.", channel="letter")
    sent(desk, letter)
    queue = desk.get("/post").content.decode()
    assert "13 letters wait." in queue
    assert "the thermostat" in queue
    assert "12 letters<" in queue
    assert ("Person 3" in queue, "Single" in queue) == (False, True)
    response = desk.post("/post/runs", {"batch": letter.key})
    assert response.status_code == 303, response.content.decode()
    pages = texts_of(desk.get(f"{response['Location']}/letters.pdf").content)
    assert len(pages) == 13
    assert sum("The thermostat can fail." in page for page in pages) == 6
    assert sum("温控器可能失灵" in page for page in pages) == 6
    assert pages[0].count("2026-0") == 12
    assert "1 letter waits." in desk.get("/post").content.decode()


def test_two_workers_at_one_letter_write_to_each_once(committed: None) -> None:
    house = House()
    for number in range(4):
        told(house, f"Person {number}")
    client = Client()
    client.force_login(house.lead)
    letter = begun(client)
    write(client, letter)
    letter.refresh_from_db()
    sending.send(letter, by=house.lead, at=MONDAY)
    at_the_same_time(2, lambda _: sending.send_portion.call(letter.pk))
    assert Message.objects.count() == 4
    assert MassLetterTo.objects.filter(message__isnull=False).values("message").distinct().count() == 4
