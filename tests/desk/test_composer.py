"""Two people at one customer, what happened while one wrote, and the preview of what goes out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from amends.cases import actions
from amends.cases.models import Message
from amends.correspondence.models import ComposerDraft
from amends.correspondence.preview import left_over
from amends.kit import clock
from amends.people.actors import customer_actor
from amends.rules.capabilities import SYSTEM
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk, fields_of
from tests.desk.test_drafts import HTMX, save
from tests.together import at_the_same_time

pytestmark = pytest.mark.usefixtures("on_monday")


def _words(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_sending_stops_once_when_somebody_else_wrote_meanwhile(house: House) -> None:
    case = house.complaint()
    hanna, karl = Desk(house.handler, case), Desk(house.colleague, case)
    form = hanna.form("messages") | {"text": "We replace it."}
    karl.take("messages", text="We repair it.", subject="Repair")
    stopped = hanna.send("messages", form)
    page = _words(stopped)
    assert stopped.status_code == 409
    assert "Not sent yet: something happened while you were writing." in page
    assert ("Karl Colleague" in page, "We repair it." in page) == (True, True)
    assert Message.objects.count() == 1
    again = fields_of(stopped, f"{hanna.page}/messages")
    assert again["text"] == "We replace it."
    assert "Write to the customer all the same" in page
    assert hanna.send("messages", again).status_code == 303
    assert [m.author_name for m in Message.objects.order_by("pk")] == ["Karl Colleague", "Hanna Handler"]


def test_of_two_who_send_at_the_same_moment_one_is_stopped(committed: None) -> None:
    house = House()
    case = house.complaint()
    desks = [Desk(house.handler, case), Desk(house.colleague, case)]
    forms = [desk.form("messages") | {"text": f"From {n}."} for n, desk in enumerate(desks)]
    answers = at_the_same_time(2, lambda n: desks[n].send("messages", forms[n]).status_code)
    assert sorted(answers) == [303, 409]
    (sent,) = Message.objects.all()
    assert f"From {answers.index(303)}." in sent.body


def test_it_stops_again_for_what_came_after_the_first_stop(house: House) -> None:
    case = house.complaint()
    hanna = Desk(house.handler, case)
    form = hanna.form("messages") | {"text": "We replace it."}
    actions.write(case, by=house.actor(house.colleague), at=MONDAY, text="One.")
    again = fields_of(hanna.send("messages", form), f"{hanna.page}/messages")
    actions.write(case, by=house.actor(house.colleague), at=MONDAY, text="Two.")
    stopped = hanna.send("messages", again)
    happened = stopped.context["card"].composing.happened  # type: ignore[attr-defined]
    assert (stopped.status_code, [one.message.body for one in happened]) == (409, ["Two."])


@pytest.mark.parametrize("what", ["customer", "moved"])
def test_it_stops_for_the_customers_word_and_for_a_move_of_the_case(house: House, what: str) -> None:
    case = house.complaint()
    hanna = Desk(house.handler, case)
    form = hanna.form("messages") | {"text": "We replace it."}
    if what == "customer":
        actions.hear(case, by=customer_actor(house.customer), at=MONDAY, words="It is solved.")
    else:
        actions.resolve_at_once(
            case, by=house.actor(house.colleague), at=MONDAY, done="New label.", channel="phone"
        )
    before = Message.objects.count()
    stopped = hanna.send("messages", form)
    assert stopped.status_code == 409
    assert ("It is solved." if what == "customer" else "Solved on the spot") in _words(stopped)
    assert Message.objects.count() == before


def test_it_does_not_stop_for_a_note_a_clock_or_a_mail_on_its_way(house: House) -> None:
    case = house.complaint()
    karl = house.actor(house.colleague)
    case = actions.write(case, by=karl, at=MONDAY, text="Before the form was opened.")
    hanna = Desk(house.handler, case)
    form = hanna.form("messages") | {"text": "We replace it."}
    actions.note(case, by=karl, at=MONDAY, text="Seen before.")
    actions.report_delivery(Message.objects.earliest("pk"), by=SYSTEM, at=MONDAY)
    actions.assign(case, by=karl, at=MONDAY, handler=house.handler)
    actions.write(case, by=SYSTEM, at=MONDAY, text="It has arrived.", purpose="receipt")
    assert hanna.send("messages", form).status_code == 303


def test_one_stops_for_ones_own_message_from_another_window_but_not_for_ones_own_step(house: House) -> None:
    case = house.complaint()
    hanna = Desk(house.handler, case)
    form = hanna.form("messages") | {"text": "We replace it."}
    hanna.take("messages", text="We replace it, from the other window.")
    assert hanna.send("messages", form).status_code == 409
    form = hanna.form("messages") | {"text": "Another word."}
    actions.withdraw(case, by=house.actor(house.handler), at=MONDAY)
    assert hanna.send("messages", form).status_code == 303


def test_a_page_that_does_not_say_what_it_has_seen_is_not_stopped(house: House) -> None:
    case = house.complaint()
    hanna = Desk(house.handler, case)
    form = hanna.form("messages") | {"text": "We replace it."}
    del form["seen"]
    actions.write(case, by=house.actor(house.colleague), at=MONDAY, text="One.")
    assert hanna.send("messages", form).status_code == 303


def test_who_else_writes_is_shown_and_after_half_an_hour_that_they_have_a_draft(house: House) -> None:
    case = house.complaint()
    hanna, karl = Desk(house.handler, case), Desk(house.colleague, case)
    save(karl, karl.form("messages") | {"text": "Secret words"}, "write")
    page = _words(hanna.get("messages"))
    assert "<strong>Karl Colleague</strong> is writing to this customer too: Write to the customer" in page
    assert "Secret words" not in page
    with clock.set_to(MONDAY + timedelta(minutes=31)):
        page = _words(hanna.get("messages"))
    assert "is writing to this customer too" not in page
    assert "Karl Colleague has an unsent draft: Write to the customer" in page


def test_the_page_asks_now_and_then_what_is_new(house: House) -> None:
    case = house.complaint()
    hanna = Desk(house.handler, case)
    seen = hanna.form("messages")["seen"]
    quiet = _words(hanna.client.get(f"{hanna.page}/drafts/write/notes?seen={seen}", **HTMX))  # type: ignore[arg-type]
    actions.write(case, by=house.actor(house.colleague), at=MONDAY, text="One.")
    loud = _words(hanna.client.get(f"{hanna.page}/drafts/write/notes?seen={seen}", **HTMX))  # type: ignore[arg-type]
    assert ("Since you opened this page" in quiet, "Since you opened this page" in loud) == (False, True)
    assert 'name="csrfmiddlewaretoken"' in quiet  # who signed in again goes on from the old page


def test_the_draft_says_what_happened_since_it_was_written(house: House) -> None:
    case = house.complaint()
    hanna = Desk(house.handler, case)
    save(hanna, hanna.form("messages") | {"text": "We replace it."}, "write")
    actions.write(case, by=house.actor(house.colleague), at=MONDAY, text="We repair it.")
    page = _words(hanna.get("messages"))
    assert ("Since you wrote this:" in page, "We repair it." in page) == (True, True)
    assert hanna.send("messages", hanna.form("messages")).status_code == 303  # it was shown


def _preview(desk: Desk, show: str, **typed: str) -> HttpResponse:
    form = desk.form("messages") | typed | {"show": show}
    return desk.client.post(f"{desk.page}/drafts/write/preview", form, **HTMX)  # type: ignore[arg-type, return-value]


def test_the_preview_of_a_letter_is_the_page_as_it_prints(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    response = _preview(desk, "letter", text="We replace it.")
    (address,) = response.context["preview"].pages  # type: ignore[attr-defined]
    picture = desk.client.get(address)
    assert (picture["Content-Type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert picture["Cache-Control"] == "private, max-age=3600, immutable"
    long = _preview(desk, "letter", text="\n\n".join(["We replace it, and this is why."] * 60))
    assert len(long.context["preview"].pages) == 3  # type: ignore[attr-defined]
    same = _preview(desk, "letter", text="We replace it.").context["preview"].pages  # type: ignore[attr-defined]
    assert same == [address]
    assert Message.objects.count() == ComposerDraft.objects.count() == 0


def test_the_preview_of_a_mail_is_the_mail(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    shown = _preview(desk, "email", text="We <b>replace</b> it.", subject="Kettle").context["preview"]  # type: ignore[attr-defined]
    assert (shown.to, shown.subject, "We <b>replace</b> it." in shown.body) == (
        "clara@example.org",
        "Kettle",
        True,
    )
    page = desk.client.get(shown.html)
    assert "We &lt;b&gt;replace&lt;/b&gt; it." in page.content.decode()
    assert page["Content-Security-Policy"].startswith("default-src 'none';")
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_on_the_phone_it_is_what_to_say(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    page = _words(_preview(desk, "phone", text="We replace it."))
    assert '<div class="to-say" lang="en">' in page
    assert "We replace it." in page


def test_what_is_not_right_yet_is_said_in_words(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    warnings = _preview(desk, "letter", text="Dear $name, [date] 😀").context["preview"].warnings  # type: ignore[attr-defined]
    assert warnings == [
        "Still to be filled in: $name  [date]",
        "No font of letters shows 😀. Say it in words: the letter cannot be printed so.",
        "No postal address is on file, so the letter cannot be posted.",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It costs $20 or 20 $.", []),
        ("$word_by and ${name}", ["$word_by", "${name}"]),
        ("[name] ____ ??? XXX", ["[name]", "____", "???", "XXX"]),
        ("您好【姓名】", ["【姓名】"]),
        ("Really? Yes… [1]", ["[1]"]),
    ],
)
def test_blanks_are_found(text: str, found: list[str]) -> None:
    assert left_over(text) == found


def test_without_scripts_the_preview_is_a_button_and_the_text_stays(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    form = desk.form("messages") | {"text": "Half", "preview": "1", "show": "letter"}
    response = desk.send("messages", form)
    assert response.status_code == 200
    assert fields_of(response, f"{desk.page}/messages")["text"] == "Half"
    assert fields_of(response, f"{desk.page}/messages")["once"] == form["once"]
    assert 'class="sheet"' in response.content.decode()
    assert Message.objects.count() == 0


def test_a_page_of_a_preview_is_nobody_elses(house: House) -> None:
    case, other = house.complaint(complained_about=[house.colleague]), house.complaint()
    desk = Desk(house.handler, case)
    (address,) = _preview(desk, "letter", text="We replace it.").context["preview"].pages  # type: ignore[attr-defined]
    assert Desk(house.colleague, case).client.get(address).status_code == 404
    assert desk.client.get(address.replace(case.key, other.key)).status_code == 404
    assert desk.client.get(f"{desk.page}/previews/nothing.png").status_code == 404
    assert desk.client.get(f"{desk.page}/previews/nothing.exe").status_code == 404


def test_drafts_cost_one_query_however_many_there_are(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.lead, case)
    desk.get()
    none = _queries(desk)
    for person in (house.handler, house.colleague, house.lead):
        save(Desk(person, case), Desk(person, case).form("messages") | {"text": "Words"}, "write")
    assert _queries(desk) == none


def _queries(desk: Desk) -> int:
    with CaptureQueriesContext(connection) as queries:
        desk.get()
    return len(queries)
