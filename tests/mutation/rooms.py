"""Which tests are asked about a module, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "perfeval"

ROOMS: dict[str, tuple[str, ...]] = {
    "cells": ("tests/cells", "src/perfeval/cells", "tests/scoring"),
    "methods": ("tests/methods", "src/perfeval/methods", "tests/scoring"),
    "scoring": ("tests/scoring", "src/perfeval/scoring", "tests/methods", "tests/cells"),
    "rulebook": (
        "src/perfeval/rulebook",
        "tests/rulebooks/test_malformed.py",
        "tests/rulebooks/test_layouts.py",
        "tests/rulebooks/test_made_up_province.py",
        "tests/scoring",
    ),
    "checks": ("src/perfeval/checks", "tests/checks"),
}
"""For each room that is changed, its own tests."""
WIDER = (
    "tests/published",
    "tests/indicators",
    "tests/checks",
    "tests/cells",
    "tests/methods",
    "tests/scoring",
    "tests/property/test_cells.py",
    "tests/property/test_rows.py",
    "tests/property/test_sheets.py",
    "tests/rulebooks",
)
WIDEST = (
    "tests/property/test_generated_rulebooks.py",
    "tests/test_report.py",
    "tests/test_report_inputs.py",
    "tests/test_sheet.py",
    "tests/test_fields.py",
    "tests/readers",
    "tests/documents",
    "tests/cli",
)


def module_name(path: Path) -> str:
    """Return by which name a module is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def recorded(rooms: Sequence[str]) -> tuple[str, ...]:
    """Return the tests that are asked about rooms before the widest, each once."""
    return tuple(
        dict.fromkeys(name for own in (*map(ROOMS.__getitem__, rooms), WIDER) for name in own)
    )


def distance(test: str, path: Path) -> int:
    """Return how far a test stands from a module: its own ones, those of its room, others.

    >>> engine = PACKAGE / "scoring" / "engine.py"
    >>> distance("tests/scoring/test_engine.py::test_a", engine)
    0
    """
    file = test.partition("::")[0]
    if file in (path.relative_to(ROOT).as_posix(), f"tests/{_own(path)}"):
        return 0
    return 1 if file.startswith(ROOMS[path.relative_to(PACKAGE).parts[0]]) else 2


def _own(path: Path) -> str:
    """Return the file that mirrors a module."""
    return path.relative_to(PACKAGE).with_name(f"test_{path.name}").as_posix()
