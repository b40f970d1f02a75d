"""以完成率填报: a completion rate that stands in place of a figure."""

from __future__ import annotations

from perfeval.methods.expression import Branch, greatest, when
from perfeval.methods.inputs import RATE, WEIGHT
from perfeval.numbers import HUNDRED, ZERO

POINTS = when(
    RATE >= HUNDRED,
    Branch(WEIGHT, "以完成率填报：完成率不低于 100%，得满分"),
    Branch(
        WEIGHT * greatest(RATE, ZERO) / HUNDRED,
        "以完成率填报：得分 = 分值 × 完成率，不超过分值",
    ),
)
"""The points of a completion rate in percent, not rounded."""
