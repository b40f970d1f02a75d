"""The heights of rows: no program fits merged cells by itself, so they are measured here."""

from __future__ import annotations

from perfeval.documents.alignment import width
from perfeval.documents.workbook.page import Area, VisibleSheet, value_of

_LEAST, _LINE, _MARGIN = 19, 12, 6
"""Heights in points: of the lowest row, of a line of text, of the padding of a cell."""
_TITLE = 34
_PADDING_MM = 2
_HALF_MM_10 = 16
"""Tenths of a millimetre that a half-width character takes."""
_ROOMY = 40
"""The height in points of an empty cell for running text."""
_MOST = 400


def row_heights(page: VisibleSheet) -> list[int]:
    """Return the height of every row, in points."""
    heights = [_LEAST] * (max(row for row, _ in page.cells) + 1)
    merged = []
    for place, area in page.areas.items():
        content, look = page.cells[place]
        if look.font == "title":
            heights[area.row] = _TITLE
        elif area.rowspan > 1:
            merged.append(area)
        else:
            needed = _height(str(value_of(content)), _room(page, area))
            if look.font == "long":
                needed = max(needed, _ROOMY)
            heights[area.row] = max(heights[area.row], needed)
    for area in merged:
        _stretch(page, area, heights)
    return [min(height, _MOST) for height in heights]


def _stretch(page: VisibleSheet, area: Area, heights: list[int]) -> None:
    """Raise the rows of a merged cell evenly until its text fits."""
    content, _ = page.cells[area.row, area.column]
    rows = range(area.row, area.row + area.rowspan)
    needed = _height(str(value_of(content)), _room(page, area))
    lacking = needed - sum(heights[row] for row in rows)
    if lacking > 0:
        for row in rows:
            heights[row] += -(-lacking // area.rowspan)


def _room(page: VisibleSheet, area: Area) -> int:
    return sum(page.widths[area.column : area.column + area.colspan])


def _height(text: str, room_mm: int) -> int:
    room = max((room_mm - _PADDING_MM) * 10 // _HALF_MM_10, 1)
    lines = sum(max(-(-width(line, ambiguous=2) // room), 1) for line in text.split("\n"))
    return lines * _LINE + _MARGIN
