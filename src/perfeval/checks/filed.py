"""What was filed for several lines: their own points, and those that cover several rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfeval.numbers import (
    HUNDRED,
    ZERO,
    RoundingMode,
    decimals_of,
    multiply,
    round_number,
    subtract,
    unit_in_last_place,
)
from perfeval.scorecard import Basis, Line, Scorecard


def without_tail(number: Decimal, digits: int) -> Decimal:
    """Return a printed figure without the tail that a program's binary fractions left behind.

    It has one where it is off a plain figure, of two decimals more than points have, by less than
    a hundredth of the last of these.

    >>> without_tail(Decimal("0.0900000762939453"), 2), without_tail(Decimal("4.7777777778"), 2)
    (Decimal('0.0900'), Decimal('4.7777777778'))
    """
    if decimals_of(number) <= digits + 2:
        return number  # as nearly all are: a plain figure itself
    near = round_number(number, digits + 2, RoundingMode.HALF_UP)
    off = subtract(number, near).copy_abs()
    if off and multiply(off, HUNDRED) < unit_in_last_place(near):
        return near
    return number


def filed_of(line: Line) -> Decimal | None:
    """Return the filed points of a line, without what a program left behind."""
    return None if line.filed is None else without_tail(line.filed, line.rule.digits)


def filed_total_of(card: Scorecard) -> Decimal | None:
    """Return the filed total, without what a program left behind."""
    return _plain_in(card, card.filed_total)


def reviewed_total_of(card: Scorecard) -> Decimal | None:
    """Return the total that a reviewer gave, without what a program left behind."""
    return _plain_in(card, card.reviewed_total)


def plain_in(card: Scorecard, points: Decimal) -> Decimal:
    """Return points that a sheet files for several rows, without what a program left behind."""
    return without_tail(points, card.execution.rule.digits)


def _plain_in(card: Scorecard, points: Decimal | None) -> Decimal | None:
    return None if points is None else plain_in(card, points)


def excess_of(line: Line) -> Decimal | None:
    """Return the filed points of a line less those by the rule; ``None`` where one is missing."""
    filed = filed_of(line)
    return None if filed is None or line.shown is None else subtract(filed, line.shown)


def filed_points(card: Scorecard, lines: Sequence[Line]) -> list[Decimal]:
    """Return the filed points of lines, and those filed for several of them together.

    What is filed together counts where all its rows are among the lines and none has its own.
    """
    own = {line.name for line in lines if line.filed is not None}
    names = {line.name for line in lines}
    together = [
        plain_in(card, item.points)
        for item in card.sheet.filed.merged
        if own.isdisjoint(item.rows) and names.issuperset(item.rows)
    ]
    return [points for line in lines if (points := filed_of(line)) is not None] + together


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
