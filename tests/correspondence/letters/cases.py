"""One whole case in each language: every field that any letter can speak of, as the packs bring it."""

from typing import Any

from amends.correspondence.phrasebook import example_case


def whole_case(language: str, **changes: Any) -> dict[str, Any]:
    """The whole case of a language, as it would be read from JSON, with some fields changed."""
    return example_case(language) | changes
