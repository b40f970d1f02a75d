"""A table that goes on in the next table of its file, with its headings once more → one grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from perfeval.carriers import CarriedGrid, CarriedLine, CarriedPart, CarriedText
from perfeval.reading.region import HeadingColumns, Region, columns_in, key_of
from perfeval.reading.titles import is_continued, is_title
from perfeval.reading.vocabulary import TableWords, WordList, keys_of, vocabulary
from perfeval.rulebook.form import IndicatorContent


def joined_tables(parts: Iterable[CarriedPart]) -> list[CarriedPart]:
    """Return the parts of a file, each table with those in which it goes on."""
    joined: list[CarriedPart] = []
    for part in parts:
        if isinstance(part, CarriedText):
            joined.append(part)
            continue
        position = _last_grid(joined)
        before = joined[position] if position is not None else None
        if isinstance(before, CarriedGrid) and goes_on(before, part, _lines(joined[position:])):
            joined[position:] = [_appended(before, part)]
        else:
            joined.append(part)
    return joined


def _last_grid(parts: Sequence[CarriedPart]) -> int | None:
    found = (at for at in reversed(range(len(parts))) if isinstance(parts[at], CarriedGrid))
    return next(found, None)


def _lines(parts: Iterable[CarriedPart]) -> list[CarriedLine]:
    return [line for part in parts if isinstance(part, CarriedText) for line in part.lines]


def goes_on(before: CarriedGrid, grid: CarriedGrid, between: Iterable[CarriedLine]) -> bool:
    """Tell whether a table begins with the headings of the one before it, which has no end."""
    if before.name or grid.name or before.inside != grid.inside:
        return False
    if any(is_title(line.text) and not is_continued(line.text) for line in between):
        return False
    known = vocabulary(None)
    whole, more = Region(before, 0, before.height), Region(grid, 0, grid.height)
    above, again = list(_headings(whole, known)), next(iter(_headings(more, known)), None)
    if not above or again is None or has_end(whole, above[-1], known):
        return False
    if any(len(more.beginning(row)) > 1 for row in range(again.first)):
        return False
    return heading_keys(whole, above[-1]) == heading_keys(more, again)


def _headings(region: Region, known: TableWords) -> Iterable[HeadingColumns[IndicatorContent]]:
    return columns_in(region, known.indicators, IndicatorContent.NAME)


def heading_keys(region: Region, columns: HeadingColumns[IndicatorContent]) -> list[str]:
    """Return the headings of a block of indicators, from its first column on."""
    return [
        key_of(cell)
        for row in range(columns.first, columns.end)
        for cell in region.beginning(row)
        if cell.column >= columns.start
    ]


def has_end(region: Region, columns: HeadingColumns[IndicatorContent], known: TableWords) -> bool:
    """Tell whether below the indicators of a table a total or the labels of its foot stand."""
    for row in region.rows_from(columns.end):
        keys = [key_of(cell).rstrip(":") for cell in region.beginning(row)[:1]]
        if any(key in keys_of(WordList.TOTAL_ROW) or key in known.header for key in keys):
            return True
    return False


def _appended(before: CarriedGrid, grid: CarriedGrid) -> CarriedGrid:
    """Return a table with the rows of another below it, whose cells keep their places."""
    moved = tuple(cell._replace(row=cell.row + before.height) for cell in grid.cells)
    return replace(
        before,
        cells=(*before.cells, *moved),
        height=before.height + grid.height,
        width=max(before.width, grid.width),
        page_breaks=(
            *before.page_breaks,
            *(one._replace(row=one.row + before.height) for one in grid.page_breaks),
        ),
    )
