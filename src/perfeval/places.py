"""Where a value stands: its path in the data, its line and column in a text."""

from __future__ import annotations

from typing import NamedTuple

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""


class Mark(NamedTuple):
    """A place in a text; line and column count from 1, columns in characters."""

    line: int
    column: int
