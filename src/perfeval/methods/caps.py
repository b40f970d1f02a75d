"""总分封顶: little spending limits the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from pydantic import Field

from perfeval.clauses import Clause, Contradiction, Level, level_faults
from perfeval.fields import RequiredNumber, lazy
from perfeval.methods.expression import Condition, Constant, Expression, first_of
from perfeval.methods.inputs import BASE, SPENT
from perfeval.numbers import HUNDRED, ZERO


class CapLevel(Level):
    """From this execution rate (in percent) on, the total is at most ``maximum`` (最高)."""

    maximum: RequiredNumber | None = Field(None, alias="最高")


class TotalCap(NamedTuple):
    """Below this execution rate (in percent) the total is at most this."""

    below: Decimal
    maximum: Decimal

    @property
    def holds(self) -> Condition:
        """The condition that the rate is below."""
        return Constant(self.below) * BASE > SPENT * HUNDRED


class TotalCaps(Clause):
    """Caps on the total from the execution rate; the highest band has none."""

    levels: tuple[CapLevel, ...] = Field(alias="档次", min_length=2)

    @lazy
    def caps(self) -> tuple[TotalCap, ...]:
        """The caps, the lowest rate first."""
        return tuple(
            TotalCap(upper.lower, lower.maximum)
            for upper, lower in reversed([*pairwise(self.levels)])
            if lower.maximum is not None
        )

    def faults(self) -> Iterator[Contradiction]:
        """The bands fall to 0, and so do the caps of all but the first."""
        yield from level_faults(self.levels)
        if self.levels[0].maximum is not None:
            yield Contradiction(("档次", 0, "最高"), "首档不封顶，不写“最高”")
        for position, level in enumerate(self.levels[1:], start=1):
            if level.maximum is None:
                yield Contradiction(("档次", position), "首档以外的各档应写“最高”")
            elif level.maximum < ZERO:
                yield Contradiction(("档次", position, "最高"), "最高不能是负数")
        for position, (upper, lower) in enumerate(pairwise(self.levels[1:]), start=2):
            if (lower.maximum or ZERO) > (upper.maximum or ZERO):
                yield Contradiction(("档次", position, "最高"), "各档的最高应由高到低")

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
