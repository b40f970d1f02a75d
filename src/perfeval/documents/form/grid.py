"""The grid: a printed table as rows, spans and roles, the same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from perfeval.errors import RenderError
from perfeval.tiling import tiled

if TYPE_CHECKING:  # a grid needs no scorecard
    from perfeval.documents.charts import PointsChart


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
        draft: What stands above the heading while the sheet is not confirmed; else empty.
        enclosed: The data that the file carries beside what it shows; empty without.
        chart: What is drawn below the table; ``None`` without.
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
    draft: str = ""
    enclosed: str = ""
    chart: PointsChart | None = None

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
    spans = [[(part.colspan, part.rowspan) for part in row.parts] for row in rows]
    starts, misfits = tiled(spans, columns)
    if misfits:
        index, message = misfits[0]
        raise RenderError(f"表式有误：“{rows[index].name}”：{message}")
    return tuple(
        tuple(
            GridCell(
                row=index,
                column=column,
                rowspan=part.rowspan,
                colspan=part.colspan,
                text=part.text,
                role=part.role,
            )
            for column, part in zip(starts[index], row.parts, strict=True)
        )
        for index, row in enumerate(rows)
    )
