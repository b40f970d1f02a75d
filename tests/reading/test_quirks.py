"""What stands in real files beside the usual: other units, sums, formulas, second tables."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

from perfeval import ReadTable, read

HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
FUNDS = ["项目资金", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率"]
ROW = ["产出指标", "数量指标", "清淤长度", "3公里", "2.9公里", 10, 9]
TOTAL = ["总分", "", "", "", "", 100, 97]


def workbook(rows: list[list[Any]], form: str = "General", merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float) and cell.value > 1_000:
                cell.number_format = form
    for area in merged:
        sheet.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def table_of(
    rows: list[list[Any]], form: str = "General", merged: tuple[str, ...] = ()
) -> ReadTable:
    top = [["项目支出绩效自评表"], ["项目名称", "河道清淤"]]
    (table,) = read(workbook([*top, *rows], form, merged), rulebook="mof-2020").tables
    return table


def said_of(table: ReadTable) -> str:
    return "\n".join(map(str, table.unread))


@pytest.mark.parametrize(
    ("form", "is_read"),
    [
        ('0\\.0,"万"', False),
        ('0!.0,"万"', False),
        ('#,##0.00"元"', False),
        ('#,##0.0,"千元"', False),
        ("#,##0.00,", False),
        ("￥#,##0.00", True),
        ("#,##0.00_);(#,##0.00)", True),
        ('0.0"万元"', True),
    ],
)
def test_an_amount_shown_in_another_unit_is_not_read(form: str, *, is_read: bool) -> None:
    funds = [["年度资金总额", "", 12_867_000, 12_867_000, 12_867_000, 10, "100%"]]
    table = table_of([FUNDS, *funds, HEAD, ROW, TOTAL], form)
    assert ("预算数" in table.data.get("预算", {})) == is_read
    assert ("全年预算数" in said_of(table)) == (not is_read)


def test_a_value_shown_a_thousand_times_smaller_is_not_read() -> None:
    table = table_of([HEAD, [*ROW[:4], 12_867.6, 10, 9], TOTAL], "#,##0.00,")
    assert "完成值" not in table.data["指标"][0]
    assert "12.87" in said_of(table)


def test_a_formula_without_a_stored_result_is_named() -> None:
    funds = [FUNDS, ["年度资金总额", "", 100, 100, "=C4-2", 10, ""]]
    rows = [[*ROW[:4], "=D1", 10, 9], ["总分", "", "", "", "", 100, "=SUM(G1:G2)"]]
    table = table_of([["年度", "=A1"], *funds, HEAD, *rows])
    said = [note for note in table.unread if "没有存结果" in note.message]
    assert [str(note.place) for note in said] == ["Sheet!E7", "Sheet!G8", "Sheet!E5", "Sheet!B3"]
