"""The rulebook (评分办法): a place's rules as data, one module for each block of rules."""

from perfeval.clauses import (
    COLLECT,
    Clause,
    Contradiction,
    HowSeen,
    Rounding,
    RuleSource,
    all_faults,
)
from perfeval.methods import (
    AllOrNothing,
    InverseRatio,
    LinearShortfall,
    OverAchievement,
    Proportional,
)
from perfeval.methods.bands import Band, Qualitative
from perfeval.methods.caps import TotalCaps
from perfeval.methods.execution import (
    ExecutionRule,
    LadderExecution,
    ProportionalExecution,
    UnscoredExecution,
)
from perfeval.methods.over_achievement import OverFixed, OverNote, OverProportional, OverReason
from perfeval.methods.steps import Steps
from perfeval.rulebook.book import Rulebook
from perfeval.rulebook.checking import Checking
from perfeval.rulebook.form import BudgetColumn, Form, FormCell, IndicatorColumn
from perfeval.rulebook.indicators import Quantitative
from perfeval.rulebook.totals import Grades, ReasonRule, RoundingRule
from perfeval.rulebook.weights import WeightGroup, Weights, WeightScheme

__all__ = [
    "COLLECT",
    "AllOrNothing",
    "Band",
    "BudgetColumn",
    "Checking",
    "Clause",
    "Contradiction",
    "ExecutionRule",
    "Form",
    "FormCell",
    "Grades",
    "HowSeen",
    "IndicatorColumn",
    "InverseRatio",
    "LadderExecution",
    "LinearShortfall",
    "OverAchievement",
    "OverFixed",
    "OverNote",
    "OverProportional",
    "OverReason",
    "Proportional",
    "ProportionalExecution",
    "Qualitative",
    "Quantitative",
    "ReasonRule",
    "Rounding",
    "RoundingRule",
    "RuleSource",
    "Rulebook",
    "Steps",
    "TotalCaps",
    "UnscoredExecution",
    "WeightGroup",
    "WeightScheme",
    "Weights",
    "all_faults",
]
