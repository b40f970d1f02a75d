"""预算执行: how the budget row scores, said in statements."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.documents.rulebooks.statements.statement import (
    Statement,
    ladder,
    points,
    rounding_text,
    said,
)
from perfeval.methods.execution import OverBudget, ZeroBudget
from perfeval.rulebook import LadderExecution, Rounding, Rulebook, UnscoredExecution

_BLOCK = "预算执行"
_ZERO_BUDGET = {
    ZeroBudget.UNSCORED: "不计分，总分只能给出区间",
    ZeroBudget.ZERO: "得 0 分",
}
_OVER_BUDGET = {
    OverBudget.FULL: "按满分计，并予提示",
    OverBudget.UNSCORED: "不计分，总分只能给出区间",
}


def about(rulebook: Rulebook) -> Iterator[Statement]:
    """Say how the budget row scores."""
    rule = rulebook.execution
    if isinstance(rule, UnscoredExecution):
        yield said(_BLOCK, "计分方法", "执行率只列示，不计分", "方法")
        return
    if isinstance(rule, LadderExecution):
        steps = ladder((step.lower, points(step.points)) for step in rule.steps)
        yield said(_BLOCK, "计分方法", f"按执行率分档：{steps}", "方法", "档次")
    else:
        formula = "得分 = 分值 × 执行率（执行数 ÷ 预算数），最高为分值"
        yield said(_BLOCK, "计分方法", formula, "方法")
    for label, value, field in (
        ("执行率的取值", _rate(rule.rate), "执行率取值"),
        ("预算数为 0 时", _ZERO_BUDGET[rule.zero_budget], "预算为零"),
        ("执行数超过预算数时", _OVER_BUDGET[rule.over_budget], "超预算"),
    ):
        yield said(_BLOCK, label, value, field, is_detail=True)


def _rate(rounding: Rounding | None) -> str:
    if rounding is None:
        return "用准确的执行率计算，不先舍入"
    return f"执行率先{rounding_text(rounding)}（百分数），再用来计分"
