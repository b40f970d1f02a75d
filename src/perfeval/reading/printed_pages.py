"""Pages of a document of ours → the lines and rows that it was printed from.

A page sets two texts on one line, cuts a row in two, and has a number at its foot.  What the
document carries says what stood there: where the parts together are exactly that, they are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfeval.carriers import CarriedCell, CarriedDocument, CarriedGrid, CarriedLine, CarriedText
from perfeval.reading.enclosed import Enclosed

_PAGE_NUMBER = re.compile(r"—\d+—", re.ASCII)


def squeezed(text: str) -> str:
    r"""Return a text without white space, which each format sets in its own way.

    >>> squeezed("运营 补贴\n标准")
    '运营补贴标准'
    """
    return "".join(text.split())


def is_page_number(text: str) -> bool:
    """Tell whether a line is the number of a page, as our pages have it.

    >>> is_page_number("— 2 —"), is_page_number("2")
    (True, False)
    """
    return _PAGE_NUMBER.fullmatch(squeezed(text)) is not None


def as_printed(document: CarriedDocument, carried: Sequence[Enclosed | None]) -> CarriedDocument:
    """Return a document with its lines and rows as they were before they came onto pages.

    Args:
        document: The document.
        carried: What it carries.
    """
    known = [one for one in carried if one is not None and not one.is_form]
    if not known or not any(grid.page_breaks or grid.cells for grid in document.grids):
        return document
    above = [squeezed(line.text) for one in known for line in one.shown.lines]
    texts = {
        squeezed(cell.text) for one in known for grid in one.shown.grids for cell in grid.cells
    }
    parts: list[CarriedText | CarriedGrid] = []
    for part in document.parts:
        if isinstance(part, CarriedGrid):
            parts.append(_with_certain_breaks(_with_whole_rows(part, texts), texts))
        else:
            lines = tuple(one for line in part.lines for one in _apart(line, above))
            parts.append(part._replace(lines=lines))
    return replace(document, parts=tuple(parts))


def _apart(line: CarriedLine, above: Sequence[str]) -> Iterator[CarriedLine]:
    """Yield the two texts that a page has set on one line, or the line as it is."""
    pieces = line.text.split()
    whole = squeezed(line.text)
    for at in range(1, len(pieces)):
        halves = "".join(pieces[:at]), "".join(pieces[at:])
        if whole not in above and all(half in above for half in halves):
            yield line._replace(text=" ".join(pieces[:at]))
            yield line._replace(text=" ".join(pieces[at:]))
            return
    yield line


def _with_whole_rows(grid: CarriedGrid, texts: set[str]) -> CarriedGrid:
    """Return a grid whose rows that a page has cut are whole again."""
    for one in reversed(grid.page_breaks):
        for row in (one.row + 1, one.row):  # below what each page repeats, where it does
            joined = _joined(grid, row, one.row - 1, texts)
            if joined is not None:
                grid = joined
                break
    return grid


def _with_certain_breaks(grid: CarriedGrid, texts: set[str]) -> CarriedGrid:
    """Return a grid whose pages end in doubt only where a text beside the end is not whole."""
    breaks = []
    for one in grid.page_breaks:
        beside = (one.row - 1, one.row, one.row + 1)
        cells = [cell for cell in grid.cells if cell.row in beside and cell.text.strip()]
        is_whole = all(squeezed(cell.text) in texts for cell in cells)
        breaks.append(one._replace(is_doubtful=one.is_doubtful and not is_whole))
    return replace(grid, page_breaks=tuple(breaks))


def _joined(grid: CarriedGrid, row: int, above: int, texts: set[str]) -> CarriedGrid | None:
    """Return a grid in which a row is one with the row above the break, where it is its end."""
    ends = [cell for cell in grid.cells if cell.row == row and cell.text.strip()]
    if not ends:
        return None
    whole: dict[tuple[int, int], CarriedCell] = {}
    for end in ends:
        begin = grid.at(above, end.column)
        text = f"{begin.text}{end.text}"
        is_cut = squeezed(begin.text) not in texts and squeezed(text) in texts
        if not is_cut or begin.columns != end.columns:
            return None
        whole[begin.row, begin.column] = begin._replace(text=text, raw="")
    kept = (whole.get((cell.row, cell.column), cell) for cell in grid.cells if cell not in ends)
    return _without_row(grid, row, tuple(kept))


def _without_row(grid: CarriedGrid, row: int, cells: Sequence[CarriedCell]) -> CarriedGrid:
    """Return a grid without a row in which nothing begins that stands in another one as well."""
    left = []
    for cell in cells:
        below = cell.row + cell.rows
        if cell.row > row:
            left.append(cell._replace(row=cell.row - 1))
        elif below <= row:
            left.append(cell)
        elif cell.rows > 1:
            left.append(cell._replace(rows=cell.rows - 1))
    breaks = tuple(
        one._replace(row=one.row - 1) if one.row > row else one for one in grid.page_breaks
    )
    return replace(grid, cells=tuple(left), height=grid.height - 1, page_breaks=breaks)
