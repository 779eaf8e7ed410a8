"""The post: what waits to be printed, who sees it, and that it goes into one pile only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amends.cases.models import Message
from amends.correspondence.models import PrintRun
from amends.correspondence.post import queue
from amends.correspondence.post.pile import TakenMeanwhile, take_out
from amends.kit import clock
from tests.conftest import MONDAY, House
from tests.desk.letters_out import ready, texts_of, written
from tests.desk.post_office import marked, page, printed, status
from tests.together import at_the_same_time


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The handler, who may register and so may see to the post."""
    client.force_login(house.handler)
    return client


def test_the_queue_shows_the_oldest_first_with_what_it_is(house: House, desk: Client) -> None:
    second = ready(house, name="Bo Berg", address="Storgatan 1\n123 45 Ystad")
    first = ready(house, "Older.\n\n" + "A long letter. " * 250, at=MONDAY - timedelta(days=1))
    queued = page(desk)
    assert queued.index(first.key) < queued.index(second.key)
    assert "2 letters wait." in queued
    assert "Cheltenham, GL50 1AA" in queued
    assert "123 45 Ystad" in queued
    assert first.complaint.reference in queued
    assert (queued.count("1 page<"), queued.count("2 pages<")) == (1, 1)


def test_a_letter_that_is_not_set_yet_cannot_be_chosen(house: House, desk: Client) -> None:
    letter = written(house)
    queued = page(desk)
    assert "being set" in queued
    assert f'value="{letter.key}" id="letter-{letter.key}" aria-label' in queued
    assert "disabled" in queued
    response = desk.post("/post/runs", {"letters": [letter.key]})
    assert response.status_code == 409
    assert (
        f"still being set. Try again in a moment: {letter.complaint.reference}" in response.content.decode()
    )
    assert not PrintRun.objects.exists()


def test_without_an_address_it_is_said(house: House, desk: Client) -> None:
    ready(house, address="")
    assert "No postal address" in page(desk)


def test_only_who_registers_sees_the_post(house: House, client: Client) -> None:
    letter = ready(house)
    client.force_login(house.packer)
    assert client.get("/post").status_code == 403
    assert client.post("/post/runs", {"letters": [letter.key]}).status_code == 403
    assert not PrintRun.objects.exists()


def test_nobody_sees_letters_of_a_case_about_themselves(house: House, desk: Client) -> None:
    mine, other = ready(house, name="Mine"), ready(house, name="Other")
    run = printed(desk, mine, other)
    mine.complaint.complained_about.add(house.handler)
    assert mine.complaint.reference not in page(desk, f"/post/runs/{run.key}")
    words = "".join(texts_of(desk.get(f"/post/runs/{run.key}/letters.pdf").content))
    assert (mine.complaint.reference in words, other.complaint.reference in words) == (False, True)
    other.complaint.complained_about.add(house.handler)
    assert desk.get(f"/post/runs/{run.key}").status_code == 404
    assert desk.get(f"/post/runs/{run.key}/letters.pdf").status_code == 404
    third = ready(house, name="Third")
    third.complaint.complained_about.add(house.handler)
    assert third.key not in page(desk)
    assert desk.post("/post/runs", {"letters": [third.key]}).status_code == 422
    assert marked(desk, run, mine).status_code == 404
    assert status(mine) == "to_print"


def test_the_same_form_twice_is_one_pile(house: House, desk: Client) -> None:
    letters = {"letters": [ready(house).key], "once": "a-form"}
    first, second = desk.post("/post/runs", letters), desk.post("/post/runs", letters)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert PrintRun.objects.count() == 1
    other = desk.post("/post/runs", letters | {"letters": [ready(house).key]})
    assert other.status_code == 409


def test_all_single_letters_at_once_and_none_is_said(house: House, desk: Client) -> None:
    letters = [ready(house), ready(house)]
    run = printed(desk, all="1")
    assert list(run.letters.order_by("printed__place")) == letters
    response = desk.post("/post/runs", {"all": "1"})
    assert response.status_code == 422
    assert "Tick the letters to print." in response.content.decode()


