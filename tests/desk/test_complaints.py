"""The lists of complaints: filters, finding, going on from page to page."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from amends.cases import actions
from amends.cases.models import Complaint
from amends.kit import clock
from tests.conftest import MONDAY, House


def listed(client: Client, query: str = "", hours: int = 1) -> list[str]:
    """The references on the page, from the top."""
    with clock.set_to(MONDAY + timedelta(hours=hours)):
        response = client.get(f"/complaints{query}")
    assert response.status_code == 200
    return re.findall(r'class="reference">([^<]+)<', response.content.decode())


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The handler at the desk."""
    client.force_login(house.handler)
    return client


@pytest.fixture
def cases(house: House) -> list[Complaint]:
    """Three: mine, nobody's and received a day later, withdrawn."""
    by = house.actor(house.handler)
    mine = actions.assign(house.complaint(), by=by, at=MONDAY, handler=house.handler)
    free = house.complaint(at=MONDAY + timedelta(days=1))
    return [mine, free, actions.withdraw(house.complaint(), by=by, at=MONDAY)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [0, 1]),
        ("?show=mine", [0]),
        ("?show=unassigned", [1]),
        ("?show=ended", [2]),
        ("?show=withdrawn", [2]),
        ("?show=received", [0, 1]),
        ("?show=offered", []),
        ("?find=2026-00002", [1]),
        ("?find=2026-", [2, 1, 0]),
        ("?find=clara@example.org", [2, 1, 0]),
        ("?find=clara", [2, 1, 0]),
        ("?find=larissa", []),
        ("?find=%25", []),
    ],
)
def test_each_list_shows_its_own(
    desk: Client, cases: list[Complaint], query: str, expected: list[int]
) -> None:
    assert listed(desk, query) == [cases[number].reference for number in expected]


def test_run_out_is_what_is_late_now(desk: Client, cases: list[Complaint]) -> None:
    assert listed(desk, "?show=overdue", hours=23) == []
    assert listed(desk, "?show=overdue", hours=25) == [cases[0].reference]


def test_a_case_about_me_is_in_no_list_and_has_no_page(desk: Client, house: House) -> None:
    case = house.complaint(complained_about=[house.handler])
    for query in (
        "",
        "?show=unassigned",
        "?show=received",
        f"?find={case.reference}",
        "?find=clara@example.org",
    ):
        assert listed(desk, query) == []
    assert desk.get(f"/complaints/{case.key}").status_code == 404


@pytest.mark.parametrize("show", ["open", "ended"])
def test_page_after_page_shows_each_once(
    desk: Client, house: House, show: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [house.complaint() for _ in range(30)]  # all due at the same moment
    if show == "ended":
        made = [actions.withdraw(case, by=house.actor(house.handler), at=MONDAY) for case in made][::-1]
    first = desk.get(f"/complaints?show={show}").content.decode()
    after = re.search(r"after=([^\"&]+)", first)
    assert after
    with django_assert_max_num_queries(6):
        second = listed(desk, f"?show={show}&after={after[1]}")
    seen = re.findall(r'class="reference">([^<]+)<', first) + second
    assert seen == [case.reference for case in made]


@pytest.mark.parametrize(
    "query", ["?show=nonsense", "?after=nonsense", "?after=MTIz", "?show=ended&after=eA"]
)
def test_a_list_that_is_not_there_is_a_bad_request(desk: Client, query: str) -> None:
    assert desk.get(f"/complaints{query}").status_code == 400


def test_finding_takes_few_queries(
    desk: Client, cases: list[Complaint], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get("/complaints")
    with django_assert_max_num_queries(6):
        desk.get("/complaints?find=clara")


def test_signed_out_people_sign_in_first(client: Client, house: House) -> None:
    assert client.get("/complaints")["Location"] == "/sign-in?next=/complaints"
