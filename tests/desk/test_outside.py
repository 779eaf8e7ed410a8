"""A body outside has the complaint: noted at the desk and by programs, with its clock, until it is over."""

from datetime import timedelta

from amends.cases.models import Clock, Event, Proceeding
from amends.kit import clock
from amends.rules.deadlines import ClockKind
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.grown import grow

PAST = {"since": "2026-02-27", "body": "The Board", "reference": "B-7"}


def test_it_is_noted_shown_and_closed(house: House) -> None:
    case = house.complaint(country="US")
    desk = Desk(house.handler, case)
    with clock.set_to(MONDAY):
        form = desk.form("bodies-outside")
        assert form["since"] == "2026-03-02"
        desk.take("bodies-outside", **PAST, wants_answer="answer")
        page = desk.get().content.decode()
        assert "The Board" in page
        assert "B-7" in page
        assert "See to the body outside" in page
        row = Proceeding.objects.get()
        assert row.since < MONDAY
        assert row.wants_answer
        assert desk.post(f"bodies-outside/{row.key}/outcome", outcome="").status_code == 422
        desk.take(f"bodies-outside/{row.key}/outcome", outcome="Our answer went on Monday.")
        assert "Our answer went on Monday." in desk.get().content.decode()
    assert not Clock.objects.filter(kind=ClockKind.BODY, stopped_at__isnull=True).exists()


def test_the_day_that_the_body_names_counts(house: House) -> None:
    case = house.complaint(country="US")
    with clock.set_to(MONDAY):
        Desk(house.handler, case).take(
            "bodies-outside", **PAST, wants_answer="answer", answer_by="2026-03-05"
        )
    due = Clock.objects.get(kind=ClockKind.BODY).due_at
    assert due == MONDAY.replace(day=5, hour=16)  # five in the afternoon in Stockholm


def test_a_day_to_come_and_nobody_are_told_and_nothing_is_lost(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    with clock.set_to(MONDAY):
        response = desk.post("bodies-outside", body="", since="2026-03-03", reference="B-7")
    assert response.status_code == 422
    page = response.content.decode()
    assert "This lies in the future." in page
    assert 'value="B-7"' in page
    assert not Proceeding.objects.exists()


def test_the_bodies_of_the_country_are_named_as_examples(house: House) -> None:
    page = Desk(house.handler, house.complaint(country="SE")).get("bodies-outside").content.decode()
    assert "Allmänna reklamationsnämnden" in page


def test_the_department_notes_that_the_goods_came_back(house: House) -> None:
    case = next(one for one in grow(house) if one.stage == "fulfilling")
    day = (MONDAY + timedelta(days=1)).date().isoformat()
    with clock.set_to(MONDAY + timedelta(days=9)):
        Desk(house.packer, case).take("goods-returned", since=day)
    told = Event.objects.get(name="goods.came_back")
    assert told.data["since"].startswith(day)
