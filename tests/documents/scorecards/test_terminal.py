"""The table of a scorecard in a terminal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perfeval import Scorecard, evaluate
from perfeval.documents.scorecards.terminal import budget_text, scorecard_text, summary_text
from perfeval.sheet import Budget


def _scorecard(changes: dict[str, Any]) -> Scorecard:
    sheet: dict[str, Any] = {
        "评分办法": "hubei-2020",
        "年度": 2023,
        "项目名称": "甲",
        "预算": {"预算数": 100, "执行数": 90},
        "指标": {
            "产出指标": {
                "数量指标": [
                    {
                        "名称": "床位数",
                        "分值": 40,
                        "目标值": "≥32张",
                        "完成值": "26张",
                        "已填报得分": 40,
                    },
                ]
            },
            "效益指标": {
                "社会效益指标": [
                    {"名称": "惠及人数", "分值": 40, "目标值": "≥10", "完成值": 10},
                ]
            },
        },
    }
    scorecard = evaluate(sheet | changes).scorecard
    assert scorecard is not None
    return scorecard


def _lines(changes: dict[str, Any] | None = None) -> list[str]:
    return scorecard_text(_scorecard(changes or {})).splitlines()


def test_a_small_table_is_printed_as_agreed() -> None:
    assert _lines() == [
        "甲 · 2023 · hubei-2020",
        "                                          完成值 / 目标值  分值   得分  已填报",
        "预算执行        90.00 ÷ 100.00 = 90.00 %                     20  18.00",
        "产出指标                                                     40  32.50      40",
        "  数量指标      床位数                       26张 / ≥32张    40  32.50      40  多 7.50",
        "效益指标                                                     40  40.00",
        "  社会效益指标  惠及人数                         10 / ≥10    40  40.00",
        "总分  90.50  优  （有据可算 90.5，依填报认定 0）  1 行与办法不符",
    ]


def test_a_long_aspect_stands_on_a_line_of_its_own() -> None:
    row = {"名称": "满意度", "分值": 40, "目标值": "≥90%", "完成值": "95%"}
    lines = _lines({"指标": {"满意度指标": {"服务对象满意度指标": [row]}}})
    at = lines.index("  服务对象满意度指标")
    assert lines[at + 1].startswith("          ")
    assert lines[at + 1].split()[0] == "满意度"


@pytest.mark.parametrize(
    ("budget", "text"),
    [
        ({"final": "1286.70", "spent": "1269.62"}, "1269.62 ÷ 1286.70 = 98.67 %"),
        ({"final": "1286.7", "spent": "1269.625"}, "1269.625 ÷ 1286.70 = 98.67 %"),
        ({"original": "200", "spent": "0"}, "0.00 ÷ 200.00 = 0 %"),
        ({"final": "0", "spent": "5"}, "5.00 ÷ 0.00"),
        ({"final": "5"}, "预算数 5.00，执行数 未填"),
        ({}, "预算数 未填，执行数 未填"),
    ],
)
def test_the_budget_row_shows_its_amounts_and_rate(budget: dict[str, str], text: str) -> None:
    amounts = {name: Decimal(amount) for name, amount in budget.items()}
    assert budget_text(Budget.model_validate(amounts)) == text


def test_points_filed_too_low_are_marked_less() -> None:
    lines = _lines({"预算": {"预算数": 100, "执行数": 90, "已填报": {"得分": 17}}})
    assert lines[2].endswith("少 1.00")


def test_filed_points_that_agree_are_not_marked() -> None:
    lines = _lines({"预算": {"预算数": 100, "执行数": 90, "已填报": {"得分": 18}}})
    assert lines[2].endswith("18.00      18")


def test_a_sheet_that_does_not_close_has_its_gaps_below_the_total() -> None:
    lines = _lines(
        {
            "指标": {
                "产出指标": {
                    "数量指标": [
                        {"名称": "床位数", "分值": 30, "目标值": "≥32", "完成值": 32},
                    ]
                }
            }
        }
    )
    at = next(at for at, line in enumerate(lines) if line.startswith("总分"))
    assert lines[at].startswith("总分  未计分")
    assert lines[at + 1].strip() == "产出指标分值合计 30，办法规定 40，少 10"


def test_a_summary_has_one_line_for_each_sheet_in_order() -> None:
    lines = summary_text(
        [("甲.yaml", _scorecard({}), ""), ("坏.yaml", None, "3 处错误")]
    ).splitlines()
    assert lines[1].split() == ["甲", "90.50", "优", "1", "90.5"]
    assert lines[2].split() == ["坏.yaml", "没有读通", "3", "处错误"]
    assert lines[3] == "共 2 张自评表，其中 1 张没有读通"
