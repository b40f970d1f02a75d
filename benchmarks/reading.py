"""Office files → scored, against the libraries that read the same tables and know no meaning."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

import docx
import openpyxl
import pdfplumber
from openpyxl.styles import Alignment, Border, Font, Side

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from perfeval import Scorer
from perfeval.documents import render_document
from perfeval.documents.form.grid import Table
from perfeval.documents.form.table import lay_out
from perfeval.reading.sheets import find_sheets


def workbook() -> Benchmark:
    """Compare with openpyxl, which only loads the file."""
    raw = workbook_file(laid())
    return Benchmark(
        ".xlsx → scored",
        "openpyxl loading the same file",
        bar=0.25,
        numerator=_scored(raw),
        denominator=lambda: openpyxl.load_workbook(io.BytesIO(raw)),
        rounds=40,
    )


def document() -> Benchmark:
    """Compare with python-docx reading the text of every cell."""
    raw = word_file(laid())

    def read() -> list[list[str]]:
        (table,) = docx.Document(io.BytesIO(raw)).tables
        return [[cell.text for cell in row.cells] for row in table.rows]

    return Benchmark(
        ".docx → scored",
        "python-docx reading the same table's cells",
        bar=0.25,
        numerator=_scored(raw),
        denominator=read,
        rounds=40,
    )


def pages() -> Benchmark:
    """Compare with pdfplumber, which finds the tables of every page."""
    raw = render_document(sample.scorecard(), "pdf", "table")

    def extract() -> list[list[list[list[str | None]]]]:
        with pdfplumber.open(io.BytesIO(raw)) as pdf:
            return [page.extract_tables() for page in pdf.pages]

    return Benchmark(
        ".pdf → scored",
        "pdfplumber's `extract_tables`",
        bar=1.5,
        numerator=_scored(raw),
        denominator=extract,
        rounds=12,
    )


def _scored(raw: bytes) -> Callable[[], Decimal | None]:
    """Return what reads and scores a file; each of its rows must have been read."""
    scorer = Scorer(sample.rulebook())

    def run() -> Decimal | None:
        (found,) = find_sheets(raw)
        if found.read.sheet is None:
            raise ValueError(*map(str, found.read.findings))
        scorecard = scorer.score(found.read.sheet)
        if len(scorecard.lines) != len(sample.scorecard().lines):
            raise ValueError("the file should have the rows of the sheet")
        return scorecard.total

    run()
    return run


@cache
def laid() -> Table:
    """Return the table of the shipped sheet, with nothing beside what it shows."""
    return lay_out(sample.scorecard())


def workbook_file(table: Table) -> bytes:
    """Return a table as a person would have it in Excel."""
    book = openpyxl.Workbook()
    page: Any = book.active
    thin = Side(style="thin")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    page.append([table.title])
    for cell in table.cells:
        at = page.cell(cell.row + 2, cell.column + 1, _figure(cell.text))
        at.font, at.border = Font(name="宋体", bold=cell.row < 5), frame
        at.alignment = Alignment(wrap_text=True, vertical="center")
        if cell.rowspan * cell.colspan > 1:
            page.merge_cells(
                start_row=cell.row + 2,
                start_column=cell.column + 1,
                end_row=cell.row + cell.rowspan + 1,
                end_column=cell.column + cell.colspan,
            )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _figure(text: str) -> str | float:
    is_figure = text.isascii() and text.replace(".", "", 1).isdigit()
    return float(text) if is_figure else text


def word_file(table: Table) -> bytes:
    """Return a table as a person would have it in Word."""
    word = docx.Document()
    word.add_paragraph(table.title)
    made = word.add_table(rows=len(table.rows), cols=len(table.widths), style="Table Grid")
    grid = [list(row.cells) for row in made.rows]
    for cell in table.cells:
        first = grid[cell.row][cell.column]
        last = grid[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1]
        (first if first is last else first.merge(last)).text = cell.text
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()
