"""What reviewers hand on, laid out once: tables with their sections, as a page, a workbook, CSV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from markupsafe import Markup

from perfeval._resources import __version__, data_dir
from perfeval.documents.alignment import printable
from perfeval.documents.findings.page import asset, content_hash
from perfeval.documents.formats.spreadsheet import Value, Worksheet, row_of, workbook
from perfeval.documents.rows.csv_rows import BYTE_ORDER_MARK, cell_text, csv_lines
from perfeval.documents.templates import markup_template
from perfeval.numbers import plain

CellValue = str | int | Decimal | None
"""What a cell of a table holds."""


_BLANK = (None, "")
_STYLE = re.compile("<style>(.*?)</style>")
"""The style in a chart, which the page's policy must let pass."""


class ColumnLook(Enum):
    """How the cells of a column look."""

    TEXT = "text"
    SHORT = "short"
    COUNT = "count"
    FIGURE = "figure"
    SMALL = "small"


_STYLES = {
    ColumnLook.TEXT: 2,
    ColumnLook.SHORT: 3,
    ColumnLook.COUNT: 10,
    ColumnLook.FIGURE: 11,
    ColumnLook.SMALL: 9,
}
_HEAD = 1  # the styles of cells in styles.xml
_NOTE_WIDTH = 110


class PageColumn(NamedTuple):
    """A column of a table.

    Attributes:
        heading: What stands at its head.
        width: Its width in a workbook, in characters.
        look: How its cells look.
    """

    heading: str
    width: int
    look: ColumnLook = ColumnLook.TEXT


class ReviewTable(NamedTuple):
    """A table.

    Attributes:
        name: What it is called; a workbook has a sheet of this name.
        columns: Its columns.
        rows: Its rows.
        note: What is to be known of it.
        most: How many rows a page shows; the workbook and CSV have all of them.
    """

    name: str
    columns: tuple[PageColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    note: str = ""
    most: int = 1_000

    @property
    def used(self) -> tuple[int, ...]:
        """Which columns hold anything: a page leaves out the others."""
        return tuple(
            at for at in range(len(self.columns)) if any(row[at] not in _BLANK for row in self.rows)
        )


class PageTile(NamedTuple):
    """A figure at the head of a page.

    Attributes:
        name: What it is.
        figure, unit: The figure, and its unit.
        below: What it is made of.
    """

    name: str
    figure: str
    unit: str = ""
    below: str = ""


class PageSection(NamedTuple):
    """A section of a page.

    Attributes:
        heading: Its heading.
        texts: Its paragraphs.
        charts: Its charts, as SVG made here.
        tables: Its tables.
    """

    heading: str
    texts: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    tables: tuple[ReviewTable, ...] = ()


class ReviewPage(NamedTuple):
    """A document of a review.

    Attributes:
        title: Its title.
        lead: The sentence below that.
        tiles: The figures at its head.
        sections: Its sections.
        stamps: The versions that made it.
    """

    title: str
    lead: str
    tiles: tuple[PageTile, ...]
    sections: tuple[PageSection, ...]
    stamps: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[ReviewTable, ...]:
        """All its tables, in their order."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def versions(self) -> tuple[str, ...]:
        """The version of perfeval, and the stamps."""
        return (f"perfeval {__version__}", *self.stamps)


def page_html(page: ReviewPage) -> bytes:
    """Write a document as one page that stands for itself: no script, nothing from outside."""
    style = Markup(f"{asset('check.css')}\n{asset('review.css')}")  # noqa: S704 - files of ours
    drawn = (chart for section in page.sections for chart in section.charts)
    styles = dict.fromkeys((style, *(found for one in drawn for found in _STYLE.findall(one))))
    made = markup_template("html/review.html.j2").render(
        page=page,
        charts=[list(map(Markup, section.charts)) for section in page.sections],
        shown=_shown,
        printable=printable,
        style=style,
        style_hashes=list(map(content_hash, styles)),
    )
    return made.encode()


def _shown(value: CellValue) -> str:
    return plain(value) if isinstance(value, Decimal) else printable(cell_text(value))


def page_workbook(page: ReviewPage) -> bytes:
    """Write a document as a workbook: a sheet for each table, and one with what is said."""
    sheets = [_worksheet(table) for table in page.tables]
    sheets[0] = sheets[0]._replace(is_first=True)
    sheets.append(_notes(page))
    styles = (data_dir("templates") / "excel/styles.xml").read_text(encoding="utf-8")
    return workbook(page.title, "; ".join(page.versions), styles, sheets)


def _worksheet(table: ReviewTable) -> Worksheet:
    widths = tuple(column.width for column in table.columns)
    head = [Value(_HEAD, column.heading) for column in table.columns]
    body = [
        [_value(column.look, content) for column, content in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    rows = [row_of(row, widths) for row in (head, *body)]
    return Worksheet(table.name, widths, rows, filtered=len(rows), heading=table.name)


def _value(look: ColumnLook, content: CellValue) -> Value:
    """Return a cell; a text among figures is a text."""
    is_text = isinstance(content, str) and look in (ColumnLook.COUNT, ColumnLook.FIGURE)
    return Value(_STYLES[ColumnLook.SHORT if is_text else look], content)


def _notes(page: ReviewPage) -> Worksheet:
    """Return the sheet that says what the tables are, and how they were made."""
    texts = [page.lead]
    for section in page.sections:
        texts += [section.heading, *section.texts]
        texts += [table.note for table in section.tables if table.note]
    texts.append("；".join(page.versions))
    widths = (_NOTE_WIDTH,)
    rows = [row_of([Value(_HEAD, page.title)], widths)]
    rows += [row_of([Value(_STYLES[ColumnLook.TEXT], text)], widths) for text in texts if text]
    return Worksheet("说明", widths, rows, heading=page.title)


def table_csv(table: ReviewTable, above: Sequence[Sequence[str]] = ()) -> bytes:
    """Write a table as CSV for spreadsheets.

    Args:
        table: The table.
        above: Lines that stand above its headings.
    """
    heads = [column.heading for column in table.columns]
    body = ([cell_text(value) for value in row] for row in table.rows)
    return BYTE_ORDER_MARK + csv_lines([*above, heads, *body])
