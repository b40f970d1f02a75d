"""Workbooks (.xlsx, .xlsm): values, formats, merges, formulas and what is hidden."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfeval.carriers.aside import drawing_remarks, header_text
from perfeval.carriers.building import GridBuilder
from perfeval.carriers.enclosure import ENCLOSURE, Enclosures, without_enclosures
from perfeval.carriers.limits import Allowance, broken
from perfeval.carriers.markup import Attributes, MarkupWalker
from perfeval.carriers.number_formats import BUILT_IN, NumberFormat, Shown, number_format
from perfeval.carriers.numerals import stored_number
from perfeval.carriers.package import Package, PartReference, main_part, relations
from perfeval.carriers.runs import SetText, TextRun, struck_remarks, text_of
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
from perfeval.places import CellPlace, Place

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", re.ASCII)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DATE_KIND = "d"
_PAGE_TEXTS = frozenset(
    f"{page}{what}" for page in ("odd", "even", "first") for what in ("Header", "Footer")
)
"""The elements with what stands above and below the pages of a sheet."""
_UNSAVED = "公式（没有存结果）"
"""What is said of a struck cell with a formula that shows nothing."""
_MOST_SEEN = 4_096
_COUNTED = (ContentKind.NUMBER, ContentKind.PERCENT, ContentKind.DATE)
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)


def read_xlsx(package: Package, allowance: Allowance) -> CarriedDocument:
    """Read a workbook."""
    main = main_part(package, "xl/workbook.xml")
    workbook = _Workbook()
    package.walk(main, workbook)
    related = relations(package, main)
    remarks = _remarks_on(package, related)
    strings = _strings(package, related, allowance)
    formats, struck = _formats(package, related)
    grids: list[CarriedGrid] = []
    for _ in workbook.sheets:
        allowance.grid()
    for sheet in workbook.sheets:
        relation = related.get(sheet.relation)
        if relation is None or relation.kind != "worksheet" or relation.target not in package:
            remarks.append(_not_a_sheet(sheet, relation))
            continue
        reader = _SheetReader(
            sheet.name, strings, formats, allowance, is_hidden=sheet.is_hidden, struck=struck
        )
        reader.from_1904 = workbook.from_1904
        package.walk(relation.target, reader)
        grids.append(reader.grid(len(grids) + 1))
        remarks += struck_remarks(reader.struck)
        if not sheet.is_hidden:
            remarks += _aside(package, relation.target, sheet.name, reader.page_texts)
        if sheet.is_hidden and sheet.name != ENCLOSURE:
            message = f"工作表“{sheet.name}”是隐藏的"
            remarks.append(Remark(RemarkKind.HIDDEN_SHEET, message))
    if not workbook.sheets:
        raise broken("工作簿里没有工作表")
    found = Enclosures()
    shown = without_enclosures(grids, found)
    remarks += found.remarks()
    return CarriedDocument(CarrierKind.XLSX, shown, tuple(remarks), tuple(found.texts))


def _aside(package: Package, part: str, name: str, page_texts: dict[str, str]) -> list[Remark]:
    """Say what a sheet has beside its cells."""
    said = dict.fromkeys(filter(None, map(header_text, page_texts.values())))
    messages = (f"工作表“{name}”的页眉、页脚没有读取：{text}" for text in said)
    remarks = [Remark(RemarkKind.PAGE_TEXT, message) for message in messages]
    return [*remarks, *drawing_remarks(package, relations(package, part).values(), name)]


def worksheet_parts(package: Package) -> dict[str, str]:
    """Return the part of each sheet of a workbook by the sheet's name."""
    main = main_part(package, "xl/workbook.xml")
    workbook = _Workbook()
    package.walk(main, workbook)
    related = relations(package, main)
    found: dict[str, str] = {}
    for sheet in workbook.sheets:
        relation = related.get(sheet.relation)
        if relation is not None and relation.kind == "worksheet" and relation.target in package:
            found.setdefault(sheet.name, relation.target)
    return found


def _not_a_sheet(sheet: _SheetEntry, relation: PartReference | None) -> Remark:
    if relation is not None and relation.kind in ("chartsheet", "dialogsheet", "macrosheet"):
        return Remark(RemarkKind.NOT_READ, f"“{sheet.name}”是图表页或宏表，没有读取")
    return Remark(RemarkKind.DAMAGED, f"工作表“{sheet.name}”的内容不在文件里，没有读取")


