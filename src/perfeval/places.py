"""Where a value stands: its path in the data, its line and column in a text."""

from __future__ import annotations

from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""


class Mark(NamedTuple):
    """A place in a text; line and column count from 1, columns in characters."""

    line: int
    column: int


NOTHING = object()
"""What `step_into` returns where the data goes no further."""


def step_into(data: Any, step: str | int) -> Any:
    """Return what plain data holds at one step of a path, or `NOTHING`."""
    if isinstance(data, dict):
        return data.get(step, NOTHING)
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return NOTHING
