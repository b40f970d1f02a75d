"""逾期扣分: every day, month or quarter after a deadline costs the same points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from perfeval.cells.lateness import Late, LateUnit
from perfeval.clauses import Contradiction, Proved
from perfeval.fields import RequiredNumber
from perfeval.methods.expression import Expression, Rounded, greatest
from perfeval.methods.inputs import ACTUAL, LATE, TARGET, WEIGHT
from perfeval.methods.step_deduction import PART_ROUNDED, PartStep
from perfeval.numbers import ZERO, trimmed


class Lateness(Proved):
    """Points = weight − steps of lateness × deduction, not below 0 (逾期扣分).

    Attributes:
        step: The size of a step (每), in the unit.
        unit: In what lateness is counted (单位); a term that is exceeded is in this unit too.
        deduction: The points that a step costs (扣).
        part: What a part of a step costs (不足一档).

    Source:
        Standards of single indicators of timeliness: 每逾期一个月扣 1 分，扣完为止.

    >>> from decimal import Decimal
    >>> stated = {"方法": "逾期扣分", "每": 1, "单位": "个月", "扣": 2, "不足一档": "按一档计"}
    >>> rule = Lateness.model_validate(stated)
    >>> late = rule.counted(Late(whole=1, is_more=True))
    >>> str(rule.points.exact({"weight": Decimal(10), "late": late}))
    '10 - 2 × 2'
    """

    method: Literal["逾期扣分"] = Field(alias="方法")
    step: RequiredNumber = Field(alias="每")
    unit: LateUnit = Field(alias="单位")
    deduction: RequiredNumber = Field(alias="扣")
    part: PartStep = Field(alias="不足一档")

    sentence: ClassVar[str] = "逾期完成，按逾期时间扣分"

    def faults(self) -> Iterator[Contradiction]:
        """A step has a size and costs something; months differ in length and have no shares."""
        if self.step <= ZERO:
            yield Contradiction(("每",), "一档应大于 0")
        if self.deduction <= ZERO:
            yield Contradiction(("扣",), "扣分应大于 0")
        if self.part is PartStep.SHARE and self.unit is not LateUnit.DAY:
            yield Contradiction(("不足一档",), "各月天数不同，只有按天计的能按比例扣分")

    def counted(self, late: Late) -> Decimal:
        """Return by how many units something is late, a part of one as the rule takes it."""
        return Decimal(late.whole + (late.is_more and self.part is PartStep.WHOLE))

    @property
    def points(self) -> Expression:
        """The weight less what the lateness costs, not rounded."""
        return self._left(LATE)

    @property
    def exceeded(self) -> Expression:
        """The same for a term in the unit of the rule that is exceeded: 35 天 for ≤30天."""
        return self._left(ACTUAL - TARGET)

    def _left(self, late: Expression) -> Expression:
        steps: Expression = late / self.step
        if self.part in PART_ROUNDED:
            steps = Rounded(steps, 0, PART_ROUNDED[self.part])
        return greatest(WEIGHT - steps * self.deduction, ZERO)

    @property
    def statement(self) -> str:
        """What lateness costs."""
        step = f"每逾期 {trimmed(self.step)} {self.unit}扣 {trimmed(self.deduction)} 分"
        return f"{step}，不足一档{self.part}，扣到 0 分为止"
