"""Office files as grids, against the libraries that read the same cells."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

from benchmarks.benchmark import Benchmark
from perfeval.carriers import CarriedDocument, carry

_ROWS, _COLUMNS = 32, 7


def _texts() -> list[list[str]]:
    """Return a table as large as a form of twenty indicators."""
    return [[f"第{row}行第{column}格" for column in range(_COLUMNS)] for row in range(_ROWS)]


def _look(row: int) -> tuple[Border, Alignment, Font]:
    """Return how cells of a form look: framed, wrapped, in a font of its own for the heads."""
    thin = Side(style="thin")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    return frame, Alignment(wrap_text=True, vertical="center"), Font(name="宋体", bold=row < 5)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    page: Any = book.active
    for row, texts in enumerate(_texts(), start=1):
        for column, text in enumerate(texts, start=1):
            cell = page.cell(row, column, row * 1.25 if column > 4 else text)
            cell.border, cell.alignment, cell.font = _look(row)
            cell.number_format = "0.00%" if column == _COLUMNS else "General"
    page.merge_cells("A1:G1")
    page.merge_cells("A5:A20")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _document() -> bytes:
    document = docx.Document()
    grid = document.add_table(rows=_ROWS, cols=_COLUMNS)
    for row, texts in zip(grid.rows, _texts(), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    grid.cell(0, 0).merge(grid.cell(0, _COLUMNS - 1))
    grid.cell(4, 0).merge(grid.cell(19, 0))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _carried(raw: bytes) -> CarriedDocument:
    found = carry(raw)
    if not isinstance(found, CarriedDocument):
        raise TypeError(found.message)
    return found


def workbook() -> Benchmark:
    """Compare with openpyxl, which only loads the file."""
    raw = _workbook()
    return Benchmark(
        ".xlsx → grid",
        "openpyxl loading the same file",
        bar=0.6,
        aim=0.2,
        numerator=lambda: _carried(raw),
        denominator=lambda: openpyxl.load_workbook(io.BytesIO(raw)),
        rounds=40,
    )


def document() -> Benchmark:
    """Compare with python-docx reading the text of every cell."""
    raw = _document()

    def read() -> list[list[str]]:
        (table,) = docx.Document(io.BytesIO(raw)).tables
        return [[cell.text for cell in row.cells] for row in table.rows]

    return Benchmark(
        ".docx → grid",
        "python-docx reading the same cells",
        bar=0.2,
        numerator=lambda: _carried(raw),
        denominator=read,
        rounds=40,
    )
