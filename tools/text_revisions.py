"""At which revision of its meaning each letter text of the packs stands: `src/amends/packs/texts.toml`.

python -m tools.text_revisions                       note texts whose words changed and not their meaning
python -m tools.text_revisions --meaning en/offer    these say something else now: the others must follow
python -m tools.text_revisions --followed sv/offer   these have followed
python -m tools.text_revisions --check               1 when a text is not noted or has fallen behind

The table holds a revision and a few characters of each text's digest, so that no text changes unnoticed.
"""

import argparse
import hashlib
import sys
from importlib.resources import files
from pathlib import Path

from amends.correspondence.phrasebook import letter_needs, pack_text, revision_table
from amends.people.languages import LANGUAGES

CODES = [code for code, _name in LANGUAGES]
TABLE = Path(str(files("amends.packs") / "texts.toml"))
HEAD = """\
# At which revision of its meaning each letter text stands, by language; one that is lower than another's is
# stale. The second word tells whether the text is still the one that was noted.
# Written by `python -m tools.text_revisions`, held by `make check`.
"""
Rows = dict[str, dict[str, tuple[int, str]]]


def mark(text: str) -> str:
    """What tells one wording from another."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


def noted() -> Rows:
    """The table as it stands."""
    return {
        name: {code: (int(said.split()[0]), said.split()[1]) for code, said in row.items()}
        for name, row in revision_table().items()
    }


def problems(rows: Rows) -> list[str]:
    """A sentence for each text that is not noted as it stands, or has fallen behind."""
    found = [f"{name} is in the table, and no text" for name in rows.keys() - letter_needs().keys()]
    for name in letter_needs():
        row = rows.get(name, {})
        latest = max((revision for revision, _mark in row.values()), default=0)
        for code in CODES:
            revision, seen = row.get(code, (0, ""))
            if seen != mark(pack_text(code, name)):
                found.append(f"{code}/{name} has changed since it was noted: did its meaning?")
            elif revision < latest:
                found.append(f"{code}/{name} stands at revision {revision}, a sibling at {latest}")
    return found


def renewed(rows: Rows, meaning: list[str], followed: list[str]) -> Rows:
    """The table with every text noted as it is now."""
    latest = {
        name: max((r for r, _mark in rows.get(name, {}).values()), default=1) for name in letter_needs()
    }
    changed = {name for name in latest if any(f"{code}/{name}" in meaning for code in CODES)}
    new: Rows = {}
    for name in letter_needs():
        new[name] = {}
        for code in CODES:
            revision = rows.get(name, {}).get(code, (latest[name], ""))[0]
            if f"{code}/{name}" in meaning:
                revision = latest[name] + 1
            elif f"{code}/{name}" in followed:
                revision = latest[name] + (name in changed)
            new[name][code] = (revision, mark(pack_text(code, name)))
    return new


def written(rows: Rows) -> str:
    """The table as a file."""
    parts = [HEAD]
    for name, row in rows.items():
        lines = (f'{code} = "{revision} {seen}"' for code, (revision, seen) in row.items())
        parts.append("\n".join((f"[{name}]", *lines)) + "\n")
    return "\n".join(parts)


def main() -> int:
    """Exit status 1 when --check finds a text that is not in order."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--meaning", nargs="*", default=[], metavar="LANGUAGE/TEXT")
    parser.add_argument("--followed", nargs="*", default=[], metavar="LANGUAGE/TEXT")
    options = parser.parse_args()
    known = {f"{code}/{name}" for code in CODES for name in letter_needs()}
    if unknown := {*options.meaning, *options.followed} - known:
        parser.error(f"there is no text {', '.join(sorted(unknown))}")
    if options.check:
        found = problems(noted())
        print("\n".join(found), file=sys.stderr)
        return 1 if found else 0
    TABLE.write_text(written(renewed(noted(), options.meaning, options.followed)), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
