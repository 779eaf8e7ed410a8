"""What is typed on the pages of the policy, and the words that they show."""

import re
from typing import Any

from amends.cases import house_policy
from amends.cases.models import PolicyVersion

SCRIPT = {"HX-Request": "true"}


def words(response: Any) -> str:
    """The text of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def seen(version: PolicyVersion) -> str:
    """What a form of this draft was filled in on."""
    version.refresh_from_db()
    return house_policy.seen_of(version)


def row_typed(version: PolicyVersion, **changes: object) -> dict[str, object]:
    """The form of a new row about late delivery."""
    typed: dict[str, object] = {
        "seen": seen(version), "name": "Late delivery", "category": ["service"], "finding": ["justified"],
        "approve_level": 1, "value_from": "", "value_below": "", "gives-TOTAL_FORMS": 2,
        "gives-INITIAL_FORMS": 0, "gives-0-kind": "goodwill", "gives-0-fixed": "50 SEK\n5,50 eur",
        "gives-0-little_more": "on", "gives-1-kind": "apology", "gives-1-by": 1,
    }  # fmt: skip
    return typed | changes
