"""What was filed for several lines: their own points, and those that cover several rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfeval.numbers import ZERO
from perfeval.scorecard import Basis, Line, Scorecard


def filed_points(card: Scorecard, lines: Sequence[Line]) -> list[Decimal]:
    """Return the filed points of lines, and those filed for several of them together.

    What is filed together counts where all its rows are among the lines and none has its own.
    """
    own = {line.name for line in lines if line.filed is not None}
    names = {line.name for line in lines}
    together = [
        item.points
        for item in card.sheet.filed.merged
        if own.isdisjoint(item.rows) and names.issuperset(item.rows)
    ]
    return [line.filed for line in lines if line.filed is not None] + together


def has_row_twice(card: Scorecard) -> bool:
    """Tell whether a row stands twice in what was filed together: no sum of it means anything."""
    names = [name for item in card.sheet.filed.merged for name in item.rows]
    return len(set(names)) < len(names)


def blank_rows(card: Scorecard, lines: Sequence[Line]) -> list[Line]:
    """Return the lines that should have points and for which none are filed."""
    names = {line.name for line in lines}
    merged = (item.rows for item in card.sheet.filed.merged if names.issuperset(item.rows))
    together = {name for rows in merged for name in rows}
    return [
        line
        for line in lines
        if line.filed is None
        and line.weight != ZERO
        and line.basis is not Basis.NOT_APPLICABLE
        and not (line is card.execution and line.weight is None)
        and line.name not in together
    ]
