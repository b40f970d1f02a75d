"""OpenDocument workbooks (.ods): exact values from their text, formats as they are shown."""

from __future__ import annotations

import re
from decimal import Decimal

from perfeval.carriers.building import GridBuilder
from perfeval.carriers.enclosure import Enclosures, without_enclosures
from perfeval.carriers.limits import Allowance, broken, locked
from perfeval.carriers.markup import Attributes, MarkupWalker
from perfeval.carriers.number_formats import Shown
from perfeval.carriers.numerals import stored_number
from perfeval.carriers.package import Package
from perfeval.carriers.runs import TextRun, struck_remarks, text_of
from perfeval.carriers.values import (
    CarriedCell,
    CarriedDocument,
    CarriedGrid,
    CarrierKind,
    ContentKind,
    Remark,
    RemarkKind,
    column_letters,
)
from perfeval.carriers.xlsx import iso_date
from perfeval.places import CellPlace, Place

MIME_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_NOT_WALKED = {"annotation", "shapes", "tracked-changes", "frame", "dde-links", "ruby-text"}
"""Comments, drawings, older contents and pronunciations: none of them stands in a cell."""
_KINDS = {
    "percentage": ContentKind.PERCENT,
    "float": ContentKind.NUMBER,
    "currency": ContentKind.NUMBER,
    "date": ContentKind.DATE,
    "time": ContentKind.DATE,
    "boolean": ContentKind.TRUTH,
    "error": ContentKind.ERROR,
    "string": ContentKind.TEXT,
}
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_NOT_VISIBLE = ("collapse", "filter")


def read_ods(package: Package, allowance: Allowance) -> CarriedDocument:
    """Read a workbook."""
    manifest = "META-INF/manifest.xml"
    if manifest in package and any(b"encryption-data" in part for part in package.chunks(manifest)):
        raise locked()
    reader = _OdsReader(allowance)
    package.walk("content.xml", reader)
    if not reader.grids:
        raise broken("工作簿里没有工作表")
    found = Enclosures()
    shown = without_enclosures(reader.grids, found)
    remarks = [
        Remark(RemarkKind.HIDDEN_SHEET, f"工作表“{grid.name}”是隐藏的")
        for grid in shown
        if grid.is_hidden
    ]
    remarks += struck_remarks(reader.struck)
    remarks += found.remarks()
    return CarriedDocument(CarrierKind.ODS, shown, tuple(remarks), tuple(found.texts))


