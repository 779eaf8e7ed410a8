"""Sums of money as people write them in five languages."""

from decimal import Decimal

import pytest

from amends.coach.reading.language import language_of
from amends.coach.reading.sums import sums


@pytest.mark.parametrize(
    ("code", "text", "amount", "currency"),
    [
        ("en", "We refund £65.00 today", "65.00", "GBP"),
        ("en", "RM 1,250", "1250", "MYR"),
        ("en", "three hundred and five pounds", "305", "GBP"),
        ("sv", "1 250 kr", "1250", "SEK"),
        ("sv", "499:-", "499", "SEK"),
        ("sv", "tre hundra kronor", "300", "SEK"),
        ("sv", "trehundra kronor", "300", "SEK"),
        ("sv", "tvåhundrafemtio kronor", "250", "SEK"),
        ("sv", "ettusentvåhundra kronor", "1200", "SEK"),
        ("pl", "1 250,00 zł", "1250.00", "PLN"),
        ("pl", "dwieście pięćdziesiąt złotych", "250", "PLN"),
        ("ms", "RM1,250.50", "1250.50", "MYR"),
        ("ms", "tiga ratus lima puluh ringgit", "350", "MYR"),
        ("zh-hans", "人民币680元", "680", "CNY"),
        ("zh-hans", "¥300", "300", "CNY"),
        ("zh-hans", "三百五十元", "350", "CNY"),
        ("zh-hans", "1.2万元", "12000", "CNY"),
        ("zh-hans", "人民币伍佰元", "500", "CNY"),
    ],
)
def test_a_sum_is_understood(code: str, text: str, amount: str, currency: str) -> None:
    (one,) = sums(text, language_of(code))
    assert (one.amount, one.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "210 cm"), ("en", "room 12"), ("sv", "3 kryddor"), ("pl", "2 złotniczki"), ("zh-hans", "元旦")],
)
def test_what_is_no_sum_is_none(code: str, text: str) -> None:
    assert sums(text, language_of(code)) == []
