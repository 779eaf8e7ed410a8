"""A drawn signature as a picture, cut to its size; what is no path is left out."""

import pytest

from amends.correspondence.sealing.drawing import drawing_svg


@pytest.mark.parametrize(
    ("path", "box"),
    [
        ("M10 20 L110 60", "6 16 108 48"),
        ("M10,20L110,60", "6 16 108 48"),
        ("m10 20 l100 40", "6 16 108 48"),
        ("M10 20 h100 v40", "6 16 108 48"),
        ("M10 20 H110 V60", "6 16 108 48"),
        ("M10 20 Q 60 60 110 20", "6 16 108 48"),
        ("M10 20 60 40 110 60", "6 16 108 48"),
        ("m10 20 50 20 50 20", "6 16 108 48"),
        ("M-5.5 1e1 L.5 10", "-9.5 6 14 8"),
        ("M5 5 L5 5", "1 1 8 8"),
        ("M10 20 L110 60 Z M10 20 L50 30", "6 16 108 48"),
    ],
)
def test_the_box_around_it(path: str, box: str) -> None:
    svg = drawing_svg(path)
    assert svg is not None
    assert f'viewBox="{box}"' in svg


@pytest.mark.parametrize(
    "path",
    [
        "",
        " ",
        "L10 20",
        "M10",
        "M10 20 A 5 5 0 0 1 9 9",
        'M1 1"/><script>',
        "M1 1 L nan 2",
        "hello",
        "M1 1 L2",
    ],
)
def test_what_is_no_path(path: str) -> None:
    assert drawing_svg(path) is None
