"""Writes docs/settings.md from project/env.py, so that the page cannot say anything else.

python -m tools.settings_doc           write it
python -m tools.settings_doc --check   1 if it is not what the code says
"""

import sys
from pathlib import Path

from amends.project.env import SETTINGS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
HEAD = """# Settings

Made from `src/amends/project/env.py` by `make docs`; change it there. All settings come from the environment.
`amends check` says in plain words whether they fit together.

| setting | without it | what it is for |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = (f"| `{s.name}` | {s.default or '–'} | {s.meaning} |\n" for s in SETTINGS)
    return HEAD + "".join(rows)


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is fresh."""
    if "--check" not in arguments:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()
    if not fresh:
        print("docs/settings.md is not what project/env.py says: run `make docs`")
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
