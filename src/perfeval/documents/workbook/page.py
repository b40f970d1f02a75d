"""A sheet as it is filled: cells with their look, merged areas, what may be typed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.documents.workbook.formula import Formula, Value, number, when
from perfeval.documents.workbook.hidden_sheet import address, letters

Content = Formula | Decimal | str


class CellLook(NamedTuple):
    """How a cell looks, and whether it may be filled in.

    Attributes:
        font: A font of `perfeval.documents.workbook.styles`.
        align: ``left``, ``center`` or ``right``.
        fill: A fill of the same, or empty.
        has_border: The cell is part of the table.
        format: The number format; ``@`` keeps what is typed as it is typed.
        is_open: It may be filled in although the sheet is protected.
        is_quoted: A text that begins like a formula stays a text when it is edited.
    """

    font: str = "value"
    align: str = "center"
    fill: str = ""
    has_border: bool = True
    format: str = "General"
    is_open: bool = False
    is_quoted: bool = False


_FLAG = CellLook(has_border=False, format=";;;")


def digits_format(digits: int) -> str:
    """Return the number format of a figure with so many decimals.

    >>> digits_format(2), digits_format(0)
    ('0.00', '0')
    """
    return "0." + "0" * digits if digits else "0"


class DataValidation(NamedTuple):
    """What may be typed into a cell, and the help that appears beside it.

    Attributes:
        kind: ``list``, ``decimal``, ``whole`` or ``any``.
        first, second: The choices as a formula, or the ends of what is allowed.
        title, help: What appears beside the cell.
        error: What is said of anything else; empty where anything else is taken as well.
    """

    kind: str
    first: str = ""
    second: str = ""
    title: str = ""
    help: str = ""
    error: str = ""


class FormatMark(NamedTuple):
    """Cells that look different while a condition holds."""

    cells: str
    condition: str
    look: str


class Area(NamedTuple):
    """One cell, or several that are merged; rows and columns count from 0."""

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1

    @property
    def corner(self) -> str:
        """The name of the cell that holds the content."""
        return address(self.row, self.column)

    @property
    def text(self) -> str:
        """The name of the whole area."""
        if self.rowspan == self.colspan == 1:
            return self.corner
        end = address(self.row + self.rowspan - 1, self.column + self.colspan - 1)
        return f"{self.corner}:{end}"


class VisibleSheet:
    """The sheet that people fill in.

    Attributes:
        name: Its name.
        widths: The widths of its columns, in millimetres.
        cells: Content and look of each cell.
        areas: The area of each cell that holds a content.
        corners: The same areas by the names of these cells.
        checks: The areas to which each check belongs.
        marks: Conditional looks.
        flags: How many hidden columns at the end hold the conditions of these looks.
        replaceable: The areas with a formula that may be typed over.
    """

    def __init__(self, name: str, widths: Sequence[int]) -> None:
        self.name = name
        self.widths = tuple(widths)
        self.cells: dict[tuple[int, int], tuple[Content, CellLook]] = {}
        self.areas: dict[tuple[int, int], Area] = {}
        self.corners: dict[str, Area] = {}
        self.checks: dict[DataValidation, list[Area]] = {}
        self.marks: list[FormatMark] = []
        self.flags = 0
        self.replaceable: list[Area] = []

    def write(self, area: Area, content: Content, look: CellLook) -> Formula:
        """Write a cell, or several merged ones; return the reference to it."""
        for row in range(area.row, area.row + area.rowspan):
            for column in range(area.column, area.column + area.colspan):
                self.cells[row, column] = "", look
        self.cells[area.row, area.column] = content, look
        self.areas[area.row, area.column] = area
        self.corners[area.corner] = area
        return Formula(f"{self.name}!{area.corner}", value_of(content))

    def check(self, area: Area, check: DataValidation) -> None:
        """Say what may be typed into a cell."""
        self.checks.setdefault(check, []).append(area)

    def mark(self, area: Area, condition: Formula, look: str) -> None:
        """Let a cell look different while a condition holds.

        The condition is computed in a hidden column, because a conditional look may not refer to
        other sheets.
        """
        column = len(self.widths)
        while (area.row, column) in self.cells:
            column += 1
        self.flags = max(self.flags, column + 1 - len(self.widths))
        self.cells[area.row, column] = when(condition, number(1), number(0)), _FLAG
        self.marks.append(FormatMark(area.text, f"${letters(column)}${area.row + 1}", look))

    def number_rows(self) -> None:
        """Give each row its number in one more hidden column.

        A row keeps it where others are inserted or deleted, and so it is known again.
        """
        column = len(self.widths) + self.flags
        for row in range(max(row for row, _ in self.cells) + 1):
            self.cells[row, column] = Decimal(row), _FLAG
        self.flags += 1


def value_of(content: Content) -> Value:
    """Return what a cell shows."""
    return content.value if isinstance(content, Formula) else content
