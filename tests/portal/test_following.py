"""Is it good now? Only a person's own press answers, and a partly or no goes to somebody higher."""

from collections.abc import Callable

import pytest
from django.test import Client

from amends.cases.models import Complaint, Event, FollowUp, Message
from amends.cases.today import on_my_desk, without_handler
from tests.conftest import MONDAY, House
from tests.portal.conftest import Link

NOUNS = ("", "satisfaction", "dissatisfaction", "reopening", "withdrawal", "escalation")


def standing(case: Complaint) -> tuple[object, ...]:
    rows = Complaint.objects.filter(pk=case.pk).values().get()
    events = list(Event.objects.filter(complaint=case).values_list("pk", flat=True))
    messages = list(Message.objects.filter(complaint=case).values())
    return rows, events, messages, list(FollowUp.objects.filter(complaint=case).values())


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("asked", ["", "?answer=yes", "?how=no&words=Bad", "?answer=partly#good"])
def test_a_scanner_of_links_answers_for_nobody(at: Callable[..., Link], method: str, asked: str) -> None:
    link = at("following_up")
    before = standing(link.fresh())
    for noun in NOUNS:
        look = getattr(Client(headers={"user-agent": "SafeLinks"}), method)
        assert look(link.home + noun + asked).status_code == 200
    assert standing(link.fresh()) == before


def test_the_mail_has_one_link_and_it_answers_nothing(at: Callable[..., Link]) -> None:
    from amends.correspondence.texts import draft_message

    link = at("following_up")
    body = draft_message("follow_up", link.fresh()).body
    links = {word for word in body.split() if word.startswith("http")}
    assert len(links) == 1
    before = standing(link.fresh())
    assert link.client.get(links.pop().split("/", 3)[3].join(["/", ""])).status_code == 200
    assert standing(link.fresh()) == before


def test_yes_partly_and_no_with_words_stand_on_one_page(at: Callable[..., Link]) -> None:
    page = at("following_up").get().content.decode()
    for words in ("Yes, it is good", "Partly good", "Not good", "What is still wrong?"):
        assert words in page


@pytest.mark.parametrize("how", ["partly", "no"])
def test_what_is_not_good_goes_one_level_higher_and_somebody_there_sees_it(
    house: House, at: Callable[..., Link], how: str
) -> None:
    link = at("following_up")
    response = link.post("dissatisfaction", how=how, words="The lid still leaks.")
    assert response.status_code == 303
    case = link.fresh()
    assert (case.stage, case.level, case.handler) == ("investigating", 1, None)
    assert case.follow_ups.get().answer == how
    assert without_handler(house.lead, MONDAY).get() == case
    assert case not in on_my_desk(house.handler)


def test_it_never_rises_above_everybody(house: House, at: Callable[..., Link]) -> None:
    """The lead is the highest here: who says no again still has somebody."""
    link = at("following_up")
    case = link.fresh()
    Complaint.objects.filter(pk=case.pk).update(level=1, handler=house.lead)
    link.post("dissatisfaction", how="no", words="Still not.")
    case = link.fresh()
    assert (case.level, case.handler) == (1, house.lead)
    assert on_my_desk(house.lead).get() == case


def test_a_partly_without_words_is_asked_for_them_and_changes_nothing(at: Callable[..., Link]) -> None:
    link = at("following_up")
    before = standing(link.fresh())
    assert link.post("dissatisfaction", how="partly", words=" ").status_code == 422
    assert link.post("dissatisfaction", words="It leaks").status_code == 422
    assert standing(link.fresh()) == before
