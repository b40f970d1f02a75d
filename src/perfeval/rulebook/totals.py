"""Rounding (舍入), caps on the total (总分封顶), grades (等级), reasons (偏差原因)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pydantic import Field

from perfeval.clauses import Clause, Contradiction, Rounding
from perfeval.fields import Model, RequiredNumber, Text, Truth
from perfeval.numbers import HUNDRED, ZERO


class RoundingRule(Clause):
    """What is rounded, and how; what is not named stays exact.

    Attributes:
        row: The points of a row.
        subtotal, total: The sums, where they are rounded again.
        printed: Points as printed and filed, where forms print fewer digits than they compute.
    """

    row: Rounding = Field(alias="单项")
    subtotal: Rounding | None = Field(None, alias="小计")
    total: Rounding | None = Field(None, alias="总分")
    printed: Rounding | None = Field(None, alias="印出")


class GradeBand(Model):
    """From this total on (included), this grade."""

    grade: Text = Field(alias="等级")
    lower: RequiredNumber = Field(alias="下限")


class Grades(Clause):
    """等级, the best first; the last begins at 0."""

    bands: tuple[GradeBand, ...] = Field(alias="档次", min_length=1)

    def of(self, points: Decimal) -> str:
        """Return the best grade whose lower end the points reach."""
        reached = (band.grade for band in self.bands if points >= band.lower)
        return next(reached, self.bands[-1].grade)

    def faults(self) -> Iterator[Contradiction]:
        """The bands fall to 0, and no grade has two of them."""
        for position, (upper, lower) in enumerate(pairwise(self.bands), start=1):
            if lower.lower >= upper.lower:
                yield Contradiction(("档次", position, "下限"), "各等级的下限应由高到低")
        if self.bands[-1].lower != ZERO:
            yield Contradiction(("档次", len(self.bands) - 1, "下限"), "最末等级的下限应为 0")
        names = [band.grade for band in self.bands]
        for position, name in enumerate(names):
            if name in names[:position]:
                yield Contradiction(("档次", position, "等级"), f"等级“{name}”重复")


class ReasonRule(Clause):
    """When a row needs a reason (偏差原因).

    Attributes:
        points_lost: Whenever a row has fewer points than its weight.
        rate_below: When the execution rate, in percent, is below this.
        over: When the completion, in percent, reaches this.
    """

    points_lost: Truth = Field(alias="失分即须说明")
    rate_below: RequiredNumber | None = Field(None, alias="执行率低于")
    over: RequiredNumber | None = Field(None, alias="完成率不低于")

    def faults(self) -> Iterator[Contradiction]:
        """A completion that needs a reason lies above the target."""
        if self.over is not None and self.over <= HUNDRED:
            yield Contradiction(("完成率不低于",), "应大于 100（完成率，百分数）")
