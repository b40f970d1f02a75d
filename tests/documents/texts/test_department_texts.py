"""What a department's texts say: of its own year, of scored projects, with every reason."""

from __future__ import annotations

from typing import Any

import perfeval
from perfeval import Department, Scorecard
from perfeval.documents.texts.department_facts import DepartmentFacts, department_facts
from perfeval.documents.texts.narrative import Narrative, write_disclosure, write_whole
from tests.documents.rows import BENEFIT, CLIENTS, FULL, OUTPUT

ROWS = [OUTPUT, BENEFIT, CLIENTS]


def card(name: str, *rows: dict[str, Any], **fields: Any) -> Scorecard:
    sheet = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": name, "预算": FULL, **fields}
    report = perfeval.evaluate({**sheet, "指标": list(rows or ROWS)})
    assert report.scorecard is not None
    return report.scorecard


def facts(*cards: Scorecard, **fields: Any) -> DepartmentFacts:
    data = {"部门名称": "甲局", "年度": 2023, "评分办法": "hubei-2020", **fields}
    return department_facts(Department.model_validate(data), cards)


def text(narrative: Narrative) -> str:
    return "\n".join(block.text for block in narrative.blocks)


def test_the_whole_departments_sheet_of_another_year_is_not_used() -> None:
    found = facts(card("一"), card("整体", 年度=2022, 表种="部门整体支出"))
    assert found.whole is None
    assert "部门整体支出绩效自评100分" not in text(write_disclosure(found, ["附件1　整体"], "办法"))


def test_grades_are_those_of_projects_that_have_a_total() -> None:
    """A range may share a grade; its project has no total and is not counted twice."""
    open_row = {**CLIENTS, "分值": 2, "完成值": None}
    ranged = card("二", OUTPUT, BENEFIT, {**CLIENTS, "分值": 18}, open_row)
    assert (ranged.total, ranged.grade) == (None, "优")
    found = facts(card("一"), ranged)
    assert (found.scored, found.grades) == (1, (("优", 1),))


def test_every_reason_is_told_and_every_missing_one_is_asked_for() -> None:
    short = [
        {**OUTPUT, "完成值": "80张", "偏差原因": "疫情"},
        {**BENEFIT, "完成值": "1户"},
        CLIENTS,
    ]
    budget = {**FULL, "执行数": 90, "偏差原因": "招标推迟"}
    whole = write_whole(facts(card("一", *short, 预算=budget)), "办法")
    said = "原因：预算执行方面，招标推迟。床位数方面，疫情。受益户数方面（请补充偏差原因）。"
    assert said in text(whole)
    assert ("指标", 1, "偏差原因") in [gap.path for gap in whole.gaps]


def test_the_reason_of_a_row_is_told_beside_that_of_the_sheet() -> None:
    short = {**OUTPUT, "完成值": "80张", "偏差原因": "疫情"}
    found = facts(card("一", short, BENEFIT, CLIENTS, 原因分析="总体进度偏慢"))
    assert "原因：床位数方面，疫情。总体进度偏慢。" in text(write_whole(found, "办法"))


def test_equal_grades_are_told_in_one_sentence() -> None:
    said = text(write_disclosure(facts(card("一"), card("二")), ["附件1　整体"], "办法"))
    assert "2个项目的等级均为优。" in said


def test_without_a_sheet_of_the_whole_its_points_are_said_to_be_filed() -> None:
    whole = write_whole(facts(card("一"), 整体自评={"得分": "97.5"}), "办法")
    assert "填报97.5分，未经核对（请补充部门整体支出绩效自评表）" in text(whole)


def test_a_point_lost_in_one_project_leaves_no_department_flawless() -> None:
    judged = {**BENEFIT, "目标值": "得到提升", "完成值": "达成预期指标", "已填报得分": 19}
    assert not facts(card("一", OUTPUT, judged, CLIENTS)).is_flawless
    assert facts(card("一")).is_flawless


def test_reached_targets_say_what_they_rest_on() -> None:
    claimed = {**OUTPUT, "目标值": "≥95%", "完成值": "是"}
    found = facts(card("一", claimed, BENEFIT, CLIENTS))
    said = "达到目标值的3项（其中有数据可以核对的2项，依填报内容认定的1项）。"
    assert said in text(write_whole(found, "办法"))
