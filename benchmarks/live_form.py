"""The sheet as a form that computes, against XlsxWriter writing what the form shows."""

from __future__ import annotations

import io

import xlsxwriter
from openpyxl import load_workbook

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from perfeval.documents.workbook import form_workbook

Shown = list[tuple[int, int, object]]


def benchmark() -> Benchmark:
    """Compare with XlsxWriter, which has the texts and figures ready and writes no formula."""
    sheet, rulebook = sample.sheet(), sample.rulebook()
    shown = _shown(form_workbook(rulebook, sheet))
    return Benchmark(
        "sheet → Excel form that computes",
        "XlsxWriter writing the visible cells",
        bar=10,
        aim=4,
        numerator=lambda: form_workbook(rulebook, sheet),
        denominator=lambda: _written(shown),
        rounds=40,
    )


def _shown(form: bytes) -> Shown:
    """Return what stands in the visible cells, formulas as their texts."""
    page = load_workbook(io.BytesIO(form)).worksheets[0]
    cells = (cell for row in page.iter_rows() for cell in row if cell.value is not None)
    return [(cell.row - 1, cell.column - 1, cell.value) for cell in cells]


def _written(shown: Shown) -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = workbook.add_worksheet()
    look = workbook.add_format({"border": 1, "text_wrap": True})
    for row, column, value in shown:
        if isinstance(value, int | float):
            page.write_number(row, column, value, look)
        else:
            page.write_string(row, column, str(value), look)
    workbook.close()
    return stream.getvalue()
