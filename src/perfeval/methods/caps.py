"""总分封顶: little spending limits the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pydantic import Field

from perfeval.clauses import Clause, Contradiction
from perfeval.fields import Model, RequiredNumber
from perfeval.methods.expression import Condition, Constant, Expression, first_of
from perfeval.methods.inputs import BASE, SPENT
from perfeval.numbers import HUNDRED, ZERO


class TotalCap(Model):
    """Below this execution rate (in percent) the total is at most this."""

    below: RequiredNumber = Field(alias="执行率低于")
    maximum: RequiredNumber = Field(alias="最高")

    @property
    def holds(self) -> Condition:
        """The condition that the rate is below."""
        return Constant(self.below) * BASE > SPENT * HUNDRED


class TotalCaps(Clause):
    """Caps on the total from the execution rate, the lowest rate first."""

    caps: tuple[TotalCap, ...] = Field(alias="档次", min_length=1)

    def faults(self) -> Iterator[Contradiction]:
        """Rates rise, and so do the caps; none lies below 0."""
        for position, step in enumerate(self.caps):
            if step.below <= ZERO:
                yield Contradiction(("档次", position, "执行率低于"), "执行率应大于 0")
            if step.maximum < ZERO:
                yield Contradiction(("档次", position, "最高"), "总分上限不能是负数")
        for position, (lower, upper) in enumerate(pairwise(self.caps), start=1):
            if upper.below <= lower.below:
                yield Contradiction(("档次", position, "执行率低于"), "各档的执行率应由低到高")
            if upper.maximum < lower.maximum:
                yield Contradiction(("档次", position, "最高"), "执行率高的一档，总分上限不应更低")

    @property
    def lowest(self) -> Decimal:
        """The limit of the lowest rate; where the rate is not known, it may be this."""
        return self.caps[0].maximum

    def limit(self, otherwise: Expression) -> Expression:
        """Return what limits the total, by the budget and what was spent of it.

        Source:
            Local rules that tie the total to the execution rate.
        """
        return first_of([(cap.holds, Constant(cap.maximum)) for cap in self.caps], otherwise)
