"""小计、总分: exact sums of the rounded rows, bounds where rows are unscored."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.numbers import ZERO, add, subtract, total
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Basis, Line, Subtotal, WeightGap
from perfeval.scoring import adjustments, goals
from perfeval.scoring.adjustments import Bounds
from perfeval.scoring.gaps import section_gaps
from perfeval.sheet import Sheet
from perfeval.words import Section

_MEASURED = Basis.MEASURED


class Totals(NamedTuple):
    """The sums of a sheet; see `Scorecard` for the fields."""

    subtotals: tuple[Subtotal, ...]
    low: Decimal | None
    high: Decimal | None
    total: Decimal | None
    measured: Decimal
    claimed: Decimal
    gaps: tuple[WeightGap, ...]
    adjustments: tuple[str, ...]
    unscored: str


class _Part:
    """The sums of a section's rows, as they are."""

    __slots__ = ("is_open", "low", "measured", "scored", "section", "spread", "unapplied", "weight")

    def __init__(self, section: Section) -> None:
        self.section = section
        self.weight = self.scored = self.measured = self.unapplied = ZERO
        self.low = self.spread = ZERO  # of the unscored rows
        self.is_open = False

    @property
    def bounds(self) -> Bounds:
        low = add(self.scored, self.low)
        return Bounds(low, add(low, self.spread))

    def take_unscored(self, line: Line) -> None:
        """Add a row without points: its bounds, or nothing where it does not apply."""
        if line.weight is not None:
            self.weight = add(self.weight, line.weight)
            if line.basis is Basis.NOT_APPLICABLE:
                self.unapplied = add(self.unapplied, line.weight)
        if line.is_open:
            self.is_open = True
            self.low = add(self.low, line.low)
            self.spread = add(self.spread, subtract(line.high, line.low))


def sum_up(sheet: Sheet, execution: Line, lines: tuple[Line, ...], rulebook: Rulebook) -> Totals:
    """Sum the rows up.

    Args:
        sheet: The sheet; its goals may carry weights.
        execution: The budget row.
        lines: The indicators.
        rulebook: Its weights, roundings and caps.

    Returns:
        Subtotals and total; without points where the weights do not fit.

    Source:
        Sections and their weights: 财预〔2020〕10号 and the local forms.
    """
    parts = _by_section(lines)
    measured = total([part.measured for part in parts])
    claimed = subtract(total([part.scored for part in parts]), measured)
    if execution.points is not None:
        measured = add(measured, execution.points)
    gaps = _gaps(sheet, lines, parts, rulebook) if lines else ()
    unscored = _why_unscored(execution, lines, gaps)
    if gaps or not lines:
        subtotals = tuple(Subtotal(part.section, part.weight, None, None, None) for part in parts)
        return Totals(subtotals, None, None, None, measured, claimed, gaps, (), unscored)
    subtotals = tuple([_subtotal(part, rulebook) for part in parts])
    (low, high), steps = _total(sheet, execution, lines, parts, subtotals, rulebook)
    return Totals(subtotals, low, high, None if unscored else low, measured, claimed, (), steps,
                  unscored)  # fmt: skip


def _by_section(lines: tuple[Line, ...]) -> list[_Part]:
    """Sum the rows of each section up, in the order of the sheet."""
    parts: dict[Section, _Part] = {}
    for line in lines:
        if line.indicator is None:  # pragma: no cover - only the budget row has none
            continue
        section = line.indicator.section
        part = parts.get(section)
        if part is None:
            part = parts[section] = _Part(section)
        points = line.points
        if points is None or line.weight is None:
            part.take_unscored(line)
            continue
        part.weight = add(part.weight, line.weight)
        part.scored = add(part.scored, points)
        if line.basis is _MEASURED:
            part.measured = add(part.measured, points)
    return list(parts.values())


def _gaps(
    sheet: Sheet, lines: tuple[Line, ...], parts: list[_Part], rulebook: Rulebook
) -> tuple[WeightGap, ...]:
    """Return where the weights of the sheet do not fit the rulebook."""
    if sheet.goals and rulebook.weights.goals == "按比例折算":
        return goals.share_gaps(sheet.goals, lines, rulebook)
    gaps = section_gaps({part.section: part.weight for part in parts}, rulebook)
    if rulebook.weights.not_applicable == "并入同一级指标":
        gaps = (*gaps, *_emptied(parts))
    return (*gaps, *goals.weight_gaps(sheet.goals, lines)) if sheet.goals else gaps


def _emptied(parts: list[_Part]) -> list[WeightGap]:
    """Return the sections in which no indicator applies: their points have nowhere to go."""
    return [
        WeightGap(f"{part.section.label}中适用的指标", (part.section,), part.weight, ZERO)
        for part in parts
        if part.unapplied and part.unapplied == part.weight
    ]


def _subtotal(part: _Part, rulebook: Rulebook) -> Subtotal:
    bounds = part.bounds
    if part.unapplied and rulebook.weights.not_applicable == "并入同一级指标":
        row = rulebook.rounding.row
        bounds = adjustments.spread(bounds, part.weight, part.unapplied, row)
    bounds = bounds.rounded(rulebook.rounding.subtotal)
    points = None if part.is_open else bounds.low
    return Subtotal(part.section, part.weight, points, bounds.low, bounds.high)


def _total(
    sheet: Sheet,
    execution: Line,
    lines: tuple[Line, ...],
    parts: list[_Part],
    subtotals: tuple[Subtotal, ...],
    rulebook: Rulebook,
) -> tuple[Bounds, tuple[str, ...]]:
    """Return the bounds of the total, and the steps from the rows to it."""
    steps: list[str] = []
    if sheet.goals and rulebook.weights.goals == "按比例折算":
        low, high = goals.share_out(sheet.goals, lines, rulebook.rounding.row, steps)
    else:
        low = total([part.low for part in subtotals if part.low is not None])
        high = total([part.high for part in subtotals if part.high is not None])
    bounds = Bounds(add(low, execution.low), add(high, execution.high))
    unapplied = total([part.unapplied for part in parts if part.unapplied])
    if unapplied and rulebook.weights.not_applicable == "按适用分值折算":
        bounds = adjustments.rescale(bounds, unapplied, rulebook, steps)
    bounds = bounds.rounded(rulebook.rounding.total)
    if rulebook.caps is not None:
        bounds = adjustments.cap(bounds, sheet.budget, rulebook.caps, steps)
    return bounds, tuple(steps)


def _why_unscored(execution: Line, lines: tuple[Line, ...], gaps: tuple[WeightGap, ...]) -> str:
    """Say why there is no total, or return an empty text where there is one."""
    if not lines:
        return "未计分：未公布指标"
    if gaps:
        return "未计总分：" + "；".join(gap.message for gap in gaps)
    rows = (execution, *lines)
    open_rows = [line.name for line in rows if line.points is None and line.is_open]
    if open_rows:
        return f"总分只能给出区间：{len(open_rows)} 行未计分（{'、'.join(open_rows)}）"
    return ""


def grade_of(low: Decimal | None, high: Decimal | None, rulebook: Rulebook) -> str | None:
    """Return the grade that both ends of the total share, else ``None``."""
    if low is None or high is None:
        return None
    grade = _grade(low, rulebook)
    return grade if low == high or grade == _grade(high, rulebook) else None


def _grade(points: Decimal, rulebook: Rulebook) -> str | None:
    for band in rulebook.grades.bands:
        if points >= band.lower:
            return band.grade
    return None