def test_all_means_all_that_are_set_and_the_others_stay_in_the_queue(house: House, desk: Client) -> None:
    unset = written(house)
    response = desk.post("/post/runs", {"all": "1"})
    assert response.status_code == 409
    assert "still being set" in response.content.decode()
    letter = ready(house)
    assert list(printed(desk, all="1").letters.all()) == [letter]
    assert f'value="{unset.key}"' in page(desk)


def test_what_a_colleague_has_printed_is_not_printed_again(house: House, desk: Client) -> None:
    letter = ready(house)
    run = printed(desk, letter)
    other = Client()
    other.force_login(house.colleague)
    queued = page(other)
    assert "Printed by Hanna Handler" in queued
    assert "1 letter not marked yet" in queued
    assert f'value="{letter.key}"' not in queued
    response = other.post("/post/runs", {"letters": [letter.key]})
    assert response.status_code == 409
    assert (
        f"Hanna Handler has printed these meanwhile: {letter.complaint.reference}"
        in response.content.decode()
    )
    assert PrintRun.objects.get() == run


def test_today_says_how_many_wait_and_since_when(house: House, desk: Client) -> None:
    assert "Letters to print" not in page(desk, "/")
    ready(house, at=MONDAY - timedelta(days=3))
    letter = ready(house)
    with clock.set_to(MONDAY):
        today = page(desk, "/")
    assert "2 letters wait to be printed" in today
    assert 'the oldest since <time datetime="2026-02-27T10:00:00+01:00"' in today
    letter.complaint.complained_about.add(house.handler)
    assert "1 letter waits to be printed" in page(desk, "/")
    printed(desk, all="1")
    assert "Letters to print" not in page(desk, "/")
    packer = Client()
    packer.force_login(house.packer)
    assert "Letters to print" not in page(packer, "/")


def test_the_number_of_queries_does_not_grow(house: House, desk: Client) -> None:
    def count(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert desk.get(path).status_code == 200
        return len(seen)

    letters = [ready(house) for _ in range(2)]
    run = printed(desk, letters[0])
    paths = ("/post", f"/post/runs/{run.key}", f"/post/runs/{run.key}/letters.pdf")
    few = [count(path) for path in paths]
    more = [ready(house) for _ in range(6)]
    run = printed(desk, *more[:5])
    assert [
        count(path) for path in ("/post", f"/post/runs/{run.key}", f"/post/runs/{run.key}/letters.pdf")
    ] == few
    assert few[0] <= 14


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plans are SQLite’s")
def test_the_few_letters_on_their_way_are_found_by_their_own_indexes(house: House) -> None:
    latest = Message.objects.filter(status=queue.DISPATCHED).order_by("-sent_at", "-pk")
    numbered = queue.NUMBERED.filter(dispatch_number="RR1")
    of_case = Message.objects.filter(complaint__reference="2026-00001", channel="letter")
    for rows, index in (
        (queue.unposted(house.handler), "letters_to_print"),
        (queue.to_print(house.handler), "letters_to_print"),
        (latest, "letters_posted"),
        (numbered, "letters_by_number"),
        (of_case, "messages_of_a_case"),
    ):
        assert index in rows.explain()


def test_two_people_print_the_same_letters_and_one_pile_comes_of_it(committed: None) -> None:
    house = House()
    letters = [ready(house), ready(house)]
    people = (house.handler, house.colleague)

    def take(number: int) -> str:
        try:
            take_out(letters, staff=people[number], at=MONDAY, two_sided=False)
        except TakenMeanwhile as taken:
            return f"too late for {len(taken.messages)}"
        return "printed"

    assert sorted(at_the_same_time(2, take)) == ["printed", "too late for 2"]
    assert PrintRun.objects.count() == 1
    assert not queue.to_print(house.handler).exists()
