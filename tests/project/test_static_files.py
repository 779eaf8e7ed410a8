"""Style sheets are gathered once per content."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from amends.project import static_files
from amends.project.static_files import STAMP, gather_static_files


def test_gathered_once_per_content(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    assert gather_static_files() is True
    assert (tmp_path / "static" / "amends" / "base.css").exists()
    assert gather_static_files() is False

    stamped = (tmp_path / "static" / STAMP).read_text()
    changed = tmp_path / "base.css"
    changed.write_text("body { color: rebeccapurple }")
    monkeypatch.setattr(static_files, "_sources", lambda: [("amends/base.css", str(changed))])
    assert gather_static_files() is True
    assert (tmp_path / "static" / STAMP).read_text() != stamped
