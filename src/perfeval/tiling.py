"""How the cells of a table find their columns, left to right and top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Spans = tuple[int, int]
"""How many columns and how many rows a cell takes."""


class Misfit(NamedTuple):
    """A row that does not fill the table, and why."""

    row: int
    message: str


class Tiling(NamedTuple):
    """Where cells stand.

    Attributes:
        starts: For each row the columns in which its cells begin; empty where it does not fit.
        misfits: The rows that do not fit.
    """

    starts: tuple[tuple[int, ...], ...]
    misfits: tuple[Misfit, ...]


def tiled(rows: Sequence[Sequence[Spans]], columns: int) -> Tiling:
    """Give every cell its column; one that spans rows keeps its columns taken in those below.

    Args:
        rows: The cells of each row.
        columns: How many columns the table has.

    >>> tiled([[(1, 2), (1, 1)], [(1, 1)]], 2).starts
    ((0, 1), (1,))
    """
    taken = [0] * columns  # the first row in which each column is free again
    starts, misfits = [], []
    for index, cells in enumerate(rows):
        found, wrong = _row(index, cells, taken)
        starts.append(() if wrong else found)
        misfits += [Misfit(index, message) for message in wrong]
    if rows and max(taken) > len(rows):
        message = "单元格向下合并，超出了这一部分的最后一行"
        misfits.append(Misfit(len(rows) - 1, message))
    return Tiling(tuple(starts), tuple(misfits))


def _row(index: int, cells: Sequence[Spans], taken: list[int]) -> tuple[tuple[int, ...], list[str]]:
    columns = len(taken)
    free = [column for column in range(columns) if taken[column] <= index]
    width = sum(span for span, _ in cells)
    if width != len(free):
        merged = columns - len(free)
        above = f"，其中 {merged} 栏已由上方的单元格占去" if merged else ""
        return (), [f"这一行的单元格共占 {width} 栏，全表 {columns} 栏{above}"]
    starts, at, cut = [], 0, []
    for span, height in cells:
        first, last = free[at], free[at + span - 1]
        starts.append(first)
        if last - first >= span:
            cut.append("这一行有单元格被上方向下合并的单元格隔断")
        for column in free[at : at + span]:
            taken[column] = index + height
        at += span
    return tuple(starts), cut
