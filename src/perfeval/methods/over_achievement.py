"""超额完成: what a completion far above the target means."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from perfeval.cells.notes import Note, NoteKind
from perfeval.fields import Model, RequiredNumber
from perfeval.numbers import HUNDRED, ONE, ZERO, Exact, add, multiply, subtract, trimmed, whole


class OverNote(Model):
    """Over-achievement is only pointed out."""

    action: Literal["提示"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")


class OverReason(Model):
    """Over-achievement needs a reason."""

    action: Literal["须说明原因"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")


class OverFixed(Model):
    """Over-achievement costs a fixed number of points."""

    action: Literal["扣固定分"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")
    deduction: RequiredNumber = Field(alias="扣分")


class OverProportional(Model):
    """Points fall by the share of the weight by which the completion is above the threshold."""

    action: Literal["按超额幅度扣减"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")


OverAchievement = Annotated[
    OverNote | OverReason | OverFixed | OverProportional, Field(discriminator="action")
]
SENTENCES = {
    "扣固定分": "超额完成：得分 = 分值 - 规定的扣分，不低于 0",
    "按超额幅度扣减": "超额完成：得分 = 分值 ×（1 +（阈值 - 完成率）），不低于 0",
}


def is_over(rule: OverAchievement, target: Decimal, actual: Decimal) -> bool:
    """Tell whether the completion reaches the threshold (target above 0)."""
    return target > ZERO and multiply(actual, HUNDRED) >= multiply(rule.threshold, target)


def note(rule: OverAchievement) -> Note:
    """Return the note of an over-achieved row."""
    kind = NoteKind.OVER_ACHIEVED
    if isinstance(rule, OverReason):
        kind = NoteKind.OVER_NEEDS_REASON
    elif rule.action in SENTENCES:
        kind = NoteKind.OVER_REDUCED
    return Note(kind, (trimmed(rule.threshold),))


def reduced(
    rule: OverAchievement, weight: Decimal, target: Decimal, actual: Decimal
) -> Exact | None:
    """Return the reduced points of an over-achieved row; ``None`` where none are taken away.

    Args:
        rule: What the rulebook says.
        weight: Full points (分值).
        target: Planned value, above 0.
        actual: Value reached, at or above the threshold.

    Source:
        财预〔2020〕10号 asks for a moderate reduction; the amounts are local.
    """
    if isinstance(rule, OverFixed):
        rest = subtract(weight, rule.deduction)
        if rest <= ZERO:
            return whole(ZERO)
        return Exact(rest, ONE, "{} - {}", (weight, rule.deduction))
    if isinstance(rule, OverProportional):
        return _by_excess(rule.threshold, weight, target, actual)
    return None


def _by_excess(threshold: Decimal, weight: Decimal, target: Decimal, actual: Decimal) -> Exact:
    """Return weight × (1 + threshold − actual ÷ target), not below 0."""
    allowed = multiply(add(HUNDRED, threshold), target)
    rest = subtract(allowed, multiply(HUNDRED, actual))
    if rest <= ZERO:
        return whole(ZERO)
    return Exact(
        multiply(weight, rest),
        multiply(HUNDRED, target),
        "{} × (({} + {}) × {} - {} × {}) ÷ ({} × {})",
        (weight, HUNDRED, threshold, target, HUNDRED, actual, HUNDRED, target),
    )
