"""按超出幅度扣减: points fall in a straight line from the limit to a multiple of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Proved
from perfeval.fields import RequiredNumber
from perfeval.numbers import ONE, ZERO, Exact, multiply, subtract, whole


class LinearShortfall(Proved):
    """Points fall in a straight line from the limit to 0 at ``zero_at`` times the limit."""

    method: Literal["按超出幅度扣减"] = Field(alias="方法")
    zero_at: RequiredNumber = Field(alias="扣完倍数")

    def faults(self) -> Iterator[Contradiction]:
        """The line must fall."""
        if self.zero_at <= ONE:
            yield Contradiction(("扣完倍数",), "扣完倍数应大于 1")


SENTENCE = "得分 = 分值 ×（1 - 超出额 ÷ 目标值），超出到规定倍数为 0"


def shortfall(rule: LinearShortfall, weight: Decimal, target: Decimal, actual: Decimal) -> Exact:
    """Score an actual above its limit.

    Args:
        rule: The method; ``zero_at`` is the multiple of the limit from which points are 0.
        weight: Full points (分值).
        target: The limit, 0 or above.
        actual: Value reached, above the limit, in the same unit.

    Returns:
        Points from 0 up to the weight, not rounded.

    Source:
        The national budget management system's formula for reverse indicators.

    >>> rule = LinearShortfall(method="按超出幅度扣减", zero_at=Decimal(2))
    >>> str(shortfall(rule, Decimal(10), Decimal(10), Decimal(15)))
    '10 × (2 × 10 - 15) ÷ ((2 - 1) × 10)'
    """
    end = multiply(rule.zero_at, target)
    if actual >= end:
        return whole(ZERO)
    return Exact(
        multiply(weight, subtract(end, actual)),
        subtract(end, target),
        "{} × ({} × {} - {}) ÷ (({} - {}) × {})",
        (weight, rule.zero_at, target, actual, rule.zero_at, ONE, target),
    )
