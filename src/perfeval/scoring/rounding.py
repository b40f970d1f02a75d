"""单项得分的舍入: round once, never above the weight."""

from __future__ import annotations

from decimal import Decimal

from perfeval.methods.limits import limited
from perfeval.numbers import ONE, Exact, whole
from perfeval.rulebook import Rounding


def rounded_points(exact: Exact, weight: Decimal, rounding: Rounding) -> Decimal:
    """Round the points of a row.

    Args:
        exact: Points, not above the weight.
        weight: Full points (分值); a weight with more digits than are kept is cut, not rounded.
        rounding: Digits and mode.

    Source:
        Notes printed under the Hubei form: 得分不得突破权重总额.
    """
    rule = limited(rounding.digits, rounding.mode)
    return rule.of((exact.numerator, exact.denominator), (weight, ONE))


def full_points(weight: Decimal, rounding: Rounding) -> Decimal:
    """Return the points of a row in full; see `rounded_points`."""
    return rounded_points(whole(weight), weight, rounding)
