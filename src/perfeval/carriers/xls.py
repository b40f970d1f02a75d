"""Older workbooks (.xls, WPS .et), by xlrd within bounds that are checked first."""

from __future__ import annotations

import io
import struct
from decimal import Decimal
from typing import Any

from perfeval.carriers.building import GridBuilder
from perfeval.carriers.compound import CompoundFile
from perfeval.carriers.enclosure import Enclosures, without_enclosures
from perfeval.carriers.extras import optional
from perfeval.carriers.limits import Allowance, CarrierRefusalError, broken, locked, too_much
from perfeval.carriers.number_formats import Shown, number_format
from perfeval.carriers.numerals import stored_number
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
from perfeval.carriers.xlsx import shown_number
from perfeval.places import CellPlace, Place

STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_CELLS = {0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00D6}
_SEVERAL = {0x00BD, 0x00BE}
_LOCKED = 0x002F
_SHEET_BEGINS = 0x0809
_MOST_POSITIONS = 1_000_000
"""xlrd keeps every position up to the last one of each row."""
_SUPERSCRIPT = 1
_XL_TEXT, _XL_NUMBER, _XL_DATE, _XL_TRUTH, _XL_ERROR = 1, 2, 3, 4, 5


def read_xls(compound: CompoundFile, allowance: Allowance) -> CarriedDocument:
    """Read a workbook."""
    xlrd: Any = optional("xlrd", "旧版 Excel 文件（.xls）")
    name = next(name for name in STREAMS if name in compound)
    stream = compound.stream(name)
    _check(stream)
    try:
        book = xlrd.open_workbook(
            file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        sheets = [book.sheet_by_index(index) for index in range(book.nsheets)]
    except CarrierRefusalError:
        raise
    except Exception as error:  # xlrd raises whatever a damaged record leads to
        raise broken("工作簿的内容读不出来") from error
    remarks = []
    struck: list[tuple[Place, str]] = []
    grids: list[CarriedGrid] = []
    for sheet in sheets:
        allowance.grid()
        grids.append(_grid(book, sheet, len(grids) + 1, allowance, struck))
    found = Enclosures()
    shown = without_enclosures(grids, found)
    for grid in shown:
        if grid.is_hidden:
            message = f"工作表“{grid.name}”是隐藏的"
            remarks.append(Remark(RemarkKind.HIDDEN_SHEET, message))
    if any(name.startswith("_VBA_PROJECT") for name in compound.names()):
        remarks.append(Remark(RemarkKind.MACROS, "文件里有宏，没有运行"))
    remarks += struck_remarks(struck)
    remarks += found.remarks()
    return CarriedDocument(CarrierKind.XLS, shown, tuple(remarks), tuple(found.texts))


def _check(stream: bytes) -> None:
    """Refuse what is locked, and what would take more positions than memory should."""
    at = positions = 0
    ends: dict[int, int] = {}
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _LOCKED:
            raise locked()
        if kind == _SHEET_BEGINS:
            positions += sum(ends.values())
            ends = {}
        elif len(data) >= 4 and (kind in _CELLS or kind in _SEVERAL):
            row, column = struct.unpack_from("<HH", data)
            if kind in _SEVERAL:
                (column,) = struct.unpack_from("<H", data, len(data) - 2)
            ends[row] = max(ends.get(row, 0), column + 1)
        if positions + len(ends) > _MOST_POSITIONS:
            break
    if positions + sum(ends.values()) > _MOST_POSITIONS:
        raise too_much(f"单元格超过 {_MOST_POSITIONS} 个")


def _grid(
    book: Any,
    sheet: Any,
    number: int,
    allowance: Allowance,
    struck: list[tuple[Place, str]],
) -> CarriedGrid:
    name = str(sheet.name)[:255] or f"Sheet{number}"
    builder = GridBuilder(name, allowance, is_hidden=sheet.visibility != 0)
    for column, info in sheet.colinfo_map.items():
        if info.hidden or info.width == 0:
            builder.hide_columns(column, column)
    for row in range(sheet.nrows):
        info = sheet.rowinfo_map.get(row)
        is_hidden = info is not None and bool(info.hidden or info.height == 0)
        for column in range(sheet.row_len(row)):
            shown, number_, raw = _content(book, sheet, row, column)
            place = CellPlace(name, f"{column_letters(column)}{row + 1}")
            if shown is not None:
                left, gone = _not_struck(book, sheet, row, column, shown.text)
                struck += [(place, gone)] if gone else []
                shown = shown._replace(text=left) if left or not gone else None
            if shown is not None:
                builder.add(
                    CarriedCell(
                        row=row,
                        column=column,
                        place=place,
                        kind=shown.kind,
                        text=shown.text,
                        number=number_,
                        day=shown.day,
                        raw=raw,
                        is_hidden=is_hidden,
                    )
                )
    for top, bottom, left, right in sheet.merged_cells:
        builder.merge(top, left, bottom - top, right - left)
    return builder.grid(number)


def _content(
    book: Any, sheet: Any, row: int, column: int
) -> tuple[Shown | None, Decimal | None, str]:
    """Return what a cell shows, its number, and what is stored where that differs."""
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (_XL_NUMBER, _XL_DATE):
        raw = repr(value).removesuffix(".0")
        number = stored_number(raw)
        if number is None:
            return Shown(ContentKind.NUMBER, raw), None, ""
        form = number_format(_format_code(book, sheet, row, column))
        shown = shown_number(number, form, from_1904=book.datemode == 1)
        return shown, number, "" if raw == shown.text else raw
    if kind == _XL_TRUTH:
        return Shown(ContentKind.TRUTH, "TRUE" if value else "FALSE"), None, ""
    if kind == _XL_ERROR:
        return Shown(ContentKind.ERROR, _ERRORS.get(value, "#N/A")), None, ""
    if kind == _XL_TEXT and value:
        text = str(value).replace("\r\n", "\n").replace("\r", "\n")
        return Shown(ContentKind.TEXT, text), None, ""
    return None, None, ""


def _not_struck(book: Any, sheet: Any, row: int, column: int, text: str) -> SetText:
    """Return what is not struck out of a cell, and what is."""
    try:
        own = book.xf_list[sheet.cell_xf_index(row, column)].font_index
        runs = sheet.rich_text_runlist_map.get((row, column), ())
        begins = [(0, own), *((begin, font) for begin, font in runs if begin < len(text))]
        pieces = [
            _run(book.font_list[font], text[begin:end])
            for (begin, font), (end, _) in zip(begins, [*begins[1:], (len(text), 0)], strict=True)
        ]
    except (LookupError, AttributeError, TypeError, ValueError):
        return SetText(text)
    return text_of(pieces)


def _run(font: Any, text: str) -> TextRun:
    return TextRun(text, bool(font.struck_out), font.escapement == _SUPERSCRIPT)


_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def _format_code(book: Any, sheet: Any, row: int, column: int) -> str:
    try:
        style = book.xf_list[sheet.cell_xf_index(row, column)]
        return str(book.format_map[style.format_key].format_str) or "General"
    except (LookupError, AttributeError, TypeError):
        return "General"
