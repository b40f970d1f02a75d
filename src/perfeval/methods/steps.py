"""分档: points by steps of a percentage, whatever its target."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Proved
from perfeval.fields import Model, RequiredNumber
from perfeval.numbers import HUNDRED, ZERO, Exact, multiply, whole


class Step(Model):
    """From this actual (in percent, included) on, this share of the weight (in percent)."""

    lower: RequiredNumber = Field(alias="下限")
    share: RequiredNumber = Field(alias="比例")


class Steps(Proved):
    """Points by steps of the actual percentage (分档), whatever the target; below the last 0."""

    method: Literal["分档"] = Field(alias="方法")
    steps: tuple[Step, ...] = Field(alias="档次", min_length=1)

    def faults(self) -> Iterator[Contradiction]:
        """Steps fall, and so do their shares, which lie between 0 and 100."""
        for position, (upper, lower) in enumerate(pairwise(self.steps), start=1):
            if lower.lower >= upper.lower:
                yield Contradiction(("档次", position, "下限"), "各档的下限应由高到低")
            if lower.share > upper.share:
                yield Contradiction(("档次", position, "比例"), "各档的比例应由高到低")
        for position, step in enumerate(self.steps):
            if not ZERO <= step.share <= HUNDRED:
                yield Contradiction(("档次", position, "比例"), "比例应在 0 至 100 之间")


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
