"""One letter to everybody whom a cause touched: found, written in their languages, sent once to each."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amends.cases import actions
from amends.cases.models import Complaint, Issue, Message
from amends.correspondence.mass import sending, wording
from amends.correspondence.mass.finding import Criteria, concerned
from amends.correspondence.models import MassLetter, MassLetterTo
from amends.kit import clock
from amends.kit.jobs import work_off
from amends.people.models import Customer
from tests.conftest import MONDAY, House
from tests.desk.letters_out import texts_of
from tests.together import at_the_same_time

BEFORE = MONDAY.date() - timedelta(days=9)
SUBJECT = "The thermostat of your kettle"
TEXT = (
    "The thermostat can fail. We replace it without charge.\n\nYour own page:\n$link\n\nNever said: $action"
)


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The lead at the desk."""
    client.force_login(house.lead)
    return client


def told(house: House, name: str, *, customer: Customer | None = None, product: str = "Kettle K2",
         batch: str = "B-17", **more: Any) -> Complaint:  # fmt: skip
    """A complaint about a kettle; ``more`` are fields of the customer, or of the complaint."""
    of_case = {key: more.pop(key) for key in ("at", "category", "complained_about") if key in more}
    given = {"name": name, "language": "en", "address": f"{name} Street 1\nTown", "email": ""} | more
    customer = customer or Customer.objects.create(**given)
    details = {"product": product, "batch": batch}
    return house.complaint(customer=customer, details=details, title=f"About {name}", **of_case)


def begun(desk: Client, **changes: str) -> MassLetter:
    """A letter to everybody with a Kettle."""
    fields = {"product": "kettle", "which": "open", "title": "the thermostat", "channel": "letter"} | changes
    response = desk.post("/mass-letters", fields)
    assert response.status_code == 303, response.content.decode()
    letter = MassLetter.objects.latest("pk")
    assert response["Location"] == f"/mass-letters/{letter.key}"
    return letter


def write(desk: Client, letter: MassLetter, language: str = "en", **changes: str) -> HttpResponse:
    """The words of one language, as the page's form sends them."""
    page = desk.get(f"/mass-letters/{letter.key}")
    forms = {text["language"]: text["form"] for text in page.context["texts"]}
    fields = {"seen": forms[language]["seen"].value(), "subject": SUBJECT, "text": TEXT} | changes
    return desk.post(f"/mass-letters/{letter.key}/texts/{language}", fields)  # type: ignore[return-value]


def sent(desk: Client, letter: MassLetter, **more: str) -> None:
    """It goes out, and the jobs are done."""
    with clock.set_to(MONDAY + timedelta(hours=1)):
        assert desk.post(f"/mass-letters/{letter.key}/sending", more).status_code == 303
        work_off()


def names(letter: MassLetter) -> list[str]:
    return sorted(letter.to.filter(left_out=False).values_list("complaint__customer__name", flat=True))


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({"product": "KETTLE"}, ["Ann", "Bo", "Ended"]),
        ({"product": "Kettle K2"}, ["Ann", "Ended"]),
        ({"batch": "b-1"}, ["Ann", "Ended"]),
        ({"batch": "B-18"}, []),
        ({"product": "kettle", "category": "billing"}, ["Bo"]),
        ({"product": "kettle", "cause": "THERMOSTAT"}, ["Ann"]),
        ({"product": "kettle", "open_only": True}, ["Ann", "Bo"]),
        ({"received_from": MONDAY.date()}, ["Ann", "Cup", "Ended"]),
        ({"received_from": BEFORE, "received_until": BEFORE}, ["Bo"]),
        ({"received_from": MONDAY.date(), "cause": "thermo"}, ["Ann"]),
    ],
)  # fmt: skip
def test_whom_the_cause_touched(house: House, criteria: dict[str, Any], found: list[str]) -> None:
    ann = told(house, "Ann")
    Issue.objects.filter(complaint=ann).update(cause="The thermostat came loose.")
    told(house, "Bo", product="Kettle K3", batch="A-17", category="billing", at=MONDAY - timedelta(days=9))
    ended = told(house, "Ended")
    actions.withdraw(ended, by=house.actor(house.handler), at=MONDAY)
    told(house, "Cup", product="Cup", batch="X")
    merged = told(house, "Merged")
    actions.merge(merged, by=house.actor(house.lead), at=MONDAY, into=ann)
    result = concerned(house.lead, Criteria(**({"open_only": False} | criteria)))
    rows = Complaint.objects.filter(pk__in=result.complaints)
    assert sorted(rows.values_list("customer__name", flat=True)) == found


