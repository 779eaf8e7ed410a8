"""Dates as people write them in five languages."""

import pytest

from amends.coach.reading.dates import dates
from amends.coach.reading.language import language_of


@pytest.mark.parametrize(
    ("code", "text", "wanted"),
    [
        ("en", "by 25 September 2026", (2026, 9, 25)),
        ("en", "on the 3rd of May", (None, 5, 3)),
        ("en", "on Sept 7, 2026", (2026, 9, 7)),
        ("en", "2026-09-25", (2026, 9, 25)),
        ("en", "on 25/09/2026", (2026, 9, 25)),
        ("sv", "senast den 3 mars 2026", (2026, 3, 3)),
        ("sv", "den 3:e mars", (None, 3, 3)),
        ("sv", "2026-03-03", (2026, 3, 3)),
        ("sv", "den tjugoförsta mars 2026", (2026, 3, 21)),
        ("sv", "den femte juni", (None, 6, 5)),
        ("pl", "do 3 marca 2026 r.", (2026, 3, 3)),
        ("pl", "do 3.03.2026 r.", (2026, 3, 3)),
        ("pl", "1 października", (None, 10, 1)),
        ("ms", "pada 3 Mac 2026", (2026, 3, 3)),
        ("ms", "22hb Ogos", (None, 8, 22)),
        ("zh-hans", "2026年3月3日", (2026, 3, 3)),
        ("zh-hans", "9月18日前", (None, 9, 18)),
        ("zh-hans", "二〇二六年三月十三日", (2026, 3, 13)),
    ],
)
def test_a_date_is_understood(code: str, text: str, wanted: tuple[int | None, int, int]) -> None:
    (day,) = dates(text, language_of(code))
    assert (day.year, day.month, day.day) == wanted


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "at 12.30 on platform 4"),
        ("en", "AM-2026-000702"),
        ("en", "it may take 3 attempts"),
        ("en", "version 1.2.3"),
        ("sv", "kostar 12,50"),
        ("sv", "den 45 mars"),
        ("sv", "den andra saken i mars"),
        ("zh-hans", "3个月"),
    ],
)
def test_what_is_no_date_is_none(code: str, text: str) -> None:
    assert dates(text, language_of(code)) == []


def test_a_year_left_out_fits_every_year() -> None:
    (day,) = dates("on 8 September", language_of("en"))
    assert day.may_be("2026-09-08")
    assert not day.may_be("2026-09-09")
    (dated,) = dates("on 8 September 2025", language_of("en"))
    assert not dated.may_be("2026-09-08")


def test_the_place_is_that_of_the_date() -> None:
    text = "Vi ringer den 3 mars 2026 klockan tio."
    (day,) = dates(text, language_of("sv"))
    assert text[day.start : day.end] == "3 mars 2026"
