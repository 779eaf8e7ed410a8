"""What the fonts can show."""

from amends.correspondence.letters.fonts import COVERAGE, uncovered
from tools.letter_fonts import table


def test_letters_of_the_five_languages_are_there() -> None:
    assert uncovered("ÅÄÖåäö ĄĆĘŁŃÓŚŹŻąćęłńóśźż “”„”‘’–… €£¥zł 投诉，。：（）《》“” 喆祎") == []


def test_what_is_not_there_is_named_once() -> None:
    assert uncovered("a😀b😀ع\n") == ["😀", "ع"]


def test_the_table_is_that_of_the_fonts() -> None:
    assert COVERAGE.read_text("ascii") == table()
