"""Workbooks written by XlsxWriter and openpyxl."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest

from tests.carriers.made import MadeTable


def by_xlsxwriter(made: MadeTable, sheet: str = "自评表") -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream)
    page = book.add_worksheet(sheet)
    for (row, column), cell in made.items():
        form = book.add_format({"num_format": cell.format} if cell.format else {})
        value: Any = cell.text if cell.number is None else float(cell.number)
        if cell.rows * cell.columns > 1:
            ends = row + cell.rows - 1, column + cell.columns - 1
            page.merge_range(row, column, *ends, "", form)
        if value != "":
            (page.write_number if cell.format else page.write_string)(row, column, value, form)
    book.close()
    return stream.getvalue()


def by_openpyxl(made: MadeTable, sheet: str = "自评表") -> bytes:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = sheet
    for (row, column), cell in made.items():
        written = page.cell(row + 1, column + 1)
        if cell.rows * cell.columns > 1:
            page.merge_cells(
                start_row=row + 1,
                start_column=column + 1,
                end_row=row + cell.rows,
                end_column=column + cell.columns,
            )
        if cell.number is not None:
            written.value = float(cell.number)
            written.number_format = cell.format
        elif cell.text:
            written.value = cell.text
            written.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unzipped(raw: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships"


def by_hand(rows: str, *, before: str = "", after: str = "", more: dict[str, Any] = {}) -> bytes:  # noqa: B006
    """Return a workbook of one sheet whose XML is given."""
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGED}">{relation}officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGED}">{relation}worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped({**parts, **more})
