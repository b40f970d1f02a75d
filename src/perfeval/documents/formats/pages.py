"""Which rows of a table may have to be cut, because a page may not hold them whole."""

from __future__ import annotations

from perfeval.documents.alignment import width
from perfeval.documents.form.grid import GridCell, Table

_SHORT = 12
"""The most lines, as they are estimated, of a row that is kept whole.

The estimate counts all Latin letters as narrow and no space that is left at the end of a line: a
row may be nearly four times as high as it seems, which still fits a page that lies on its side.
"""
_PADDING_MM = 2
_HALF_UM = 1588
"""The width of a half-width character of 9 points, in thousandths of a millimetre."""


def long_rows(table: Table) -> frozenset[int]:
    """Return the rows that have a text so long that a page may not hold them."""
    return frozenset(
        row
        for cell in table.cells
        if _lines(table, cell) > _SHORT
        for row in range(cell.row, cell.row + cell.rowspan)
    )


def _lines(table: Table, cell: GridCell) -> int:
    """Estimate the lines of a cell."""
    widths = table.widths[cell.column : cell.column + cell.colspan]
    room = max((sum(widths) - _PADDING_MM) * 1000 // _HALF_UM, 1)
    return sum(max(-(-width(line, ambiguous=2) // room), 1) for line in cell.text.split("\n"))
