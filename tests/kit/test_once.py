"""What is asked for twice is done once."""

from typing import Any

import pytest
from django.db import IntegrityError

from amends.kit.models import Once
from amends.kit.once import Done, OtherRequest, once
from tests.together import at_the_same_time


class Counting:
    """Something that may be done, and how often it was."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[int, dict[str, Any]]:
        self.times += 1
        return 201, {"number": self.times}


@pytest.mark.django_db
def test_a_repeat_gets_the_first_answer() -> None:
    do = Counting()
    assert once("desk:1", "k", "a", do) == Done(201, {"number": 1}, repeated=False)
    assert once("desk:1", "k", "a", do) == Done(201, {"number": 1}, repeated=True)
    assert do.times == 1


@pytest.mark.django_db
def test_the_same_key_for_something_else_is_refused() -> None:
    do = Counting()
    once("desk:1", "k", "a", do)
    with pytest.raises(OtherRequest):
        once("desk:1", "k", "b", do)
    assert do.times == 1


@pytest.mark.django_db
def test_keys_of_others_and_no_key_at_all_do_not_meet() -> None:
    do = Counting()
    once("desk:1", "k", "a", do)
    once("desk:2", "k", "a", do)
    once("desk:1", "", "a", do)
    assert once("desk:1", "", "a", do).repeated is False
    assert (do.times, Once.objects.count()) == (4, 2)


@pytest.mark.django_db
def test_what_fails_can_be_tried_again() -> None:
    def fails() -> tuple[int, dict[str, Any]]:
        raise LookupError

    with pytest.raises(LookupError):
        once("desk:1", "k", "a", fails)
    assert not Once.objects.exists()
    assert once("desk:1", "k", "a", Counting()).repeated is False


def test_two_at_the_same_time_are_one(committed: None) -> None:
    do = Counting()
    done = at_the_same_time(2, lambda _: once("desk:1", "k", "a", do))
    assert [d.answer for d in done] == [{"number": 1}, {"number": 1}]
    assert sorted(d.repeated for d in done) == [False, True]
    assert (do.times, Once.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_clash_of_its_own_is_no_repeat() -> None:
    def clashes() -> tuple[int, dict[str, Any]]:
        Once.objects.create(scope="other", key="taken", request_sha256="a")
        return 200, {}

    Once.objects.create(scope="other", key="taken", request_sha256="a")
    with pytest.raises(IntegrityError):
        once("desk:1", "k", "a", clashes)
    assert not Once.objects.filter(scope="desk:1").exists()
