"""按完成比例: a target not reached scores in proportion to its completion."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Proved
from perfeval.fields import RequiredNumber
from perfeval.numbers import HUNDRED, ZERO, Exact, multiply, whole


class Proportional(Proved):
    """Points = weight × actual ÷ target (按完成比例), full once the target is met.

    Attributes:
        pass_mark: The completion in percent below which there are no points (及格线).
    """

    method: Literal["按完成比例"] = Field(alias="方法")
    pass_mark: RequiredNumber = Field(ZERO, alias="及格线")

    def faults(self) -> Iterator[Contradiction]:
        """The pass mark is a share of the target."""
        if not ZERO <= self.pass_mark <= HUNDRED:
            yield Contradiction(("及格线",), "及格线应在 0 至 100 之间")


SENTENCE = "得分 = 分值 × 完成值 ÷ 目标值"


def shortfall(rule: Proportional, weight: Decimal, target: Decimal, actual: Decimal) -> Exact:
    """Score an actual below its target.

    Args:
        rule: The method; below its pass mark (及格线) there are no points.
        weight: Full points (分值).
        target: Planned value, above 0.
        actual: Value reached, from 0 up to the target, in the same unit.

    Returns:
        Points from 0 up to the weight, not rounded.

    Source:
        Notes printed under the Hubei project form; 财预〔2020〕10号; the pass mark:
        财预〔2021〕101号.

    >>> str(shortfall(Proportional(method="按完成比例"), Decimal(2), Decimal(32), Decimal(26)))
    '2 × 26 ÷ 32'
    """
    if rule.pass_mark and multiply(actual, HUNDRED) < multiply(rule.pass_mark, target):
        return whole(ZERO)
    return Exact(multiply(weight, actual), target, "{} × {} ÷ {}", (weight, actual, target))
