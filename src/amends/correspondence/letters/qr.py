"""The code that a telephone reads from a letter."""

from functools import lru_cache
from io import BytesIO

import segno


@lru_cache(maxsize=256)
def qr_svg(link: str) -> str:
    """The link as a QR code with medium error correction, as an SVG picture without a margin."""
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, scale=4)
    return out.getvalue().decode()
