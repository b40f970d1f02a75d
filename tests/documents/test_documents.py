"""The door to the documents: which there are, and where their figures come from."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import perfeval
from perfeval import DocumentName, FormatName, RenderError, Report, render
from perfeval.documents.printed import execution_rate
from tests.documents.reading import figures, read_html, word_cells
from tests.documents.rows import BENEFIT, CLIENTS, OUTPUT


@pytest.mark.parametrize("ending", ["odt", "", "DOCX", ".md"])
def test_an_unknown_format_is_refused_with_the_choices(real: Report, ending: FormatName) -> None:
    with pytest.raises(RenderError, match="docx、pdf、html、md"):
        render(real, ending)


def test_an_unknown_document_is_refused_with_the_choices(real: Report) -> None:
    choices = r"table（自评表）、overview（综述）、abstract（摘要）"
    with pytest.raises(RenderError, match=choices):
        render(real, "md", document="bound")


@pytest.mark.parametrize("document", ["table", "overview", "abstract"])
@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "md"])
def test_a_document_is_written_by_the_ending_of_its_name(
    real: Report, tmp_path: Path, ending: FormatName, document: DocumentName
) -> None:
    path = tmp_path / f"自评.{ending}"
    perfeval.write(real, path, document=document)
    assert path.read_bytes() == render(real, ending, document=document)


def test_templates_are_loaded_only_to_render() -> None:
    code = (
        "import sys, perfeval, perfeval.report, perfeval.documents; print('jinja2' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


# -- every figure has a source -----------------------------------------------------------------


def leaves(value: Any) -> Iterator[str]:
    """Yield the figures of a value, of its fields and of its members."""
    if isinstance(value, Decimal | int | str):
        yield from figures(str(value))
    elif isinstance(value, BaseModel):
        yield from leaves([getattr(value, name) for name in type(value).model_fields])
    elif isinstance(value, dict):
        yield from leaves(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item)


def sources(report: Report) -> set[Decimal]:
    """Return every figure that the sheet, the scorecard or the form has."""
    card, book = report.scorecard, report.rulebook
    assert card is not None
    assert book is not None
    known = [
        report.sheet,
        card.execution,
        card.lines,
        card.subtotals,
        card.total,
        card.low,
        card.high,
        card.why_unscored,
        book.form,
        book.weights,
    ]
    rate = execution_rate(card.sheet.budget, book.form.rate_digits)
    boxes = [str(number) for number in range(1, 4)]
    goal = book.weights.full - book.weights.execution
    return {Decimal(figure) for item in (*known, rate, boxes, goal) for figure in leaves(item)}


def shown(report: Report) -> list[str]:
    cells = [*word_cells(render(report, "docx")), *read_html(render(report, "html")).cells]
    return [cell.text for cell in cells]


def unsourced(report: Report) -> set[Decimal]:
    return {Decimal(figure) for text in shown(report) for figure in figures(text)} - sources(report)


def test_every_printed_figure_is_in_the_sheet_or_the_scorecard(real: Report) -> None:
    assert unsourced(real) == set()


amounts = st.none() | st.decimals(0, 10**6, places=2)
targets = st.sampled_from(["≥10张", "95%以上", "391", "当年发放", None])
actuals = st.sampled_from(["7张", "12张", "100%", "370", "是", None])


@settings(max_examples=25)
@given(final=amounts, spent=amounts, cells=st.lists(st.tuples(targets, actuals), max_size=3))
def test_every_printed_figure_of_any_sheet_has_a_source(
    final: Decimal | None, spent: Decimal | None, cells: list[tuple[str | None, str | None]]
) -> None:
    rows = [
        {**row, "目标值": target, "完成值": actual}
        for row, (target, actual) in zip((OUTPUT, BENEFIT, CLIENTS), cells, strict=False)
    ]
    budget = {"预算数": final, "执行数": spent}
    sheet = {
        "评分办法": "hubei-2020",
        "年度": 2023,
        "项目名称": "示例",
        "预算": budget,
        "指标": rows,
    }
    assert unsourced(perfeval.evaluate(sheet)) == set()


@pytest.mark.parametrize("ending", ["html", "md"])
def test_points_by_section_stand_below_a_table_where_that_is_asked_for(
    real: Report, ending: FormatName
) -> None:
    plain, drawn = render(real, ending).decode(), render(real, ending, charts=True).decode()
    said = "预算执行（19.73 / 20）；产出指标（38.73 / 40）；效益指标（20.00 / 20）；满意度"
    assert said in drawn.replace("\\", "")
    assert said not in plain.replace("\\", "")


def test_charts_are_of_tables(real: Report) -> None:
    for document in ("overview", "abstract"):
        with pytest.raises(RenderError, match="画在自评表下面"):
            render(real, "md", document=document, charts=True)


def test_a_bound_document_has_a_chart_below_each_table_where_that_is_asked_for() -> None:
    report = perfeval.evaluate_department("shipped:qingshan-2023")
    plain, drawn = (
        render(report, "html", document="bound", charts=charts).decode() for charts in (False, True)
    )
    assert drawn.count("<svg") == plain.count("<svg") + 1
