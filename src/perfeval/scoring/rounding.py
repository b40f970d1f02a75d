"""单项得分的舍入: round once, never above the weight."""

from __future__ import annotations

from decimal import Decimal

from perfeval.methods.expression import Rounded
from perfeval.methods.limits import limited
from perfeval.numbers import ONE, Exact, subtract, whole
from perfeval.rulebook import Rounding


def row_rounding(rounding: Rounding) -> Rounded:
    """Return the rule by which the points of a row are rounded."""
    return limited(rounding.digits, rounding.mode)


def rounded_points(exact: Exact, weight: Decimal, rule: Rounded) -> Decimal:
    """Round the points of a row.

    Args:
        exact: Points, not above the weight.
        weight: Full points (分值); a weight with more digits than are kept is cut, not rounded.
        rule: How, by `row_rounding`.

    Source:
        Notes printed under the Hubei form: 得分不得突破权重总额.
    """
    return rule.of((exact.numerator, exact.denominator), (weight, ONE))


def full_points(weight: Decimal, rule: Rounded) -> Decimal:
    """Return the points of a row in full; see `rounded_points`."""
    return rounded_points(whole(weight), weight, rule)


def printed_points(points: Decimal, weight: Decimal, rule: Rounded | None) -> Decimal | None:
    """Return the points as the form prints them; ``None`` where it prints all their digits."""
    return None if rule is None else rounded_points(whole(points), weight, rule)


def below_full(weight: Decimal, rule: Rounded) -> Decimal:
    """Return the most that a row can have that misses its target: one unit less than in full."""
    full = full_points(weight, rule)
    return full if not full else subtract(full, Decimal((0, (1,), -rule.digits)))
