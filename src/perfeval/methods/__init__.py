"""The ways of scoring: one file for each, with its model, its contradictions and its points.

Methods take numbers, signs and their own model; they know no sheet, scorecard or rulebook.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from perfeval.methods.all_or_nothing import AllOrNothing
from perfeval.methods.inverse_ratio import InverseRatio
from perfeval.methods.linear_shortfall import LinearShortfall
from perfeval.methods.over_achievement import OverAchievement
from perfeval.methods.proportional import Proportional
from perfeval.methods.step_deduction import StepDeduction

__all__ = [
    "AllOrNothing",
    "FigureMethod",
    "InverseRatio",
    "LinearShortfall",
    "OverAchievement",
    "Proportional",
    "StepDeduction",
]

FigureMethod = Annotated[
    Proportional | InverseRatio | LinearShortfall | AllOrNothing | StepDeduction,
    Field(discriminator="method"),
]
