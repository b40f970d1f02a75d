"""Rounding (舍入), grades (等级) and what they are used for (结果应用), reasons (偏差原因)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from perfeval.cells.words import WordEnum
from perfeval.clauses import (
    Clause,
    Contradiction,
    HowSeen,
    Level,
    Rounding,
    level_faults,
)
from perfeval.fields import Model, OptionalText, RequiredNumber, Text, Truth
from perfeval.numbers import HUNDRED, ZERO


class RoundingRule(Clause):
    """What is rounded, and how; what is not named stays exact.

    Attributes:
        row: The points of a row.
        subtotal, total: The sums, where they are rounded again.
        printed: Points as printed and filed, where forms print fewer digits than they compute.
    """

    row: Rounding = Field(alias="单项")
    subtotal: Rounding | None = Field(None, alias="小计")
    total: Rounding | None = Field(None, alias="总分")
    printed: Rounding | None = Field(None, alias="印出")


class GradeBand(Level):
    """From this total on, this grade."""

    name: Text = Field(alias="名称")


class Grades(Clause):
    """等级, the best first; the last begins at 0."""

    bands: tuple[GradeBand, ...] = Field(alias="档次", min_length=1)

    def of(self, points: Decimal) -> str:
        """Return the best grade whose lower end the points reach."""
        for band in self.bands:
            if points >= band.lower:
                return band.name
        return self.bands[-1].name

    def between(self, low: Decimal, high: Decimal) -> tuple[str, ...]:
        """Return the grades that points from *low* to *high* may have, the best first."""
        names = [band.name for band in self.bands]
        return tuple(names[names.index(self.of(high)) : names.index(self.of(low)) + 1])

    def faults(self) -> Iterator[Contradiction]:
        """The bands fall to 0, and no grade has two of them."""
        yield from level_faults(self.bands)


class BudgetUse(WordEnum):
    """What a result means for next year's budget."""

    FIRST = "优先保障"
    AS_NEEDED = "据实保障"
    LESS = "压减"
    NONE = "暂停或取消"


class GradeUse(Model):
    """What a grade means for next year's budget.

    Attributes:
        grade: 等级, one of the rulebook's.
        kind: 安排.
        words: 说法, how the clause puts it; ``None`` where it has the words of ``kind``.
    """

    grade: Text = Field(alias="等级")
    kind: BudgetUse = Field(alias="安排")
    words: OptionalText = Field(None, alias="说法")

    @property
    def told(self) -> str:
        """What is to be done, in the clause's words where they are given."""
        return self.words or self.kind.value


class ResultUses(Clause):
    """结果应用: what the grades mean for next year's budget; grades may be left out.

    It is told as a suggestion with its clause, so a block without a clause that was seen is none.
    """

    grades: tuple[GradeUse, ...] = Field(alias="各等级", min_length=1)

    def of(self, grade: str | None) -> GradeUse | None:
        """Return what a grade means; ``None`` where the clause does not say."""
        return next((use for use in self.grades if use.grade == grade), None)

    def faults(self) -> Iterator[Contradiction]:
        """The clause was seen, and no grade is named twice."""
        if self.clause is None:
            yield Contradiction(("条款",), "没有见到条款的不写这一块；见到的，写明条款的原话")
        if self.seen is HowSeen.UNSEEN:
            yield Contradiction(("来源",), "来源未见的不写这一块；见到的，写明“所见”")
        names = [use.grade for use in self.grades]
        for position, name in enumerate(names):
            if name in names[:position]:
                yield Contradiction(("各等级", position, "等级"), f"“{name}”写了两次")


class ReasonRule(Clause):
    """When a row needs a reason (偏差原因).

    Attributes:
        points_lost: Whenever a row has fewer points than its weight.
        rate_below: When the execution rate, in percent, is below this.
        over: When the completion, in percent, reaches this.
        over_zero: When the target is 0 and the actual reaches this.
    """

    points_lost: Truth = Field(alias="失分即须说明")
    rate_below: RequiredNumber | None = Field(None, alias="执行率低于")
    over: RequiredNumber | None = Field(None, alias="完成率不低于")
    over_zero: RequiredNumber | None = Field(None, alias="零目标完成不低于")

    def faults(self) -> Iterator[Contradiction]:
        """A completion that needs a reason lies above the target."""
        if self.over_zero is not None and self.over_zero <= ZERO:
            yield Contradiction(("零目标完成不低于",), "应大于 0")
        if self.over is not None and self.over <= HUNDRED:
            yield Contradiction(("完成率不低于",), "应大于 100（完成率，百分数）")


class DeductionRule(Clause):
    """What is deducted by hand (扣减分数) is taken from a row's points, not below 0."""
