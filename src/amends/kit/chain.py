"""A hash chain: each link's digest covers its own content and the digest before it.

Whoever changes, removes or inserts a link breaks every digest after it. Pure; SHA-256 (FIPS 180-4)
over canonical JSON (sorted keys, no spaces, UTF-8).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

START = "0" * 64


def digest(text: str | bytes) -> str:
    """SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def link(previous: str, content: Mapping[str, Any]) -> str:
    """The digest of the link that holds ``content`` and follows ``previous``.

    ``content`` must be JSON as it is stored: text, whole numbers, booleans, lists, mappings. Sums and
    times come as text, so that no reader's rounding can break the chain.
    """
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return digest(previous + canonical)


def first_broken(links: Iterable[tuple[Mapping[str, Any], str, str]]) -> int | None:
    """The position (from 0) of the first link that does not hold, or None.

    Each item is (content, previous digest as stored, own digest as stored).
    """
    expected = START
    for position, (content, previous, own) in enumerate(links):
        if previous != expected or link(previous, content) != own:
            return position
        expected = own
    return None
