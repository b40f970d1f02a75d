"""The headings of a form of ours that another program saved without the results of formulas.

Each row of a form has its number in a hidden column; by that it is known again, wherever it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from perfeval.carriers import CarriedCell, CarriedGrid, ContentKind
from perfeval.numbers import decimals_of
from perfeval.reading.enclosed import Enclosed


def with_labels(grid: CarriedGrid, made: Enclosed) -> tuple[CarriedGrid, int]:
    """Return a sheet whose headings without a stored result say what they did, and how many.

    What a form computes from what is filled in stays without a value.
    """
    unsaved = [cell for cell in grid.cells if cell.kind is ContentKind.UNSAVED]
    numbers = _row_numbers(grid) if unsaved else {}
    texts = {
        cell.place: made.labels.get((numbers.get(cell.row, cell.row), cell.column), "")
        for cell in unsaved
    }
    cells = tuple(
        cell._replace(kind=ContentKind.TEXT, text=text) if text else cell
        for cell, text in ((cell, texts.get(cell.place, "")) for cell in grid.cells)
    )
    changed = CarriedGrid(
        name=grid.name,
        number=grid.number,
        cells=cells,
        height=grid.height,
        width=grid.width,
        is_hidden=grid.is_hidden,
    )
    return changed, sum(map(bool, texts.values()))


def _row_numbers(grid: CarriedGrid) -> Mapping[int, int]:
    """Return which row of the form each row was: the last hidden column that says so."""
    columns: dict[int, list[CarriedCell]] = {}
    for cell in grid.cells:
        if cell.is_hidden and cell.formula is None and cell.number is not None:
            columns.setdefault(cell.column, []).append(cell)
    for column in sorted(columns, reverse=True):
        found = [(cell.row, cell.number) for cell in columns[column] if cell.number is not None]
        is_rising = all(one[1] <= two[1] for one, two in pairwise(found))
        if len(found) > 1 and is_rising and not any(decimals_of(number) for _, number in found):
            return {row: int(number) for row, number in found}
    return {}
