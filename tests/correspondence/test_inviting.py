"""Inviting to review: once, only who is satisfied and wants it, only where there is a place, for nothing."""

from datetime import timedelta

import pytest

from amends.cases import actions
from amends.cases.models import Complaint
from amends.cases.reviewing import Clash, Place, keep_places, review_link
from amends.correspondence.inviting import invite
from amends.correspondence.texts import draft_message
from amends.rules.lifecycle import Reason
from tests.conftest import MONDAY, House
from tests.portal.way import brought_to

DAY = timedelta(days=1)
EVERYWHERE = Place(country="", language="", url="https://reviews.example/us")


def places(house: House, *rows: Place, after_days: int = 0, seen: int = 0) -> None:
    keep_places(list(rows), after_days, seen=seen, by=house.lead, at=MONDAY)


def closed(house: House, **changes: object) -> Complaint:
    return brought_to("closed", house, **changes).fresh()


def why_not(case: Complaint, house: House) -> tuple[Reason, ...]:
    with pytest.raises(actions.Refused) as refused:
        actions.invite_to_review(
            case, by=house.actor(house.handler), at=MONDAY + DAY, text="Would you tell others?"
        )
    case.refresh_from_db()
    assert case.invited_to_review_at is None or Reason.NOT_TO_BE_INVITED in refused.value.reasons
    assert case.messages.filter(purpose="review").count() == (case.invited_to_review_at is not None)
    return refused.value.reasons


def test_nobody_is_invited_before_the_house_has_said_where(house: House) -> None:
    case = closed(house)
    assert why_not(case, house) == (Reason.NO_REVIEW_PLACE,)
    places(house, Place(country="PL", language="", url="https://reviews.example/pl"))
    assert why_not(case, house) == (Reason.NO_REVIEW_PLACE,)


def test_the_place_that_fits_best_is_in_the_invitation_with_a_way_out(house: House) -> None:
    case = closed(house, country="SE")
    rows = [EVERYWHERE] + [
        Place(country=country, language=language, url=f"https://reviews.example/{country}{language}")
        for country, language in (("", "en"), ("SE", ""), ("SE", "sv"), ("SE", "en"))
    ]
    for known, best in ((1, "us"), (2, "en"), (3, "SE"), (4, "SE"), (5, "SEen")):
        places(house, *rows[:known], seen=known - 1)
        assert review_link(case) == f"https://reviews.example/{best}"
    body = draft_message("review", case).body
    assert "https://reviews.example/SEen" in body
    assert "/invitations/" in body


def test_once_and_no_more(house: House) -> None:
    places(house, EVERYWHERE)
    case = closed(house)
    by = house.actor(house.handler)
    case = actions.invite_to_review(case, by=by, at=MONDAY + DAY, text="Would you tell others?")
    assert case.invited_to_review_at == MONDAY + DAY
    assert why_not(case, house) == (Reason.NOT_TO_BE_INVITED,)


def _wants_none(case: Complaint) -> None:
    case.customer.no_invitations = True
    case.customer.save()


def _was_silent(case: Complaint) -> None:
    Complaint.objects.filter(pk=case.pk).update(outcome="silent")


def _said_partly(case: Complaint) -> None:
    case.follow_ups.update(answer="partly")


def _wrote_since(case: Complaint) -> None:
    Complaint.objects.filter(pk=case.pk).update(wrote_after_end_at=MONDAY)


@pytest.mark.parametrize("change", [_wants_none, _was_silent, _said_partly, _wrote_since])
def test_who_is_never_invited(house: House, change: object) -> None:
    places(house, EVERYWHERE, after_days=3)
    case = closed(house)
    change(case)  # type: ignore[operator]
    case.refresh_from_db()
    assert why_not(case, house) == (Reason.NOT_TO_BE_INVITED,)
    assert invite(MONDAY + 3 * DAY) == 0


@pytest.mark.coached
def test_a_text_that_promises_something_is_held_up(house: House, rules_alone: None) -> None:
    places(house, EVERYWHERE)
    case, by = house.complaint(), house.actor(house.handler)
    case.follow_ups.create(asked_at=MONDAY, answer="yes", answered_at=MONDAY)
    Complaint.objects.filter(pk=case.pk).update(stage="closed", is_open=False, outcome="satisfied")
    case.refresh_from_db()
    text = "Dear Clara,\n\nWrite a review and you get a voucher worth 10 euros.\n\nYours sincerely"
    with pytest.raises(actions.Refused) as refused:
        actions.invite_to_review(case, by=by, at=MONDAY + DAY, text=text)
    assert refused.value.reasons == (Reason.COACH_MUST_HAVES,)
    case.refresh_from_db()
    assert case.invited_to_review_at is None
    actions.invite_to_review(case, by=by, at=MONDAY + DAY, text=draft_message("review", case).body)


def test_the_program_invites_only_where_the_house_wants_it_and_in_its_days(house: House) -> None:
    case = closed(house)
    places(house, EVERYWHERE)
    assert invite(MONDAY + 30 * DAY) == 0  # off by default
    places(house, EVERYWHERE, after_days=3, seen=1)
    assert invite(MONDAY + 3 * DAY - timedelta(seconds=1)) == 0
    assert invite(MONDAY + 18 * DAY) == 0  # not out of the blue
    assert invite(MONDAY + 3 * DAY) == 1
    assert invite(MONDAY + 3 * DAY) == 0
    letter = case.messages.get(purpose="review")
    assert (letter.channel, letter.author_name) == ("email", "Amends")
    assert "https://reviews.example/us" in letter.body


def test_the_program_leaves_those_alone_who_were_invited_or_have_something_open(house: House) -> None:
    """Two cases of one customer came to a good end in the same week: one invitation."""
    closed(house), closed(house)
    places(house, EVERYWHERE, after_days=3)
    third = house.complaint()
    assert invite(MONDAY + 3 * DAY) == 0
    Complaint.objects.filter(pk=third.pk).update(is_open=False, stage="withdrawn")
    assert invite(MONDAY + 3 * DAY) == 1
    assert invite(MONDAY + 4 * DAY) == 0


def test_the_program_sends_no_text_of_the_house_that_promises_something(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amends.correspondence import texts

    closed(house)
    places(house, EVERYWHERE, after_days=3)
    paid = "Tell others\n\nWrite a review here and get a voucher:\n$review_link"
    monkeypatch.setattr(texts, "letter_text", lambda language, name: paid)
    assert invite(MONDAY + 3 * DAY) == 0


def test_nobody_saves_over_a_version_that_they_did_not_see(house: House) -> None:
    places(house, EVERYWHERE)
    with pytest.raises(Clash):
        places(house, seen=0)
    assert review_link(house.complaint()) == EVERYWHERE["url"]
