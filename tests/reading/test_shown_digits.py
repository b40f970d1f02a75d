"""A number cell shows fewer digits than it holds: what counts, and that it is said."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from openpyxl import Workbook

from perfeval import ReadTable, read
from tests.carriers.workbooks import unzipped, zipped

HEAD = ("三级指标", "年度指标值", "实际完成值", "分值", "得分")


def table_of(values: dict[str, Any], formats: dict[str, str]) -> ReadTable:
    """Read a row of a workbook in which some cells have formats of their own."""
    (table,) = read(workbook_of(values, formats), rulebook="mof-2020").tables
    return table


def workbook_of(values: dict[str, Any], formats: dict[str, str]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["2023年度项目支出绩效自评表"])
    sheet.append(["项目名称", "河道清淤"])
    sheet.append(["项目资金", "", "全年预算数", "全年执行数", "执行率", "得分"])
    sheet.append(["年度资金总额", "", 100, 98, values.get("执行率"), 9.8])
    sheet.append(list(HEAD))
    sheet.append(["清淤长度", *(values.get(heading, "3公里") for heading in HEAD[1:3]), 10, 10])
    for heading, form in formats.items():
        row, column = (4, 5) if heading == "执行率" else (6, HEAD.index(heading) + 1)
        cell = sheet.cell(row, column)
        cell.value = values[heading]
        cell.number_format = form
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def said_of(table: ReadTable) -> str:
    return "\n".join(map(str, table.assumptions))


@pytest.mark.parametrize(
    ("held", "form", "value", "said"),
    [
        (391.6, '0"张"', "391.6张", "显示 392张，存的是 391.6，按 391.6张 读"),
        (391, '0"张"', "391张", ""),
        (12867.6, '#,##0"元"', "12867.6元", "显示 12,868元"),
        (12867, '#,##0"元"', "12867元", ""),
        (12867000, '0!.0,"万元"', "1286.7万元", "存的是 12867000，按显示的读"),
        (1, '"达标"', "达标", "存的是 1，按显示的读"),
        (0.9567, '0.0%"以上"', "95.67%以上", "显示 95.7%以上"),
    ],
)
def test_a_value_with_a_unit_in_its_format_keeps_its_digits(
    held: float, form: str, value: str, said: str
) -> None:
    table = table_of({"实际完成值": held}, {"实际完成值": form})
    assert table.data["指标"][0]["完成值"] == value
    assert said in said_of(table)
    assert bool(said) == bool("显示" in said_of(table))


@pytest.mark.parametrize(
    ("held", "form", "value", "is_said"),
    [
        (2.5, "0", "2.5", True),
        (2.5, '0"分"', "2.5", True),
        (10 / 3, "0.00", "3.33", False),
        (7.5, "General", "7.5", False),
    ],
)
def test_a_weight_is_what_its_cell_holds(
    held: float, form: str, value: str, *, is_said: bool
) -> None:
    """A weight of 2.5 that shows as 3 is no weight of 3; a third is printed with two decimals."""
    table = table_of({"分值": held}, {"分值": form})
    assert str(table.data["指标"][0]["分值"]) == value
    assert ("存的是" in said_of(table)) == is_said


@pytest.mark.parametrize(
    ("heading", "held", "form", "value", "is_said"),
    [
        ("得分", 2.25, "0", "2", True),
        ("得分", 19.7345, "0.00", "19.73", False),
        ("执行率", 0.996, "0%", "100%", True),
        ("执行率", 0.98671, "0.00%", "98.67%", False),
    ],
)
def test_what_was_filed_is_what_is_shown_and_hidden_digits_are_said(
    heading: str, held: float, form: str, value: str, *, is_said: bool
) -> None:
    table = table_of({heading: held}, {heading: form})
    filed = table.data["预算"]["已填报"] if heading == "执行率" else table.data["指标"][0]
    assert str(filed["执行率" if heading == "执行率" else "已填报得分"]) == value
    assert ("按显示的读" in said_of(table)) == is_said


def test_points_of_another_size_than_they_show_are_not_read() -> None:
    table = table_of({"得分": 12000}, {"得分": "0,"})
    assert "已填报得分" not in table.data["指标"][0]
    assert any("对不上，没有读" in str(note) for note in table.unread)


@pytest.mark.parametrize(
    ("heading", "held", "form", "said"),
    [
        ("实际完成值", 6, ";;;", "存的是 6，"),
        ("实际完成值", 0, "0;-0;;@", "存的是 0，"),
        ("年度指标值", -3, "0;;0", "存的是 -3，"),
        ("得分", 9.5, ";;;", "存的是 9.5，"),
        ("分值", 10, ";;;", "存的是 10，"),
        ("执行率", 0.98, ";;", "存的是 0.98，"),
    ],
)
def test_a_number_that_its_format_does_not_show_is_not_read_and_said(
    heading: str, held: float, form: str, said: str
) -> None:
    table = table_of({heading: held}, {heading: form})
    word = {"年度指标值": "目标值", "实际完成值": "完成值", "得分": "已填报得分"}.get(
        heading, heading
    )
    assert word not in table.data["指标"][0]
    (note,) = [note for note in table.unread if said in note.message]
    assert heading in note.message
    assert "不显示" in note.message
    assert note.place is not None


@pytest.mark.parametrize(("result", "is_said"), [("0", False), ("7", True)])
def test_a_formula_whose_zero_is_not_shown_is_a_row_that_nobody_filled(
    result: str, is_said: bool
) -> None:
    parts = unzipped(workbook_of({"得分": "=A1"}, {"得分": ";;;"}))
    name = "xl/worksheets/sheet1.xml"
    page = parts[name].decode()
    page, count = re.subn("<f>A1</f><v ?/?>(</v>)?", f"<f>A1</f><v>{result}</v>", page)
    assert count == 1
    parts[name] = page.encode()
    (table,) = read(zipped(parts), rulebook="mof-2020").tables
    assert any("不显示" in note.message for note in table.unread) == is_said