def test_without_anything_an_index_serves_nobody_is_looked_for(house: House, desk: Client) -> None:
    with pytest.raises(ValueError, match="must be given"):
        concerned(house.lead, Criteria(category="product", cause="thermostat"))
    response = desk.get("/mass-letters/new?category=product&which=open")
    assert response.status_code == 422
    assert "Give a product, a batch number or the first day of receipt." in response.content.decode()


@pytest.mark.parametrize("name", ["issues_by_product", "issues_by_batch"])
def test_product_and_batch_are_found_by_their_index(house: House, name: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")
    criteria = Criteria(product="Kettle") if name.endswith("product") else Criteria(batch="B-1")
    from amends.correspondence.mass.finding import matching

    assert name in matching(house.lead, criteria).explain()


def test_a_customer_with_several_complaints_gets_one_letter_about_the_latest_open_one(
    house: House, desk: Client
) -> None:
    first = told(house, "Ann", at=MONDAY - timedelta(days=3))
    second = told(house, "Ann", customer=first.customer, at=MONDAY - timedelta(days=2))
    ended = told(house, "Ann", customer=first.customer)
    actions.withdraw(ended, by=house.actor(house.handler), at=MONDAY)
    found = desk.get("/mass-letters/new?product=kettle&which=all").content.decode()
    assert "1 customer<" in found
    assert "who have 3 complaints of it: each gets one letter" in found
    letter = begun(desk, which="all")
    assert list(letter.to.values_list("complaint", flat=True)) == [second.pk]


def test_nobody_writes_in_a_case_about_themselves_nor_sees_it(house: House, desk: Client) -> None:
    told(house, "About Lena", complained_about=[house.lead])
    told(house, "Other")
    assert "About Lena" not in desk.get("/mass-letters/new?product=kettle&which=open").content.decode()
    letter = begun(desk)
    assert names(letter) == ["Other"]
    other = Complaint.objects.get(customer__name="Other")
    write(desk, letter)
    other.complained_about.add(house.lead)  # meanwhile
    page = desk.get(f"/mass-letters/{letter.key}").content.decode()
    assert other.reference not in page
    assert desk.get(f"/mass-letters/{letter.key}/preview/en").status_code == 404
    sent(desk, letter)
    assert not Message.objects.exists()
    assert letter.to.get().error == "conflict_of_interest"


def test_only_who_leads_writes_to_everybody(house: House, client: Client) -> None:
    told(house, "Ann")
    client.force_login(house.handler)
    for path in ("/mass-letters", "/mass-letters/new"):
        assert client.get(path).status_code == 403
    assert (
        client.post("/mass-letters", {"product": "kettle", "title": "x", "channel": "letter"}).status_code
        == 403
    )
    assert not MassLetter.objects.exists()


def test_nobody_found_begins_no_letter(desk: Client) -> None:
    response = desk.post("/mass-letters", {"product": "none", "title": "x", "channel": "letter"})
    assert response.status_code == 422
    assert "Nobody is found by this." in response.content.decode()
    assert not MassLetter.objects.exists()


def test_the_same_form_twice_is_one_letter(house: House, desk: Client) -> None:
    told(house, "Ann")
    first, second = begun(desk, once="a-form"), begun(desk, once="a-form")
    assert first == second
    assert MassLetter.objects.count() == 1


def test_it_begins_with_the_standard_text_in_each_language_they_have(house: House, desk: Client) -> None:
    told(house, "Ann")
    told(house, "Bo", language="sv")
    letter = begun(desk)
    assert wording.languages_of(letter) == {"en": 1, "sv": 1}
    page = desk.get(f"/mass-letters/{letter.key}").content.decode()
    assert "You are one of the customers affected by the following matter: the thermostat." in page
    assert "Du är en av de kunder som berörs av följande: $title." in page  # to be said in Swedish
    assert "English: It is not written yet." in page
    refused = desk.post(f"/mass-letters/{letter.key}/sending")
    assert refused.status_code == 409
    assert "Svenska: It is not written yet." in refused.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "Because: $findings"}, "Still to be written, in place of the blank: $findings"),
        ({"text": "About $title. It failed."}, "Still to be written, in place of the blank: $title"),
        ({"text": "Do this: $action"}, "Nothing would be left of it"),
        ({"text": "Hello $nobody"}, "Nothing fills the blank $nobody."),
        ({"text": "It costs $ 5"}, "A dollar sign begins no blank here."),
        ({"subject": "About $link"}, "The subject cannot speak of $link"),
        ({"text": "Sorry 😀"}, "no picture for 😀"),
        ({"text": "  "}, "This field is required."),
    ],
)
def test_what_is_wrong_with_the_words_is_said_when_they_are_kept(
    house: House, desk: Client, changes: dict[str, str], sentence: str
) -> None:
    told(house, "Ann")
    letter = begun(desk)
    response = write(desk, letter, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    letter.refresh_from_db()
    assert letter.texts == {}


def test_lines_as_browsers_end_them_make_paragraphs(house: House, desk: Client) -> None:
    told(house, "Ann")
    letter = begun(desk)
    assert write(desk, letter, text=TEXT.replace("\n", "\r\n")).status_code == 303
    letter.refresh_from_db()
    assert letter.texts["en"]["text"] == TEXT


def test_two_who_write_the_same_language_do_not_overwrite_each_other(house: House, desk: Client) -> None:
    told(house, "Ann")
    letter = begun(desk)
    seen = desk.get(f"/mass-letters/{letter.key}").context["texts"][0]["form"]["seen"].value()
    assert write(desk, letter).status_code == 303
    response = write(desk, letter, seen=seen, text="Other words.")
    assert response.status_code == 409
    assert "Other words." in response.content.decode()
    letter.refresh_from_db()
    assert letter.texts["en"]["text"] == TEXT


def test_one_real_letter_is_shown_before_it_goes(house: House, desk: Client) -> None:
    told(house, "Ann", email="ann@example.org")
    letter = begun(desk)
    assert desk.get(f"/mass-letters/{letter.key}/preview/en").status_code == 404
    write(desk, letter)
    page = desk.get(f"/mass-letters/{letter.key}/preview/en").content.decode()
    assert page.count('<img class="sheet" src="data:image/png;base64,iVBOR') == 1
    by_mail = begun(desk, channel="email")
    write(desk, by_mail)
    page = desk.get(f"/mass-letters/{by_mail.key}/preview/en").content.decode()
    assert "The thermostat can fail." in page
    assert "Never said" not in page
    assert "<img" not in page


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


def test_the_number_of_queries_does_not_grow(house: House, desk: Client) -> None:
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(path).status_code == 200
        return len(seen)

    for number in range(3):
        told(house, f"Person {number}")
    letter = begun(desk)
    paths = ("/mass-letters", "/mass-letters/new?product=kettle&which=open", f"/mass-letters/{letter.key}")
    few = [count(path) for path in paths]
    for number in range(3, 12):
        told(house, f"Person {number}")
    more = begun(desk)
    assert [count(path) for path in (*paths[:2], f"/mass-letters/{more.key}")] == few


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
