"""小计、总分、等级: exact sums of the rounded rows, bounds where rows are unscored."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from perfeval.numbers import ZERO, add, round_exact, total, whole
from perfeval.rulebook import Rounding, Rulebook
from perfeval.scorecard import Line, Subtotal, WeightGap
from perfeval.words import Section


def weight_gaps(lines: tuple[Line, ...], rulebook: Rulebook) -> tuple[WeightGap, ...]:
    """Return where the weights of the sheet do not fit the rulebook.

    Source:
        Sections and their weights: 财预〔2020〕10号 and the local forms.
    """
    sums: dict[Section, Decimal] = {}
    for line in lines:
        if line.indicator is not None and line.weight is not None:
            section = line.indicator.section
            sums[section] = add(sums.get(section, ZERO), line.weight)
    gaps = []
    for group in rulebook.weights.groups:
        actual = total(sums.pop(section, ZERO) for section in group.sections)
        if actual != group.weight:
            gaps.append(WeightGap(group.sections, group.weight, actual))
    gaps += [WeightGap((section,), ZERO, weight) for section, weight in sums.items() if weight]
    return tuple(gaps)


def subtotals(lines: tuple[Line, ...], rulebook: Rulebook, *, fits: bool) -> tuple[Subtotal, ...]:
    """Return the sum of each section, in the order of the sheet.

    Args:
        lines: The scored indicators.
        rulebook: Its rounding of subtotals.
        fits: The weights fit the rulebook; otherwise there are no sums of points.
    """
    sections: dict[Section, list[Line]] = {}
    for line in lines:
        if line.indicator is not None:
            sections.setdefault(line.indicator.section, []).append(line)
    rounding = rulebook.rounding.subtotal
    return tuple(
        _subtotal(section, rows, rounding, fits=fits) for section, rows in sections.items()
    )


def _subtotal(
    section: Section, rows: list[Line], rounding: Rounding | None, *, fits: bool
) -> Subtotal:
    weight = total(line.weight for line in rows if line.weight is not None)
    if not fits:
        return Subtotal(section, weight, None, None, None)
    low, high = bounds(rows, rounding)
    points = low if all(line.points is not None for line in rows) else None
    return Subtotal(section, weight, points, low, high)


def bounds(rows: Iterable[Line | Subtotal], rounding: Rounding | None) -> tuple[Decimal, Decimal]:
    """Return the sums of the lower and of the upper ends, rounded as the rulebook says."""
    low = high = ZERO
    for row in rows:
        if row.low is not None and row.high is not None:
            low, high = add(low, row.low), add(high, row.high)
    if rounding is None:
        return low, high
    digits, mode = rounding.digits, rounding.mode
    return round_exact(whole(low), digits, mode), round_exact(whole(high), digits, mode)


def grade_of(low: Decimal | None, high: Decimal | None, rulebook: Rulebook) -> str | None:
    """Return the grade that both ends of the total share, else ``None``."""
    if low is None or high is None:
        return None
    grades = {_grade(points, rulebook) for points in (low, high)}
    return grades.pop() if len(grades) == 1 else None


def _grade(points: Decimal, rulebook: Rulebook) -> str | None:
    for band in rulebook.grades.bands:
        if points >= band.lower:
            return band.grade
    return None
