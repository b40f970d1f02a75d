"""From YAML to HTML, Word, Excel and the narrative, against the stack that is in common use."""

from __future__ import annotations

import io
from typing import Any

import yaml
from jinja2 import Environment
from openpyxl import Workbook

from benchmarks import sample, word_table
from benchmarks.benchmark import Benchmark
from perfeval.documents.department.summary_list import summary_workbook
from perfeval.documents.form.grid import Table
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats import html, word
from perfeval.documents.texts.narrative import write_overview
from perfeval.scoring.engine import score

_PAGE = Environment(autoescape=True).from_string(
    "<table>{% for row in rows %}<tr>{% for text in row %}<td>{{ text }}</td>{% endfor %}</tr>"
    "{% endfor %}</table>"
)
_TEXT = Environment(autoescape=False).from_string(
    "{{ name }}：预算{{ budget }}万元，执行{{ spent }}万元。"
)


def benchmark() -> Benchmark:
    """Compare with `safe_load`, a Jinja page, docxtpl and openpyxl, which score nothing."""
    table = lay_out(sample.scorecard())
    end = len(table.rows) - len(sample.rulebook().form.footer)
    repeated = range(end - len(sample.scorecard().lines), end)
    template = word_table.form_template(table, repeated)

    def common() -> list[Any]:
        data = yaml.safe_load(sample.text())
        rows = _texts(table)
        return [
            _PAGE.render(rows=rows),
            word_table.fill_template(template, table, repeated),
            _workbook(rows),
            _TEXT.render(
                name=data["项目名称"], budget=data["预算"]["预算数"], spent=data["预算"]["执行数"]
            ),
        ]

    return Benchmark(
        "YAML → HTML, Word, Excel and 综述",
        "safe_load, Jinja, docxtpl and openpyxl, unscored",
        bar=1 / 6,
        numerator=ours,
        denominator=common,
        rounds=20,
    )


def ours() -> list[bytes]:
    """Read, score and write the four documents."""
    scorecard = score(sample.read_sheet(), sample.rulebook())
    table = lay_out(scorecard)
    return [
        html.write_table(table),
        word.write_table(table),
        summary_workbook("示例局", "2023", "万元", [scorecard]),
        word.write_narrative(write_overview(scorecard)),
    ]


def _texts(table: Table) -> list[list[str]]:
    rows = [[""] * len(table.widths) for _ in table.rows]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def _workbook(rows: list[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
