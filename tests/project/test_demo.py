"""The demonstration house: every stage, five languages, told in order, and its chains hold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from amends.cases.events import quietly
from amends.cases.models import Complaint, Event, Message, Plan
from amends.cases.verify import verify
from amends.people.models import AuthorityLimit, Department, StaffMember
from amends.project.demo import build, build_if_empty
from amends.project.demo.stories import CODES
from amends.project.demo.ways import WAYS, shares
from amends.rules.lifecycle import Stage
from tests.conftest import House, roles_of_a_new_house

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Built once for the tests that only look at it, and taken back afterwards."""
    with django_db_blocker.unblock(), quietly(), transaction.atomic():
        roles_of_a_new_house()
        build(AT, complaints=30)
        yield
        transaction.set_rollback(True)


def test_shares_add_up_and_leave_no_way_out() -> None:
    assert len(shares(150)) == 150
    assert set(shares(30)) == set(WAYS)


def test_every_stage_and_every_language_is_there(demo: None) -> None:
    assert set(Complaint.objects.values_list("stage", flat=True)) == {stage.value for stage in Stage}
    assert set(Complaint.objects.values_list("language", flat=True)) == set(CODES)
    assert set(Complaint.objects.exclude(outcome="").values_list("outcome", flat=True)) == {
        "satisfied", "silent", "referred", "withdrawn", "merged",
    }  # fmt: skip


def test_three_departments_and_twelve_people_with_authority(demo: None) -> None:
    assert Department.objects.count() == 3
    assert StaffMember.objects.count() == 12
    assert set(StaffMember.objects.values_list("role__name", flat=True)) == {
        "recorder", "specialist", "handler", "lead", "head", "executive", "administrator",
    }  # fmt: skip
    assert AuthorityLimit.objects.values("currency").distinct().count() == 8
    assert not any(person.has_usable_password() for person in StaffMember.objects.all())


def test_the_chains_hold_and_nothing_happened_out_of_order_or_later_than_now(demo: None) -> None:
    assert list(verify(Complaint.objects.iterator())) == []
    for complaint in Complaint.objects.all():
        times = list(
            Event.objects.filter(complaint=complaint).order_by("number").values_list("at", flat=True)
        )
        assert times == sorted(times), complaint
        assert times[-1] <= AT + timedelta(minutes=2), complaint
    earliest = Complaint.objects.earliest("registered_at").registered_at
    assert earliest > AT - timedelta(days=150)


def test_no_mail_waits_to_be_sent_and_some_came_back(demo: None) -> None:
    statuses = set(Message.objects.filter(direction="out").values_list("status", flat=True))
    assert statuses == {"sent", "logged", "failed"}


def test_nobody_decided_their_own_plan_or_a_case_about_them(demo: None) -> None:
    for complaint in Complaint.objects.filter(complained_about__isnull=False):
        assert complaint.handler not in complaint.complained_about.all()
    for plan in Plan.objects.all():
        assert all(approval.by_id != plan.author_id for approval in plan.approvals.filter(approved=True))


@pytest.mark.django_db
def test_a_house_with_cases_is_left_alone(house: House) -> None:
    house.complaint()
    assert build_if_empty(AT) is None
    with pytest.raises(CommandError, match="holds complaints"):
        call_command("demo")
    assert Complaint.objects.count() == 1
