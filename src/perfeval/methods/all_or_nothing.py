"""达标计分: a target that is not met scores nothing."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from perfeval.fields import Model
from perfeval.methods.expression import Constant, Expression
from perfeval.methods.method import Direction
from perfeval.numbers import ZERO


class AllOrNothing(Model):
    """The weight if the target is met, else 0 (达标计分).

    Source:
        财预〔2021〕101号, 直接赋分.
    """

    method: Literal["达标计分"] = Field(alias="方法")

    directions: ClassVar[frozenset[Direction]] = frozenset(Direction)
    sentence: ClassVar[str] = "达标得满分，否则为 0"

    @property
    def missed(self) -> Expression:
        """No points."""
        return Constant(ZERO)

    def statement(self, direction: Direction) -> str:
        """Say what a target that is missed gives."""
        return "超过的得 0 分" if direction is Direction.REVERSE else "没有达到得 0 分"
