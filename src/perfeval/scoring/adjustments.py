"""From sums to the total: indicators that do not apply, roundings, and caps."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.methods.caps import TotalCaps
from perfeval.methods.expression import Expression
from perfeval.methods.limits import SCALED, limited
from perfeval.numbers import plain, subtract, trimmed
from perfeval.rulebook import Rounding, Rulebook
from perfeval.scorecard import TotalNote, TotalNoteKind
from perfeval.sheet import Budget


class Adjusted(NamedTuple):
    """A sum, and what was done on the way to it.

    Attributes:
        low, high: Its lower and its upper end; equal where every row is scored.
        notes: What was done, step by step.
    """

    low: Decimal
    high: Decimal
    notes: tuple[TotalNote, ...] = ()

    def by(self, rule: Expression, **figures: Decimal) -> Adjusted:
        """Return both ends as a rule makes them of points."""
        low, high = (rule.ratio({"points": end, **figures})[0] for end in (self.low, self.high))
        return self._replace(low=low, high=high)

    def scaled(self, top: Decimal, bottom: Decimal, limit: Decimal, rounding: Rounding) -> Adjusted:
        """Return both ends × top ÷ bottom, rounded once and not above *limit*."""
        rule = limited(rounding.digits, rounding.mode, SCALED)
        return self.by(rule, top=top, bottom=bottom, limit=limit)

    def noted(self, kind: TotalNoteKind, *values: str) -> Adjusted:
        """Return the sum with one more note."""
        return self._replace(notes=(*self.notes, TotalNote(kind, values)))

    def __str__(self) -> str:
        return "～".join(dict.fromkeys(map(plain, (self.low, self.high))))


def spread(
    part: Adjusted, label: str, weight: Decimal, unapplied: Decimal, rounding: Rounding
) -> Adjusted:
    """Move the points of indicators that do not apply to the rest of their section.

    Args:
        part: The sum of the section's rows.
        label: The section's name.
        weight: The weight of all its rows.
        unapplied: The weight of those that do not apply.
        rounding: How the result is rounded.

    Source:
        Practice of several places: the weight goes to the other indicators of the same level.
    """
    rest = subtract(weight, unapplied)
    result = part.scaled(weight, rest, weight, rounding)
    figures = (trimmed(unapplied), str(part), trimmed(weight), trimmed(rest), str(result))
    return result.noted(TotalNoteKind.SPREAD, label, *figures)


def round_sum(part: Adjusted, name: str, limit: Decimal, rounding: Rounding) -> Adjusted:
    """Round a sum, where the rulebook rounds it again.

    Args:
        part: The sum.
        name: What it is the sum of.
        limit: Its full points; a sum is never rounded above them.
        rounding: How.
    """
    rounded = part.by(limited(rounding.digits, rounding.mode), limit=limit)
    if rounded == part:
        return rounded
    return rounded.noted(TotalNoteKind.ROUNDED, name, str(part), str(rounded))


def rescale(total: Adjusted, unapplied: Decimal, rulebook: Rulebook) -> Adjusted:
    """Rescale the total to the full points, leaving out what does not apply.

    Source:
        The Beijing form: points of applicable rows ÷ their weight × full points.
    """
    full = rulebook.weights.full
    rest = subtract(full, unapplied)
    result = total.scaled(full, rest, full, rulebook.rounding.total or rulebook.rounding.row)
    figures = (trimmed(unapplied), str(total), trimmed(full), trimmed(rest), str(result))
    return result.noted(TotalNoteKind.RESCALED, *figures)


def cap(total: Adjusted, budget: Budget, caps: TotalCaps) -> Adjusted:
    """Limit the total where too little of the budget was spent.

    Source:
        Local rules that tie the total to the execution rate.
    """
    base, spent = budget.base, budget.spent
    if spent is None or not base:
        return total._replace(low=min(total.low, caps.lowest))
    figures = {"base": base, "spent": spent}
    step = next((step for step in caps.caps if step.holds.holds(figures)), None)
    if step is None:
        return total
    most = step.maximum
    capped = total._replace(low=min(total.low, most), high=min(total.high, most))
    if total.high <= most:
        return capped
    values = (trimmed(step.below), trimmed(most), str(total), trimmed(most))
    return capped.noted(TotalNoteKind.CAPPED, *values)
