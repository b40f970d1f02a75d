"""From sums to the total: indicators that do not apply, and caps."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.numbers import (
    HUNDRED,
    Exact,
    multiply,
    plain,
    subtract,
    trimmed,
    whole,
)
from perfeval.rulebook import Rounding, Rulebook, TotalCaps
from perfeval.scoring.rounding import rounded_points
from perfeval.sheet import Budget


class Bounds(NamedTuple):
    """The lower and the upper end of a sum; equal where every row is scored."""

    low: Decimal
    high: Decimal

    def rounded(self, rounding: Rounding, limit: Decimal) -> Bounds:
        """Round both ends, not above *limit*."""
        return Bounds(
            rounded_points(whole(self.low), limit, rounding),
            rounded_points(whole(self.high), limit, rounding),
        )

    def scaled(
        self, numerator: Decimal, denominator: Decimal, rounding: Rounding, limit: Decimal
    ) -> Bounds:
        """Return both ends × numerator ÷ denominator, rounded once and not above *limit*."""
        low, high = (
            rounded_points(Exact(multiply(end, numerator), denominator), limit, rounding)
            for end in self
        )
        return Bounds(low, high)

    def __str__(self) -> str:
        ends = dict.fromkeys(plain(end) for end in self)
        return "～".join(ends)


def spread(
    bounds: Bounds,
    part: str,
    weight: Decimal,
    unapplied: Decimal,
    rounding: Rounding,
    steps: list[str],
) -> Bounds:
    """Move the points of indicators that do not apply to the rest of their section.

    Args:
        bounds: The sum of the section's rows.
        part: The section's name.
        weight: The weight of all its rows.
        unapplied: The weight of those that do not apply.
        rounding: How the result is rounded.
        steps: Takes what was done, in words.

    Source:
        Practice of several places: the weight goes to the other indicators of the same level.
    """
    rest = subtract(weight, unapplied)
    spread_out = bounds.scaled(weight, rest, rounding, weight)
    steps.append(
        f"{part}：不适用指标 {trimmed(unapplied)} 分并入其余指标，"
        f"{bounds} × {trimmed(weight)} ÷ {trimmed(rest)} = {spread_out}"
    )
    return spread_out


def round_sum(
    bounds: Bounds, name: str, limit: Decimal, rounding: Rounding | None, steps: list[str]
) -> Bounds:
    """Round a sum, where the rulebook rounds it again.

    Args:
        bounds: The sum.
        name: What it is the sum of.
        limit: Its full points; a sum is never rounded above them.
        rounding: How, if at all.
        steps: Takes what was done, where it changed anything.
    """
    if rounding is None:
        return bounds
    rounded = bounds.rounded(rounding, limit)
    if rounded != bounds:
        steps.append(f"{name}：{bounds} 计为 {rounded}")
    return rounded


def rescale(bounds: Bounds, unapplied: Decimal, rulebook: Rulebook, steps: list[str]) -> Bounds:
    """Rescale the total to the full points, leaving out what does not apply.

    Source:
        The Beijing form: points of applicable rows ÷ their weight × full points.
    """
    full = rulebook.weights.full
    rest = subtract(full, unapplied)
    rounding = rulebook.rounding.total or rulebook.rounding.row
    scaled = bounds.scaled(full, rest, rounding, full)
    steps.append(
        f"不适用指标 {trimmed(unapplied)} 分不计，按适用分值折算："
        f"{bounds} × {trimmed(full)} ÷ {trimmed(rest)} = {scaled}"
    )
    return scaled


def cap(bounds: Bounds, budget: Budget, caps: TotalCaps, steps: list[str]) -> Bounds:
    """Limit the total where too little of the budget was spent.

    Source:
        Local rules that tie the total to the execution rate.
    """
    base, spent = budget.base, budget.spent
    if spent is None or not base:
        return Bounds(min(bounds.low, caps.caps[0].maximum), bounds.high)
    for step in caps.caps:
        if multiply(spent, HUNDRED) < multiply(step.below, base):
            if bounds.high > step.maximum:
                most = trimmed(step.maximum)
                rate = trimmed(step.below)
                steps.append(f"执行率低于 {rate}%，总分最高 {most}：{bounds} 计为 {most}")
            return Bounds(min(bounds.low, step.maximum), min(bounds.high, step.maximum))
    return bounds
