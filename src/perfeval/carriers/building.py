"""A grid, put together cell by cell."""

from __future__ import annotations

from perfeval.carriers.limits import Allowance
from perfeval.carriers.values import (
    LARGE_MERGE,
    CarriedCell,
    CarriedGrid,
    ContentKind,
    column_letters,
)
from perfeval.places import CellPlace

_MOST_COLUMNS = 16_384


class GridBuilder:
    """Gathers the cells of a sheet, its merged areas and its hidden columns."""

    def __init__(self, name: str, allowance: Allowance, *, is_hidden: bool = False) -> None:
        self._name = name
        self._allowance = allowance
        self._is_hidden = is_hidden
        self._cells: dict[tuple[int, int], CarriedCell] = {}
        self._merges: dict[tuple[int, int], tuple[int, int]] = {}
        self._hidden = bytearray(_MOST_COLUMNS)

    def add(self, cell: CarriedCell) -> None:
        """Keep a cell."""
        self._allowance.cell()
        self._allowance.characters(cell.text)
        self._cells[cell.row, cell.column] = cell

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """Merge an area; a cell of nothing but itself is none."""
        if rows > 0 and columns > 0 and rows * columns > 1:
            self._allowance.merged(rows, columns)
            self._merges[row, column] = rows, columns

    def hide_columns(self, first: int, last: int) -> None:
        """Hide the columns from the first to the last."""
        last = min(last, _MOST_COLUMNS - 1)
        self._hidden[first : last + 1] = b"\x01" * (last + 1 - first)

    def grid(self, number: int) -> CarriedGrid:
        """Return the grid; what stands under a merged cell is not seen, and left out."""
        cells, merges = self._cells, self._merges
        covered = self._covered() if merges else {}
        hides = self._is_hidden or 1 in self._hidden
        kept = []
        for position in sorted(cells if not merges else {*cells, *merges}):
            if position in covered:
                continue
            cell = cells.get(position) or self._blank(*position)
            if hides and not cell.is_hidden:
                is_hidden = self._is_hidden or self._is_column_hidden(cell.column)
                cell = cell._replace(is_hidden=is_hidden)
            if position in merges:
                rows, columns = merges[position]
                cell = cell._replace(rows=rows, columns=columns)
            kept.append(cell)
        return self._clipped(number, kept)

    def _clipped(self, number: int, cells: list[CarriedCell]) -> CarriedGrid:
        """Return the grid as far as something stands in it or small areas are merged."""
        height = max((cell.row + 1 for cell in cells), default=0)
        width = max((cell.column + 1 for cell in cells), default=0)
        for cell in cells if self._merges else ():
            if cell.rows * cell.columns <= LARGE_MERGE:
                height = max(height, cell.row + cell.rows)
                width = max(width, cell.column + cell.columns)
        clipped = [
            cell._replace(
                rows=min(cell.rows, height - cell.row),
                columns=min(cell.columns, width - cell.column),
            )
            if cell.rows > 1 or cell.columns > 1
            else cell
            for cell in cells
        ]
        return CarriedGrid(
            name=self._name,
            number=number,
            cells=tuple(clipped),
            height=height,
            width=width,
            is_hidden=self._is_hidden,
        )

    def _blank(self, row: int, column: int) -> CarriedCell:
        place = CellPlace(self._name, f"{column_letters(column)}{row + 1}")
        return CarriedCell(row, column, place, ContentKind.BLANK, "")

    def _covered(self) -> dict[tuple[int, int], None]:
        """Return the positions under merged areas; of areas that overlap, the first holds."""
        taken: dict[tuple[int, int], None] = {}
        stored = sorted({*self._cells, *self._merges})
        for (top, left), (rows, columns) in sorted(self._merges.items()):
            if (top, left) in taken:
                del self._merges[top, left]
                continue
            if rows * columns <= LARGE_MERGE:
                under = [
                    (row, column)
                    for row in range(top, top + rows)
                    for column in range(left, left + columns)
                ]
            else:
                under = [
                    (row, column)
                    for row, column in stored
                    if top <= row < top + rows and left <= column < left + columns
                ]
            taken.update(dict.fromkeys(under[1:] if under[:1] == [(top, left)] else under))
        return taken

    def _is_column_hidden(self, column: int) -> bool:
        return column < _MOST_COLUMNS and self._hidden[column] == 1
