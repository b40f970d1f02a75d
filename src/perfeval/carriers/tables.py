"""Tables of documents and pages: rows of cells that say how far they reach → a grid."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfeval.carriers.limits import Allowance
from perfeval.carriers.values import (
    CarriedCell,
    CarriedGrid,
    CarriedLine,
    CarriedPart,
    CarriedText,
    ContentKind,
)
from perfeval.places import Place, TablePlace

MOST_SPAN = 1_000
"""More columns than this no cell takes, and more no browser gives."""


@dataclass(slots=True)
class LooseCell:
    """A cell as it stands in its row, before it has a column.

    Attributes:
        text: What stands in it.
        columns: How many columns it takes.
        rows: How many rows it takes.
        goes_on: Whether it only goes on with the cell above it.
        is_hidden: Whether it is not shown.
    """

    text: str = ""
    columns: int = 1
    rows: int = 1
    goes_on: bool = False
    is_hidden: bool = False


@dataclass(slots=True)
class LooseRow:
    """A row of a table: its cells, and how many columns are left free before them."""

    cells: list[LooseCell] = field(default_factory=list)
    before: int = 0
    is_hidden: bool = False


@dataclass(slots=True)
class _Box:
    """A cell with its column, row and size."""

    cell: LooseCell
    row: int
    column: int
    place: Place
    last: int


@dataclass(slots=True)
class LooseTable:
    """A table that is being read.

    Attributes:
        number: Which of the tables of the file it is, from 1.
        rows: Its rows so far.
        inside: The table around it, and where in that it stands.
    """

    number: int
    rows: list[LooseRow] = field(default_factory=list)
    inside: Place | None = None

    def here(self) -> TablePlace:
        """Return the place of the cell that is read now."""
        row = self.rows[-1] if self.rows else LooseRow()
        return TablePlace(self.number, max(len(self.rows), 1), max(len(row.cells), 1))

    def add_row(self, allowance: Allowance) -> LooseRow:
        """Begin a row."""
        allowance.cell()
        self.rows.append(LooseRow())
        return self.rows[-1]

    def add_cell(self, allowance: Allowance) -> LooseCell:
        """Begin a cell in the last row."""
        allowance.cell()
        row = self.rows[-1] if self.rows else self.add_row(allowance)
        row.cells.append(LooseCell())
        return row.cells[-1]

    def grid(self, allowance: Allowance) -> CarriedGrid:
        """Return the grid."""
        boxes = _Laying(self.number, self.rows, allowance).boxes
        cells = []
        for box in boxes:
            allowance.characters(box.cell.text)
            cells.append(
                CarriedCell(
                    row=box.row,
                    column=box.column,
                    place=box.place,
                    kind=ContentKind.TEXT if box.cell.text.strip() else ContentKind.BLANK,
                    text=box.cell.text,
                    rows=box.last - box.row + 1,
                    columns=box.cell.columns,
                    is_hidden=box.cell.is_hidden or self.rows[box.row].is_hidden,
                )
            )
        return CarriedGrid(
            name="",
            number=self.number,
            cells=tuple(cells),
            height=len(self.rows),
            width=max((cell.column + cell.columns for cell in cells), default=0),
            inside=self.inside,
        )


class _Laying:
    """Gives every cell its column, past those that reach down from above."""

    def __init__(self, number: int, rows: list[LooseRow], allowance: Allowance) -> None:
        self.boxes: list[_Box] = []
        self._allowance = allowance
        self._number = number
        self._height = len(rows)
        self._above: dict[int, _Box] = {}
        for index, row in enumerate(rows):
            self._lay(index, row)

    def _lay(self, index: int, row: LooseRow) -> None:
        column, order = row.before, 0
        for cell in row.cells:
            while (above := self._reaching(column, index)) is not None:
                column = above.column + above.cell.columns
                order += 1
            order += 1
            before = self._above.get(column) if cell.goes_on else None
            if before is not None and _goes_on(before, cell, column, index):
                before.last = index
            else:
                self._new(cell, index, column, order)
            column += cell.columns

    def _reaching(self, column: int, index: int) -> _Box | None:
        above = self._above.get(column)
        if above is None or above.last < index or above.row == index:
            return None
        return above

    def _new(self, cell: LooseCell, index: int, column: int, order: int) -> None:
        last = min(index + max(cell.rows, 1), self._height) - 1
        self._allowance.merged(last - index + 1, cell.columns)
        box = _Box(cell, index, column, TablePlace(self._number, index + 1, order), last)
        self.boxes.append(box)
        for taken in range(column, column + cell.columns):
            self._above[taken] = box


def _goes_on(before: _Box, cell: LooseCell, column: int, index: int) -> bool:
    is_same = before.column == column and before.cell.columns == cell.columns
    return is_same and before.last == index - 1


class Flow:
    """Gathers lines and tables in the order in which they stand."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self._parts: list[CarriedPart] = []
        self._lines: list[CarriedLine] = []
        self._waiting: list[CarriedGrid] = []
        self._waiting_lines: list[CarriedLine] = []
        self._tables: list[LooseTable] = []
        self._count = 0

    @property
    def table(self) -> LooseTable | None:
        """The table that is being read, the innermost one."""
        return self._tables[-1] if self._tables else None

    def line(self, text: str, place: Place) -> None:
        """Keep a line of text; one that stands before an open table's end comes after it."""
        if text.strip():
            self.allowance.characters(text)
            lines = self._waiting_lines if self._tables else self._lines
            lines.append(CarriedLine(text, place))

    def begin_table(self) -> LooseTable:
        """Open a table, within the one that is open."""
        self.allowance.grid()
        self._count += 1
        outer = self.table
        table = LooseTable(self._count, inside=outer.here() if outer is not None else None)
        self._tables.append(table)
        return table

    def end_table(self) -> None:
        """Close the innermost table."""
        table = self._tables.pop()
        if any(row.cells for row in table.rows):
            self._waiting.append(table.grid(self.allowance))
        if not self._tables:
            self._flush()
            self._waiting.sort(key=lambda grid: grid.number)
            self._parts.extend(self._waiting)
            self._lines, self._waiting_lines, self._waiting = self._waiting_lines, [], []

    def _flush(self) -> None:
        if self._lines:
            self._parts.append(CarriedText(tuple(self._lines)))
            self._lines = []

    def parts(self) -> tuple[CarriedPart, ...]:
        """Return all that was gathered; what is still open is closed."""
        while self._tables:
            self.end_table()
        self._flush()
        return tuple(self._parts)
