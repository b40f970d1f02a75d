"""Columns that are not read are named: doubled, unknown, without heading, of a table beside."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading.test_quirks import FUNDS, HEAD, ROW, TOTAL, said_of, table_of

AMOUNTS: list[Any] = ["年度资金总额", "", 100, 100, 98, 10, "98%"]


@pytest.mark.parametrize(
    ("heading", "value"), [("自评得分", 1.11), ("权重", 7), ("度量单位", "米")]
)
def test_a_column_that_stands_there_twice_is_named(heading: str, value: Any) -> None:
    head = [*HEAD, "度量单位", heading]
    table = table_of([head, [*ROW, "公里", value], TOTAL])
    (row,) = table.data["指标"]
    assert (str(row["已填报得分"]), str(row["分值"]), row["单位"]) == ("9", "10", "公里")
    assert f"“{heading}”一栏没有读" in said_of(table)


def test_a_column_without_a_heading_is_named_once() -> None:
    rows = [[*ROW, "已核实，见附件"], ["", "", "清淤面积", "3亩", "2亩", 10, 9, "未见"]]
    said = said_of(table_of([HEAD, *rows, TOTAL]))
    assert "没有栏名的一列有 2 格没有读：已核实，见附件" in said


def test_a_column_of_the_budget_that_is_not_known_is_named() -> None:
    funds = [[*FUNDS, "资金到位率"], [*AMOUNTS, "95.5%", "县级未到位"]]
    table = table_of([*funds, HEAD, ROW, TOTAL])
    assert "“资金到位率”一栏没有读" in said_of(table)
    assert "县级未到位" in said_of(table)


def test_a_blank_column_without_a_heading_is_not_named() -> None:
    table = table_of([[*FUNDS, ""], [*AMOUNTS, "/"], [*HEAD, "", ""], [*ROW, "—", ""], TOTAL])
    assert said_of(table) == "没有读到年度"


def test_a_table_beside_gives_no_value() -> None:
    """Here the weights stand in another table, behind a blank column: they are not the rows'."""
    head: list[Any] = [*HEAD[:5], "得分"]
    rows: list[list[Any]] = [[*ROW[:5], 9], ["", "", "清淤面积", "3亩", "2亩", 8]]
    beside: list[list[Any]] = [["", "项目名称", "分值"], ["", "甲项目", 55], ["", "乙项目", 45]]
    laid = [[*one, *other] for one, other in zip([head, *rows], beside, strict=True)]
    table = table_of([*laid, ["总分", "", "", "", "", 97]])
    assert [row.get("分值") for row in table.data["指标"]] == [None, None]
    assert "“分值”一栏没有读" in said_of(table)