def _remarks_on(package: Package, related: dict[str, PartReference]) -> list[Remark]:
    """Say what the workbook leads to, none of which is opened or run."""
    remarks = []
    kinds = {relation.kind for relation in related.values()}
    if "externalLink" in kinds:
        message = "引用了别的文件，没有打开；这些单元格取上次保存的值"
        remarks.append(Remark(RemarkKind.EXTERNAL_LINK, message))
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        remarks.append(Remark(RemarkKind.MACROS, "文件里有宏，没有运行"))
    return remarks


class _SheetEntry(NamedTuple):
    name: str
    relation: str
    is_hidden: bool


class _Workbook(MarkupWalker):
    """The names of the sheets, and from which year days are counted."""

    def __init__(self) -> None:
        self.sheets: list[_SheetEntry] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            title = attributes.get("name", "")[:255] or f"Sheet{len(self.sheets) + 1}"
            self.sheets.append(_SheetEntry(title, attributes.get("id", ""), is_hidden))
        elif name == "workbookPr":
            self.from_1904 = is_true(attributes.get("date1904", "0"))


def is_true(text: str) -> bool:
    """Tell whether an attribute says yes."""
    return text in ("1", "true", "on")


def _related(related: dict[str, PartReference], kind: str) -> str:
    return next((item.target for item in related.values() if item.kind == kind), "")


_RUN_TAGS = frozenset({"t", "r", "rPh", "strike", "vertAlign"})


class _TextPieces(MarkupWalker):
    """Gathers the text of runs; what only tells how a word is pronounced is left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[TextRun] = []
        self._is_text = self._is_struck = self._is_raised = False
        self._phonetic = self._begin = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self._is_text = self._phonetic == 0
        elif name == "rPh":
            self._phonetic += 1
        elif name == "r":
            self._begin = len(self._pieces)
        elif name == "strike":
            self._is_struck = is_true(attributes.get("val", "1"))
        elif name == "vertAlign":
            self._is_raised = attributes.get("val") == "superscript"

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "r":
            self._end_run()

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)

    def _end_run(self) -> None:
        """Set a run apart that is struck out or raised; plain ones stay together."""
        if self._is_struck or self._is_raised:
            before, own = self._pieces[: self._begin], self._pieces[self._begin :]
            self._runs.append(TextRun("".join(before)))
            self._runs.append(TextRun("".join(own), self._is_struck, self._is_raised))
            self._pieces = []
        self._is_struck = self._is_raised = False

    def taken(self) -> SetText:
        """Return what was gathered, and begin anew."""
        pieces, runs = self._pieces, self._runs
        self._pieces, self._runs = [], []
        if not runs:
            return SetText(_unescaped("".join(pieces)))
        text, struck = text_of((*runs, TextRun("".join(pieces))))
        return SetText(_unescaped(text), _unescaped(struck))


def _unescaped(text: str) -> str:
    """Return a text with the characters that a workbook writes as ``_x000D_``."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _SharedStrings(_TextPieces):
    def __init__(self, allowance: Allowance) -> None:
        super().__init__()
        self.found: list[str] = []
        self.struck: dict[int, str] = {}
        self._allowance = allowance

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            text, struck = self.taken()
            self._allowance.characters(text)
            if struck:
                self.struck[len(self.found)] = struck
            self.found.append(text)


def _strings(
    package: Package, related: dict[str, PartReference], allowance: Allowance
) -> _SharedStrings:
    part = _related(related, "sharedStrings")
    walker = _SharedStrings(allowance)
    if part in package:
        package.walk(part, walker)
    return walker


