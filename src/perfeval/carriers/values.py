"""What comes out of a file: grids of cells and lines of text, each with its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from perfeval.places import CellPlace, Place, TablePlace


class CarrierKind(Enum):
    """What a file is, by its first bytes."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    DOC = "doc"
    HTML = "html"
    PDF = "pdf"
    TEXT = "text"
    CSV = "csv"


class ContentKind(Enum):
    """What a cell holds."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    TRUTH = "truth"
    ERROR = "error"
    UNSAVED = "unsaved"
    """A formula whose value the program that wrote it did not store."""


class CarriedCell(NamedTuple):
    """A cell of a grid, as large as it was merged.

    Attributes:
        row: Its first row, from 0.
        column: Its first column, from 0.
        place: Where it stands, in the words of whoever has the file open.
        kind: What it holds.
        text: What it shows.
        number: The number in it to the 15 digits that a spreadsheet keeps; a percentage as a
            share of one; ``None`` where it holds none, or one too long to compute with.
        day: The date in it.
        raw: What is stored, where that is not the text.
        formula: The formula, empty where only its result is known to be one; ``None`` without.
        rows: How many rows it takes.
        columns: How many columns it takes.
        is_hidden: Whether its row, its column or its sheet is hidden.
    """

    row: int
    column: int
    place: Place
    kind: ContentKind
    text: str
    number: Decimal | None = None
    day: datetime.date | None = None
    raw: str = ""
    formula: str | None = None
    rows: int = 1
    columns: int = 1
    is_hidden: bool = False


class PageBreak(NamedTuple):
    """Where a grid goes on on the next page.

    Attributes:
        row: The first row on the new page, from 0.
        page: The new page, from 1.
        is_doubtful: Whether this row may be the rest of the row before it, cut by the page.
    """

    row: int
    page: int
    is_doubtful: bool


def column_letters(column: int) -> str:
    """Write a column, from 0, as spreadsheets do.

    >>> column_letters(0), column_letters(27), column_letters(16383)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_FAR = 50
"""A cell that stands so many blank columns beside all others belongs to none of their rows."""


class GridOutline(NamedTuple):
    """Where in a grid something stands: a sheet may have a million rows, and a cell in the last.

    Attributes:
        rows: The rows in which a cell stands or into which one reaches, from the top.
        end: The column behind those that stand together.
        far: The cells beyond it, by the row in which they begin.
    """

    rows: tuple[int, ...]
    end: int
    far: Mapping[int, Sequence[CarriedCell]]


LARGE_MERGE = 1_000
"""A merged area of more cells than this is looked through and not laid out."""


