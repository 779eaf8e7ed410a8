"""Laws about how things are written: one door, one clock, no signals, small files, no script in a page."""

import ast
import re

import pytest
from django.apps import apps

from amends.cases import models
from tests.architecture.source import python_files, templates

SIGNALS = re.compile(r"\b(pre|post)_(save|delete|init|migrate)\b|m2m_changed|@receiver|django\.dispatch")
STAGE = re.compile(r"\.stage\s*=(?!=)|update\([^)]*\bstage\s*=", re.DOTALL)
CLOCK = re.compile(r"\btimezone\.now\(|\bdatetime\.(now|utcnow|today)\(|\bdate\.today\(|\blocaldate\(\)")
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete"}
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|hx-on|<style", re.IGNORECASE)


def _holding(pattern: re.Pattern[str], *, but: tuple[str, ...] = ()) -> list[str]:
    return [name for name, text in python_files() if name not in but and pattern.search(text)]


def test_nothing_happens_by_signal() -> None:
    assert _holding(SIGNALS) == []


def test_only_the_door_moves_a_stage() -> None:
    assert _holding(STAGE, but=("cases/actions/door.py",)) == []


def test_the_clock_is_read_in_one_place() -> None:
    assert _holding(CLOCK, but=("kit/clock.py",)) == []


def test_no_row_has_a_save_of_its_own() -> None:
    overriding = [
        f"{kind.__module__}.{kind.__name__}"
        for model in apps.get_models()
        for kind in model.__mro__
        if kind.__module__.startswith("amends.") and {"save", "delete"} & set(vars(kind))
    ]
    assert overriding == []


def test_nobody_but_cases_writes_what_belongs_to_a_complaint() -> None:
    """``Model.objects…create/update/delete`` on a row of a case, outside of ``amends.cases``."""
    names = set(models.__all__)
    writing = [
        f"{name}:{node.lineno}"
        for name, text in python_files()
        if not name.startswith("cases/")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        if _root(node.func) in names
    ]
    assert writing == []


def test_nobody_but_cases_writes_rows_past_the_orm() -> None:
    """``kit.prepared`` writes any row; what it reads with may be used everywhere."""
    names = r"from amends\.kit\.prepared import (\([^)]*|[^\n]*)\b(insert|update)\b"
    past = re.compile(names + r"|import amends\.kit\.prepared|kit import [^\n]*\bprepared\b")
    assert [name for name in _holding(past) if not name.startswith("cases/")] == []


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def test_files_stay_small() -> None:
    long = [name for name, text in python_files() if text.count("\n") > 400]
    assert long == []


@pytest.mark.parametrize("word", ["Manager", "Helper", "Util", "Service", "Base"])
def test_names_are_those_of_the_field(word: str) -> None:
    allowed = {"StaffManager"}  # Django calls it so
    named = {
        node.name
        for _, text in python_files()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef) and node.name.endswith(word)
    }
    assert named - allowed == set()


def test_nothing_is_left_for_later() -> None:
    assert _holding(re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError")) == []


def test_pages_hold_no_script_and_no_style() -> None:
    assert [name for name, text in templates() if SCRIPT.search(text)] == []
