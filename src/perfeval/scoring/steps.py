"""分档: points by steps of a percentage, whatever its target."""

from __future__ import annotations

from decimal import Decimal

from perfeval.numbers import HUNDRED, ZERO, Exact, multiply, whole
from perfeval.rulebook import Steps

SENTENCE = "满意度按完成值所在的档次计分"


def points(rule: Steps, weight: Decimal, actual: Decimal) -> Exact:
    """Score a percentage by the highest step that it reaches.

    Args:
        rule: The steps, the highest first.
        weight: Full points (分值).
        actual: The percentage reached (96.3 for 96.3 %).

    Returns:
        Points from 0 to the weight, not rounded.

    Source:
        财预〔2021〕101号, 满意度赋分.
    """
    for step in rule.steps:
        if actual >= step.lower:
            if step.share == HUNDRED:
                return whole(weight)
            product = multiply(weight, step.share)
            return Exact(product, HUNDRED, "{} × {} ÷ {}", (weight, step.share, HUNDRED))
    return whole(ZERO)
