"""ST102: the steps of a rulebook fit the weight for which they were laid down."""

from __future__ import annotations

import pytest

from perfeval import evaluate

SHEET = """\
评分办法: hunan-2018
表种: 部门整体支出
年度: 2018
项目名称: 部门整体
指标:
  过程:
    预算执行:
      - {名称: 预算控制率, 分值: WEIGHT, 目标值: ≤0%, 完成值: 12%, 偏差原因: 年中追加}
"""


@pytest.mark.parametrize(("weight", "found"), [("8", False), ("5", True)])
def test_a_ladder_of_eight_points_is_not_one_of_five(weight: str, found: bool) -> None:
    """One form gives 8, 6, 4, 2, 0 of 8 points, another 5, 4, 3, 2, 0 of 5."""
    findings = evaluate(SHEET.replace("WEIGHT", weight)).findings
    told = [item for item in findings if item.code == "ST102"]
    assert [item.line for item in told] == ([8] if found else [])


def test_a_standard_of_the_sheet_s_own_stands_above_the_rulebook_s() -> None:
    own = (
        "评分标准: {依据: 表内, 计分: {方法: 分档, 档次: "
        "[{不高于: 0, 得分: 5}, {高于: 0, 不高于: 20, 得分: 3}, {高于: 20, 得分: 0}]}}"
    )
    text = SHEET.replace("WEIGHT", "5").replace("偏差原因: 年中追加", own)
    report = evaluate(text)
    assert report.scorecard is not None
    assert str(report.scorecard.lines[0].shown) == "3.00"
    assert [item for item in report.findings if item.code == "ST102"] == []


def test_what_cannot_be_compared_is_told_in_the_words_of_the_sheet() -> None:
    text = SHEET.replace("WEIGHT", "8").replace("预算控制率", "三公经费变动率")
    text = text.replace("≤0%", "≤0").replace("12%", "-3%")
    assert [str(item) for item in evaluate(text).findings if "Cell(" in str(item)] == []
