"""The grid: a printed table as rows, spans and roles, the same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from perfeval.errors import RenderError


class Role(str, Enum):
    """What a cell is for; each format gives a role its own look."""

    HEADING = "heading"
    """The heading of a column."""
    LABEL = "label"
    """The label of a row, or of several."""
    VALUE = "value"
    """A figure or a few words."""
    TEXT = "text"
    """Running text, or a name."""


class GridCell(NamedTuple):
    """A cell of the grid; rows and columns count from 0."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    role: Role


class Table(NamedTuple):
    """A printed table, with what stands above and below it.

    Attributes:
        title: The heading of the page.
        above_left, above_right: The line between heading and table.
        widths: The widths of the columns, in millimetres.
        rows: For each row the cells that begin in it, from left to right.
        notes: The lines below the table.
        signatures: Who signs, in one line below the notes.
        landscape: The page lies on its side.
        stamp: Versions of perfeval and the rulebook, for the file's properties.
    """

    title: str
    above_left: str
    above_right: str
    widths: tuple[int, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    landscape: bool = False
    stamp: str = ""

    @property
    def cells(self) -> tuple[GridCell, ...]:
        """All cells, row by row."""
        return tuple(cell for row in self.rows for cell in row)

    @property
    def head(self) -> tuple[tuple[GridCell, ...], ...]:
        """The rows to repeat on every page: the first, unless it is merged with the next."""
        return self.rows[:1] if all(cell.rowspan == 1 for cell in self.rows[0]) else ()

    @property
    def body(self) -> tuple[tuple[GridCell, ...], ...]:
        """The other rows."""
        return self.rows[len(self.head) :]


class GridPart(NamedTuple):
    """A cell before `place` gives it a row and a column."""

    text: str
    role: Role
    colspan: int = 1
    rowspan: int = 1


class GridRow(NamedTuple):
    """A row of parts; errors call it by its name (``指标“床位数”``)."""

    name: str
    parts: tuple[GridPart, ...]


def place(rows: Sequence[GridRow], columns: int) -> tuple[tuple[GridCell, ...], ...]:
    """Give every part its place, as a browser fills a table: left to right, top to bottom.

    Args:
        rows: The rows; a part that spans rows keeps its columns taken in the rows below.
        columns: How many columns the table has.

    Returns:
        For each row the cells that begin in it.

    Raises:
        RenderError: A row does not fill the table's width exactly, or a part runs out of the
            table's last row.

    >>> wide = GridPart("总分", Role.LABEL, colspan=2)
    >>> place([GridRow("表尾", (wide,))], 2)[0][0].colspan
    2
    """
    taken = [0] * columns  # the first row in which each column is free again
    placed = tuple(_place_row(index, row, taken) for index, row in enumerate(rows))
    if any(end > len(rows) for end in taken):
        raise RenderError(f"表式有误：“{rows[-1].name}”是最后一行，上面有单元格还要向下合并")
    return placed


def _place_row(index: int, row: GridRow, taken: list[int]) -> tuple[GridCell, ...]:
    cells = []
    column, columns = 0, len(taken)
    for text, role, colspan, rowspan in row.parts:
        while column < columns and taken[column] > index:
            column += 1
        end = column + colspan
        if end > columns or (colspan > 1 and max(taken[column:end]) > index):
            raise _wrong_width(row, columns)
        if colspan == 1:
            taken[column] = index + rowspan
        else:
            taken[column:end] = [index + rowspan] * colspan
        cells.append(
            GridCell(
                row=index, column=column, rowspan=rowspan, colspan=colspan, text=text, role=role
            )
        )
        column = end
    if min(taken) <= index:
        raise _wrong_width(row, columns)
    return tuple(cells)


def _wrong_width(row: GridRow, columns: int) -> RenderError:
    width = sum(part.colspan for part in row.parts)
    return RenderError(
        f"表式有误：“{row.name}”一行的单元格占 {width} 栏，与全表 {columns} 栏及上方向下合并的"
        "单元格对不上"
    )
