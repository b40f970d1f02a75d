"""Tables on pages: cells by their edges, text by its letters, and tables that go on overleaf."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from perfeval.carriers.limits import Allowance
from perfeval.carriers.values import CarriedCell, CarriedGrid, ContentKind, PageBreak
from perfeval.places import PageBox, PagePlace

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the upper left corner of the page."""
Letters = Sequence[dict[str, Any]]
SAME_EDGE = 3
"""Edges that are nearer to each other than this, in points, are one."""
_GAP = 0.4
"""A gap of so much of a letter's size between two letters is a blank."""
_NEVER_FIRST, _NEVER_LAST = frozenset("%)]},;:!?"), frozenset("([{<>=")
"""What stands beside its figure without a blank, so that only the end of a line divided them."""
_BELOW = 0.2
"""Letters reach below the box that their font gives them by up to so much of its height."""
_FOOTER = 16
"""A line of a page that is no longer than this and has a figure in it may be its number."""


class PageLine(NamedTuple):
    """A line as one sees it on the page; its box is in shares of the page."""

    text: str
    top: float
    bottom: float
    is_in_grid: bool
    box: PageBox | None = None


@dataclass
class PageCell:
    """A cell: its box, the text in it, and which line of the page its text begins on."""

    box: Box
    text: str = ""
    raw: str = ""
    top: float = 0.0


@dataclass
class PageTable:
    """A table on one page.

    Attributes:
        page: The page.
        cells: Its cells, also those of a column that is open to its outer side.
        box: What its lines are drawn around.
        lines: The lines of the page.
        crossed: The cells whose text crosses an edge.
        held: The letters that stand in its cells, by their identity.
        sheet: The page's own box, as far as it is shown.
    """

    page: int
    cells: list[PageCell]
    box: Box
    lines: list[PageLine] = field(default_factory=list)
    crossed: list[PageCell] = field(default_factory=list)
    held: frozenset[int] = frozenset()
    sheet: Box = (0, 0, 1, 1)

    def share(self, box: Box) -> PageBox | None:
        """Return where a box lies on the page, as shares of it; ``None`` where that has no size."""
        return _share(self.sheet, box)

    def sides(self) -> list[float]:
        """Return the left and right edges of its cells, from the left."""
        return _edges(edge for cell in self.cells for edge in (cell.box[0], cell.box[2]))


def _share(sheet: Box, box: Box) -> PageBox | None:
    left, top, right, bottom = sheet
    width, height = right - left, bottom - top
    if width <= 0 or height <= 0:
        return None
    shares = (
        (edge - left) / width if at % 2 == 0 else (edge - top) / height
        for at, edge in enumerate(box)
    )
    one, two, three, four = (min(max(share, 0.0), 1.0) for share in shares)
    return one, two, three, four


def page_tables(tables: Sequence[Sequence[Box]], letters: Letters, page: int) -> list[PageTable]:
    """Put the letters of a page into the cells of the tables on it."""
    areas = [_around(boxes) for boxes in tables]
    found = []
    for boxes, area in zip(tables, areas, strict=True):
        beside = [
            other
            for other in areas
            if other is not area and other[1] < area[3] and area[1] < other[3]
        ]
        found.append(_page_table((*boxes, *_open_sides(boxes, letters, beside)), letters, page))
    return found


def _page_table(boxes: Sequence[Box], letters: Letters, page: int) -> PageTable:
    cells = [PageCell(box) for box in boxes]
    tops = sorted({cell.box[1] for cell in cells})
    rows: dict[float, list[PageCell]] = {}
    for cell in cells:
        rows.setdefault(cell.box[1], []).append(cell)
    inside: dict[int, list[dict[str, Any]]] = {}
    crossed: dict[int, PageCell] = {}
    before: tuple[dict[str, Any], PageCell | None] | None = None
    for letter in letters:
        x, y = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
        at = bisect_right(tops, y)
        found = _cell_at([rows[top] for top in reversed(tops[:at])], x, y)
        if found is not None:
            inside.setdefault(id(found), []).append(letter)
            if before is not None and before[1] not in (None, found) and _touch(before[0], letter):
                crossed[id(found)] = found
        before = letter, found
    for cell in cells:
        _fill(cell, inside.get(id(cell), []))
    held = frozenset(id(letter) for found in inside.values() for letter in found)
    return PageTable(page, cells, _around(boxes), crossed=list(crossed.values()), held=held)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, uppers, rights, lowers = zip(*boxes, strict=True)
    return min(lefts), min(uppers), max(rights), max(lowers)


