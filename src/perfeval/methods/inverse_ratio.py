"""反比: a limit exceeded scores in proportion to limit ÷ actual."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from perfeval.fields import Model
from perfeval.numbers import Exact, multiply


class InverseRatio(Model):
    """Points = weight × target ÷ actual (反比), full while the limit is kept."""

    method: Literal["反比"] = Field(alias="方法")


SENTENCE = "得分 = 分值 × 目标值 ÷ 完成值"


def shortfall(_rule: InverseRatio, weight: Decimal, target: Decimal, actual: Decimal) -> Exact:
    """Score an actual above its limit.

    Args:
        _rule: The method; it has no parameters.
        weight: Full points (分值).
        target: The limit, 0 or above.
        actual: Value reached, above the limit, in the same unit.

    Returns:
        Points from 0 up to the weight, not rounded.

    Source:
        Notes printed under the Hubei and Beijing project forms.

    >>> str(shortfall(InverseRatio(method="反比"), Decimal(10), Decimal(10), Decimal(15)))
    '10 × 10 ÷ 15'
    """
    return Exact(multiply(weight, target), actual, "{} × {} ÷ {}", (weight, target, actual))
