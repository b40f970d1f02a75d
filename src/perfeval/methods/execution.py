"""How the budget row scores (预算执行)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from perfeval.clauses import Clause, Contradiction, Rounding
from perfeval.fields import Model, RequiredNumber
from perfeval.numbers import ZERO


class _ScoredExecution(Clause):
    """What scored budget rows share.

    Attributes:
        rate: The rounding of the rate before it scores; ``None``: the exact rate.
        zero_budget: What a budget of 0 gives.
        over_budget: What spending above the budget gives.
    """

    rate: Rounding | None = Field(None, alias="执行率取值")
    zero_budget: Literal["不计分", "零分"] = Field("不计分", alias="预算为零")
    over_budget: Literal["满分", "不计分"] = Field("满分", alias="超预算")


class ProportionalExecution(_ScoredExecution):
    """Points = weight × execution rate, not above the weight."""

    method: Literal["按执行率"] = Field(alias="方法")


class LadderStep(Model):
    """From this rate (in percent, included) on, this many points."""

    lower: RequiredNumber = Field(alias="下限")
    points: RequiredNumber = Field(alias="得分")


class LadderExecution(_ScoredExecution):
    """Points by steps of the execution rate, the highest first; below the last step 0."""

    method: Literal["分档"] = Field(alias="方法")
    steps: tuple[LadderStep, ...] = Field(alias="档次", min_length=1)

    def faults(self) -> Iterator[Contradiction]:
        """Steps fall, and so do their points."""
        for position, (upper, lower) in enumerate(pairwise(self.steps), start=1):
            if lower.lower >= upper.lower:
                yield Contradiction(("档次", position, "下限"), "各档的下限应由高到低")
            if lower.points > upper.points:
                yield Contradiction(("档次", position, "得分"), "各档的得分应由高到低")
        for position, step in enumerate(self.steps):
            if step.points < ZERO or step.lower < ZERO:
                yield Contradiction(("档次", position), "下限和得分不能是负数")


class UnscoredExecution(Clause):
    """The rate is shown and gives no points."""

    method: Literal["不计分"] = Field(alias="方法")


ExecutionRule = Annotated[
    ProportionalExecution | LadderExecution | UnscoredExecution, Field(discriminator="method")
]
