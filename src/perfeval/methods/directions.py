"""正向、反向、等于: the points of two figures, by the direction that is good."""

from __future__ import annotations

from perfeval.methods.expression import Branch, Constant, Expression, when
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.methods.method import Direction, Method
from perfeval.methods.over_achievement import OverAchievement, met
from perfeval.numbers import ZERO

_NEGATIVE = Branch(Constant(ZERO), "完成值为负数，不得分")
_NOT_ZERO = Branch(Constant(ZERO), "等于型指标：目标值为 0 而完成值不为 0，不得分")


def _missed(name: str, method: Method) -> Branch:
    return Branch(method.missed, f"{name}：{method.sentence}")


def _full(name: str, end: str) -> Branch:
    return Branch(WEIGHT, f"{name}：完成值不{end}于目标值，得满分")


def upward(method: Method, over: OverAchievement | None, name: str = "正向指标") -> Expression:
    """Return the points where the target is met by any value that is not below it."""
    full = met(over, _full(name, "低"))
    judged = when(ACTUAL >= TARGET, full, _missed(name, method))
    return when(Constant(ZERO) > ACTUAL, _NEGATIVE, judged)


def downward(method: Method) -> Expression:
    """Return the points where the target is a limit."""
    name = "反向指标"
    kept = when(TARGET >= ACTUAL, _full(name, "高"), _missed(name, method))
    return when(Constant(ZERO) > ACTUAL, _NEGATIVE, kept)


def equal(
    method: Method,
    over: OverAchievement | None,
    *,
    exceeded: Method | None = None,
    needs_zero: bool = False,
) -> Expression:
    """Return the points of an ＝ target.

    Args:
        method: The method below the target.
        over: What the rulebook says of over-achievement.
        exceeded: The method above the target, where only the target itself meets it.
        needs_zero: A target of 0 is met by 0 alone.
    """
    result = upward(method, over, "等于型指标")
    if exceeded is not None:
        above = _missed("等于型指标，完成值高于目标值", exceeded)
        result = when(ACTUAL > TARGET, above, result)
    if needs_zero:
        above_zero = when(ACTUAL > TARGET, _NOT_ZERO, result)
        result = when(TARGET.equals(ZERO), above_zero, result)
    return result


def by_difference(
    method: Method,
    over: OverAchievement | None,
    direction: Direction,
    *,
    is_exact: bool = False,
    needs_zero: bool = False,
) -> Expression:
    """Return the points where what counts is a difference, so that figures may be below 0.

    Args:
        method: The method of a target that is missed, on either side.
        over: What the rulebook says of over-achievement.
        direction: Which values are good.
        is_exact: An ＝ target is met by itself alone.
        needs_zero: An ＝ target of 0 is met by 0 alone.
    """
    name = f"{direction.value}{'型' if direction is Direction.EQUAL else ''}指标"
    missed = Branch(method.missed, f"{name}：{method.statement(direction)}")
    if direction is Direction.REVERSE:
        return when(TARGET >= ACTUAL, _full(name, "高"), missed)
    upward_ = when(ACTUAL >= TARGET, met(over, _full(name, "低")), missed)
    if direction is Direction.POSITIVE:
        return upward_
    hit = when(ACTUAL.equals(TARGET), Branch(WEIGHT, f"{name}：完成值等于目标值，得满分"), missed)
    if is_exact:
        return hit
    return when(TARGET.equals(ZERO), hit, upward_) if needs_zero else upward_
