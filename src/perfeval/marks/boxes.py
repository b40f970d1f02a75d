"""The boxes in which a spreadsheet shows its comments: a drawing of its own beside the sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from perfeval.carriers.limits import broken
from perfeval.marks.splicing import missing_prefixes
from perfeval.marks.values import MarkKind

Spot = tuple[int, int]
"""A row and a column of a sheet, from 0."""

_PREFIXES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE = re.compile(rb"<(?:[\w.-]+:)?shape[\s>]")
_SHAPE_END = re.compile(rb"</(?:[\w.-]+:)?shape\s*>")
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row>\s*([0-9]{1,7})\s*<")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*([0-9]{1,5})\s*<")
_NUMBER = re.compile(rb"_s([0-9]{1,8})\b")
_FRAME = re.compile(rb"""\sid\s*=\s*["']_x0000_t202["']""")
_NEW = (
    f'<xml xmlns:v="{_PREFIXES["v"]}" xmlns:o="{_PREFIXES["o"]}" xmlns:x="{_PREFIXES["x"]}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_FILLS = {
    MarkKind.SUMMARY: "#ffffe1",
    MarkKind.MISTAKE: "#ffd9d9",
    MarkKind.QUESTION: "#ffe8c8",
    MarkKind.NOTE: "#e2f0ff",
}
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
_ROW_HEIGHT, _COLUMN_WIDTH = 18, 64
_LINE, _LETTER = 17, 7
_NARROW, _WIDE, _MANY_LINES = 280, 460, 14
_LEAST, _MOST = 60, 640


class Measures(NamedTuple):
    """The sizes of a sheet's rows and columns that are not the usual ones, in pixels."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]
    row: int = _ROW_HEIGHT
    column: int = _COLUMN_WIDTH

    def down(self, row: int, size: int) -> Spot:
        """Return the row that lies so far below the upper edge of a row, and how far in it."""
        while row < LAST_ROW and size > (height := self.rows.get(row, self.row)):
            size -= height
            row += 1
        return row, min(size, self.rows.get(row, self.row))

    def along(self, column: int, size: int) -> Spot:
        """Return the column that lies so far right of the left edge of one, and how far in it."""
        while column < LAST_COLUMN and size > (width := self.columns.get(column, self.column)):
            size -= width
            column += 1
        return column, min(size, self.columns.get(column, self.column))


class NoteBox(NamedTuple):
    """The box of a comment.

    Attributes:
        spot: The cell of the comment.
        text: What stands in the box, by which it is sized.
        kind: By what it is coloured.
        beside: The column whose left edge it stands at.
        is_open: Whether it is seen before anybody points at the cell.
    """

    spot: Spot
    text: str
    kind: MarkKind
    beside: int
    is_open: bool = False


def with_boxes(
    drawing: bytes | None, gone: Collection[Spot], boxes: Sequence[NoteBox], measures: Measures
) -> bytes:
    """Return a sheet's drawing without the boxes at some cells and with others.

    The drawing is searched and not parsed: spreadsheets themselves write some that are no XML.
    """
    raw = _without(drawing, gone) if drawing is not None else _NEW
    if not boxes:
        return raw
    end = raw.rfind(b"</xml>")
    if end < 0:
        raise broken("批注的图形不完整")
    more = missing_prefixes(raw, _PREFIXES)
    number = max([1024, *(int(found) for found in _NUMBER.findall(raw))])
    pieces = [] if _FRAME.search(raw) else [_frame(more)]
    for index, box in enumerate(boxes, number + 1):
        pieces.append(_shape(box, index, measures, more))
    return raw[:end] + "".join(pieces).encode() + raw[end:]


def _without(raw: bytes, gone: Collection[Spot]) -> bytes:
    kept, done = [], 0
    for start, end in _shapes(raw) if gone else ():
        shape = raw[start:end]
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        is_note = b'"Note"' in shape or b"'Note'" in shape
        if is_note and row and column and (int(row[1]), int(column[1])) in gone:
            kept.append(raw[done:start])
            done = end
    return b"".join([*kept, raw[done:]])


def _shapes(raw: bytes) -> Iterator[tuple[int, int]]:
    """Return where each shape begins and ends; what never ends is none."""
    at = 0
    while (start := _SHAPE.search(raw, at)) is not None:
        end = _SHAPE_END.search(raw, start.end())
        if end is None:
            return
        at = end.end()
        yield start.start(), at


def _frame(more: str) -> str:
    return (
        f'<v:shapetype{more} id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
        ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    )


def _shape(box: NoteBox, number: int, measures: Measures, more: str) -> str:
    width, height = _size(box.text)
    left = measures.along(box.beside, 12)
    right = measures.along(box.beside, 12 + width)
    top = measures.down(max(box.spot[0] - 1, 0), 8)
    bottom = measures.down(max(box.spot[0] - 1, 0), 8 + height)
    anchor = ", ".join(str(value) for value in (*left, *top, *right, *bottom))
    seen, mark = ("visible", "<x:Visible/>") if box.is_open else ("hidden", "")
    fill = _FILLS[box.kind]
    return (
        f'<v:shape{more} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:60pt;margin-top:2pt;width:{width * 3 // 4}pt;height:{height * 3 // 4}pt;"
        f'z-index:{number - 1024};visibility:{seen}" fillcolor="{fill}" o:insetmode="auto">'
        f'<v:fill color2="{fill}"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{box.spot[0]}</x:Row>"
        f"<x:Column>{box.spot[1]}</x:Column>{mark}</x:ClientData></v:shape>"
    )


def _size(text: str) -> Spot:
    """Return how wide and high a box must be for a text, in pixels."""
    width = _NARROW if _lines(text, _NARROW) <= _MANY_LINES else _WIDE
    return width, min(max(_lines(text, width) * _LINE + 10, _LEAST), _MOST)


def _lines(text: str, width: int) -> int:
    letters = (width - 16) // _LETTER
    return sum(-(-max(_width(line), 1) // letters) for line in text.split("\n"))


def _width(line: str) -> int:
    return len(line) + sum(not letter.isascii() for letter in line)
