"""The one-time code: five tries, however they come."""

from datetime import timedelta

import pytest

from amends.cases import actions, signing
from amends.cases.models import Offer, SigningCode
from amends.cases.signing import TRIES, check_code, code_of
from tests.conftest import MONDAY, House
from tests.desk.grown import grow

NOON = MONDAY + timedelta(days=4)


@pytest.fixture
def code(house: House) -> SigningCode:
    case = next(case for case in grow(house) if case.stage == "offered")
    return actions.request_code(case.offers.get(), by=house.actor(house.handler), at=NOON)


def test_a_right_code_uses_no_try_up(code: SigningCode) -> None:
    offer = Offer.objects.get(pk=code.offer_id)
    assert check_code(offer, code_of(code), NOON) == code
    assert SigningCode.objects.get(pk=code.pk).wrong_tries == 0


def test_five_wrong_tries_end_a_code(code: SigningCode) -> None:
    offer = Offer.objects.get(pk=code.offer_id)
    for _ in range(TRIES):
        assert check_code(offer, "x", NOON) is None
    assert check_code(offer, code_of(code), NOON) is None
    assert SigningCode.objects.get(pk=code.pk).wrong_tries == TRIES


def test_who_read_the_code_as_usable_before_the_fifth_try_gets_no_sixth(
    code: SigningCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at the same moment: both have read the row, the other one counts first."""
    offer = Offer.objects.get(pk=code.offer_id)

    def read_and_overtaken(offer: Offer, at: object) -> SigningCode:
        SigningCode.objects.filter(pk=code.pk).update(wrong_tries=TRIES)
        return code

    monkeypatch.setattr(signing, "usable_code", read_and_overtaken)
    assert check_code(offer, code_of(code), NOON) is None
    assert SigningCode.objects.get(pk=code.pk).wrong_tries == TRIES
