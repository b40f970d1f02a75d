"""The runner: texts are looked at together for speed, and that changes nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval.checks import examine
from perfeval.checks.policy import Selection
from perfeval.checks.registry import TEXT_CHECKS, Fault
from perfeval.checks.sheet_texts import texts_of
from perfeval.checks.subjects import Passage

PIECES = re.findall(
    r"\S+",
    """
    执行率 执行率为 完成预算的 98% 100％ 确保 青财预 [2024] 192号 第 12 . 2022 年度 较 一 一. 二．甲
    〔2034〕 【 】 XX x １２ ．５ ％
    """,
)
PIECES += [" ", "\n"]
"""Ends of texts that would become a fault with the beginning of another, and whole faults."""
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join).filter(str.strip)


def scored(goal: str, actual: str, measure: str) -> perfeval.Scorecard:
    data: dict[str, Any] = {
        "评分办法": "hubei-2020",
        "年度": 2023,
        "项目名称": "甲",
        "预算": {"预算数": 100, "执行数": 98},
        "年度目标": goal,
        "年度目标完成情况": actual,
        "改进措施": measure,
    }
    return perfeval.score(perfeval.load_sheet(data), perfeval.load_rulebook("hubei-2020"))


@given(texts, texts, texts)
def test_texts_are_looked_at_as_if_each_stood_alone(goal: str, actual: str, measure: str) -> None:
    """A pattern never runs from the end of one text into the next, nor hides what begins there."""
    card = scored(goal, actual, measure)
    alone = {
        (check.code, path, result.message)
        for check in TEXT_CHECKS
        for path, text in texts_of(card.sheet)
        for result in check.run(Passage(text, card.sheet))
        if isinstance(result, Fault)
    }
    codes = tuple(check.code for check in TEXT_CHECKS)
    found = examine(card, Selection(codes)).findings
    assert {(item.code, item.path, item.message) for item in found} == alone


def test_the_end_of_one_text_and_the_beginning_of_the_next_are_no_fault() -> None:
    found = examine(scored("及时公布执行率", "35%的床位已启用", "无"), Selection(("TX106",)))
    assert found.findings == ()


@pytest.mark.parametrize("code", [check.code for check in TEXT_CHECKS])
def test_a_sheet_with_texts_is_never_without_a_word_of_a_check_of_texts(code: str) -> None:
    ledger = examine(scored("甲", "乙", "丙"), Selection((code,))).ledger
    assert ledger[code] is perfeval.findings.Status.PASSED


def test_what_has_one_cause_is_shown_once_whatever_its_figures_say() -> None:
    """Two rows without a reason are one thing to do; two that are filed too high are two."""
    row = {"一级指标": "产出", "二级指标": "数量", "目标值": "≥9场", "分值": 45}
    rows = [
        {**row, "名称": "讲座", "完成值": "6场", "已填报得分": 40},
        {**row, "名称": "演出", "完成值": "3场", "已填报得分": 30},
    ]
    head = {"评分办法": "mof-2020", "年度": 2024, "项目名称": "示例"}
    report = perfeval.evaluate({**head, "预算": {"预算数": 1, "执行数": 1}, "指标": rows})
    assert {item.one_cause for item in report.findings if item.code == "RS104"} == {True}
    assert {item.one_cause for item in report.findings if item.code == "PT102"} == {False}
    shown = [item.code for item in report.inspection.causes]
    assert (shown.count("RS104"), shown.count("PT102")) == (1, 2)
