"""反比: a limit exceeded scores in proportion to limit ÷ actual."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from perfeval.fields import Model
from perfeval.methods.expression import Expression
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.methods.method import Direction, exceeded_by_a_tenth

_POINTS = WEIGHT * TARGET / ACTUAL


class InverseRatio(Model):
    """Points = weight × target ÷ actual (反比), full while the limit is kept.

    Source:
        Notes printed under the Hubei and Beijing project forms.

    >>> from decimal import Decimal
    >>> figures = {"weight": Decimal(10), "target": Decimal(10), "actual": Decimal(15)}
    >>> str(InverseRatio(method="反比").missed.exact(figures))
    '10 × 10 ÷ 15'
    """

    method: Literal["反比"] = Field(alias="方法")

    directions: ClassVar[frozenset[Direction]] = frozenset({Direction.REVERSE})
    sentence: ClassVar[str] = f"得分 = {_POINTS.said}"

    @property
    def missed(self) -> Expression:
        """Points in proportion to limit ÷ actual."""
        return _POINTS

    def statement(self, _direction: Direction) -> str:
        """Say what a limit that is exceeded gives."""
        return f"超过的，{self.sentence}{exceeded_by_a_tenth(self.missed)}"
