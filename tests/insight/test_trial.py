"""Trying a policy on the past: costs to the cent, groups with what customers said, approvals then and now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from amends.cases import actions, house_policy
from amends.cases.models import Complaint, FollowUp, PolicyVersion
from amends.cases.signing import code_of
from amends.insight.models import PolicyTrial, TrialCase
from amends.insight.trial import past
from amends.insight.trial.authority import Levels
from amends.insight.trial.running import latest, run_trial, table_digest, try_on_the_past
from amends.kit import clock
from amends.people.actors import customer_actor
from amends.people.models import AuthorityLimit
from amends.rules.policy import Gives, Table
from tests.cases.with_policy import FAULTY, TABLE, decided
from tests.conftest import MONDAY, House

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def ended(house: House, paid: int, answer: str = "", **changes: Any) -> Complaint:
    """Agreed on a refund of ``paid`` SEK, and closed; ``answer`` is what the customer said at last."""
    by, lead = house.actor(house.handler), house.actor(house.lead)
    case = decided(house, **changes)
    refund = actions.RemedyDraft(
        kind="refund", description="Money", issue=case.issues.get(), amount=Decimal(paid), cost=Decimal(paid)
    )
    plan = actions.plan(case, by=by, at=MONDAY, currency="SEK", remedies=[refund])
    case = actions.submit_plan(case, by=by, at=MONDAY)
    case = actions.approve(case, by=lead, at=MONDAY, plan=plan)
    offer = actions.offer(case, by=by, at=MONDAY, text="We pay.")
    them = customer_actor(house.customer)
    row = actions.request_code(offer, by=them, at=MONDAY)
    actions.agree(offer, by=them, at=MONDAY, signed_name="Clara", code=code_of(row))
    if answer:
        FollowUp.objects.create(complaint=case, asked_at=MONDAY, answer="no", answered_at=MONDAY)
        FollowUp.objects.create(complaint=case, asked_at=MONDAY, answer=answer, answered_at=MONDAY)
    case.refresh_from_db()
    return case


def drafted(house: House, table: Table = TABLE) -> PolicyVersion:
    return house_policy.draft(by=house.lead, at=MONDAY, name="A draft", table=table)


def tried(house: House, version: PolicyVersion) -> PolicyTrial:
    since, until = MARCH
    trial = try_on_the_past(version, since=since, until=until, by=house.lead, at=MONDAY)
    with clock.set_to(MONDAY):
        run_trial.call(trial.pk)
    trial.refresh_from_db()
    return trial


def test_costs_groups_and_answers(house: House) -> None:
    more = ended(house, 100, "no")
    same = ended(house, 350, "yes")
    less = ended(house, 400, "yes")
    ended(house, 200, worth=None)  # no value on file: the policy leaves the sum to a person
    result = tried(house, drafted(house)).result
    assert (result["cases"], result["without_finding"], result["unsaid"], result["below_floor"]) == (
        4,
        0,
        0,
        0,
    )
    assert result["costs"] == {"SEK": ["850.00", "1050.00"]}
    assert (result["approved_then"], result["approved_now"]) == (4, 4)
    groups = {name: (told["cases"], told["difference"]) for name, told in result["buckets"].items()}
    assert groups == {
        "more": (1, {"SEK": "250.00"}),
        "same": (1, {}),
        "less": (1, {"SEK": "-50.00"}),
        "open": (1, {}),
    }
    assert result["buckets"]["more"]["answers"] == {"yes": 0, "partly": 0, "no": 1, "silent": 0, "": 0}
    assert result["buckets"]["open"]["answers"][""] == 1
    rows = TrialCase.objects.order_by("pk").values_list("complaint_id", "then", "now", "bucket", "answer")
    assert list(rows)[:3] == [
        (more.pk, Decimal(100), Decimal(350), "more", "no"),
        (same.pk, Decimal(350), Decimal(350), "same", "yes"),
        (less.pk, Decimal(400), Decimal(350), "less", "yes"),
    ]


def test_what_was_rejected_cost_nothing_and_what_was_not_found_is_left_out(house: House) -> None:
    rejected = decided(house, finding="untrue")
    by = house.actor(house.handler)
    actions.refuse(
        rejected, by=by, at=MONDAY, text="We are sorry, no.", where_to_turn="ARN, Box 174, Stockholm"
    )
    at_once = house.complaint()
    actions.resolve_at_once(at_once, by=by, at=MONDAY, done="A new one.")
    decided(house)  # under way: nobody knows yet how it ends
    result = tried(house, drafted(house)).result
    assert (result["cases"], result["without_finding"], result["unsaid"]) == (1, 1, 1)
    assert result["buckets"]["open"]["cases"] == 1  # the policy says nothing about it
    assert result["costs"] == {}


def test_only_the_period_counts(house: House) -> None:
    ended(house, 100)
    version = drafted(house)
    for since, until, cases in (
        (date(2026, 3, 2), date(2026, 3, 2), 1),
        (date(2026, 3, 3), date(2026, 4, 2), 0),
        (date(2026, 2, 1), date(2026, 3, 1), 0),
    ):
        trial = try_on_the_past(version, since=since, until=until, by=house.lead, at=MONDAY)
        run_trial.call(trial.pk)
        trial.refresh_from_db()
        assert (trial.result["cases"], trial.of, trial.looked_at) == (cases, cases, cases)
    assert PolicyTrial.objects.count() == 1  # the ones before are thrown away
    assert TrialCase.objects.count() == 0


def test_another_currency_cannot_be_compared(house: House) -> None:
    ended(house, 100, worth={"value": Decimal(30), "value_currency": "EUR", "harm": ""})
    result = tried(house, drafted(house)).result
    assert result["buckets"]["open"]["cases"] == 1
    assert result["costs"] == {}


def test_a_proposal_below_the_law_is_counted(house: House) -> None:
    ended(house, 300)
    only_words = Table((replace(FAULTY, gives=(Gives("apology"),), approve_level=0),))
    result = tried(house, drafted(house, only_words)).result
    assert (result["below_floor"], result["approved_now"], result["levels"]) == (1, 0, {"0": 1})


def test_who_would_have_to_approve_goes_by_the_limits_too(house: House) -> None:
    ended(house, 300)
    free = Table((replace(FAULTY, approve_level=0),))
    assert tried(house, drafted(house, free)).result["levels"] == {"1": 1}  # 350 SEK: the lead’s limit
    AuthorityLimit.objects.filter(role=house.handler.role).update(amount=400)
    assert tried(house, drafted(house, free)).result["levels"] == {"0": 1}


def test_levels_by_limit(house: House) -> None:
    levels = Levels.read()
    assert [levels.covering(Decimal(sum_), "SEK") for sum_ in ("0", "100", "100.01", "1000", "1001")] == [
        0, 0, 1, 1, 3,
    ]  # fmt: skip
    assert levels.covering(Decimal(1), "EUR") == 3


def test_many_are_looked_at_in_pieces_and_none_twice(
    house: House, monkeypatch: pytest.MonkeyPatch, later: Callable[[int], datetime]
) -> None:
    monkeypatch.setattr(past, "AT_ONCE", 2)
    cases = [ended(house, 100 + number) for number in range(5)]
    Complaint.objects.filter(pk=cases[2].pk).update(received_at=later(-1))
    trial = tried(house, drafted(house))
    rows = list(TrialCase.objects.order_by("pk").values_list("complaint_id", flat=True))
    assert rows == [cases[n].pk for n in (2, 0, 1, 3, 4)]
    assert (trial.looked_at, trial.result["cases"]) == (5, 5)


def test_a_job_that_runs_again_changes_nothing(house: House) -> None:
    ended(house, 100)
    version = drafted(house)
    trial = tried(house, version)
    before = (trial.done_at, trial.result, list(TrialCase.objects.values_list("pk", flat=True)))
    run_trial.call(trial.pk)
    trial.refresh_from_db()
    assert (trial.done_at, trial.result, list(TrialCase.objects.values_list("pk", flat=True))) == before
    run_trial.call(10**9)  # thrown away meanwhile
    assert latest(version) == trial
    assert trial.table_sha256 == table_digest(version)
    assert trial.done_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert trial.policy == version
