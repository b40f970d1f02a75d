"""Where a value stands: its path in the data, its line and column in a text."""

from __future__ import annotations

from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""


class Mark(NamedTuple):
    """A place in a text; line and column count from 1, columns in characters."""

    line: int
    column: int


def anchor_in(data: Any, path: Path) -> tuple[str, ...]:
    """Return the words that lead to a place in plain data, list items by their names.

    >>> anchor_in({"指标": [{"名称": "床位"}]}, ("指标", 0, "目标值"))
    ('指标', '床位', '目标值')
    """
    words = []
    for step in path:
        data = step_into(data, step)
        words.append(_name_of(data) or str(step) if isinstance(step, int) else str(step))
    return tuple(words)


_NAMES = ("名称", "name", "合计", "编号", "处")


def _name_of(item: Any) -> str:
    """Return what a list item is called, or an empty text."""
    found = (item.get(key) for key in _NAMES) if isinstance(item, dict) else iter(())
    return next((name for name in found if isinstance(name, str)), "")


NOTHING = object()
"""What `step_into` returns where the data goes no further."""


def step_into(data: Any, step: str | int) -> Any:
    """Return what plain data holds at one step of a path, or `NOTHING`."""
    if isinstance(data, dict):
        return data.get(step, NOTHING)
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return NOTHING
