"""Which tests are asked about a module, the nearest first."""

from __future__ import annotations

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


def stages(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return the tests for a module, as they are asked one after the other."""
    room = path.relative_to(PACKAGE).parts[0]
    own = ROOMS[room]
    wider = tuple(name for name in WIDER if name not in own)
    return own, wider, WIDEST
