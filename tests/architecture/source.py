"""The source as text, for laws that are about how things are written."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "amends"


def python_files(*, migrations: bool = False) -> Iterator[tuple[str, str]]:
    """Every Python file of the package: its path as it is said (cases/models/plan.py) and its text."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if migrations or "migrations" not in path.parts:
            yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")


def templates() -> Iterator[tuple[str, str]]:
    """Every page template, likewise."""
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")
