"""How well the coach reads sentences: ``python -m bench.coach [--language xx] [--split train] [--errors]``.

The unseen third is what counts; whoever writes rules looks at the mistakes of the train part only
(``--errors`` prints none of the unseen part unless ``--unseen-errors`` is said too). Precision: of the
codes raised, those that are right. Recall: of the sentences with a fault, those where the right code was
raised. False alarms: clean sentences on which anything was raised. ``--rules-only`` leaves the
classifier out.
"""

import argparse
from collections import Counter
from typing import NamedTuple

from amends.coach.draft import sentence_findings
from amends.coach.reading.language import CODES, language_of
from amends.coach.sentences import finding
from amends.coach.sentences.codes import CLEAN, SENTENCE_CODES
from bench.coach.speed import speed
from tools.coach_corpus import Example, examples


class Seen(NamedTuple):
    """A sentence, and the codes raised on it."""

    example: Example
    raised: tuple[str, ...]


def read(language: str, split: str) -> list[Seen]:
    """The coach on every sentence of a split."""
    frame = language_of(language)
    return [
        Seen(one, tuple(sorted({f.code for f in sentence_findings(one.text, frame, "en")})))
        for one in examples(language, split)
    ]


def report(language: str, rows: list[Seen]) -> str:
    """The three figures of a language on one line."""
    bad = [row for row in rows if row.example.code != CLEAN]
    clean = [row for row in rows if row.example.code == CLEAN]
    raised = sum(len(row.raised) for row in rows)
    right = sum(row.example.code in row.raised for row in bad)
    alarms = sum(bool(row.raised) for row in clean)
    return (
        f"{language:<8} {len(rows):>5} sentences   precision {_share(right, raised)}   "
        f"recall {_share(right, len(bad))}   false alarms {_share(alarms, len(clean))}"
    )


def by_code(rows: list[Seen]) -> str:
    """Precision and recall of each code, and what it was taken for."""
    lines = []
    for code in SENTENCE_CODES:
        mine = [row for row in rows if row.example.code == code]
        raised = [row for row in rows if code in row.raised]
        right = sum(code in row.raised for row in mine)
        taken = Counter(other for row in mine for other in row.raised if other != code)
        wrongly = ", ".join(f"{other} {count}" for other, count in taken.most_common(3))
        lines.append(
            f"    {code:<20} {len(mine):>4}   precision {_share(right, len(raised))}   "
            f"recall {_share(right, len(mine))}   {wrongly and f'also {wrongly}'}"
        )
    return "\n".join(lines)


def mistakes(rows: list[Seen]) -> str:
    """Every sentence where what was raised is not what it should be."""
    wrong = [row for row in rows if set(row.raised) != {row.example.code} - {CLEAN}]
    wrong.sort(key=lambda row: row.example.code)
    return "\n".join(
        f"    {row.example.code:<20} raised {', '.join(row.raised) or 'nothing':<22} {row.example.text}"
        for row in wrong
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  –  "


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(prog="python -m bench.coach", description=__doc__)
    asked.add_argument("--language", choices=CODES)
    asked.add_argument("--split", choices=["train", "unseen"], default="unseen")
    asked.add_argument("--codes", action="store_true", help="the figures of each code")
    asked.add_argument("--errors", action="store_true", help="print the mistakes (of the train part)")
    asked.add_argument("--unseen-errors", action="store_true", help="print them of the unseen part too")
    asked.add_argument("--rules-only", action="store_true", help="leave the classifier out")
    asked.add_argument("--speed", action="store_true", help="how long a draft of 200 words takes")
    given = asked.parse_args()
    if given.rules_only:
        finding.classifier = lambda _code: None  # type: ignore[assignment]
    for language in [given.language] if given.language else CODES:
        rows = read(language, given.split)
        print(report(language, rows))
        if given.codes:
            print(by_code(rows))
        if given.errors and (given.split == "train" or given.unseen_errors):
            print(mistakes(rows))
        if given.speed:
            print(f"    {speed(language)}")


if __name__ == "__main__":
    main()
