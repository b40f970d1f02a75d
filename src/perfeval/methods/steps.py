"""分档: points by steps of a percentage, whatever its target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Level, Proved, level_faults
from perfeval.fields import RequiredNumber
from perfeval.methods.expression import Branch, Constant, Expression, first_of
from perfeval.methods.inputs import ACTUAL, WEIGHT
from perfeval.numbers import HUNDRED, ZERO

SENTENCE = "满意度按完成值所在的档次计分"


class Step(Level):
    """From this actual (in percent) on, this share of the weight (in percent)."""

    share: RequiredNumber = Field(alias="比例")

    @property
    def points(self) -> Expression:
        """The share of the weight."""
        return WEIGHT if self.share == HUNDRED else WEIGHT * self.share / HUNDRED


class Steps(Proved):
    """Points by steps of the actual percentage (分档), whatever the target.

    Source:
        财预〔2021〕101号, 满意度赋分.
    """

    method: Literal["分档"] = Field(alias="方法")
    steps: tuple[Step, ...] = Field(alias="档次", min_length=1)

    def faults(self) -> Iterator[Contradiction]:
        """Steps fall to 0, and so do their shares, of which none is above the weight."""
        yield from level_faults(self.steps, "share")
        for position, step in enumerate(self.steps):
            if step.share > HUNDRED:
                yield Contradiction(("档次", position, "比例"), "比例不能大于 100")

    @property
    def points(self) -> Branch:
        """Points by the highest step that the percentage reaches, not rounded."""
        cases = [(step.lower <= ACTUAL, step.points) for step in self.steps if step.share]
        return Branch(first_of(cases, Constant(ZERO)), SENTENCE)
