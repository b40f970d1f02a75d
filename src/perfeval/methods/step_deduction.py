"""每档扣分: every step of the deviation from the target costs the same points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from perfeval.cells.words import WordEnum
from perfeval.clauses import Contradiction, Proved
from perfeval.fields import RequiredNumber
from perfeval.methods.expression import Constant, Expression, Rounded, greatest, when
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.methods.method import Direction
from perfeval.numbers import HUNDRED, ZERO, RoundingMode, trimmed


class StepMeasure(WordEnum):
    """In what a deviation is counted (计量): the indicator's own unit, or percent of the target."""

    DIFFERENCE = "差额"
    PERCENT = "目标值的百分比"


class PartStep(WordEnum):
    """What a part of a step costs (不足一档): as much as a whole one, nothing, or its share."""

    WHOLE = "按一档计"
    NOTHING = "不计"
    SHARE = "按比例计"


PART_ROUNDED = {PartStep.WHOLE: RoundingMode.UP, PartStep.NOTHING: RoundingMode.DOWN}
_BEYOND = {
    Direction.POSITIVE: "每少",
    Direction.REVERSE: "每超过",
    Direction.EQUAL: "每偏离",
}


class StepDeduction(Proved):
    """Points = weight − steps × deduction, not below 0 (每档扣分); full once the target is met.

    Attributes:
        step: The size of a step (每), in what ``measure`` says.
        deduction: The points that a step costs (扣).
        measure: In what the deviation from the target is counted.
        part: What a part of a step costs.
        allowed: How far an actual may miss its target without a deduction (容许).

    Source:
        Self-assessment forms of whole departments: 每超过一个百分点扣 0.5 分，扣完为止.

    >>> from decimal import Decimal
    >>> stated = {"方法": "每档扣分", "每": 1, "扣": "0.5", "不足一档": "按一档计"}
    >>> rule = StepDeduction.model_validate(stated)
    >>> figures = {"weight": Decimal(8), "target": Decimal(100), "actual": Decimal("102.4")}
    >>> str(rule.missed.exact(figures))
    '8 - 3 × 0.5'
    """

    method: Literal["每档扣分"] = Field(alias="方法")
    step: RequiredNumber = Field(alias="每")
    deduction: RequiredNumber = Field(alias="扣")
    measure: StepMeasure = Field(StepMeasure.DIFFERENCE, alias="计量")
    part: PartStep = Field(alias="不足一档")
    allowed: RequiredNumber = Field(ZERO, alias="容许")

    directions: ClassVar[frozenset[Direction]] = frozenset(Direction)

    def faults(self) -> Iterator[Contradiction]:
        """A step has a size and costs something; nobody is allowed less than nothing."""
        if self.step <= ZERO:
            yield Contradiction(("每",), "一档应大于 0")
        if self.deduction <= ZERO:
            yield Contradiction(("扣",), "扣分应大于 0")
        if self.allowed < ZERO:
            yield Contradiction(("容许",), "容许的偏差不能是负数")

    @property
    def missed(self) -> Expression:
        """The weight less what the steps cost; a share of a target of 0 cannot be formed: 0."""
        gap: Expression = greatest(ACTUAL - TARGET, TARGET - ACTUAL)
        if self.measure is StepMeasure.PERCENT:
            gap = gap * HUNDRED / TARGET
        if self.allowed:
            gap = greatest(gap - self.allowed, ZERO)
        steps: Expression = gap / self.step
        if self.part in PART_ROUNDED:
            steps = Rounded(steps, 0, PART_ROUNDED[self.part])
        left = greatest(WEIGHT - steps * self.deduction, ZERO)
        if self.measure is StepMeasure.DIFFERENCE:
            return left
        return when(TARGET > ZERO, left, Constant(ZERO))

    @property
    def sentence(self) -> str:
        """The rule in one sentence."""
        return self.statement(Direction.EQUAL)

    def statement(self, direction: Direction) -> str:
        """Say what a target that is missed costs."""
        return f"得分 = 分值 - 扣分，{self._costs(direction)}，扣到 0 分为止"

    def _costs(self, direction: Direction) -> str:
        """Say what each step costs, and a part of one."""
        unit = f"目标值的 {trimmed(self.step)}%"
        if self.measure is StepMeasure.DIFFERENCE:
            unit = trimmed(self.step)
        parts = [f"{_BEYOND[direction]} {unit} 扣 {trimmed(self.deduction)} 分"]
        if self.allowed:
            suffix = "%" if self.measure is StepMeasure.PERCENT else ""
            parts.insert(0, f"偏差在 {trimmed(self.allowed)}{suffix} 以内不扣分，其余")
        return f"{''.join(parts)}，不足一档{self.part.value}"
