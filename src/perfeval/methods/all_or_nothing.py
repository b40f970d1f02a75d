"""达标计分: a target that is not met scores nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from perfeval.fields import Model
from perfeval.numbers import ZERO, Exact, whole


class AllOrNothing(Model):
    """The weight if the target is met, else 0 (达标计分)."""

    method: Literal["达标计分"] = Field(alias="方法")


SENTENCE = "达标得满分，否则为 0"


def shortfall(_rule: AllOrNothing, _weight: Decimal, _target: Decimal, _actual: Decimal) -> Exact:
    """Score an actual that misses its target or exceeds its limit: 0 points.

    Source:
        财预〔2021〕101号, 直接赋分.
    """
    return whole(ZERO)
