"""What a text claims of all goals and of all money, and what sounds like it."""

from __future__ import annotations

import pytest

from perfeval.checks.claims import claims_of_all_goals, claims_of_full_execution

OF_ALL_GOALS = (
    "100%完成了绩效目标",
    "本项目全部完成年度绩效目标",
    "全部完成了年初设定的绩效目标",
    "各项绩效指标均已完成",
    "各项目标全部完成",
    "年度目标已全部实现",
    "圆满完成各项目标任务",
    "圆满完成全年目标",
    "绩效目标完成率100%",
    "年度总体目标完成率达到 100％。",
    "加强管理，确保专款专用，全面完成年度目标",
    "百分之百完成预期目标",
)
OF_LESS = (
    "培训任务100%完成",
    "物资采购全部完成",
    "全部完成培训3场",
    "圆满完成演出任务",
    "确保全部完成年度目标",
    "力争圆满完成全年目标",
    "将全面完成各项目标",
    "未全部完成年度目标",
    "没有100%完成绩效目标",
    "除床位建设外，各项目标均已完成",
    "基本完成年度目标",
    "绩效目标完成率98%",
    "绩效目标完成率100%的指标有5个",
    "各项目标完成率均在95%以上",
    "年度目标：全年培训3场",
    "目标值100%，完成值100%",
    "数量指标全部完成",
    "各单位全部完成绩效目标填报和审核",
    "全面实现绩效目标管理",
    "全面完成绩效指标体系建设",
    "绩效目标全部完成自评",
    "受疫情影响，无法全部完成年度目标",
    "并非全部完成年度目标",
    "全部完成年度目标任务的90%",
    "其他绩效目标全部完成",
    "年度目标全部完成，仅演出少2场",
)


@pytest.mark.parametrize("text", OF_ALL_GOALS)
def test_a_claim_of_all_goals_is_heard(text: str) -> None:
    assert len(list(claims_of_all_goals(text))) == 1


@pytest.mark.parametrize("text", OF_LESS)
def test_what_speaks_of_less_or_is_only_aimed_at_is_no_claim(text: str) -> None:
    assert list(claims_of_all_goals(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("各项目预算执行率均为100%", 1),
        ("所有项目执行率达到 100％", 1),
        ("低保项目执行率100%", 0),
        ("各项目预算执行率均为100%以内", 0),
        ("各项目执行率均为100%的有3个单位", 0),
        ("各项目应确保执行率100%，下年继续", 0),
        ("要求各项目执行率达到100%", 0),
        ("各项目执行率平均98%", 0),
    ],
)
def test_a_claim_that_all_money_was_spent_is_of_all_projects(text: str, number: int) -> None:
    assert len(list(claims_of_full_execution(text))) == number
