"""The coach beside the texts of the desk: what it marks, what it holds up, what the house asks of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amends.cases.house_coach import current_rules
from amends.cases.models import CoachCount, CoachRules, Event, Message
from amends.coach.draft import coach
from amends.desk.coaching import panel_of
from amends.people.models import StaffMember
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk, fields_of

pytestmark = [pytest.mark.coached, pytest.mark.usefixtures("on_monday", "rules_alone")]
BAD = "We are sorry that you feel that way."
HTMX = {"HX-Request": "true"}


def words(response: HttpResponse) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def read(desk: Desk, step: str, **typed: str) -> HttpResponse:
    return desk.client.post(f"{desk.page}/coach/{step}", typed, headers=HTMX)  # type: ignore[return-value]


def test_each_mark_opens_why_and_what_to_say_instead(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    answer = read(desk, "acknowledge", text=f"Hello.\n\n{BAD}", channel="email")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r'<a class="mark must" href="#en-note-1">sorry that you feel<sup>1</sup></a>', page)
    assert 'id="en-note-1"' in page
    start = "Hello.\n\n".__len__() + BAD.index("sorry")
    assert f'data-start="{start}" data-end="{start + len("sorry that you feel")}"' in page
    said = words(answer)
    assert "It regrets how the customer feels, and not what was done to them." in said
    assert "Use this" in said
    assert "style=" not in page
    assert "<script" not in page
    assert Event.objects.count() == 1  # nothing was kept: the registration alone


def test_must_haves_have_ticks_and_the_way_through_is_said_in_words(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    text = "I have taken your complaint 2026-00001 on. I will write to you by 6 March 2026."
    said = words(read(desk, "acknowledge", text=text, channel="email"))
    assert "There: The number of the case, or the date of their letter" in said
    assert "There: What happens next, and by when" in said
    assert "Take it on" in said
    assert "at the beginning" in said
    assert "Still open:" not in said
    assert "Why it goes out without" not in said


def test_why_is_in_the_writers_language_and_instead_in_the_drafts(house: House) -> None:
    house.handler.language = "sv"
    house.handler.save()
    said = words(read(Desk(house.handler, house.complaint()), "acknowledge", text=BAD, channel="email"))
    assert "Det beklagar hur kunden känner sig" in said
    assert "I am sorry that we …" in said


def test_sending_stops_with_the_list_and_the_text_kept(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    stopped = desk.post("acknowledgement", text=BAD)
    said = words(stopped)
    assert stopped.status_code == 409
    assert "The text lacks something that it must have." in said
    assert "Still open: The number of the case, or the date of their letter" in said
    again = fields_of(stopped, f"{desk.page}/acknowledgement")
    assert again["text"] == BAD
    assert Message.objects.count() == 0
    done = desk.send("acknowledgement", again | {"override": "Said so on the phone."})
    assert done.status_code == 303
    note = Message.objects.get(direction="inside")
    assert note.body == "Said so on the phone."
    assert Event.objects.get(name="complaint.acknowledged").data["coach"]["note"] == note.pk


def test_without_scripts_one_request_reads_it(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    page = desk.post("acknowledgement", text=BAD, coach="1")
    assert page.status_code == 200
    assert "1 place to look at again" in words(page)
    assert fields_of(page, f"{desk.page}/acknowledgement")["text"] == BAD
    assert Message.objects.count() == 0
    asked = desk.post("inquiries", question="Why did you mess it up again, as always?", coach="1")
    assert asked.status_code == 200
    assert fields_of(asked, f"{desk.page}/inquiries")["question"].startswith("Why did you")


def test_a_question_to_a_colleague_is_read_for_a_few_codes_alone(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    assert "The coach reads along" in words(desk.get("inquiries"))
    said = words(read(desk, "ask", question="You must send me the list at once! It is company policy."))
    assert "What this text must have" not in said
    assert "The way through the letter" not in said
    assert "Orders about" in said
    mild = words(read(desk, "ask", question="When was the kettle packed, and who saw it?"))
    assert "No sentence that stands out." in mild


@pytest.mark.parametrize(
    ("noun", "step", "field"),
    [("resolution", "resolve_at_once", "done"), ("talks", "book_meeting", "about")],
)
def test_it_stands_beside_the_other_words_to_the_customer(
    house: House, noun: str, step: str, field: str
) -> None:
    desk = Desk(house.handler, house.complaint())
    page = desk.get(noun)
    assert f"{desk.page}/coach/{step}" in page.content.decode()
    said = words(read(desk, step, **{field: BAD}))
    assert "Puts it on the customer" in said


def test_what_was_solved_at_once_needs_no_plan_but_may_not_hurt(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    stopped = desk.post("resolution", done=BAD)
    assert (stopped.status_code, Message.objects.count()) == (409, 0)
    assert desk.post("resolution", done="I refunded the 20 SEK while we spoke.").status_code == 303


def test_who_may_not_see_the_case_and_what_is_no_text_get_nothing(house: House) -> None:
    case = house.complaint(complained_about=[house.colleague])
    assert read(Desk(house.colleague, case), "acknowledge", text=BAD).status_code == 404
    assert read(Desk(house.handler, case), "decide", text=BAD).status_code == 404
    assert Desk(house.handler, case).client.get(f"/complaints/{case.key}/coach/write").status_code == 405


def test_reading_asks_the_same_few_questions_of_the_database(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    counts = []
    for text in (BAD, f"{BAD}\n\n" * 20):
        read(desk, "acknowledge", text=text, channel="email")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(desk, "acknowledge", text=text, channel="email")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_pieces_are_the_text_and_the_inner_mark_has_the_place() -> None:
    text = "We are sorry that you feel let down, and we will get back to you soon."
    whole = f"Dear Ms Berg,\n\n{text}\n\nYours sincerely,\nHouse"
    panel = panel_of(coach(whole, language="en"), whole, text)
    assert "".join(piece.text for piece in panel.pieces) == text
    for note in panel.notes:
        assert text[note.start : note.end] == note.finding.text


# --- the house's own rules -------------------------------------------------------------------


@pytest.fixture
def ada(house: House) -> StaffMember:
    return house.staff("Ada Admin", "administrator", house.care)


def signed_in(staff: StaffMember) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def test_who_writes_reads_the_rules_and_administrators_change_them(house: House, ada: StaffMember) -> None:
    handler, admin, packer = signed_in(house.handler), signed_in(ada), signed_in(house.packer)
    assert handler.get("/coach").status_code == 200
    assert packer.get("/coach").status_code == 403
    for page in ("/coach/kinds/offer", "/coach/words/sv", "/coach/off"):
        assert (handler.get(page).status_code, admin.get(page).status_code) == (403, 200)
    assert admin.get("/coach/kinds/nothing").status_code == 404
    assert admin.get("/coach/words/xx").status_code == 404


def form_of(page: HttpResponse) -> dict[str, str]:
    form = page.context["form"]  # type: ignore[attr-defined]
    return {
        field.html_name: ""
        if field.value() is None
        else str(field.value()() if callable(field.value()) else field.value())
        for field in form
    }


def test_a_must_have_becomes_advice_and_texts_go_out(house: House, ada: StaffMember) -> None:
    admin, page = signed_in(ada), "/coach/kinds/acknowledgement"
    typed = form_of(admin.get(page)) | {"no-reference": "advice", "no-next-step": "advice", "blame": "off"}  # type: ignore[arg-type]
    assert admin.post(page, typed).status_code == 303
    rules = current_rules()
    assert rules.levels == {
        "acknowledgement": {"no-reference": "advice", "no-next-step": "advice", "blame": "off"}
    }
    assert (rules.version, rules.by) == (1, ada)
    assert "the house’s own" in words(admin.get("/coach"))  # type: ignore[arg-type]
    Desk(house.handler, house.complaint()).take("acknowledgement", text=BAD)
    assert admin.post(page, typed).status_code == 303  # sent twice, kept once
    assert CoachRules.objects.count() == 1


def test_nobody_saves_over_another_version(house: House, ada: StaffMember) -> None:
    admin = signed_in(ada)
    first = form_of(admin.get("/coach/off"))  # type: ignore[arg-type]
    second = form_of(admin.get("/coach/off"))  # type: ignore[arg-type]
    assert admin.post("/coach/off", first | {"codes": ["stiff"]}).status_code == 303
    clash = admin.post("/coach/off", second | {"codes": ["chummy"]})
    assert clash.status_code == 409
    assert "Ada Admin saved another version meanwhile" in words(clash)  # type: ignore[arg-type]
    assert current_rules().off == ["stiff"]


def test_words_to_avoid_are_checked_kept_and_used(house: House, ada: StaffMember) -> None:
    admin, page = signed_in(ada), "/coach/words/en"
    empty = form_of(admin.get(page)) | {"lines": "3"}  # type: ignore[arg-type]
    wrong = admin.post(
        page, empty | {"words-0": "!!", "words-1": "client", "instead-1": "our client", "why-2": "Because."}
    )
    assert wrong.status_code == 422
    said = words(wrong)  # type: ignore[arg-type]
    assert "There is no word in it that could be looked for." in said
    assert "This holds the words that are to be avoided." in said
    assert "Which words are to be avoided?" in said
    assert CoachRules.objects.count() == 0
    good = empty | {"words-0": "client", "why-0": "They are our guests.", "instead-0": "guest"}
    assert admin.post(page, good).status_code == 303
    desk = Desk(house.handler, house.complaint())
    beside = words(read(desk, "acknowledge", text="I told our clients about it.", channel="email"))
    assert "Not our house’s words" in beside
    assert "They are our guests." in beside
    assert "guest" in beside


def test_a_text_of_no_case_is_read_for_who_writes_texts(house: House, ada: StaffMember) -> None:
    answer = signed_in(ada).post("/coach/mass/en", {"text": BAD}, headers=HTMX)
    assert (answer.status_code, "Puts it on the customer" in words(answer)) == (200, True)  # type: ignore[arg-type]
    assert signed_in(house.packer).post("/coach/mass/en", {"text": BAD}).status_code == 403
    assert signed_in(ada).post("/coach/nothing/en", {"text": BAD}).status_code == 404
    assert "/coach/progress/sv" in signed_in(ada).get("/texts/sv/progress").content.decode()


# --- which habits fade -----------------------------------------------------------------------


def test_the_habits_of_twelve_weeks_without_a_person(house: House) -> None:
    lead = signed_in(house.lead)
    assert signed_in(house.handler).get("/coach/habits").status_code == 403
    assert "Nothing yet." in words(lead.get("/coach/habits"))  # type: ignore[arg-type]
    for week, count in ((0, 1), (1, 4), (20, 99)):
        day = (MONDAY - timedelta(weeks=week)).date()
        for code in ("", "blame"):
            CoachCount.objects.create(day=day, language="sv", code=code, purpose="offer", count=count)
    page = lead.get("/coach/habits")
    (row,) = page.context["rows"]
    assert (row[1].code, list(row[1].counts)) == ("blame", [0] * 10 + [4, 1])
    assert page.context["texts"] == [0] * 10 + [4, 1]
    assert "<polyline" in page.content.decode()
    assert '<a href="?" aria-current="page">' in page.content.decode()  # all languages, whatever the reader's
    assert "Hanna" not in words(page)  # type: ignore[arg-type]
    assert "Nothing yet." in words(lead.get("/coach/habits?language=pl"))  # type: ignore[arg-type]


def test_the_page_of_habits_asks_one_question_however_much_went_out(house: House) -> None:
    lead = signed_in(house.lead)
    counts = []
    for _ in range(2):
        for number in range(30):
            CoachCount.objects.create(day=MONDAY.date(), language="en", code="blame", purpose=f"p{number}")
        lead.get("/coach/habits")
        with CaptureQueriesContext(connection) as queries:
            lead.get("/coach/habits")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
