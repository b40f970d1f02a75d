"""Rounding (舍入), caps on the total (总分封顶), grades (等级), reasons (偏差原因)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from perfeval.clauses import Clause, Contradiction, Level, Rounding, level_faults
from perfeval.fields import RequiredNumber, Text, Truth
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


class GradeBand(Level):
    """From this total on, this grade."""

    name: Text = Field(alias="名称")


class Grades(Clause):
    """等级, the best first; the last begins at 0."""

    bands: tuple[GradeBand, ...] = Field(alias="档次", min_length=1)

    def of(self, points: Decimal) -> str:
        """Return the best grade whose lower end the points reach."""
        for band in self.bands:
            if points >= band.lower:
                return band.name
        return self.bands[-1].name

    def faults(self) -> Iterator[Contradiction]:
        """The bands fall to 0, and no grade has two of them."""
        yield from level_faults(self.bands)


class ReasonRule(Clause):
    """When a row needs a reason (偏差原因).

    Attributes:
        points_lost: Whenever a row has fewer points than its weight.
        rate_below: When the execution rate, in percent, is below this.
        over: When the completion, in percent, reaches this.
        over_zero: When the target is 0 and the actual reaches this.
    """

    points_lost: Truth = Field(alias="失分即须说明")
    rate_below: RequiredNumber | None = Field(None, alias="执行率低于")
    over: RequiredNumber | None = Field(None, alias="完成率不低于")
    over_zero: RequiredNumber | None = Field(None, alias="零目标完成不低于")

    def faults(self) -> Iterator[Contradiction]:
        """A completion that needs a reason lies above the target."""
        if self.over_zero is not None and self.over_zero <= ZERO:
            yield Contradiction(("零目标完成不低于",), "应大于 0")
        if self.over is not None and self.over <= HUNDRED:
            yield Contradiction(("完成率不低于",), "应大于 100（完成率，百分数）")


class DeductionRule(Clause):
    """What is deducted by hand (扣减分数) is taken from a row's points, not below 0."""
