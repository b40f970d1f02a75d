"""What perfeval prints comes back: every rulebook's own form is a layout by which it is read."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

import perfeval
from perfeval import FormatName, ReadTable, Report, evaluate, read, render
from perfeval.documents.form.grid import Table
from perfeval.documents.form.table import lay_out
from tests.documents.form.test_other_layout import SHEET

QINGSHAN = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
COMPUTED = ("未计分", "～")
"""What the form prints where a row, or the total, has no points yet."""


def report_of(book: str) -> Report:
    return evaluate({"评分办法": book, **SHEET})


def table_of(report: Report) -> Table:
    assert report.scorecard is not None
    return lay_out(report.scorecard)


def read_back(raw: bytes) -> ReadTable:
    document = read(raw, name="自评表")
    assert document.unread == ()
    (table,) = document.tables
    return table


def as_printed(report: Report, table: ReadTable) -> list[tuple[str, str]]:
    """Return where a form differs that is printed again from what was read, white space aside."""
    again = evaluate(table.data, rulebook=report.rulebook)
    first = {(cell.row, cell.column): cell.text for cell in table_of(report).cells}
    second = {(cell.row, cell.column): cell.text for cell in table_of(again).cells}
    assert first.keys() == second.keys()
    return [
        (text, second[place])
        for place, text in first.items()
        if "".join(text.split()) != "".join(second[place].split())
        and not any(word in second[place] for word in COMPUTED)
    ]


@pytest.mark.parametrize("ending", ["docx", "html", "pdf"])
@pytest.mark.parametrize("book", perfeval.rulebook_ids())
def test_the_printed_form_of_every_rulebook_comes_back(book: str, ending: FormatName) -> None:
    """Without carried data, too: what is lost is only what the form does not print."""
    report = report_of(book)
    table = read_back(render(report, ending, data=False))
    assert as_printed(report, table) == []
    assert book in table.rulebooks
    assert table.data["年度"] == 2023


@pytest.mark.parametrize("name", ["乡村旅游宣传推广", "部门整体支出", "文物安全和消防提升"])
def test_an_example_that_ships_comes_back(name: str) -> None:
    report = evaluate(f"shipped:yunxi-2024-example/{name}")
    table = read_back(render(report, "docx", data=False))
    assert as_printed(report, table) == []
    assert table.unread == ()


@pytest.mark.parametrize("book", perfeval.rulebook_ids())
def test_with_what_it_carries_a_sheet_of_every_rulebook_comes_back_as_it_was(book: str) -> None:
    report = report_of(book)
    for ending in ("docx", "html"):
        table = read_back(render(report, "docx" if ending == "docx" else "html"))
        assert perfeval.load_sheet(table.data) == report.sheet
        assert table.unread == ()


def workbook(table: Table) -> bytes:
    """Write a table as an office would have typed it in Excel: titles above, cells merged."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "附表3"
    page.cell(1, 1, table.title)
    page.cell(2, 1, table.above_left)
    page.cell(2, max(len(table.widths) - 1, 2), table.above_right)
    for cell in table.cells:
        page.cell(cell.row + 3, cell.column + 1, cell.text or None)
        if cell.rowspan * cell.colspan > 1:
            page.merge_cells(
                start_row=cell.row + 3,
                start_column=cell.column + 1,
                end_row=cell.row + 2 + cell.rowspan,
                end_column=cell.column + cell.colspan,
            )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("book", perfeval.rulebook_ids())
def test_the_same_table_typed_in_excel_comes_back(book: str) -> None:
    report = report_of(book)
    table = read_back(workbook(table_of(report)))
    assert as_printed(report, table) == []
    assert str(table.place_of(("项目名称",))).startswith("附表3!")


def test_points_as_printed_are_what_was_filed_and_each_value_has_its_cell() -> None:
    """得分 of a table is 已填报得分, evidence; the place is the cell in which it stands."""
    table = read_back(
        workbook(table_of(evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")))
    )
    row = table.data["指标"][5]
    assert (row["名称"], row["完成值"], str(row["已填报得分"])) == (
        "享受运营补贴线下服务网点数量",
        "26",
        "1.63",
    )
    assert str(table.place_of(("指标", 5, "完成值"))) == "附表3!F16"
    filed = {name: str(value) for name, value in table.data["预算"]["已填报"].items()}
    assert filed == {"分值": "20", "执行率": "98.67%", "得分": "19.73"}
    assert str(table.data["已填报"]["总分"]) == "98.46"
    assert table.data["项目类别"] == "部门预算项目"


def test_weights_that_no_form_prints_are_inferred_from_full_points_alone() -> None:
    """A weight that is inferred is marked; where the points do not add up none is inferred."""
    table = read_back(
        workbook(table_of(evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")))
    )
    rows = table.data["指标"]
    assert all("分值" not in row for row in rows[:19])
    assert [(row["分值"], row["分值系推定"]) for row in rows[19:]] == [(20, True), (20, True)]
    assert sum("按得分推定" in note.message for note in table.assumptions) == 2
    assert any("分值没有读" in note.message for note in table.unread)
