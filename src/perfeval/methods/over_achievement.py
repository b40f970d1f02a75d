"""超额完成: what a completion far above the target means."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from perfeval.cells.notes import Note, NoteKind
from perfeval.fields import Model, RequiredNumber
from perfeval.methods.expression import Branch, Constant, Expression, greatest, when
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.numbers import HUNDRED, ZERO, trimmed


class OverNote(Model):
    """Over-achievement is only pointed out."""

    action: Literal["提示"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")

    kind: ClassVar[NoteKind] = NoteKind.OVER_ACHIEVED
    sentence: ClassVar[str] = ""
    statement: ClassVar[str] = "提示目标是否偏低，得分不变"

    @property
    def reduced(self) -> Expression:
        """The points in full."""
        return WEIGHT


class OverReason(Model):
    """Over-achievement needs a reason."""

    action: Literal["须说明原因"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")

    kind: ClassVar[NoteKind] = NoteKind.OVER_NEEDS_REASON
    sentence: ClassVar[str] = ""
    statement: ClassVar[str] = "须说明原因，得分不变"

    @property
    def reduced(self) -> Expression:
        """The points in full."""
        return WEIGHT


class OverFixed(Model):
    """Over-achievement costs a fixed number of points."""

    action: Literal["扣固定分"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")
    deduction: RequiredNumber = Field(alias="扣分")

    kind: ClassVar[NoteKind] = NoteKind.OVER_REDUCED
    sentence: ClassVar[str] = "超额完成：得分 = 分值 - 规定的扣分，不低于 0"

    @property
    def statement(self) -> str:
        """What is taken away."""
        return f"扣 {trimmed(self.deduction)} 分，扣到 0 分为止"

    @property
    def reduced(self) -> Expression:
        """The weight less what is taken away."""
        return greatest(Constant(ZERO), WEIGHT - self.deduction)


class OverProportional(Model):
    """Points fall by the share of the weight by which the completion is above the threshold."""

    action: Literal["按超额幅度扣减"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")

    kind: ClassVar[NoteKind] = NoteKind.OVER_REDUCED
    sentence: ClassVar[str] = "超额完成：得分 = 分值 ×（1 +（阈值 - 完成率）），不低于 0"
    statement: ClassVar[str] = "完成率每高出 1 个百分点，扣分值的 1%，扣到 0 分为止"

    @property
    def reduced(self) -> Expression:
        """Weight × (1 + threshold − actual ÷ target)."""
        whole = Constant(HUNDRED)
        rest = (whole + self.threshold) * TARGET - whole * ACTUAL
        return greatest(Constant(ZERO), WEIGHT * rest / (whole * TARGET))


OverAchievement = Annotated[
    OverNote | OverReason | OverFixed | OverProportional, Field(discriminator="action")
]


def met(rule: OverAchievement | None, full: Branch) -> Expression:
    """Return the points of a target that is met, perhaps by far.

    Args:
        rule: What the rulebook says of over-achievement, if anything.
        full: The points in full, with the sentence of the rule.

    Source:
        财预〔2020〕10号 asks for a moderate reduction; the amounts are local.
    """
    if rule is None:
        return full
    note = Note(rule.kind, (trimmed(rule.threshold),))
    over = Branch(rule.reduced, rule.sentence or full.sentence, note)
    is_over = Constant(rule.threshold) * TARGET <= ACTUAL * HUNDRED
    return when(TARGET > ZERO, when(is_over, over, full), full)
