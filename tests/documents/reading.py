"""Read printed documents back: the grid of a Word table and of an HTML table, and their text."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from typing import NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Seen(NamedTuple):
    """A cell as a reader of the document sees it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str


def covers_exactly_once(cells: list[Seen], rows: int, columns: int) -> bool:
    """Tell whether the cells fill a table without a hole and without an overlap."""
    tracks = [
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    return sorted(tracks) == [(row, column) for row in range(rows) for column in range(columns)]


# -- Word --------------------------------------------------------------------------------------


def part(docx: bytes, name: str = "word/document.xml") -> str:
    """Return one part of a Word document."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name).decode()


def word_paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """Return style and text of the paragraphs outside the table."""
    body = ET.fromstring(part(docx))[0]
    return [(_style(paragraph), _text(paragraph)) for paragraph in body.findall(f"{W}p")]


def word_cells(docx: bytes) -> list[Seen]:
    """Return the cells of the first table."""
    table = next(ET.fromstring(part(docx)).iter(f"{W}tbl"))
    seen: list[Seen] = []
    for row, element in enumerate(table.findall(f"{W}tr")):
        column = 0
        for cell in element.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            colspan = 1 if span is None else int(span.attrib[f"{W}val"])
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") == "continue":
                _lengthen(seen, column)
            else:
                text = "\n".join(_text(paragraph) for paragraph in cell.findall(f"{W}p"))
                seen.append(Seen(row, column, 1, colspan, text))
            column += colspan
    return seen


def _lengthen(seen: list[Seen], column: int) -> None:
    above = max(index for index, cell in enumerate(seen) if cell.column == column)
    seen[above] = seen[above]._replace(rowspan=seen[above].rowspan + 1)


def _style(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.attrib[f"{W}val"]


def _text(paragraph: ET.Element) -> str:
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    runs = paragraph.iter()
    return "".join(
        node.text or "" if node.tag == f"{W}t" else marks.get(node.tag, "")
        for node in runs
        if node.get(f"{W}pos") is None
    )


# -- HTML --------------------------------------------------------------------------------------


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.cells: list[Seen] = []
        self._open: list[str] = []
        self._row = -1
        self._taken: list[tuple[int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        if tag == "tr":
            self._row += 1
        if tag in ("td", "th"):
            self._place(int(values.get("rowspan") or 1), int(values.get("colspan") or 1))
        if tag == "br" and self.cells:
            self.handle_data("\n")
        if tag not in ("meta", "col", "br", "wbr", "link", "img", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "script"):
            self.texts.append((self._open[-1], data))
        if self.cells and {"td", "th"} & set(self._open):
            cell = self.cells[-1]
            self.cells[-1] = cell._replace(text=cell.text + data)

    def _place(self, rowspan: int, colspan: int) -> None:
        column = 0
        while (self._row, column) in self._taken:
            column += 1
        self._taken += [
            (self._row + down, column + right)
            for down in range(rowspan)
            for right in range(colspan)
        ]
        self.cells.append(Seen(self._row, column, rowspan, colspan, ""))


def read_html(page: bytes | str) -> _Page:
    """Return the elements, texts and table cells of an HTML page."""
    parser = _Page()
    parser.feed(page if isinstance(page, str) else page.decode())
    parser.close()
    return parser


# -- figures -----------------------------------------------------------------------------------

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


def figures(text: str) -> list[str]:
    """Return the figures of a text."""
    return _FIGURE.findall(text)
