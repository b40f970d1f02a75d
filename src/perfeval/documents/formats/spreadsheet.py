"""Excel workbooks (.xlsx): rows of values become sheets, equal values give equal bytes.

SpreadsheetML from templates.  A text is written as a text cell only, so that nothing in it can
become a formula; a formula is written with the value that it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval._resources import data_dir
from perfeval.documents.alignment import printable, wrap
from perfeval.documents.archive import pack
from perfeval.documents.templates import markup_template
from perfeval.numbers import plain

_CONSTANT = {
    "_rels/.rels": "excel/package.rels.xml",
    "xl/theme/theme1.xml": "word/theme1.xml",
    "docProps/app.xml": "word/app.xml",
}
_FOR_SHEETS = {
    "[Content_Types].xml": "excel/content_types.xml.j2",
    "xl/_rels/workbook.xml.rels": "excel/workbook.rels.xml.j2",
    "xl/workbook.xml": "excel/workbook.xml.j2",
}
_LINE, _PADDING, _HIGHEST = 14, 4, 409  # points; no row of Excel is higher
_LONGEST = 16_000
"""Characters of a cell, safely below the 32,767 halves of characters that Excel can hold."""

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What SpreadsheetML would take for an escaped character."""


class Value(NamedTuple):
    """What a cell holds.

    Attributes:
        style: The number of its style in the styles of the workbook.
        content: A text, or a number; ``None`` leaves it blank.
        formula: A formula without its ``=``; *content* is then the value that it has.
    """

    style: int
    content: str | int | Decimal | None = None
    formula: str = ""


class SpreadsheetCell(NamedTuple):
    """A cell as it is written."""

    letter: str
    style: int
    text: str
    is_number: bool
    formula: str


class Worksheet(NamedTuple):
    """A sheet of the workbook.

    Attributes:
        name: Its name.
        widths: The widths of its columns, in characters.
        rows: Its rows with their heights in points.
        head: The first and the last row of the head, which is repeated on every page and stays in
            sight with all that stands above it.
        fixed: How many columns stay in sight.
        filtered: The last row that can be filtered by the head, or 0.
        heading: What is printed above every page, or empty.
        merged: The areas that are one cell each.
        is_first: It is the one that is seen first.
    """

    name: str
    widths: tuple[int, ...]
    rows: list[tuple[int, list[SpreadsheetCell]]]
    head: tuple[int, int] = (1, 1)
    fixed: int = 0
    filtered: int = 0
    heading: str = ""
    merged: tuple[str, ...] = ()
    is_first: bool = False

    @property
    def last(self) -> str:
        """The letter of the last column."""
        return letter(len(self.widths) - 1)

    @property
    def corner(self) -> str:
        """The first cell that does not stay in sight."""
        return f"{letter(self.fixed)}{self.head[1] + 1}"


def row_of(
    values: Sequence[Value], widths: Sequence[int], spread: int | None = None
) -> tuple[int, list[SpreadsheetCell]]:
    """Return the cells of a row, and the height that the longest of them needs.

    Args:
        values: What the cells hold.
        widths: The widths of the columns, in characters.
        spread: The width of the first cell, where it is merged with others.
    """
    cells = [_cell(at, value) for at, value in enumerate(values)]
    room = [spread or widths[0], *widths[1:]]
    texts = [
        len(wrap(cell.text, width - 1, ambiguous=2))
        for cell, width in zip(cells, room, strict=True)
        if not cell.is_number
    ]
    lines = max(texts, default=1)
    return min(_LINE * lines + _PADDING, _HIGHEST), cells


def _cell(at: int, value: Value) -> SpreadsheetCell:
    style, content, formula = value
    if content is None or isinstance(content, str):
        text = printable(content or "")
        cut = text[:_LONGEST] + "…" * (len(text) > _LONGEST)
        shown = _ESCAPE.sub("_x005F_", cut)
        return SpreadsheetCell(letter(at), style, shown, is_number=False, formula=formula)
    return SpreadsheetCell(
        letter(at), style, plain(Decimal(content)), is_number=True, formula=formula
    )


def letter(at: int) -> str:
    """Return the letter of a column, counted from 0; there are fewer than 26 of them."""
    return chr(ord("A") + at)


def workbook(title: str, stamp: str, styles: str, sheets: Sequence[Worksheet]) -> bytes:
    """Write a workbook.

    Args:
        title: Its title, for the file's properties.
        stamp: Versions of perfeval and the rulebooks, for the same.
        styles: The styles of its cells, as SpreadsheetML.
        sheets: Its sheets.

    Returns:
        The workbook; the same bytes for the same sheets.
    """
    core = markup_template("word/core.xml.j2").render(title=printable(title))
    custom = markup_template("word/custom.xml.j2").render(stamp=printable(stamp))
    return pack(
        (
            *_frame(sheets),
            *_constant_parts(),
            ("xl/styles.xml", styles),
            *_sheet_parts(sheets),
            ("docProps/core.xml", core),
            ("docProps/custom.xml", custom),
        )
    )


def _frame(sheets: Sequence[Worksheet]) -> Iterator[tuple[str, str]]:
    """Yield the parts that only list the sheets."""
    for name, file in _FOR_SHEETS.items():
        yield name, markup_template(file).render(sheets=sheets)


def _sheet_parts(sheets: Sequence[Worksheet]) -> Iterator[tuple[str, str]]:
    """Yield the sheets, and the table of their texts, each once and by its number."""
    used = [
        cell.text
        for sheet in sheets
        for _, cells in sheet.rows
        for cell in cells
        if cell.text and not cell.is_number and not cell.formula
    ]
    strings = {text: number for number, text in enumerate(dict.fromkeys(used))}
    for number, sheet in enumerate(sheets, 1):
        part = markup_template("excel/sheet.xml.j2").render(sheet=sheet, strings=strings)
        yield f"xl/worksheets/sheet{number}.xml", part
    table = markup_template("excel/strings.xml.j2").render(strings=strings, used=len(used))
    yield "xl/sharedStrings.xml", table


def _constant_parts() -> Iterator[tuple[str, str]]:
    """Yield the parts that are the same in every workbook."""
    folder = data_dir("templates")
    for name, file in _CONSTANT.items():
        yield name, (folder / file).read_text(encoding="utf-8")