def _count(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


class _OdsReader(MarkupWalker):
    """Reads the sheets; what is repeated and blank is passed over at once."""

    def __init__(self, allowance: Allowance) -> None:
        self.grids: list[CarriedGrid] = []
        self._allowance = allowance
        self._builder: GridBuilder | None = None
        self._name = ""
        self._tables = self._skipped = 0
        self._row = self._rows = self._column = 0
        self._first_of_row: list[CarriedCell] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._is_row_hidden = False
        self._cell: Attributes | None = None
        self._is_covered = False
        self._paragraphs: list[list[TextRun]] = []
        self._struck_styles: set[str] = set()
        self._raised_styles: set[str] = set()
        self._spans: list[str] = []
        self.struck: list[tuple[Place, str]] = []
        self._is_text = False
        self._columns = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped or name in _NOT_WALKED:
            self._skipped += 1
        elif name == "table":
            self._begin_table(attributes)
        elif self._tables != 1:
            self._note_style(name, attributes)
        elif name == "table-row":
            self._rows = _count(attributes, "number-rows-repeated")
            self._is_row_hidden = attributes.get("visibility") in _NOT_VISIBLE
            self._column, self._first_of_row = 0, []
        elif name == "table-column":
            self._begin_column(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._is_covered = attributes, name != "table-cell"
            self._paragraphs = []
        else:
            self._begin_text(name, attributes)

    def _begin_text(self, name: str, attributes: Attributes) -> None:
        if name in ("p", "h"):
            self._paragraphs.append([])
            self._is_text = True
        elif name == "span":
            self._spans.append(attributes.get("style-name", ""))
        elif name == "s":
            self._put(" " * min(_count(attributes, "c"), 100))
        elif name == "tab":
            self._put("\t")
        elif name == "line-break":
            self._put("\n")

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "table":
            self._tables -= 1
            if self._tables == 0 and self._builder is not None:
                self.grids.append(self._builder.grid(len(self.grids) + 1))
                self._builder = None
        elif self._tables != 1:
            return
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name in ("p", "h"):
            self._is_text = False
        elif name == "span" and self._spans:
            self._spans.pop()

    def text(self, text: str) -> None:
        if self._is_text and not self._skipped:
            self._put(text)

    def _put(self, text: str) -> None:
        if self._is_text and self._paragraphs:
            is_struck = not self._struck_styles.isdisjoint(self._spans)
            is_raised = not self._raised_styles.isdisjoint(self._spans)
            self._paragraphs[-1].append(TextRun(text, is_struck, is_raised))

    def _note_style(self, name: str, attributes: Attributes) -> None:
        """Keep which styles hide a sheet, and which strike out or raise a text."""
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "text-properties":
            if any(attributes.get(line, "none") != "none" for line in _LINES):
                self._struck_styles.add(self._style)
            if _RAISED.match(attributes.get("text-position", "")):
                self._raised_styles.add(self._style)

    def _begin_table(self, attributes: Attributes) -> None:
        self._tables += 1
        if self._tables == 1:
            self._allowance.grid()
            self._name = attributes.get("name", "")[:255] or f"Sheet{len(self.grids) + 1}"
            is_hidden = attributes.get("style-name", "") in self._hidden_styles
            self._builder = GridBuilder(self._name, self._allowance, is_hidden=is_hidden)
            self._row = self._columns = 0

    def _begin_column(self, attributes: Attributes) -> None:
        count = _count(attributes, "number-columns-repeated")
        if self._builder is not None and attributes.get("visibility") in _NOT_VISIBLE:
            self._builder.hide_columns(self._columns, self._columns + count - 1)
        self._columns += count

    def _end_row(self) -> None:
        for again in range(1, self._rows if self._first_of_row else 1):
            for cell in self._first_of_row:
                self._keep(cell._replace(row=cell.row + again))
        self._row += self._rows

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        repeated = _count(attributes, "number-columns-repeated")
        cell = None if self._is_covered else self._carried(attributes)
        if cell is not None:
            for again in range(repeated):
                copy = cell._replace(column=cell.column + again)
                self._keep(copy)
                self._first_of_row.append(copy)
        if not self._is_covered and self._builder is not None:
            rows = _count(attributes, "number-rows-spanned")
            columns = _count(attributes, "number-columns-spanned")
            self._builder.merge(self._row, self._column, rows, columns)
        self._column += repeated

    def _keep(self, cell: CarriedCell) -> None:
        if cell.row >= _LAST_ROW or cell.column >= _LAST_COLUMN:
            raise broken("单元格的位置不对")
        if self._builder is not None:
            place = CellPlace(self._name, f"{column_letters(cell.column)}{cell.row + 1}")
            self._builder.add(cell._replace(place=place))

    def _is_struck_out(self, attributes: Attributes, text: str, struck: str) -> bool:
        """Remember what is struck out of a cell, and tell whether that is all of it."""
        is_whole = attributes.get("style-name", "") in self._struck_styles
        gone = f"{text}{struck}" if is_whole else struck
        if gone:
            place = CellPlace(self._name, f"{column_letters(self._column)}{self._row + 1}")
            self.struck.append((place, gone))
        return bool(gone) and (is_whole or not text.strip())

    def _carried(self, attributes: Attributes) -> CarriedCell | None:
        """Return the cell, or nothing where nothing is in it."""
        said = [text_of(runs) for runs in self._paragraphs]
        text = "\n".join(one.text for one in said)
        if self._is_struck_out(attributes, text, "".join(one.struck for one in said)):
            return None
        formula = attributes.get("formula")
        shown = _shown(attributes, text)
        if shown.kind is ContentKind.TEXT and not text:
            if formula is None:
                return None
            is_stored = attributes.get("value-type") == "string"
            shown = Shown(ContentKind.TEXT if is_stored else ContentKind.UNSAVED, "")
        value = attributes.get("value", "")
        number = stored_number(value) if shown.kind in _COUNTED else None
        return CarriedCell(
            row=self._row,
            column=self._column,
            place=CellPlace(self._name, "A1"),
            kind=shown.kind,
            text=shown.text or ("" if number is None else _plainly(number, text)),
            number=number,
            day=shown.day,
            raw="" if value == shown.text else value,
            formula=formula,
            is_hidden=self._is_row_hidden,
        )


_COUNTED = (ContentKind.NUMBER, ContentKind.PERCENT)
_RAISED = re.compile(r"super|[1-9][0-9.]*%", re.ASCII)
"""How the position of a raised text begins: its name, or by how much of its height."""
_LINES = ("text-line-through-style", "text-line-through-type")


def _plainly(number: Decimal, text: str) -> str:
    return text or f"{number:f}"


def _shown(attributes: Attributes, text: str) -> Shown:
    kind = _KINDS.get(attributes.get("value-type", ""), ContentKind.TEXT)
    if kind is ContentKind.DATE:
        found = iso_date(attributes.get("date-value", ""))
        return Shown(kind, text or found.text, found.day)
    if kind is ContentKind.TEXT and text.startswith("#") and "formula" in attributes:
        return Shown(ContentKind.ERROR, text)
    return Shown(kind, text)
