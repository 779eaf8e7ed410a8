"""A draft tried on what was: asked for, run in the background, shown down to its cases."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from amends.cases import house_policy
from amends.cases.models import PolicyVersion
from amends.insight.models import PolicyTrial, TrialCase
from amends.insight.trial.running import run_trial
from tests.cases.with_policy import TABLE
from tests.conftest import MONDAY, House
from tests.desk.policy_typed import SCRIPT, row_typed, words
from tests.insight.test_trial import ended

pytestmark = pytest.mark.usefixtures("on_monday")


@pytest.fixture
def draft(house: House) -> PolicyVersion:
    return house_policy.draft(by=house.lead, at=MONDAY, name="A draft", table=TABLE)


def trial_of(client: Client, **typed: str) -> Any:
    period = {"since": "2026-03-01", "until": "2026-03-02"}
    return client.post("/policy/1/trial", period | typed)


def test_a_trial_is_asked_for_runs_and_is_shown(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    ended(house, 100, "no")
    ended(house, 400, "yes")
    assert trial_of(client, until="2026-02-01").status_code == 422
    assert not PolicyTrial.objects.exists()
    assert trial_of(client).status_code == 303
    assert "It begins in a moment." in words(client.get("/policy/1/trial"))
    assert client.get("/policy/1/trial.csv").status_code == 404
    run_trial.call(PolicyTrial.objects.get().pk)
    assert client.get("/policy/1/trial", headers=SCRIPT)["HX-Refresh"] == "true"
    page = client.get("/policy/1/trial")
    said = words(page)
    assert "2 cases judged" in said
    assert "2 would need an approval (then 2 had one)" in said
    assert "SEK 500.00 700.00 200.00" in said
    assert "Would have got more 1 SEK 250.00 0 0 1 0 0" in said
    assert "Would have got less 1 -SEK 50.00 1 0 0 0 0" in said
    text = page.content.decode()
    assert text.count('<svg class="bars"') == 2
    assert '<title id="costs-title">What it costs, then and now</title>' in text
    assert "style=" not in text
    assert "The draft was changed since." not in said
    client.post("/policy/1/rows", row_typed(draft))
    assert "The draft was changed since. Try it anew." in words(client.get("/policy/1/trial"))


def test_the_cases_behind_a_number(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    more, hidden = ended(house, 100, "no"), ended(house, 120)
    trial_of(client)
    run_trial.call(PolicyTrial.objects.get().pk)
    hidden.complained_about.add(house.lead)
    said = words(client.get("/policy/1/trial/cases", {"bucket": "more"}))
    assert f"{more.reference} The kettle leaks. Then SEK 100.00 Now SEK 350.00 Satisfied then No" in said
    assert hidden.reference not in said
    assert "No case here." in words(client.get("/policy/1/trial/cases", {"bucket": "less"}))
    assert client.get("/policy/1/trial/cases", {"bucket": "nobody"}).status_code == 404
    assert client.get("/policy/1/trial/cases", {"after": "x"}).status_code == 404
    response = client.get("/policy/1/trial.csv")
    file = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert list(csv.reader(io.StringIO(file.removeprefix("\ufeff"))))[1:] == [
        [more.reference, "2026-03-02", "SEK", "100.00", "350.00", "250.00", "more", "no", "1"]
    ]


def test_the_number_of_queries_does_not_grow(
    house: House, client: Client, draft: PolicyVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(house.lead)
    for number in range(3):
        ended(house, 100 + number)
        house_policy.draft(by=house.lead, at=MONDAY, name="More", table=house_policy.start_table("en"))
    trial_of(client)
    run_trial.call(PolicyTrial.objects.get().pk)
    for page, most in (
        ("/policy", 7),
        ("/policy/2", 6),
        ("/policy/1/trial", 5),
        ("/policy/1/trial/cases", 6),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(page).status_code == 200
    assert TrialCase.objects.count() == 3
