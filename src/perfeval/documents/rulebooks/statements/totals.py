"""舍入, 总分封顶, 等级, 偏差原因 and 结果应用, said in statements."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfeval.documents.rulebooks.statements.statement import (
    Statement,
    percent,
    points,
    rounding_text,
    said,
)
from perfeval.numbers import trimmed
from perfeval.rulebook import Rounding, Rulebook


def about_rounding(rulebook: Rulebook) -> Iterator[Statement]:
    """Say what is rounded, and how."""
    rule = rulebook.rounding
    yield said("舍入", "每行得分", rounding_text(rule.row), "单项")
    yield said("舍入", "一级指标小计", _sum(rule.subtotal), "小计")
    yield said("舍入", "总分", _sum(rule.total), "总分")
    printed = "照算得的得分" if rule.printed is None else rounding_text(rule.printed)
    yield said("舍入", "印在表上的得分", printed, "印出")


def _sum(rounding: Rounding | None) -> str:
    return "各行相加，不再舍入" if rounding is None else f"各行相加后{rounding_text(rounding)}"


def about_caps(rulebook: Rulebook) -> Iterator[Statement]:
    """Say how far the execution rate limits the total."""
    if rulebook.caps is None:
        yield said("总分封顶", "总分与执行率", "没有封顶的规定", key="封顶")
        return
    parts = [
        f"执行率低于 {percent(step.below)} 的，总分最高 {points(step.maximum)}"
        for step in rulebook.caps.caps
    ]
    yield said("总分封顶", "总分与执行率", "；".join(parts), "档次", key="封顶")


def about_grades(rulebook: Rulebook) -> Iterator[Statement]:
    """Say which total makes which grade."""
    upper: Decimal | None = None
    for band in rulebook.grades.bands:
        reached = f"{points(band.lower)}及以上"
        if upper is not None:
            below = f"不到 {points(upper)}"
            reached = f"{points(band.lower)}及以上、{below}" if band.lower else below
        yield said("等级", band.name, reached, "档次")
        upper = band.lower


def about_reasons(rulebook: Rulebook) -> Iterator[Statement]:
    """Say when a row needs a reason."""
    rule = rulebook.reasons
    lost = "须说明偏差原因" if rule is not None and rule.points_lost else "没有规定"
    yield said("偏差原因", "得分低于分值的", lost, "失分即须说明")
    below = None if rule is None else rule.rate_below
    value = "没有规定" if below is None else f"低于 {percent(below)} 的须说明原因"
    yield said("偏差原因", "预算执行率偏低的", value, "执行率低于")
    over = None if rule is None else rule.over
    value = "没有规定" if over is None else f"达到目标值的 {percent(over)} 及以上的须说明原因"
    yield said("偏差原因", "超额完成较多的", value, "完成率不低于")
    zero = None if rule is None else rule.over_zero
    value = "没有规定" if zero is None else f"完成值达到 {trimmed(zero)} 及以上的须说明原因"
    yield said("偏差原因", "目标值为 0 的", value, "零目标完成不低于")


def about_uses(rulebook: Rulebook) -> Iterator[Statement]:
    """Say what a grade means for next year's budget."""
    grades = () if rulebook.uses is None else rulebook.uses.grades
    parts = [
        f"等级为{use.grade}的{use.kind.value}{f'（{use.words}）' if use.words else ''}"
        for use in grades
    ]
    value = "；".join(parts) or "没有见到规定"
    yield said("结果应用", "下年度预算", value, "各等级", key="结果应用")


def about_deductions(rulebook: Rulebook) -> Iterator[Statement]:
    """Say whether points can be deducted by hand."""
    value = "没有规定；填报的扣减分数不扣"
    if rulebook.deductions is not None:
        value = "从这一行的得分中扣除，扣到 0 分为止"
    yield said("扣减分数", "扣减分数", value, key="扣减分数")
