"""An address as its owner knows it again."""

import pytest

from amends.people.masking import masked


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("clara@example.org", "c…@e….org"),
        ("c@mail.example.se", "c…@m….se"),
        ("root@localhost", "r…@l…"),
        ("客户@例子.cn", "客…@例….cn"),
        ("", ""),
        ("no address", ""),
    ],
)
def test_masked(address: str, said: str) -> None:
    assert masked(address) == said
