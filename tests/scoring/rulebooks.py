"""Rulebooks that differ from a shipped one in a few blocks."""

from __future__ import annotations

from typing import Any

import perfeval
from perfeval import Rulebook


def varied(base: str, changes: dict[str, Any]) -> Rulebook:
    """Return the rulebook *base* with *changes*; ``None`` takes an entry away."""
    data = perfeval.load_rulebook(base).model_dump(by_alias=True, exclude_unset=True)
    return Rulebook.model_validate(_merged(data, changes))


CITED = ("来源", "条款", "施行", "说明")


def _merged(data: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    result = dict(data)
    if changes.get("方法", data.get("方法")) != data.get("方法"):  # what it needs is its own
        result = {key: value for key, value in data.items() if key in CITED}
    for key, value in changes.items():
        below = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(below, dict):
            result[key] = _merged(below, value)
        else:
            result[key] = value
    return result
