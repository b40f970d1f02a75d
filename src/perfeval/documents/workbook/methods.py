"""The formula of every method by which a rulebook scores figures; `perfeval.scoring` in cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfeval.cells.signs import Sign
from perfeval.documents.workbook.formula import (
    Formula,
    above,
    at_least,
    both,
    chosen,
    equal,
    is_one_of,
    largest,
    minus,
    number,
    quotient,
    rounded,
    times,
    when,
)
from perfeval.methods import FigureMethod
from perfeval.numbers import HUNDRED, ONE, ZERO, RoundingMode, add, subtract
from perfeval.rulebook import (
    AllOrNothing,
    InverseRatio,
    LinearShortfall,
    OverFixed,
    OverProportional,
    Proportional,
    Quantitative,
    Rounding,
    Steps,
)

_RATE_DIGITS = 10
_NIL, _WHOLE = number(ZERO), number(HUNDRED)


def percent_of(part: Formula, base: Formula) -> Formula:
    """Return a part in percent of a base above 0."""
    return quotient(times(part, _WHOLE), base, _RATE_DIGITS)


def _proportional(rule: Proportional, weight: Formula, target: Formula, actual: Formula) -> Formula:
    points = quotient(times(weight, actual), target)
    if not rule.pass_mark:
        return points
    passed = at_least(percent_of(actual, target), number(rule.pass_mark))
    return when(passed, points, _NIL)


def _inverse_ratio(
    _rule: InverseRatio, weight: Formula, target: Formula, actual: Formula
) -> Formula:
    return quotient(times(weight, target), actual)


def _linear_shortfall(
    rule: LinearShortfall, weight: Formula, target: Formula, actual: Formula
) -> Formula:
    end = times(number(rule.zero_at), target)
    width = times(number(subtract(rule.zero_at, ONE)), target)
    left = quotient(times(weight, minus(end, actual)), width)
    return when(at_least(actual, end), _NIL, left)


def _all_or_nothing(
    _rule: AllOrNothing, _weight: Formula, _target: Formula, _actual: Formula
) -> Formula:
    return _NIL


_SHORTFALLS: dict[str, Callable[[Any, Formula, Formula, Formula], Formula]] = {
    "按完成比例": _proportional,
    "反比": _inverse_ratio,
    "按超出幅度扣减": _linear_shortfall,
    "达标计分": _all_or_nothing,
}


def _shortfall(method: FigureMethod, weight: Formula, target: Formula, actual: Formula) -> Formula:
    return _SHORTFALLS[method.method](method, weight, target, actual)


def figure_points(
    rule: Quantitative, sign: Formula, weight: Formula, target: Formula, actual: Formula
) -> Formula:
    """Return the points of two figures of one kind, before they are rounded.

    Args:
        rule: The rulebook's methods.
        sign: The sign that counts.
        weight: 分值.
        target: The figure planned, not below 0.
        actual: The figure reached, in the same unit.
    """
    figures = (weight, target, actual)
    upward = is_one_of(sign, (Sign.AT_LEAST.value, Sign.ABOVE.value))
    return chosen(
        [
            (equal(sign, _sign(Sign.EQUAL)), _equal_points(rule, *figures)),
            (above(_NIL, actual), _NIL),
            (upward, _upward_points(rule, rule.positive, *figures)),
            (at_least(target, actual), weight),
        ],
        _shortfall(rule.reverse, *figures),
    )


def _sign(sign: Sign) -> Formula:
    return Formula(f'"{sign.value}"', sign.value)


def _upward_points(
    rule: Quantitative, method: FigureMethod, weight: Formula, target: Formula, actual: Formula
) -> Formula:
    met = _met_points(rule, weight, target, actual)
    return when(at_least(actual, target), met, _shortfall(method, weight, target, actual))


def _equal_points(rule: Quantitative, weight: Formula, target: Formula, actual: Formula) -> Formula:
    """Return the points of an ＝ target; a value above it may be wrong as well."""
    cases = []
    if rule.zero_target == "为零得满分":
        cases.append((both(equal(target, _NIL), above(actual, target)), _NIL))
    if rule.equal_means == "相等才达标":
        exceeded = _shortfall(rule.reverse, weight, target, actual)
        cases.append((above(actual, target), exceeded))
    cases.append((above(_NIL, actual), _NIL))
    return chosen(cases, _upward_points(rule, rule.equal, weight, target, actual))


def _met_points(rule: Quantitative, weight: Formula, target: Formula, actual: Formula) -> Formula:
    """Return the points of a target that is met, perhaps by far."""
    over = rule.over
    if not isinstance(over, (OverFixed, OverProportional)):
        return weight
    if isinstance(over, OverFixed):
        left = minus(weight, number(over.deduction))
    else:
        allowed = times(number(add(HUNDRED, over.threshold)), target)
        rest = minus(allowed, times(_WHOLE, actual))
        left = quotient(times(weight, rest), times(_WHOLE, target))
    is_over = at_least(percent_of(actual, target), number(over.threshold))
    reduced = when(is_over, largest(_NIL, left), weight)
    return when(above(target, _NIL), reduced, weight)


def step_points(rule: Steps, weight: Formula, actual: Formula) -> Formula:
    """Return the points of a percentage by the highest step that it reaches."""
    return chosen(
        [
            (
                at_least(actual, number(step.lower)),
                quotient(times(weight, number(step.share)), _WHOLE),
            )
            for step in rule.steps
        ],
        _NIL,
    )


def rate_points(weight: Formula, rate: Formula) -> Formula:
    """Return the points of a completion rate that stands in place of a figure."""
    part = quotient(times(weight, largest(rate, _NIL)), _WHOLE)
    return when(at_least(rate, _WHOLE), weight, part)


def rounded_points(points: Formula, limit: Formula, rounding: Rounding) -> Formula:
    """Round points, never above a limit: what is above it is the limit, cut."""
    kept = rounded(points, rounding.digits, rounding.mode)
    cut = rounded(limit, rounding.digits, RoundingMode.DOWN)
    return when(above(kept, limit), cut, kept)


def scaled(
    points: Formula, top: Formula, bottom: Formula, limit: Formula, rounding: Rounding
) -> Formula:
    """Return points × top ÷ bottom, rounded and not above a limit."""
    return rounded_points(quotient(times(points, top), bottom), limit, rounding)
