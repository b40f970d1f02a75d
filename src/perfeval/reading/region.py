"""The rows of one table within a grid, and what the headings above its columns say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from perfeval.carriers import CarriedCell, CarriedGrid
from perfeval.reading.vocabulary import without_notes
from perfeval.rulebook.form_faults import heading_key

_Content = TypeVar("_Content")
_FEW_CELLS, _FEW_ROWS = 100, 200
"""As much of a table is kept at hand; no form has more, and what pretends to be one may."""
_LEAST = 3
"""As many headings that are known make a row of headings."""


def key_of(cell: CarriedCell) -> str:
    """Return the text of a cell as headings are compared, without the notes behind it."""
    return without_notes(heading_key(cell.text))


@dataclass(frozen=True)
class Region:
    """Some rows of a grid.

    Attributes:
        grid: The grid.
        first: Its first row, from 0.
        end: The row behind its last one.
    """

    grid: CarriedGrid
    first: int
    end: int

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Its rows in which something stands."""
        return self.rows_from(self.first)

    def rows_from(self, first: int, end: int | None = None) -> tuple[int, ...]:
        """Return the rows in which something stands, from one on to the end or to another."""
        rows = self.grid.filled.rows
        end = self.end if end is None else end
        return rows[bisect_left(rows, first) : bisect_left(rows, end)]

    def row(self, row: int) -> tuple[CarriedCell, ...]:
        """Return the cells that stand in a row, also those that reach down into it, once each."""
        return self._cells_of(row)[0]

    def beginning(self, row: int) -> tuple[CarriedCell, ...]:
        """Return the cells in which something stands and that begin in a row."""
        return self._cells_of(row)[1]

    def _cells_of(self, row: int) -> tuple[tuple[CarriedCell, ...], tuple[CarriedCell, ...]]:
        known = self._known_rows.get(row)
        if known is not None:
            return known
        found: list[CarriedCell] = []
        column = 0
        while column < self.grid.filled.end:
            cell = self.grid.at(row, column)
            found.append(cell)
            column = max(cell.column + cell.columns, column + 1)
        found += self.grid.filled.far.get(row, ())
        beginning = tuple(cell for cell in found if cell.row == row and cell.text.strip())
        if len(found) <= _FEW_CELLS:
            if len(self._known_rows) >= _FEW_ROWS:
                self._known_rows.clear()
            self._known_rows[row] = tuple(found), beginning
        return tuple(found), beginning

    @cached_property
    def _known_rows(self) -> dict[int, tuple[tuple[CarriedCell, ...], tuple[CarriedCell, ...]]]:
        """The rows that were asked for last: each is asked for again and again."""
        return {}

    def is_repeated(self, row: int) -> bool:
        """Tell whether a new page begins with the first row of the table once more."""
        if all(one.row != row for one in self.grid.page_breaks):
            return False
        texts = ([key_of(cell) for cell in self.beginning(one)] for one in (self.first, row))
        first, again = texts
        return row > self.first and first == again

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What stands in its cells, each once."""
        cells = self.grid.cells
        return tuple(one.text for one in cells if self.first <= one.row < self.end and one.text)


@dataclass(frozen=True)
class HeadingColumns(Generic[_Content]):
    """The headings above a block: which columns hold what.

    Attributes:
        first: The first row of the headings.
        end: The row below them.
        spans: For each content its first column and the one behind its last.
        headings: For each content the cell of its heading.
        unknown: The headings that nobody knows, of a column that stands there twice, or of another
            table beside this one.
        doubled: The contents that stand above two columns apart.
    """

    first: int
    end: int
    spans: Mapping[_Content, tuple[int, int]]
    headings: Mapping[_Content, CarriedCell]
    unknown: tuple[CarriedCell, ...] = ()
    doubled: tuple[_Content, ...] = ()

    @cached_property
    def start(self) -> int:
        """The first column with a known heading."""
        return min(first for first, _ in self.spans.values())

    def cells(self, region: Region, row: int, content: _Content) -> list[CarriedCell]:
        """Return the cells in a row that stand below a heading, also in part."""
        first, end = self.spans.get(content, (0, 0))
        return [
            cell
            for cell in region.row(row)
            if cell.column < end and cell.column + cell.columns > first
        ]

    def unheaded(self, region: Region, rows: Iterable[int]) -> Iterator[list[CarriedCell]]:
        """Yield what stands in rows below no heading at all, column by column."""
        known = [(cell.column, cell.column + cell.columns) for cell in self.unknown]
        found: dict[int, list[CarriedCell]] = {}
        for row in rows:
            for cell in region.beginning(row):
                is_told = any(first <= cell.column < end for first, end in known)
                if cell.column > self.start and not is_told and not self.reached(cell):
                    found.setdefault(cell.column, []).append(cell)
        yield from (found[column] for column in sorted(found))

    def reached(self, cell: CarriedCell) -> list[_Content]:
        """Return the contents over whose columns a cell reaches."""
        known = self._known_spans.get((cell.column, cell.columns))
        if known is None:
            known = [
                content
                for content, (first, end) in self.spans.items()
                if cell.column < end and cell.column + cell.columns > first
            ]
            if len(self._known_spans) < _FEW_ROWS:
                self._known_spans[cell.column, cell.columns] = known
        return known

    @cached_property
    def _known_spans(self) -> dict[tuple[int, int], list[_Content]]:
        """The contents below which cells of some columns stand."""
        return {}


def columns_in(
    region: Region, known: Mapping[str, _Content], anchor: _Content, *, is_wide: bool = False
) -> Iterator[HeadingColumns[_Content]]:
    """Yield the headings in a region: those rows in which the anchor stands beside others.

    Args:
        region: Where to look.
        known: What the headings mean.
        anchor: The content without which there is no such block.
        is_wide: Whether a block goes on behind a blank column.
    """
    below = region.first
    for row in region.rows:
        if row < below:
            continue
        found = [cell for cell in region.beginning(row) if known.get(key_of(cell)) == anchor]
        if found:
            end = region.grid.filled.end if is_wide else _gap(region, row, found[0])
            columns = _columns(region, known, row, found[0], end)
            if len(columns.spans) >= _LEAST:
                yield columns
                below = columns.end


def _columns(
    region: Region, known: Mapping[str, _Content], row: int, anchor: CarriedCell, end: int
) -> HeadingColumns[_Content]:
    last = row + anchor.rows - 1
    if anchor.rows == 1 and _is_below(region, known, row + 1):
        last = row + 1
    top = row - 1 if row > region.first and _is_above(region, known, row) else row
    spans: dict[_Content, tuple[int, int]] = {}
    headings: dict[_Content, CarriedCell] = {}
    unknown: list[CarriedCell] = []
    doubled: list[_Content] = []
    for column in range(region.grid.filled.end):
        heading, content = _heading(region, known, column, range(last, top - 1, -1))
        if content is None or column >= end:
            if heading is not None and heading not in unknown:
                unknown.append(heading)
        elif content not in spans:
            spans[content], headings[content] = (column, column + 1), heading or anchor
        elif spans[content][1] == column and heading == headings[content]:
            spans[content] = (spans[content][0], column + 1)
        else:
            doubled.append(content)
            if heading is not None and heading not in unknown:
                unknown.append(heading)
    start = min((first for first, _ in spans.values()), default=0)
    return HeadingColumns(
        first=top,
        end=last + 1,
        spans=spans,
        headings=headings,
        unknown=tuple(cell for cell in unknown if cell.column > start),
        doubled=tuple(dict.fromkeys(doubled)),
    )


def _gap(region: Region, row: int, anchor: CarriedCell) -> int:
    """Return the first column behind the anchor in which nothing stands: another table follows."""
    grid = region.grid
    for column in range(anchor.column + anchor.columns, grid.filled.end):
        cell = grid.at(row, column)
        is_alone = cell.rows == cell.columns == 1 and not cell.text.strip()
        if is_alone and all(_is_bare(grid.at(one, column)) for one in region.rows):
            return column
    return grid.filled.end


def _is_bare(cell: CarriedCell) -> bool:
    return cell.columns == 1 and not cell.text.strip()


def _heading(
    region: Region, known: Mapping[str, _Content], column: int, rows: range
) -> tuple[CarriedCell | None, _Content | None]:
    """Return the heading of a column, the lowest that is known, and what it means."""
    unknown = None
    for row in rows:
        cell = region.grid.at(row, column)
        content = known.get(key_of(cell))
        if content is not None and cell.row + cell.rows - 1 <= rows[0]:
            return cell, content
        if cell.text.strip() and cell.row + cell.rows - 1 <= rows[0]:
            unknown = unknown or cell
    return unknown, None


def _is_below(region: Region, known: Mapping[str, _Content], row: int) -> bool:
    """Tell whether a row holds nothing but headings, more than one of them."""
    cells = region.beginning(row) if row < region.end else ()
    return len(cells) > 1 and all(key_of(cell) in known for cell in cells)


def _is_above(region: Region, known: Mapping[str, _Content], row: int) -> bool:
    """Tell whether the row above holds headings of columns that have none of their own."""
    for cell in region.beginning(row - 1):
        below = region.grid.at(row, cell.column)
        if key_of(cell) in known and (below == cell or not below.text.strip()):
            return True
    return False
