"""How a review counts: what is taken away, what is left, and how far that is from what was filed.

Each is one expression, by which the points are computed here and in the cells of a workpaper.
"""

from __future__ import annotations

from decimal import Decimal

from perfeval.methods.deduction import LEFT
from perfeval.methods.expression import Constant, Expression, Input, Rounded
from perfeval.methods.inputs import WEIGHT
from perfeval.methods.limits import limited
from perfeval.numbers import HUNDRED, Exact, RoundingMode, round_exact
from perfeval.rulebook import Rounding

RATIO = Input("ratio", "扣减比例")
BEFORE = Input("before", "自评得分")
AFTER = Input("after", "复核得分")
DIVISOR = Input("divisor", "偏离度的分母")

BY_RATIO: Expression = WEIGHT * RATIO / Constant(HUNDRED)
"""What a reason takes away by its ratio, not rounded."""
DEVIATION: Expression = (BEFORE - AFTER) * Constant(HUNDRED) / DIVISOR
"""偏离度 in percent, not rounded."""
HALF_UP = RoundingMode.HALF_UP


def by_ratio(rounding: Rounding) -> Rounded:
    """Return the points that a ratio takes away, rounded as points of a row are."""
    return Rounded(BY_RATIO, rounding.digits, rounding.mode)


def points_left(rounding: Rounding) -> Rounded:
    """Return 复核得分: points less what is taken away, not below 0 and not above the weight."""
    return limited(rounding.digits, rounding.mode, LEFT)


def value_of(rule: Expression, **inputs: Decimal) -> Decimal:
    """Return what a rounded rule gives."""
    return rule.ratio(inputs)[0]


def deviation_of(
    before: Decimal | None, after: Decimal | None, divisor: Decimal | None, digits: int
) -> Decimal | None:
    """Return 偏离度 in percent; ``None`` where a figure is missing or the divisor is 0.

    >>> deviation_of(Decimal(2), Decimal("1.63"), Decimal(2), 2)
    Decimal('18.50')
    """
    if before is None or after is None or not divisor:
        return None
    top, bottom = DEVIATION.ratio({"before": before, "after": after, "divisor": divisor})
    return round_exact(Exact(top, bottom), digits, HALF_UP)
