"""What every way of scoring figures says of itself."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar, Protocol

from perfeval.methods.expression import Expression, Rounded
from perfeval.numbers import HUNDRED, RoundingMode, add, trimmed


class Direction(str, Enum):
    """Which values are good; the value is the word of the rulebook."""

    POSITIVE = "正向"
    REVERSE = "反向"
    EQUAL = "等于"


_TENTH = HUNDRED.scaleb(-1)
"""A tenth, in percent."""
UPWARD = frozenset({Direction.POSITIVE, Direction.EQUAL})


class Method(Protocol):
    """A way of scoring an actual that misses its target, or exceeds its limit.

    Attributes:
        directions: The directions that it can score.
    """

    directions: ClassVar[frozenset[Direction]]

    @property
    def sentence(self) -> str:
        """The rule in one Chinese sentence."""
        ...

    @property
    def method(self) -> str:
        """The word by which a rulebook names it (方法)."""
        ...

    @property
    def missed(self) -> Expression:
        """The points, not rounded, from `WEIGHT`, `TARGET` and `ACTUAL`."""
        ...

    def statement(self, direction: Direction) -> str:
        """Say on the page of a rulebook what a target that is missed gives."""
        ...


def exceeded_by_a_tenth(points: Expression) -> str:
    """Say for a rulebook's page what is left of the weight when a limit is exceeded by a tenth."""
    figures = {"weight": HUNDRED, "target": HUNDRED, "actual": add(HUNDRED, _TENTH)}
    left, _ = Rounded(points, 2, RoundingMode.HALF_UP).ratio(figures)
    return f"（如超出 {trimmed(_TENTH)}%，得分值的 {trimmed(left)}%）"
