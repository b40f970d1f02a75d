"""扣减分数: points that are taken away by hand, not below 0."""

from __future__ import annotations

from perfeval.methods.expression import Constant, greatest
from perfeval.methods.inputs import CUT, POINTS
from perfeval.numbers import ZERO

LEFT = greatest(POINTS - CUT, Constant(ZERO))
"""What is left of a row's points, not rounded."""
