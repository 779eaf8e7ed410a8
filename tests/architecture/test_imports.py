"""Who may import whom (the contracts stand in pyproject.toml)."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, python_files


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_packs_are_data_with_at_most_a_reader_of_files() -> None:
    for name, text in python_files():
        if name.startswith("packs/"):
            imported = {
                (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else node.names[0].name
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.Import | ast.ImportFrom)
            }
            assert {module.split(".")[0] for module in imported} <= sys.stdlib_module_names, name