def _open_sides(boxes: Sequence[Box], letters: Letters, beside: Sequence[Box]) -> list[Box]:
    """Return the cells of a first or last column that has no line at its outer side.

    Where another table stands at a side, what is printed between both is of neither.
    """
    left, upper, right, lower = _around(boxes)
    level = [
        letter
        for letter in letters
        if upper <= _middle(letter) < lower and not letter["text"].isspace()
    ]
    before = [letter for letter in level if letter["x1"] <= left + SAME_EDGE]
    behind = [letter for letter in level if letter["x0"] >= right - SAME_EDGE]
    found: list[Box] = []
    if before and not any(other[0] < left for other in beside):
        outer = min(letter["x0"] for letter in before)
        rows = (box for box in boxes if box[0] - left <= SAME_EDGE)
        found += [(outer, top, left, bottom) for _, top, _, bottom in rows]
    if behind and not any(other[2] > right for other in beside):
        outer = max(letter["x1"] for letter in behind) + SAME_EDGE
        rows = (box for box in boxes if right - box[2] <= SAME_EDGE)
        found += [(right, top, outer, bottom) for _, top, _, bottom in rows]
    return found


def _middle(letter: dict[str, Any]) -> float:
    middle: float = (letter["top"] + letter["bottom"]) / 2
    return middle


