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
