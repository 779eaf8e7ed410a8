"""Who may import whom (the contracts stand in pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, python_files


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_packs_are_data() -> None:
    assert [name for name, text in python_files() if name.startswith("packs/") and text.strip()] == []
