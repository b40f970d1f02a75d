"""Rows and names of levels that the end of a page may have cut in two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfeval.carriers import CarriedCell
from perfeval.cells.levels import aspect_name, section_name
from perfeval.reading.contents import is_unfilled, joined
from perfeval.reading.region import HeadingColumns, Region
from perfeval.rulebook.form import IndicatorContent

Content = IndicatorContent
_VALUES = (Content.TARGET, Content.ACTUAL, Content.WEIGHT, Content.POINTS, Content.FILED)
_LEVELS = (Content.SECTION, Content.ASPECT)


def _is_known(content: IndicatorContent, name: str) -> bool:
    """Tell whether a name of a level is one that forms have."""
    of_level = section_name(name) if content is Content.SECTION else aspect_name(name)
    return of_level.group is not None


class CutRow(NamedTuple):
    """The last row of a page and the first of the next, which may be one.

    Attributes:
        above: The last row of a page.
        below: The first row of the next.
    """

    above: int
    below: int


class CutLevel(NamedTuple):
    """The name of a level that begins on one page and ends on the next.

    Attributes:
        above: The cell with its beginning.
        below: The cell with its end.
        name: The name, which is one that forms have.
    """

    above: CarriedCell
    below: CarriedCell
    name: str


def page_ends(region: Region, first: int, end: int) -> Iterator[CutRow]:
    """Yield the last row of each page and the first of the next, within some rows.

    Where every cell of the first row of a page is filled, or what the document carries says which
    rows it has, none was cut.
    """
    for one in region.grid.page_breaks:
        if not one.is_doubtful:
            continue
        rows = region.rows_from(one.row + region.is_repeated(one.row), end)
        before = region.rows_from(first, one.row)
        if rows and before:
            yield CutRow(before[-1], rows[0])


def is_cut(region: Region, columns: HeadingColumns[IndicatorContent], ends: CutRow) -> bool:
    """Tell whether two rows may be one: either has no name, or values that the other lacks."""
    if not any(cell.text.strip() for cell in region.beginning(ends.below)):
        return False
    shapes = [_shape(region, columns, row) for row in ends]
    below = shapes[1]
    if not below and _is_level_alone(region, columns, ends.below):
        return False
    return shapes[0] != below or Content.NAME not in below


def _shape(
    region: Region, columns: HeadingColumns[IndicatorContent], row: int
) -> set[IndicatorContent]:
    """Return in which of the columns that every indicator fills something stands."""
    return {
        content
        for content in (Content.NAME, *_VALUES)
        for cell in columns.cells(region, row, content)
        if cell.row == row and not is_unfilled(cell.text)
    }


def _is_level_alone(region: Region, columns: HeadingColumns[IndicatorContent], row: int) -> bool:
    """Tell whether in a row nothing but the end of a level's name stands."""
    reached = [columns.reached(cell) for cell in region.beginning(row)]
    return all(set(contents) <= set(_LEVELS) for contents in reached)


def cut_levels(
    region: Region, columns: HeadingColumns[IndicatorContent], ends: CutRow
) -> Iterator[CutLevel]:
    """Yield the names of levels that two pages have together, where that is certain.

    The name is one that forms have, and its parts are not.
    """
    for content in _LEVELS:
        above, below = (_cell(region, columns, row, content) for row in ends)
        if above is None or below is None or above == below:
            continue
        parts = joined(above.text), joined(below.text)
        whole = "".join(parts)
        if _is_known(content, whole) and not all(_is_known(content, part) for part in parts):
            yield CutLevel(above, below, whole)


def _cell(
    region: Region,
    columns: HeadingColumns[IndicatorContent],
    row: int,
    content: IndicatorContent,
) -> CarriedCell | None:
    cells = [cell for cell in columns.cells(region, row, content) if cell.text.strip()]
    return cells[0] if len(cells) == 1 and columns.reached(cells[0]) == [content] else None