@dataclass(frozen=True)
class CarriedGrid:
    """A table, or a sheet of a workbook.

    Attributes:
        name: The name of the sheet; empty for a table.
        number: Which of the file's tables or sheets it is, from 1.
        cells: Its cells, row by row; blank ones only where they are merged or were written.
        height: How many rows it has, as far as something stands in them.
        width: How many columns it has, as far as something stands in them.
        is_hidden: Whether the sheet is hidden.
        inside: Where the cell stands that holds this table; ``None`` where it stands alone.
        page_breaks: Where it goes on on the next page.
    """

    name: str
    number: int
    cells: tuple[CarriedCell, ...]
    height: int
    width: int
    is_hidden: bool = False
    inside: Place | None = None
    page_breaks: tuple[PageBreak, ...] = ()

    @cached_property
    def _covering(self) -> tuple[dict[tuple[int, int], CarriedCell], list[CarriedCell]]:
        """The cell at each position, and the merged cells that are too large for that."""
        found, large = {}, []
        for cell in self.cells:
            if cell.rows == 1 == cell.columns:
                found[cell.row, cell.column] = cell
            elif cell.rows * cell.columns > LARGE_MERGE:
                large.append(cell)
            else:
                for row in range(cell.row, cell.row + cell.rows):
                    for column in range(cell.column, cell.column + cell.columns):
                        found[row, column] = cell
        return found, large

    @cached_property
    def filled(self) -> GridOutline:
        """Where in the grid something stands, or is merged."""
        rows: set[int] = set()
        columns: set[int] = set()
        for cell in self.cells:
            if cell.kind is ContentKind.BLANK and cell.rows == 1 == cell.columns:
                continue
            is_laid_out = cell.rows * cell.columns <= LARGE_MERGE
            rows.update(range(cell.row, cell.row + (cell.rows if is_laid_out else 1)))
            columns.update(range(cell.column, cell.column + (cell.columns if is_laid_out else 1)))
        end = 0
        for column in sorted(columns):
            if column - end > _FAR:
                break
            end = column + 1
        far: dict[int, list[CarriedCell]] = {}
        for cell in self.cells if end < self.width else ():
            if cell.column >= end and cell.kind is not ContentKind.BLANK:
                far.setdefault(cell.row, []).append(cell)
        return GridOutline(tuple(sorted(rows)), end, far)

    def at(self, row: int, column: int) -> CarriedCell:
        """Return the cell that covers a position, a blank one where nothing was written there."""
        found, large = self._covering
        cell = found.get((row, column))
        if cell is not None:
            return cell
        for cell in large:
            if 0 <= row - cell.row < cell.rows and 0 <= column - cell.column < cell.columns:
                return cell
        place = self.place_at(row, column)
        return CarriedCell(row, column, place, ContentKind.BLANK, "", is_hidden=self.is_hidden)

    def place_at(self, row: int, column: int) -> Place:
        """Return where a position is, whether or not something stands there."""
        if self.name:
            return CellPlace(self.name, f"{column_letters(column)}{row + 1}")
        return TablePlace(self.number, row + 1, column + 1)

    def rows(self) -> Iterator[tuple[CarriedCell, ...]]:
        """Return the cells that begin in each row in which one begins, from the top."""
        row: list[CarriedCell] = []
        for cell in self.cells:
            if row and row[0].row != cell.row:
                yield tuple(row)
                row = []
            row.append(cell)
        if row:
            yield tuple(row)


class CarriedLine(NamedTuple):
    """A line of text, a paragraph in a document.

    Attributes:
        text: The line, without its end.
        place: Where it stands: line and column of a text, the number of a paragraph in a
            document as its line, page and line of a PDF.
        is_in_grid: Whether a grid has it as well (PDF).
    """

    text: str
    place: Place
    is_in_grid: bool = False


class CarriedText(NamedTuple):
    """Lines that stand between two tables, or all of them where there is none."""

    lines: tuple[CarriedLine, ...]


class RemarkKind(Enum):
    """What is said of a file beside what stands in it."""

    TRACKED_CHANGES = "tracked changes"
    HIDDEN_TEXT = "hidden text"
    HIDDEN_SHEET = "hidden sheet"
    EXTERNAL_LINK = "external link"
    MACROS = "macros"
    NO_GRID = "no grid"
    NOT_READ = "not read"
    PAGE_TEXT = "page text"
    DOUBTFUL_TEXT = "doubtful text"
    DAMAGED = "damaged"


class Remark(NamedTuple):
    """What is said of a file beside what stands in it.

    Attributes:
        kind: What it is about.
        message: The sentence.
        place: Where, if it is about one place.
    """

    kind: RemarkKind
    message: str
    place: Place | None = None


def counted(*found: tuple[int, RemarkKind, str]) -> list[Remark]:
    """Return a remark on each of what there is: how many, of what kind, and the sentence."""
    return [Remark(kind, said.format(count)) for count, kind, said in found if count]


CarriedPart = CarriedGrid | CarriedText


@dataclass(frozen=True)
class CarriedDocument:
    """All that a file holds, in its order.

    Attributes:
        kind: What the file is.
        parts: Its grids and texts.
        remarks: What is said of it beside.
        enclosed: Texts that a program put into it for itself, beside what is shown.
    """

    kind: CarrierKind
    parts: tuple[CarriedPart, ...]
    remarks: tuple[Remark, ...] = ()
    enclosed: tuple[str, ...] = ()

    @property
    def grids(self) -> tuple[CarriedGrid, ...]:
        """The tables or sheets."""
        return tuple(part for part in self.parts if isinstance(part, CarriedGrid))

    @property
    def lines(self) -> tuple[CarriedLine, ...]:
        """The lines of all texts."""
        texts = (part for part in self.parts if isinstance(part, CarriedText))
        return tuple(line for text in texts for line in text.lines)


class Refusal(NamedTuple):
    """A file that is not read.

    Attributes:
        message: Why.
        hint: What to do.
    """

    message: str
    hint: str
