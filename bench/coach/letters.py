"""How well the coach reads whole letters: ``python -m bench.coach.letters [--language xx] [--errors]``.

Reads ``corpus/coach/letters/<language>.jsonl``; every third letter is unseen, and its mistakes are not
printed. A planted fault is found if its code is raised, in a place or for the whole. Wrongly raised: codes
named in ``must_not_flag``; strays: every other code that was not asked for.
"""

import argparse
from pathlib import Path
from typing import Any, NamedTuple

from amends.coach.draft import coach
from amends.coach.reading.language import CODES, code_of
from amends.coach.whole.case import read_case
from tools.coach_corpus import SPLITS, letters


class Outcome(NamedTuple):
    """One letter, and what the coach made of it."""

    name: str
    planted: int
    missed: list[str]
    wrong: list[str]
    stray: list[str]


def outcome(row: dict[str, Any]) -> Outcome:
    """Read one letter as ``amends coach --batch`` does."""
    case = read_case(row["case"]) if row.get("case") else None
    read = coach(row["text"], language=code_of(row["language"]), reader="en", case=case)
    raised = {finding.code for finding in read.findings} | set(read.missing)
    planted, barred = set(row["must_flag"]), set(row["must_not_flag"])
    return Outcome(
        row["id"], len(planted), sorted(planted - raised), sorted(raised & barred),
        sorted(raised - planted - barred),
    )  # fmt: skip


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(prog="python -m bench.coach.letters", description=__doc__)
    asked.add_argument("--language", choices=CODES)
    asked.add_argument("--file", type=Path, help="letters from elsewhere")
    asked.add_argument("--split", choices=SPLITS, default="unseen")
    asked.add_argument("--errors", action="store_true")
    asked.add_argument("--unseen-errors", action="store_true", help="print them of the unseen part too")
    given = asked.parse_args()
    for language in [given.language] if given.language else CODES:
        split = None if given.file else given.split
        found_letters = letters(language, split, given.file)
        rows = [outcome(row) for row in found_letters if code_of(row["language"]) == language]
        if not rows:
            print(f"{language:<8}     no letters")
            continue
        planted, missed = sum(r.planted for r in rows), sum(len(r.missed) for r in rows)
        wrong, stray = sum(len(r.wrong) for r in rows), sum(len(r.stray) for r in rows)
        found = f"{(planted - missed) / planted:.3f}" if planted else "–"
        print(
            f"{language:<8} {len(rows):>4} letters   planted faults found {found}   "
            f"wrongly raised {wrong / len(rows):.2f} a letter   strays {stray / len(rows):.2f} a letter"
        )
        for row in rows if given.errors and (split != "unseen" or given.unseen_errors) else ():
            if row.missed or row.wrong or row.stray:
                print(f"    {row.name}: missed {row.missed}, wrong {row.wrong}, stray {row.stray}")


if __name__ == "__main__":
    main()
