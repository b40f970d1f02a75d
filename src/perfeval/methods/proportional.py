"""按完成比例: a target not reached scores in proportion to its completion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Proved
from perfeval.fields import RequiredNumber
from perfeval.methods.expression import Constant, Expression, when
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.methods.method import UPWARD, Direction
from perfeval.numbers import HUNDRED, ZERO, trimmed

_POINTS = WEIGHT * ACTUAL / TARGET
_FORMULA = f"得分 = {_POINTS.said}"


class Proportional(Proved):
    """Points = weight × actual ÷ target (按完成比例), full once the target is met.

    Attributes:
        pass_mark: The completion in percent below which there are no points (及格线).

    Source:
        Notes printed under the Hubei project form; 财预〔2020〕10号; the pass mark:
        财预〔2021〕101号.

    >>> from decimal import Decimal
    >>> figures = {"weight": Decimal(2), "target": Decimal(32), "actual": Decimal(26)}
    >>> str(Proportional(method="按完成比例").missed.exact(figures))
    '2 × 26 ÷ 32'
    """

    method: Literal["按完成比例"] = Field(alias="方法")
    pass_mark: RequiredNumber = Field(ZERO, alias="及格线")

    directions: ClassVar[frozenset[Direction]] = UPWARD

    @property
    def sentence(self) -> str:
        """The rule in one sentence."""
        return _FORMULA + (f"，{self._failed}" if self.pass_mark else "")

    @property
    def _failed(self) -> str:
        return f"完成率不到 {trimmed(self.pass_mark)}% 的得 0 分"

    def faults(self) -> Iterator[Contradiction]:
        """The pass mark is a share of the target."""
        if not ZERO <= self.pass_mark <= HUNDRED:
            yield Contradiction(("及格线",), "及格线应在 0 至 100 之间")

    @property
    def missed(self) -> Expression:
        """Points in proportion to the completion, 0 below the pass mark."""
        if not self.pass_mark:
            return _POINTS
        passed = Constant(self.pass_mark) * TARGET <= ACTUAL * HUNDRED
        return when(passed, _POINTS, Constant(ZERO))

    def statement(self, _direction: Direction) -> str:
        """Say what a target that is missed gives."""
        formula = f"没有达到的，{_FORMULA}"
        return f"{formula}，其中{self._failed}" if self.pass_mark else formula
