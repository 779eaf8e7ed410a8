"""Says before the tests whether the journeys can be run. They skip themselves; here is why."""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
JOURNEYS = Path(__file__).resolve().parent.parent / "tests" / "journeys"


def browser() -> str | None:
    """The path of a browser: the one named by CHROMIUM, or the first that is installed."""
    return next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)


def main() -> int:
    """Name the journeys that will not be run, if there is no browser."""
    if not browser():
        names = ", ".join(path.stem.removeprefix("test_") for path in sorted(JOURNEYS.glob("test_*.py")))
        print(f"No browser was found (Chromium, or CHROMIUM=path), so these journeys are not run: {names}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
