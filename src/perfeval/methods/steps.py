"""分档: points by steps of a percentage, whatever its target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Proved
from perfeval.fields import Model, RequiredNumber
from perfeval.methods.expression import Branch, Constant, Expression, first_of
from perfeval.methods.inputs import ACTUAL, WEIGHT
from perfeval.numbers import HUNDRED, ZERO

SENTENCE = "满意度按完成值所在的档次计分"


class Step(Model):
    """From this actual (in percent, included) on, this share of the weight (in percent)."""

    lower: RequiredNumber = Field(alias="下限")
    share: RequiredNumber = Field(alias="比例")

    @property
    def points(self) -> Expression:
        """The share of the weight."""
        return WEIGHT if self.share == HUNDRED else WEIGHT * self.share / HUNDRED


class Steps(Proved):
    """Points by steps of the actual percentage (分档), whatever the target; below the last 0.

    Source:
        财预〔2021〕101号, 满意度赋分.
    """

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

    @property
    def points(self) -> Branch:
        """Points by the highest step that the percentage reaches, not rounded."""
        cases = [(step.lower <= ACTUAL, step.points) for step in self.steps]
        return Branch(first_of(cases, Constant(ZERO)), SENTENCE)
