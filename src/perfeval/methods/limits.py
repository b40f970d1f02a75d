"""舍入: points are rounded once, and never above a limit."""

from __future__ import annotations

from functools import lru_cache

from perfeval.methods.expression import Expression, Rounded
from perfeval.methods.inputs import BOTTOM, LIMIT, POINTS, TOP
from perfeval.numbers import RoundingMode

SCALED = POINTS * TOP / BOTTOM
"""Points of some of the weights, as points of all of them."""


@lru_cache
def limited(digits: int, mode: RoundingMode, points: Expression = POINTS) -> Rounded:
    """Return points, rounded; a limit with more digits than are kept is cut, not rounded.

    Source:
        Notes printed under the Hubei form: 得分不得突破权重总额.
    """
    return Rounded(points, digits, mode, LIMIT)
