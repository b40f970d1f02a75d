"""The Word table, against docxtpl filling the same table."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from docx import Document
from docxtpl import DocxTemplate  # type: ignore[import-untyped]

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from perfeval.documents import render_document
from perfeval.documents.form.grid import GridCell, Table
from perfeval.documents.form.table import lay_out


def benchmark() -> Benchmark:
    """Compare with docxtpl, which has less to do: the texts are given, and rows not merged."""
    scorecard, rulebook = sample.scorecard(), sample.rulebook()
    table = lay_out(scorecard)
    end = len(table.rows) - len(rulebook.form.footer)
    repeated = range(end - len(scorecard.lines), end)
    template = form_template(table, repeated)

    def render() -> bytes:
        return render_document(scorecard, "docx", "table")

    def fill() -> bytes:
        return fill_template(template, table, repeated)

    if texts(render()) != texts(fill()):
        raise ValueError("docxtpl should write the same texts")
    return Benchmark(
        "scorecard → Word table",
        "docxtpl filling a template of the same form",
        bar=1 / 25,
        numerator=render,
        denominator=fill,
        rounds=40,
    )


def form_template(table: Table, repeated: range) -> bytes:
    """Return a Word template of the form, in which one row stands for all the *repeated* ones."""
    document = Document()
    document.add_heading("{{ title }}", level=1)
    document.add_paragraph("{{ above_left }}\t{{ above_right }}")
    columns = len(table.widths)
    grid = document.add_table(rows=0, cols=columns, style="Table Grid")
    for number, cells in enumerate(table.rows):
        if number not in repeated:
            _static_row(grid, cells)
        elif number == repeated.start:
            grid.add_row().cells[0].text = "{%tr for row in rows %}"
            row = grid.add_row()
            for column in range(columns):
                row.cells[column].text = f"{{{{ row[{column}] }}}}"
            grid.add_row().cells[0].text = "{%tr endfor %}"
    return _saved(document)


def _static_row(grid: Any, cells: tuple[GridCell, ...]) -> None:
    row = grid.add_row()
    for cell in cells:
        first, last = row.cells[cell.column], row.cells[cell.column + cell.colspan - 1]
        first.merge(last).text = f"{{{{ texts[{cell.row}][{cell.column}] }}}}"


def fill_template(template: bytes, table: Table, repeated: range) -> bytes:
    """Fill the template; a text that stands beside several rows is written in the first."""
    rows = [[""] * len(table.widths) for _ in table.rows]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    document = DocxTemplate(io.BytesIO(template))
    context = {
        "title": table.title,
        "above_left": table.above_left,
        "above_right": table.above_right,
        "texts": rows,
        "rows": rows[repeated.start : repeated.stop],
    }
    document.render(context, autoescape=True)
    return _saved(document)


def texts(document: bytes) -> list[str]:
    """Return the texts of a document in their order, blank ones left out."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        xml = archive.read("word/document.xml").decode()
    return [text for text in re.findall(r"<w:t(?: [^>]*)?>([^<]+)</w:t>", xml) if text.strip()]


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
