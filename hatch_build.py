"""Gives the wheel its compiled message catalogues, which git does not keep."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Compile before packing, and pack the .mo files although git ignores them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is built."""
        spec = importlib.util.spec_from_file_location("catalogues", ROOT / "src/amends/project/catalogues.py")
        assert spec is not None
        assert spec.loader is not None
        catalogues = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(catalogues)
        catalogues.compile_stale()
        build_data["artifacts"].append("src/amends/locale/*/LC_MESSAGES/*.mo")