def _touch(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two letters that are drawn one after the other are of one word."""
    size = one["size"]
    is_level = abs(other["top"] - one["top"]) < size / 2
    return bool(is_level and abs(other["x0"] - one["x1"]) < size / 10)


def _cell_at(rows: Sequence[list[PageCell]], x: float, y: float) -> PageCell | None:
    for row in rows:
        for cell in row:
            left, top, right, bottom = cell.box
            if left <= x < right and top <= y < bottom:
                return cell
    return None


def _fill(cell: PageCell, letters: list[dict[str, Any]]) -> None:
    """Set the text of a cell: what was wrapped is one line again, where that is certain."""
    lines = _lines(letters)
    text = ""
    end = cell.box[2]
    for line in lines:
        piece = _text(line).strip()
        if not piece:
            continue
        if not text:
            cell.top = min(letter["top"] for letter in line)
            text = piece
        elif _is_one(text, piece) or end + line[0]["size"] > cell.box[2]:
            text += piece
        else:
            text += f"\n{piece}"
        end = max(letter["x1"] for letter in line)
    cell.text = text
    cell.raw = "\n".join(_text(line).strip() for line in lines).strip()


def _is_one(before: str, after: str) -> bool:
    """Tell whether no blank could have stood between two lines: not both Latin or figures."""
    if after[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return True
    return not (before[-1].isascii() and after[0].isascii())


def _lines(letters: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Group letters into lines from the top, each from the left."""
    lines: list[list[dict[str, Any]]] = []
    ground = size = 0.0
    for here, _, letter in sorted(
        ((_ground(letter), letter["x0"], letter) for letter in letters),
        key=lambda placed: placed[:2],
    ):
        if lines and here - ground < max(size, letter["size"]) / 2:
            lines[-1].append(letter)
        else:
            lines.append([letter])
            ground, size = here, letter["size"]
    for line in lines:
        line.sort(key=lambda letter: letter["x0"])
    return lines


def _ground(letter: dict[str, Any]) -> float:
    """Return on what a letter stands, from the top of its page.

    Fonts differ in how far their boxes reach below that, and figures are often of another font.
    """
    ground: float = letter["bottom"]
    if letter["upright"]:
        ground += letter["y0"] - letter["matrix"][5]
    return ground


def _text(line: list[dict[str, Any]]) -> str:
    pieces: list[str] = []
    end = None
    for letter in line:
        text = letter["text"]
        is_gap = end is not None and letter["x0"] - end > _GAP * letter["size"]
        if is_gap and pieces and pieces[-1] != " " and text != " ":
            pieces.append(" ")
        pieces.append(text)
        end = letter["x1"]
    return "".join(pieces)


def page_lines(
    letters: Letters, tables: Sequence[PageTable], sheet: Box = (0, 0, 1, 1)
) -> list[PageLine]:
    """Return the lines of a page from the top, and which of them stand in a table.

    What of a line stands in no cell is a line of its own: nothing of a page is in neither.
    """
    held = frozenset().union(*(table.held for table in tables))
    found = []
    for line in _lines(list(letters)):
        left = [letter for letter in line if id(letter) not in held]
        is_in_grid = not _text(left).strip()
        shown = [
            letter for letter in (line if is_in_grid else left) if not letter["text"].isspace()
        ]
        if shown:
            top = min(letter["top"] for letter in line)
            bottom = max(letter["bottom"] for letter in line)
            begin, end = shown[0]["x0"], max(letter["x1"] for letter in shown)
            box = _share(sheet, (begin, top, end, bottom + (bottom - top) * _BELOW))
            text = _text(line if is_in_grid else left).strip()
            found.append(PageLine(text, top, bottom, is_in_grid, box))
    for table in tables:
        table.lines = found
    return found


class TableChain:
    """The parts of one table on one page after another."""

    def __init__(self, tables: list[PageTable]) -> None:
        self._tables = tables
        self._lefts = _edges(edge for table in tables for edge in table.sides())

    def crossed(self) -> list[CarriedCell]:
        """Return the cells whose text crosses an edge, so that some of it may be another's."""
        return [
            self._carried(table, cell, [cell.box[1], cell.box[3]], 0)
            for table in self._tables
            for cell in table.crossed
        ]

    def grid(self, number: int, allowance: Allowance) -> CarriedGrid:
        """Return the grid."""
        cells: list[CarriedCell] = []
        breaks, height = [], 0
        for table in self._tables:
            tops = _edges(edge for cell in table.cells for edge in (cell.box[1], cell.box[3]))
            on_page = sorted(
                (self._carried(table, cell, tops, height) for cell in table.cells),
                key=lambda cell: (cell.row, cell.column),
            )
            for cell in on_page:
                allowance.cell()
                allowance.characters(cell.text)
                allowance.merged(cell.rows, cell.columns)
            if cells:
                first = [cell for cell in on_page if cell.row == height]
                is_doubtful = any(not cell.text for cell in first)
                breaks.append(PageBreak(height, table.page, is_doubtful))
            cells += on_page
            height += len(tops) - 1
        return CarriedGrid(
            name="",
            number=number,
            cells=tuple(cells),
            height=height,
            width=len(self._lefts) - 1,
            page_breaks=tuple(breaks),
        )

    def _carried(
        self, table: PageTable, cell: PageCell, tops: list[float], height: int
    ) -> CarriedCell:
        left, top, right, bottom = cell.box
        row, column = _index(tops, top), _index(self._lefts, left)
        begins = cell.top if cell.text else top
        line = sum(line.bottom <= begins for line in table.lines) + 1
        return CarriedCell(
            row=height + row,
            column=column,
            place=PagePlace(table.page, max(line, 1), table.share(cell.box)),
            kind=ContentKind.TEXT if cell.text else ContentKind.BLANK,
            text=cell.text,
            raw="" if cell.raw == cell.text else cell.raw,
            rows=max(_index(tops, bottom) - row, 1),
            columns=max(_index(self._lefts, right) - column, 1),
        )


def _edges(values: Any) -> list[float]:
    """Return the edges, those that are nearly one as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return max(bisect_right(edges, value + 0.01) - 1, 0)


def joined_tables(
    pages: Sequence[tuple[list[PageLine], list[PageTable]]], number: int
) -> list[TableChain]:
    """Return the tables that begin on a page, each with its parts on the pages after it."""
    chains = []
    tables = pages[number - 1][1]
    for index, table in enumerate(tables):
        if index == 0 and number > 1 and _goes_on(pages, number - 1):
            continue
        chain = [table]
        page = number
        is_last = index == len(tables) - 1
        while is_last and page < len(pages) and _goes_on(pages, page):
            chain.append(pages[page][1][0])
            is_last = len(pages[page][1]) == 1
            page += 1
        chains.append(TableChain(chain))
    return chains


def _goes_on(pages: Sequence[tuple[list[PageLine], list[PageTable]]], number: int) -> bool:
    """Tell whether the last table of a page goes on as the first of the next one."""
    (lines, tables), (lines_after, tables_after) = pages[number - 1], pages[number]
    if not tables or not tables_after:
        return False
    before, after = tables[-1], tables_after[0]
    below = [line for line in lines if line.top > before.box[3]]
    above = [line for line in lines_after if line.bottom < after.box[1]]
    if not all(_may_be_page_number(line.text) for line in (*below, *above)):
        return False
    one, other = (
        _edges(edge for cell in table.cells for edge in (cell.box[0], cell.box[2]))
        for table in (before, after)
    )
    few, many = sorted((one, other), key=len)
    is_within = all(any(abs(edge - near) <= SAME_EDGE for near in many) for edge in few)
    is_as_wide = abs(one[0] - other[0]) <= SAME_EDGE and abs(one[-1] - other[-1]) <= SAME_EDGE
    return is_within and is_as_wide


def _may_be_page_number(text: str) -> bool:
    return len(text) <= _FOOTER and any(letter.isdigit() for letter in text)
