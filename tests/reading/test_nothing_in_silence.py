"""What stands in a table and is not read is named, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest

from perfeval import read
from tests.reading.test_quirks import FUNDS, HEAD, ROW, TOTAL, said_of, table_of, workbook


def test_a_value_behind_a_blank_cell_is_named() -> None:
    """Where cells are not merged any more it may be the value, or the next label."""
    table = table_of([["主管部门", "", "县水务局", "", "实施单位", "", ""], HEAD, ROW, TOTAL])
    assert "主管部门" not in table.data
    assert "“主管部门”旁边的格空着，再往右的没有读：县水务局" in said_of(table)
    assert "实施单位" not in said_of(table)


@pytest.mark.parametrize("stamp", ["（盖章）", "(公章)", "（单位盖章）"])
def test_a_label_with_a_place_for_the_stamp_is_a_label(stamp: str) -> None:
    lines = [[f"主管部门{stamp}：县水务局"], [f"实施单位{stamp}", "河道管护所"]]
    table = table_of([*lines, HEAD, ROW, TOTAL])
    assert (table.data["主管部门"], table.data["实施单位"]) == ("县水务局", "河道管护所")


@pytest.mark.parametrize("stamp", ["（盖章）", "(公章)", " （单位盖章）"])
def test_a_place_for_the_stamp_is_no_part_of_a_name(stamp: str) -> None:
    table = table_of([[f"部门名称：县水务局{stamp}"], HEAD, ROW, TOTAL])
    assert table.data["部门名称"] == "县水务局"
    blank = table_of([[f"部门名称：{stamp}"], HEAD, ROW, TOTAL])
    assert "部门名称" not in blank.data


def test_a_sum_over_the_whole_table_is_named() -> None:
    table = table_of([HEAD, ROW, ["得分合计", "", "", "", "", "", 97]], merged=("A5:F5",))
    assert "没有读：97" in said_of(table)


def test_a_figure_that_stands_there_twice_and_differs_is_named() -> None:
    funds = [FUNDS, ["年度资金总额", "", 100, 100, 98, 10, "98%"]]
    same = [["预算执行率", "", "", "100%", "98.00%", 10, 9.8], ROW, TOTAL]
    other = [["预算执行率", "", "", "100%", "95%", 20, 9.8], ROW, TOTAL]
    merged = ("A6:C6",)
    assert "有两处" not in said_of(table_of([*funds, HEAD, *same], merged=merged))
    said = said_of(table_of([*funds, HEAD, *other], merged=merged))
    assert "“执行率”有两处，只读了前一处，没有读：98%" in said
    assert "“分值”有两处，只读了前一处，没有读：10" in said


def test_a_list_of_the_indicators_of_several_projects_is_no_sheet() -> None:
    rows: list[list[Any]] = [["项目名称", *HEAD], ["河道清淤", *ROW], ["管网改造", *ROW]]
    (part,) = read(workbook([["项目支出绩效自评表"], *rows])).unread
    assert part.is_fault
    assert "几个项目的指标" in part.reason
    one = read(workbook([["项目支出绩效自评表"], *rows[:2], ["河道清淤", *ROW]]))
    assert len(one.tables) == 1


def test_rows_of_another_table_below_are_named() -> None:
    more: list[list[Any]] = [["序号", "单位", "金额"], [1, "甲镇", 50], [2, "乙镇", 48]]
    foot: list[Any] = ["项目负责人：李某", "", "填表人：王某", "", "联系电话：0553-1234567"]
    said = said_of(table_of([HEAD, ROW, TOTAL, foot, *more]))
    assert "表下面还有 3 行没有读：序号、单位、金额…" in said
    assert "表下面" not in said_of(table_of([HEAD, ROW, TOTAL, foot]))


GOAL, DONE = "及时救助困难群众", "已救助120户"
LABELS = ["年度总体目标", "年度总体\n目标", "年度总体绩效目标", "年度绩效目标"]


@pytest.mark.parametrize("label", LABELS)
def test_a_goal_beside_the_heading_of_the_goals_is_read(label: str) -> None:
    """Not every form has 预期目标 between the two."""
    table = table_of([[label, GOAL], HEAD, ROW, TOTAL])
    assert table.data["年度目标"] == GOAL
    both = table_of([[label, GOAL, "", "实际完成情况", DONE], HEAD, ROW, TOTAL])
    assert (both.data["年度目标"], both.data["年度目标完成情况"]) == (GOAL, DONE)


@pytest.mark.parametrize("merged", [(), ("A2:A3",)])
def test_an_unknown_heading_beside_the_heading_of_the_goals_is_no_goal(
    merged: tuple[str, ...],
) -> None:
    top = ["年度总体目标", "年初拟定目标", "完成综述"]
    table = table_of([top, ["", GOAL, DONE], HEAD, ROW, TOTAL], merged=merged)
    assert "年度目标" not in table.data
    assert "年初拟定目标" in said_of(table)


def test_the_goal_below_its_own_heading_is_read_beside_the_heading_of_the_goals() -> None:
    top = ["年度总体目标", "预期目标", "实际完成情况"]
    table = table_of([top, ["", GOAL, DONE], HEAD, ROW, TOTAL], merged=("A2:A3",))
    assert (table.data["年度目标"], table.data["年度目标完成情况"]) == (GOAL, DONE)
    assert "年度总体目标" not in said_of(table)
