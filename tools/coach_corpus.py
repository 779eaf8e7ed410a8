"""The coach's corpus: ``corpus/coach/<language>.jsonl``, one sentence a line.

A line is ``{"text", "code"}`` with an optional ``"trade"`` and an optional ``"split"``. Every third
sentence is kept unseen: without a ``split`` the digest of the text decides, so that nobody chooses.
``python -m tools.coach_corpus`` tells how many there are of each code, and what is wrong.
"""

import hashlib
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from amends.coach.reading.language import CODES, language_of
from amends.coach.reading.sentences import sentences
from amends.coach.sentences.codes import CLEAN, SENTENCE_CODES
from amends.coach.whole.letter import body, read_letter
from tools.coach_texts import sentences_of_texts

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "coach"
SPLITS = ("train", "unseen")
TEXTS = "texts"  # where a sentence stands that is no line of the corpus, but one of the standard texts


class Example(NamedTuple):
    """A sentence and what a careful reader finds in it."""

    text: str
    code: str
    split: str


class WrongCorpus(ValueError):
    """A line that cannot be used."""


def split_of(text: str) -> str:
    """Every third sentence is unseen, chosen by its text alone."""
    return SPLITS[zlib.crc32(text.encode()) % 3 == 0]


def examples(language: str, split: str | None = None) -> list[Example]:
    """The sentences of a language, of one split or of both. WrongCorpus names a line that cannot be used."""
    file = FOLDER / f"{language}.jsonl"
    found: dict[str, Example] = {}
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            one = Example(row["text"], row["code"], row.get("split") or split_of(row["text"]))
        except (ValueError, KeyError, TypeError) as wrong:
            raise WrongCorpus(f"{file.name}:{number}: {wrong!r}") from None
        if one.code not in (*SENTENCE_CODES, CLEAN) or one.split not in SPLITS:
            raise WrongCorpus(f"{file.name}:{number}: there is no code “{one.code}” or split “{one.split}”")
        if one.text in found:
            raise WrongCorpus(f"{file.name}:{number}: this sentence is there twice: “{one.text}”")
        found[one.text] = one
    return [one for one in found.values() if split in (None, one.split)]


def letters(language: str, split: str | None = None, file: Path | None = None) -> Iterator[dict[str, Any]]:
    """The whole letters of a language; every third is unseen, chosen by its text."""
    file = file or FOLDER / "letters" / f"{language}.jsonl"
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        if line.strip():
            row = json.loads(line)
            if split in (None, split_of(row["text"])):
                yield row


def trained_on(language: str) -> list[Example]:
    """The train part of the sentences; as clean ones those of its good letters and of the standard texts."""
    rows, frame = examples(language, "train"), language_of(language)
    known = {one.text for one in examples(language)}
    good = [
        line.sentence.text
        for letter in letters(language, "train")
        if letter["kind"] == "good"
        for line in body(read_letter(sentences(letter["text"], frame), frame))
    ]
    for split, clean in (("train", good), (TEXTS, sentences_of_texts(language))):
        rows += [Example(text, CLEAN, split) for text in dict.fromkeys(clean) if text not in known]
        known.update(clean)
    return rows


def digest(language: str) -> str:
    """The digest of what is trained on; independent of the order of the lines."""
    lines = sorted(f"{one.code}\t{one.text}" for one in trained_on(language))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def main() -> int:
    """Counts, language by language; exit status 1 if a corpus is wrong."""
    wrong = 0
    for language in sys.argv[1:] or CODES:
        try:
            rows = examples(language)
        except WrongCorpus as why:
            print(why, file=sys.stderr)
            wrong = 1
            continue
        counts = Counter((one.code, one.split) for one in rows)
        print(f"{language}: {len(rows)} sentences, {sum(1 for _ in letters(language))} letters")
        for code in (*SENTENCE_CODES, CLEAN):
            print(f"  {code:<20} {counts[code, 'train']:>5} train {counts[code, 'unseen']:>5} unseen")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
