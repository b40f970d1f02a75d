"""按超出幅度扣减: points fall in a straight line from the limit to a multiple of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Proved
from perfeval.fields import RequiredNumber
from perfeval.methods.expression import Constant, Expression, when
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.methods.method import Direction, exceeded_by_a_tenth
from perfeval.numbers import ONE, ZERO, trimmed


class LinearShortfall(Proved):
    """Points fall in a straight line from the limit to 0 at ``zero_at`` times the limit.

    Source:
        The national budget management system's formula for reverse indicators.

    >>> from decimal import Decimal
    >>> rule = LinearShortfall(method="按超出幅度扣减", zero_at=Decimal(2))
    >>> figures = {"weight": Decimal(10), "target": Decimal(10), "actual": Decimal(15)}
    >>> str(rule.missed.exact(figures))
    '10 × (2 × 10 - 15) ÷ ((2 - 1) × 10)'
    """

    method: Literal["按超出幅度扣减"] = Field(alias="方法")
    zero_at: RequiredNumber = Field(alias="扣完倍数")

    directions: ClassVar[frozenset[Direction]] = frozenset({Direction.REVERSE})
    sentence: ClassVar[str] = "得分 = 分值 ×（1 - 超出额 ÷ 目标值），超出到规定倍数为 0"

    def faults(self) -> Iterator[Contradiction]:
        """The line must fall."""
        if self.zero_at <= ONE:
            yield Contradiction(("扣完倍数",), "扣完倍数应大于 1")

    @property
    def missed(self) -> Expression:
        """Points on the line, 0 from its end on; at a limit of 0 there is no line."""
        zero_at = Constant(self.zero_at)
        end = zero_at * TARGET
        left = WEIGHT * (end - ACTUAL) / ((zero_at - ONE) * TARGET)
        return when(end <= ACTUAL, ZERO, left)

    def statement(self, _direction: Direction) -> str:
        """Say what a limit that is exceeded gives."""
        end = f"完成值达到目标值的 {trimmed(self.zero_at)} 倍时扣完"
        return f"超过的，按超出的幅度均匀扣分，{end}{exceeded_by_a_tenth(self.missed)}"
