"""What changed from one wording to another, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A blank, a word, a Chinese character (which has no spaces around it), a run of spaces, or a sign.
WORD = re.compile(r"\$\{?\w+\}?|[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|.")


@dataclass(frozen=True)
class Part:
    """A run of words: ``kind`` is “same”, “gone” or “new”."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Part]:
    """The later text with what is gone and what is new, in the order of reading."""
    old, new = WORD.findall(before), WORD.findall(after)
    parts: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "".join(old[a:b])))
            continue
        if b > a:
            parts.append(Part("gone", "".join(old[a:b])))
        if d > c:
            parts.append(Part("new", "".join(new[c:d])))
    return parts
