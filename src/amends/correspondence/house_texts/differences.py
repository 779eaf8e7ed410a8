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
    """The later text with what is gone and what is new, in the order of reading.

    A single word that stayed between two changes counts as changed: a phrase is read as a whole.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    changes: list[list[int]] = []  # from and to in the old words, from and to in the new ones
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if changes and _short(old[changes[-1][1] : a]):
            changes[-1][1::2] = b, d
        else:
            changes.append([a, b, c, d])
    parts, at = [], 0
    for a, b, c, d in changes:
        parts += [("same", old[at:a]), ("gone", old[a:b]), ("new", new[c:d])]
        at = b
    parts.append(("same", old[at:]))
    return [Part(kind, "".join(words)) for kind, words in parts if words]


def _short(between: list[str]) -> bool:
    return sum(not word.isspace() for word in between) <= 1 and "\n" not in "".join(between)
