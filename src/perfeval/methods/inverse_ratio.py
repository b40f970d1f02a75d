"""反比: a limit exceeded scores in proportion to limit ÷ actual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Proved
from perfeval.fields import RequiredNumber
from perfeval.methods.expression import Constant, Expression, when
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.methods.method import Direction, exceeded_by_a_tenth
from perfeval.numbers import HUNDRED, ZERO, trimmed

_POINTS = WEIGHT * TARGET / ACTUAL
_FORMULA = f"得分 = {_POINTS.said}"


class InverseRatio(Proved):
    """Points = weight × target ÷ actual (反比), full while the limit is kept.

    Attributes:
        pass_mark: The share limit ÷ actual in percent below which there are no points (及格线).

    Source:
        Notes printed under the Hubei and Beijing project forms; the pass mark: 财预〔2021〕101号.

    >>> from decimal import Decimal
    >>> figures = {"weight": Decimal(10), "target": Decimal(10), "actual": Decimal(15)}
    >>> str(InverseRatio(method="反比").missed.exact(figures))
    '10 × 10 ÷ 15'
    """

    method: Literal["反比"] = Field(alias="方法")
    pass_mark: RequiredNumber = Field(ZERO, alias="及格线")

    directions: ClassVar[frozenset[Direction]] = frozenset({Direction.REVERSE})

    @property
    def sentence(self) -> str:
        """The rule in one sentence."""
        return _FORMULA + (f"，{self._failed}" if self.pass_mark else "")

    @property
    def _failed(self) -> str:
        return f"目标值不到完成值的 {trimmed(self.pass_mark)}% 的得 0 分"

    def faults(self) -> Iterator[Contradiction]:
        """The pass mark is a share of the target."""
        if not ZERO <= self.pass_mark <= HUNDRED:
            yield Contradiction(("及格线",), "及格线应在 0 至 100 之间")

    @property
    def missed(self) -> Expression:
        """Points in proportion to limit ÷ actual, 0 below the pass mark."""
        if not self.pass_mark:
            return _POINTS
        passed = Constant(self.pass_mark) * ACTUAL <= TARGET * HUNDRED
        return when(passed, _POINTS, Constant(ZERO))

    def statement(self, _direction: Direction) -> str:
        """Say what a limit that is exceeded gives."""
        formula = f"超过的，{_FORMULA}{exceeded_by_a_tenth(self.missed)}"
        return f"{formula}，其中{self._failed}" if self.pass_mark else formula
