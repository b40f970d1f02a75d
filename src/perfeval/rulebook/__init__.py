"""The rulebook (评分办法): a place's rules as data, one module for each block of rules."""

from perfeval.cells.lateness import Late, LateUnit
from perfeval.clauses import (
    Clause,
    Contradiction,
    HowSeen,
    Rounding,
    RuleSource,
)
from perfeval.methods import (
    AllOrNothing,
    InverseRatio,
    LinearShortfall,
    OverAchievement,
    Proportional,
)
from perfeval.methods.bands import Band, Edge, Qualitative, WordLevel
from perfeval.methods.caps import CapLevel, TotalCap, TotalCaps
from perfeval.methods.execution import (
    ExecutionRule,
    LadderExecution,
    LadderStep,
    OverBudget,
    ProportionalExecution,
    UnscoredExecution,
    ZeroBudget,
)
from perfeval.methods.expression import Branch, Condition, Constant, Expression, Input
from perfeval.methods.graded import GradedWords
from perfeval.methods.lateness import Lateness
from perfeval.methods.method import Direction
from perfeval.methods.over_achievement import OverFixed, OverNote, OverProportional, OverReason
from perfeval.methods.standard import (
    GroupStandard,
    Reach,
    RowMethod,
    RuledMethod,
    Standard,
    Standards,
)
from perfeval.methods.step_deduction import PartStep, StepDeduction, StepMeasure
from perfeval.methods.steps import Step, Steps
from perfeval.methods.value_ladder import LadderMeasure, RungEnd, ValueLadder, ValueRung
from perfeval.rulebook.book import Rulebook
from perfeval.rulebook.checking import Checking
from perfeval.rulebook.form import (
    BoxName,
    BudgetColumn,
    BudgetContent,
    Form,
    FormCell,
    HeaderField,
    IndicatorColumn,
    IndicatorContent,
)
from perfeval.rulebook.indicators import CompletionRate, EqualMeaning, Quantitative, ZeroTarget
from perfeval.rulebook.totals import (
    BudgetUse,
    DeductionRule,
    GradeBand,
    Grades,
    GradeUse,
    ReasonRule,
    ResultUses,
    RoundingRule,
)
from perfeval.rulebook.weights import GoalMode, Inapplicable, WeightGroup, Weights, WeightScheme

__all__ = [
    "AllOrNothing",
    "Band",
    "BoxName",
    "Branch",
    "BudgetColumn",
    "BudgetContent",
    "BudgetUse",
    "CapLevel",
    "Checking",
    "Clause",
    "CompletionRate",
    "Condition",
    "Constant",
    "Contradiction",
    "DeductionRule",
    "Direction",
    "Edge",
    "EqualMeaning",
    "ExecutionRule",
    "Expression",
    "Form",
    "FormCell",
    "GoalMode",
    "GradeBand",
    "GradeUse",
    "GradedWords",
    "Grades",
    "GroupStandard",
    "HeaderField",
    "HowSeen",
    "Inapplicable",
    "IndicatorColumn",
    "IndicatorContent",
    "Input",
    "InverseRatio",
    "LadderExecution",
    "LadderMeasure",
    "LadderStep",
    "Late",
    "LateUnit",
    "Lateness",
    "LinearShortfall",
    "OverAchievement",
    "OverBudget",
    "OverFixed",
    "OverNote",
    "OverProportional",
    "OverReason",
    "PartStep",
    "Proportional",
    "ProportionalExecution",
    "Qualitative",
    "Quantitative",
    "Reach",
    "ReasonRule",
    "ResultUses",
    "Rounding",
    "RoundingRule",
    "RowMethod",
    "RuleSource",
    "Rulebook",
    "RuledMethod",
    "RungEnd",
    "Standard",
    "Standards",
    "Step",
    "StepDeduction",
    "StepMeasure",
    "Steps",
    "TotalCap",
    "TotalCaps",
    "UnscoredExecution",
    "ValueLadder",
    "ValueRung",
    "WeightGroup",
    "WeightScheme",
    "Weights",
    "WordLevel",
    "ZeroBudget",
    "ZeroTarget",
]
