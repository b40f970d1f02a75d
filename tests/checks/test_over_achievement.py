"""What is far above its target wants a reason wherever a rulebook asks for one, and is shown."""

from __future__ import annotations

import pytest

import perfeval
from perfeval import Severity
from perfeval.readers.layouts import shipped_ids
from perfeval.rulebook import OverReason

CODES = ("RS101", "RS109", "VA206")


@pytest.mark.parametrize("name", shipped_ids())
def test_it_is_a_warning_once_where_the_rulebook_asks_and_a_hint_at_most_elsewhere(
    name: str,
) -> None:
    """A hint is listed with --all only; what a rule asks for must not be hidden behind it."""
    row = {"一级指标": "产出", "二级指标": "数量", "名称": "培训场次", "分值": 1}
    report = perfeval.evaluate(
        {
            "评分办法": name,
            "年度": 2023,
            "项目名称": "示例",
            "预算": {"预算数": 100, "执行数": 100},
            "指标": [{**row, "目标值": "≥100场", "完成值": "343场"}],
        }
    )
    book = report.rulebook
    assert book is not None
    by_reasons = book.reasons is not None and book.reasons.over is not None
    asks = by_reasons or isinstance(book.quantitative.over, OverReason)
    levels = [item.severity for item in report.findings if item.code in CODES]
    assert levels == [Severity.WARNING] if asks else set(levels) <= {Severity.INFO}
