"""A table as a file for spreadsheet programs."""

from decimal import Decimal

import pytest

from amends.kit.csv_file import csv_file


def written(*row: object) -> str:
    answer = csv_file("table.csv", ("A", "B"), [row])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="table.csv"'
    return b"".join(answer.streaming_content).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "as_text"),
    [("=1+1", "'=1+1"), ("+46", "'+46"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("A=1", "A=1")],
)
def test_no_text_is_a_formula(cell: str, as_text: str) -> None:
    assert written(cell, "ö, “x”") == f'\ufeffA,B\r\n{as_text},"ö, “x”"\r\n'


def test_numbers_stay_numbers() -> None:
    assert written(Decimal("-12.50"), 3) == "\ufeffA,B\r\n-12.50,3\r\n"
