"""Nothing is told as a fault that only an assumption of ours made doubtful."""

from __future__ import annotations

import pytest

import perfeval

HEAD = {"评分办法": "mof-2020", "年度": 2024, "项目名称": "示例"}
OF_SHORT = {"PT102", "PT104", "RS102", "RS104", "RS105", "RS106", "RS108", "RS110", "RS111"}

BETTER_LOWER = (
    ("产出", "成本", "每场平均成本", "2.5万元", "2.4万元"),
    ("产出", "时效", "报修到场", "24小时", "20小时"),
    ("产出", "质量", "每床补助", "1500元", "1450元"),
    ("效益", "社会效益", "群众投诉", "5起", "3起"),
    ("产出", "质量", "图书差错率", "3%", "1%"),
)
BETTER_HIGHER = (
    ("产出", "数量", "演出场次", "40场", "38场"),
    ("产出", "质量", "编目准确率", "98%", "95%"),
    ("效益", "经济效益", "带动增收", "300万元", "280万元"),
    ("满意度", "服务对象满意度", "观众满意度", "90%", "88%"),
)


def found(row: tuple[str, ...], **more: object) -> set[str]:
    section, aspect, name, target, actual = row
    indicator = {
        "一级指标": section,
        "二级指标": aspect,
        "名称": name,
        "分值": 90,
        "目标值": target,
        "完成值": actual,
        "已填报得分": 90,
        **more,
    }
    filed = {"总分": 100, "目标完成率": "100%", "存在问题": "无"}
    budget = {"预算数": 10, "执行数": 10, "已填报": {"得分": 10}}
    sheet = {**HEAD, "预算": budget, "指标": [indicator], "已填报": filed}
    return {item.code for item in perfeval.evaluate(sheet).findings} & OF_SHORT


@pytest.mark.parametrize("row", BETTER_LOWER, ids=lambda row: row[2])
def test_less_may_be_better_where_no_sign_is_written(row: tuple[str, ...]) -> None:
    assert found(row) == set()


@pytest.mark.parametrize("row", BETTER_LOWER, ids=lambda row: row[2])
def test_a_sign_that_is_written_leaves_no_doubt(row: tuple[str, ...]) -> None:
    assert {"PT102", "RS106", "RS108", "RS110"} <= found(row, 符号="≥")


@pytest.mark.parametrize("row", BETTER_HIGHER, ids=lambda row: row[2])
def test_more_is_better_of_what_is_done_and_gained(row: tuple[str, ...]) -> None:
    assert {"PT102", "RS106", "RS108", "RS110"} <= found(row)