class _Styles(MarkupWalker):
    """The number format of each style of cells, and whether its font is struck out."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.used: list[str] = []
        self.fonts: list[str] = []
        self.struck: set[str] = set()
        self._is_cells = self._is_fonts = False
        self._count = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_cells = True
        elif name == "xf" and self._is_cells:
            self.used.append(attributes.get("numFmtId", "0"))
            self.fonts.append(attributes.get("fontId", "0"))
        elif name == "fonts":
            self._is_fonts = True
        elif name == "strike" and self._is_fonts and is_true(attributes.get("val", "1")):
            self.struck.add(str(self._count))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_cells = False
        elif name == "fonts":
            self._is_fonts = False
        elif name == "font":
            self._count += self._is_fonts

    @property
    def struck_cells(self) -> frozenset[str]:
        """The numbers of the styles whose cells are struck out."""
        return frozenset(str(at) for at, font in enumerate(self.fonts) if font in self.struck)


GENERAL = number_format("General")


def _formats(
    package: Package, related: dict[str, PartReference]
) -> tuple[list[NumberFormat], frozenset[str]]:
    """Return the formats of the styles of cells, and which styles are struck out."""
    part = _related(related, "styles")
    styles = _Styles()
    if part in package:
        package.walk(part, styles)
    built_in = {str(number): code for number, code in BUILT_IN.items()}
    codes = [styles.codes.get(used, built_in.get(used, "")) for used in styles.used]
    formats = [number_format(code) if code else GENERAL for code in codes]
    return formats, styles.struck_cells


class _SheetReader(MarkupWalker):
    """Reads the cells of a sheet as they pass; blank ones leave nothing behind."""

    reads_plain_names = True

    def __init__(
        self,
        name: str,
        strings: _SharedStrings,
        formats: list[NumberFormat],
        allowance: Allowance,
        *,
        is_hidden: bool,
        struck: frozenset[str] = frozenset(),
    ) -> None:
        self.struck: list[tuple[Place, str]] = []
        self._struck_styles = struck
        self._may_be_struck = bool(struck or strings.struck)
        self.from_1904 = False
        self.page_texts: dict[str, str] = {}
        self._page_text: list[str] = []
        self._builder = GridBuilder(name, allowance, is_hidden=is_hidden)
        self._name = name
        self._strings = strings
        self._formats = formats
        self._row = self._column = -1
        self._is_row_hidden = False
        self._kind = self._style = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._gathered: list[str] | None = None
        self._inline = _TextPieces()
        self._has_inline = False
        self._has_value = False
        self._number: Decimal | None = None
        self._seen: dict[tuple[str, str], tuple[Shown, Decimal | None]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self._has_value = True
            self._gathered = self._value
        elif name == "f":
            self._formula = self._gathered = []
        elif name == "row":
            self._begin_row(attributes)
        elif name == "is":
            self._has_inline = True
        elif self._has_inline and name in _RUN_TAGS:
            self._inline.start(name, attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._hide_columns(attributes)
        elif name in _PAGE_TEXTS:
            self._page_text = self._gathered = []

    def text(self, text: str) -> None:
        if self._gathered is not None:
            self._gathered.append(text)
        elif self._has_inline:
            self._inline.text(text)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "f"):
            self._gathered = None
        elif self._has_inline and name in _RUN_TAGS:
            self._inline.end(name)
        elif name in _PAGE_TEXTS:
            self.page_texts[name] = "".join(self._page_text)
            self._gathered = None

    def grid(self, number: int) -> CarriedGrid:
        """Return what was read."""
        return self._builder.grid(number)

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isascii() and number.isdigit() else self._row + 1
        if not 0 <= self._row < _LAST_ROW:
            raise broken("工作表的行号不对")
        self._column = -1
        height = attributes.get("ht", "")
        no_height = height != "" and stored_number(height) == 0
        self._is_row_hidden = is_true(attributes.get("hidden", "0")) or no_height

    def _hide_columns(self, attributes: Attributes) -> None:
        width = attributes.get("width", "")
        if is_true(attributes.get("hidden", "0")) or (width and stored_number(width) == 0):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                most = _LAST_COLUMN
                self._builder.hide_columns(min(int(first), most) - 1, min(int(last), most) - 1)

    def _begin_cell(self, attributes: Attributes) -> None:
        found = address(attributes.get("r", ""))
        if found is None:
            self._column += 1
        else:
            self._row, self._column = found
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = []
        self._formula = self._number = None
        self._has_value = self._has_inline = False

    def _end_cell(self) -> None:
        value = "".join(self._value)
        formula = None if self._formula is None else "".join(self._formula)
        struck = ""
        if self._has_inline:
            said, struck = self._inline.taken()
            shown, raw = Shown(ContentKind.TEXT, said), ""
        elif self._has_value and (value or self._kind == "str"):
            shown, raw = self._shown(value), value
        elif formula is not None:
            shown, raw = Shown(ContentKind.UNSAVED, ""), ""
        else:
            return
        if (struck or self._may_be_struck) and self._is_struck_out(raw, shown, struck):
            return
        if shown.text == "" and formula is None and shown.kind is ContentKind.TEXT:
            return
        if not 0 <= self._row < _LAST_ROW or not 0 <= self._column < _LAST_COLUMN:
            raise broken("单元格的位置不对")
        is_number = shown.kind in _COUNTED
        self._builder.add(
            CarriedCell(
                row=self._row,
                column=self._column,
                place=CellPlace(self._name, f"{_letters(self._column)}{self._row + 1}"),
                kind=shown.kind,
                text=shown.text,
                number=self._number if is_number else None,
                day=shown.day,
                raw="" if raw == shown.text or self._kind == "s" else raw,
                formula=formula,
                is_hidden=self._is_row_hidden,
            )
        )

    def _is_struck_out(self, raw: str, shown: Shown, struck: str) -> bool:
        """Remember what is struck out of a cell, and tell whether that is all of it."""
        if self._kind == "s" and raw and self._strings.struck:
            struck = self._strings.struck.get(int(raw.strip()), "")
        is_whole = self._style in self._struck_styles
        text = _UNSAVED if shown.kind is ContentKind.UNSAVED else shown.text
        if struck or (is_whole and text):
            place = CellPlace(self._name, f"{_letters(max(self._column, 0))}{self._row + 1}")
            self.struck.append((place, f"{text}{struck}" if is_whole else struck))
        return is_whole

    def _shown(self, value: str) -> Shown:
        """Return what the value of a cell shows."""
        if self._kind == "s":
            return Shown(ContentKind.TEXT, self._string(value))
        if self._kind == "str":
            return Shown(ContentKind.TEXT, _unescaped(value))
        if self._kind == "b":
            return Shown(ContentKind.TRUTH, "TRUE" if value.strip() == "1" else "FALSE")
        if self._kind == "e":
            return Shown(ContentKind.ERROR, value)
        if self._kind == _DATE_KIND:
            return iso_date(value)
        return self._shown_number(value)

    def _shown_number(self, value: str) -> Shown:
        """Return what a figure shows; in a table the same ones come again and again."""
        key = value, self._style
        found = self._seen.get(key)
        if found is None:
            number = stored_number(value)
            if number is None:
                shown = Shown(ContentKind.NUMBER, value.strip())
            else:
                shown = shown_number(number, self._format(), from_1904=self.from_1904)
            if len(self._seen) < _MOST_SEEN:
                self._seen[key] = shown, number
            self._number = number
            return shown
        self._number = found[1]
        return found[0]

    def _string(self, value: str) -> str:
        value = value.strip()
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise broken("单元格的文字编号不对")
        if int(value) >= len(self._strings.found):
            raise broken("单元格的文字不在文件里")
        return self._strings.found[int(value)]

    def _format(self) -> NumberFormat:
        style = self._style
        if style.isascii() and style.isdigit() and int(style[:9]) < len(self._formats):
            return self._formats[int(style)]
        return GENERAL

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = address(first), address(last)
        if start is not None and end is not None:
            (top, left), (bottom, right) = start, end
            self._builder.merge(top, left, bottom - top + 1, right - left + 1)


@lru_cache(maxsize=_LAST_COLUMN)
def _letters(column: int) -> str:
    return column_letters(column)


@lru_cache(maxsize=4_096)
def address(text: str) -> tuple[int, int] | None:
    """Return the row and column, from 0, of an address such as ``F12``."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def shown_number(number: Decimal, form: NumberFormat, *, from_1904: bool = False) -> Shown:
    """Return what a number shows in a format, plainly where the format cannot be followed."""
    try:
        return form.shown(number, from_1904=from_1904)
    except (ArithmeticError, IndexError, ValueError, OverflowError):
        return Shown(ContentKind.NUMBER, f"{number:f}")


def iso_date(value: str) -> Shown:
    """Return the date that is stored as a text such as ``2023-12-31T00:00:00``."""
    found = _ISO_DATE.match(value)
    if found is not None:
        try:
            day = datetime.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return Shown(ContentKind.TEXT, value)
        return Shown(ContentKind.DATE, found[0], day)
    return Shown(ContentKind.TEXT, value)
