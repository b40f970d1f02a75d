"""预算执行: the budget row, from the amounts and never from a printed rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from perfeval.cells.words import WordEnum
from perfeval.clauses import Clause, Contradiction, Level, Rounding, level_faults
from perfeval.fields import RequiredNumber
from perfeval.methods.expression import Branch, Constant, Expression, Rounded, first_of, when
from perfeval.methods.inputs import BASE, SPENT, WEIGHT
from perfeval.numbers import HUNDRED, ZERO

_PART = WEIGHT * SPENT / BASE


class ZeroBudget(WordEnum):
    """What a budget of 0 gives (预算为零): no score, or 0 points."""

    UNSCORED = "不计分"
    ZERO = "零分"


class OverBudget(WordEnum):
    """What spending above the budget gives (超预算): full points, or no score."""

    FULL = "满分"
    UNSCORED = "不计分"


class _ScoredExecution(Clause):
    """What scored budget rows share.

    Attributes:
        rate: The rounding of the rate before it scores; ``None``: the exact rate.
        zero_budget: What a budget of 0 gives.
        over_budget: What spending above the budget gives.
    """

    rate: Rounding | None = Field(None, alias="执行率取值")
    zero_budget: ZeroBudget = Field(ZeroBudget.UNSCORED, alias="预算为零")
    over_budget: OverBudget = Field(OverBudget.FULL, alias="超预算")

    @property
    def percent(self) -> Expression:
        """The execution rate in percent that scores."""
        exact = SPENT * HUNDRED / BASE
        return exact if self.rate is None else Rounded(exact, self.rate.digits, self.rate.mode)


class ProportionalExecution(_ScoredExecution):
    """Points = weight × execution rate, not above the weight.

    Source:
        The header of the Hubei form (得分 = 20 分 × 执行率); 财预〔2020〕10号.
    """

    method: Literal["按执行率"] = Field(alias="方法")

    @property
    def sentence(self) -> str:
        """The rule in one sentence."""
        if self.rate is None:
            return f"得分 = {_PART.said}，不超过分值"
        taken = f"{self.rate.mode.value}到 {self.rate.digits} 位小数的百分数"
        return f"得分 = 分值 × 执行率（{taken}），不超过分值"

    @property
    def points(self) -> Expression:
        """The points, not rounded; a budget of 0 gives none."""
        part = _PART if self.rate is None else WEIGHT * self.percent / HUNDRED
        full = Branch(WEIGHT, "执行数不少于预算数，得满分")
        scored = when(SPENT >= BASE, full, Branch(part, self.sentence))
        return when(BASE.equals(ZERO), Branch(Constant(ZERO), self.sentence), scored)


class LadderStep(Level):
    """From this rate (in percent) on, this many points."""

    points: RequiredNumber = Field(alias="得分")


class LadderExecution(_ScoredExecution):
    """Points by steps of the execution rate, the highest first."""

    sentence: ClassVar[str] = "按执行率所在的档次计分"

    method: Literal["分档"] = Field(alias="方法")
    steps: tuple[LadderStep, ...] = Field(alias="档次", min_length=1)

    def faults(self) -> Iterator[Contradiction]:
        """Steps fall to 0, and so do their points."""
        yield from level_faults(self.steps, "points")

    @property
    def points(self) -> Expression:
        """The points of the highest step whose lower end the rate reaches, not rounded."""
        steps = [
            (self.percent >= step.lower, Constant(step.points))
            for step in self.steps
            if step.points
        ]
        ladder = first_of(steps, Constant(ZERO))
        return Branch(when(BASE.equals(ZERO), ZERO, ladder), self.sentence)


class UnscoredExecution(Clause):
    """The rate is shown and gives no points."""

    sentence: ClassVar[str] = "只列示，不计分"

    method: Literal["不计分"] = Field(alias="方法")


ExecutionRule = Annotated[
    ProportionalExecution | LadderExecution | UnscoredExecution, Field(discriminator="method")
]
