"""Several tables in one file: which of them are read, and that every other one is named."""

from __future__ import annotations

from typing import Any

import pytest

from perfeval import read
from tests.reading.test_quirks import HEAD, ROW, TOTAL, workbook

FORM: list[list[Any]] = [["项目支出绩效自评表"], ["项目名称", "河道清淤"], HEAD, ROW, TOTAL]
LIST: list[list[Any]] = [
    ["2023年度绩效自评情况汇总表"],
    ["序号", "项目名称", "预算数", "执行数", "得分"],
    [1, "河道清淤", 100, 98, 97],
]


@pytest.mark.parametrize("gap", [[], [[None]], [["填报人：某某"]]])
def test_a_list_of_projects_below_the_form_is_named(gap: list[list[Any]]) -> None:
    document = read(workbook([*FORM, *gap, *LIST]), rulebook="mof-2020")
    assert [table.data["项目名称"] for table in document.tables] == ["河道清淤"]
    assert [str(part) for part in document.unread] == [
        f"Sheet第{len(FORM) + len(gap) + 1}行起：不是自评表：标题是汇总表"
    ]


@pytest.mark.parametrize("gap", [[], [[None]]])
def test_a_form_below_a_list_of_projects_is_read(gap: list[list[Any]]) -> None:
    document = read(workbook([*LIST, *gap, *FORM]), rulebook="mof-2020")
    (table,) = document.tables
    assert [row["名称"] for row in table.data["指标"]] == ["清淤长度"]
    assert [part.reason for part in document.unread] == ["不是自评表：标题是汇总表"]


def test_an_indicator_named_like_a_list_cuts_no_table() -> None:
    name = ["建立权责清单"]
    rows = [FORM[0], FORM[1], HEAD[2:], ROW[2:], name, ROW[2:], ["总分", "", "", 100, 97]]
    (table,) = read(workbook(rows), rulebook="mof-2020").tables
    assert [row["名称"] for row in table.data["指标"]] == ["清淤长度", "建立权责清单", "清淤长度"]


def page(*rows: str) -> bytes:
    head = "".join(f"<td>{text}</td>" for text in HEAD)
    body = "".join(f"<tr>{row}</tr>" for row in (head, *rows))
    return f"<html><h1>项目支出绩效自评表</h1><table>{body}</table></html>".encode()


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


FIRST = cells("数量指标", "清淤长度", "3公里", "2.9公里", "10", "9")
SECOND = cells("质量指标", "合格率", "98%", "100%", "10", "10")
THIRD = cells("效益指标", "社会效益指标", "受益人口", "500人", "510人", "10", "10")


def test_cells_that_reach_down_too_far_push_no_value_into_another_column() -> None:
    """A browser shows the third row one column too far to the right: its target as the actual."""
    right = read(page(f"<td rowspan=2>产出指标</td>{FIRST}", SECOND, THIRD)).tables[0]
    assert [row["完成值"] for row in right.data["指标"]] == ["2.9公里", "100%", "510人"]
    wrong = read(page(f"<td rowspan=3>产出指标</td>{FIRST}", SECOND, THIRD))
    assert wrong.tables == ()
    assert wrong.unread[0].is_fault
    assert "第4行的格被上面合并的格挤到了栏名外" in wrong.unread[0].reason


def test_a_total_that_reaches_too_far_puts_no_weight_into_the_points() -> None:
    total = "<td colspan=6>总分</td><td>100</td><td>97</td>"
    (part,) = read(page(cells("产出指标") + FIRST, total)).unread
    assert part.is_fault
    assert "第3行的格" in part.reason


def test_a_wide_line_below_the_total_pushes_nothing() -> None:
    foot = "<td colspan=9>填表说明：保留两位小数。</td>", cells(*"甲乙丙丁戊己庚辛壬")
    (table,) = read(page(cells("产出指标") + FIRST, cells("总分", *[""] * 6), *foot)).tables
    assert [row["名称"] for row in table.data["指标"]] == ["清淤长度"]


def test_a_bare_number_is_no_name() -> None:
    (table,) = read(page(cells("产出指标") + FIRST, cells("", "100", "97"))).tables
    assert [row["名称"] for row in table.data["指标"]] == ["清淤长度"]
    assert any("没有读：97" in str(note) for note in table.unread)
