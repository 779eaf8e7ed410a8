"""The page at every stage: what it says, what it keeps to itself, and that reading it changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amends.cases import actions
from amends.cases.models import Complaint
from amends.kit.clock import set_to
from amends.people.actors import SYSTEM
from amends.people.models import Representative
from tests.conftest import MONDAY, House
from tests.portal.conftest import NOON, Link
from tests.portal.way import SECRETS, STAGES

At = Callable[..., Link]
NOUNS = (
    "",
    "receipt",
    "problem-confirmation",
    "problem-correction",
    "messages",
    "documents",
    "counter-proposal",
    "declined-offer",
    "signing-code",
    "signature",
    "satisfaction",
    "dissatisfaction",
    "escalation",
    "withdrawal",
    "reopening",
    "data",
)


@pytest.mark.parametrize("stage", STAGES)
def test_every_page_opens_tells_nothing_internal_and_changes_nothing(at: At, stage: str) -> None:
    link = at(stage)
    before = Complaint.objects.filter(pk=link.fresh().pk).values().get()
    for noun in NOUNS:
        response = link.get(noun)
        assert response.status_code == 200, noun
        text = response.content.decode()
        assert [secret for secret in SECRETS if secret in text] == [], noun
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert response["Content-Language"] == "en"
    assert Complaint.objects.filter(pk=link.fresh().pk).values().get() == before
    assert link.fresh().offers.filter(codes__wrong_tries__gt=0).count() == 0


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("received", "You get our first answer by Tuesday, 3 March 2026."),
        ("acknowledged", "You hear from us by Saturday, 7 March 2026 at the latest"),
        ("investigating", "You get our decision by Monday, 16 March 2026."),
        ("decided", "We have looked into it and are preparing our answer to you."),
        ("awaiting_approval", "We have looked into it and are preparing our answer to you."),
        ("offered", "Our offer stands until 16 March 2026 10:00."),
        ("agreed", "You have signed the agreement, and we are about to carry it out."),
        ("fulfilling", "Everything we agreed is done by Monday, 9 March 2026."),
        ("following_up", "would like to know from you whether it is good now"),
        ("closed", "It ended on Monday, 2 March 2026: you told us that it is good now."),
    ],
)
def test_the_page_says_where_it_stands_and_what_comes_by_when(at: At, stage: str, words: str) -> None:
    text = at(stage).text()
    assert words in text
    assert "pproval" not in text


def test_a_promise_that_was_broken_is_owned_up_to(at: At) -> None:
    link = at("received")
    with set_to(NOON + timedelta(days=2)):
        assert "You should have had our first answer by Tuesday, 3 March 2026. We are late" in link.text()


def test_what_we_wait_for_from_them_is_said_and_no_law_is(at: At) -> None:
    link = at("investigating")
    clock = link.fresh().clocks.get(kind="answer", stopped_at__isnull=True)
    by = link.way.house.actor(link.way.house.handler)
    assert "You get our decision by" in link.text()
    actions.pause_clock(clock, by=by, at=NOON, why="your photo of the seam")
    text = link.text()
    assert "We have been waiting for you since Monday, 2 March 2026: your photo of the seam" in text
    assert "You get our decision by" not in text
    for word in ("Ustawa", "clock", "strictest", "No reply in time"):
        assert word not in text


def test_only_the_handler_is_named_and_only_real_words_are_shown(at: At) -> None:
    link = at("investigating")
    other = link.way.house.actor(link.way.house.colleague)
    actions.write(link.fresh(), by=other, at=NOON, text="A word from a colleague.")
    text = link.text()
    assert "Hanna Handler looks after your complaint." in text
    assert "A word from a colleague." in text
    assert "Our house" in text
    assert "It has done so since the first day." in text


def test_a_message_that_did_not_arrive_is_not_shown_as_sent(at: At) -> None:
    link = at("acknowledged")
    message = link.fresh().messages.get(purpose="acknowledgement")
    assert "We could not deliver this by e-mail" not in link.text()
    actions.report_failure(message, by=SYSTEM, at=NOON, error="SECRET-ERROR")
    text = link.text()
    assert "We could not deliver this by e-mail" in text
    assert "SECRET-ERROR" not in text


def test_the_bar_leaves_out_what_did_not_happen(at: At) -> None:
    link = at("received")
    actions.resolve_at_once(link.fresh(), by=link.way.handler, at=NOON, done="We swapped it.")
    text = link.text()
    assert "Is it good now?" in text
    assert "Agreed" not in text


@pytest.mark.parametrize(
    ("language", "lang", "day"),
    [
        ("sv", "sv", "tisdag 3 mars 2026"),
        ("pl", "pl", "wtorek, 3 marca 2026"),
        ("ms", "ms", "Selasa, 3 Mac 2026"),
        ("zh-hans", "zh-hans", "2026年3月3日星期二"),
    ],
)
def test_the_page_speaks_the_complaints_language(at: At, language: str, lang: str, day: str) -> None:
    response = at("received", language=language).get()
    text = response.content.decode()
    assert f'<html lang="{lang}">' in text
    assert day in text
    assert response["Content-Language"] == language


def test_a_false_or_ended_link_says_what_to_do_and_nothing_else(at: At, db: None) -> None:
    link = at("offered")
    ended = link.secret
    Complaint.objects.filter(pk=link.fresh().pk).update(link_generation=2)
    for secret in (ended, "abc", "x" * 40 + ".y", ended[:-1], "%00", "é.ü"):
        for noun in ("", "messages", "data", "withdrawal"):
            response = Client(headers={"accept-language": "sv"}).get(f"/c/{secret}/{noun}")
            assert response.status_code == 404
            text = response.content.decode()
            assert '<html lang="sv">' in text
            assert "kettle" not in text
            assert link.fresh().reference not in text
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["Cache-Control"] == "no-store, private"
    posted = Client().post(f"/c/{ended}/withdrawal", {"sure": "on"})
    assert posted.status_code == 404
    assert link.fresh().stage == "offered"


def test_the_secret_of_one_complaint_does_not_open_another(at: At, house: House) -> None:
    link, other = at("received"), house.complaint(story="Another story")
    assert other.reference not in link.text()
    assert "Another story" not in link.text()


def test_a_representative_reads_the_page_as_speaker(at: At, house: House) -> None:
    daughter = Representative.objects.create(customer=house.customer, name="Dora", email="dora@example.org")
    text = at("offered", representative=daughter).text()
    assert "we have no written authority from them that lets you sign" in text
    assert "Send me the code" not in text


@pytest.mark.parametrize("stage", ["received", "offered", "fulfilling", "closed"])
def test_the_number_of_queries_is_small_and_constant(at: At, stage: str) -> None:
    link = at(stage)
    link.get()
    with CaptureQueriesContext(
        connection,
    ) as few:
        link.get()
    for number in range(40):
        actions.hear(link.fresh(), by=link.way.customer, at=MONDAY, words=f"Word {number}")
    with CaptureQueriesContext(connection) as many:
        text = link.text()
    assert len(many) == len(few)
    assert len(many) <= 16
    assert "Show " in text
    assert "Word 0<" not in text
    assert "Word 39" in text
    assert "Word 0<" in link.text("messages")


def test_merged_with_anothers_complaint_says_nothing_of_the_other(at: At, house: House) -> None:
    link = at("received")
    other = house.complaint(story="Not yours")
    actions.merge(link.fresh(), by=link.way.lead, at=NOON, into=other)
    text = link.text()
    assert "On Monday, 2 March 2026 we put it together with another complaint" in text
    assert other.reference not in text
