"""小计、总分: exact sums of the rounded rows, bounds where rows are unscored."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.words import Section
from perfeval.numbers import ZERO, add, subtract, total
from perfeval.rulebook import Rulebook
from perfeval.rulebook.weights import GoalMode, Inapplicable
from perfeval.scorecard import (
    Basis,
    ExecutionLine,
    IndicatorLine,
    Line,
    Subtotal,
    TotalNote,
    TotalNoteKind,
    WeightGap,
)
from perfeval.scoring import adjustments, goals
from perfeval.scoring.adjustments import Adjusted
from perfeval.scoring.gaps import section_gaps
from perfeval.sheet import Sheet

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
    adjustments: tuple[TotalNote, ...]
    unscored: TotalNote | None


class _SectionSum(NamedTuple):
    """The sums of a section's rows, as they are.

    Attributes:
        section: The section.
        weight: The sum of its weights.
        scored: The sum of the points there are; ``measured`` is the part that is measured.
        low, high: The bounds of the sum.
        is_open: Some row should have points and has none.
        unapplied: The weight of the rows that do not apply.
    """

    section: Section
    weight: Decimal
    scored: Decimal
    measured: Decimal
    low: Decimal
    high: Decimal
    is_open: bool = False
    unapplied: Decimal = ZERO


def sum_up(
    sheet: Sheet, execution: ExecutionLine, lines: tuple[IndicatorLine, ...], rulebook: Rulebook
) -> Totals:
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
    parts = _parts(lines)
    measured = total([part.measured for part in parts])
    claimed = subtract(total([part.scored for part in parts]), measured)
    if execution.points is not None:
        measured = add(measured, execution.points)
    gaps = _gaps(sheet, lines, parts, rulebook) if lines else ()
    unscored = _why_unscored(execution, lines, gaps)
    none = Totals(
        subtotals=tuple(Subtotal(part.section, part.weight, None, None, None) for part in parts),
        low=None,
        high=None,
        total=None,
        measured=measured,
        claimed=claimed,
        gaps=gaps,
        adjustments=(),
        unscored=unscored,
    )
    if gaps or not lines:
        return none
    sums = [_adjusted(part, rulebook) for part in parts]
    whole = _total(sheet, execution, lines, parts, sums, rulebook)
    if whole.low != whole.high and unscored is None:
        unscored = TotalNote(TotalNoteKind.CAP_UNKNOWN)
    return none._replace(
        subtotals=tuple(map(_subtotal, parts, sums)),
        low=whole.low,
        high=whole.high,
        total=None if unscored else whole.low,
        adjustments=(*(note for part in sums for note in part.notes), *whole.notes),
        unscored=unscored,
    )


def _parts(lines: tuple[IndicatorLine, ...]) -> list[_SectionSum]:
    rows: dict[Section, list[IndicatorLine]] = {}
    for line in lines:
        rows.setdefault(line.indicator.section, []).append(line)
    return [_part(section, mine) for section, mine in rows.items()]


def _part(section: Section, rows: list[IndicatorLine]) -> _SectionSum:
    """Sum the rows of a section up."""
    weight = total([line.weight for line in rows if line.weight is not None])
    measured = total(
        [line.points for line in rows if line.basis is _MEASURED and line.points is not None]
    )
    points = [line.points for line in rows if line.points is not None]
    scored = total(points)
    if len(points) == len(rows):
        return _SectionSum(
            section=section,
            weight=weight,
            scored=scored,
            measured=measured,
            low=scored,
            high=scored,
        )
    unscored = [line for line in rows if line.points is None]
    unapplied = [line.weight for line in unscored if line.basis is Basis.NOT_APPLICABLE]
    return _SectionSum(
        section=section,
        weight=weight,
        scored=scored,
        measured=measured,
        low=add(scored, total([line.low for line in unscored])),
        high=add(scored, total([line.high for line in unscored])),
        is_open=any(line.is_open for line in unscored),
        unapplied=total([weight for weight in unapplied if weight is not None]),
    )


def _gaps(
    sheet: Sheet, lines: tuple[IndicatorLine, ...], parts: list[_SectionSum], rulebook: Rulebook
) -> tuple[WeightGap, ...]:
    """Return where the weights of the sheet do not fit the rulebook."""
    if sheet.goals and rulebook.weights.goals == GoalMode.SHARED:
        return goals.share_gaps(sheet.goals, lines, rulebook)
    gaps = section_gaps({part.section: part.weight for part in parts}, rulebook)
    if any(part.unapplied for part in parts):
        gaps = (*gaps, *_emptied(parts, rulebook))
    return (*gaps, *goals.weight_gaps(sheet.goals, lines)) if sheet.goals else gaps


def _emptied(parts: list[_SectionSum], rulebook: Rulebook) -> list[WeightGap]:
    """Return where no indicator applies, so that the points have nowhere to go."""
    if rulebook.weights.not_applicable == Inapplicable.RESCALED:
        weight = total([part.weight for part in parts])
        is_empty = weight == total([part.unapplied for part in parts])
        return [WeightGap("适用的指标", (), weight, ZERO)] if is_empty else []
    return [
        WeightGap(f"{part.section.label}中适用的指标", (part.section,), part.weight, ZERO)
        for part in parts
        if part.unapplied and part.unapplied == part.weight
    ]


def _adjusted(part: _SectionSum, rulebook: Rulebook) -> Adjusted:
    """Return the sum of a section as the rulebook adjusts and rounds it."""
    result = Adjusted(part.low, part.high)
    label, rounding = part.section.label, rulebook.rounding
    if part.unapplied and rulebook.weights.not_applicable == Inapplicable.MERGED:
        weight, unapplied = part.weight, part.unapplied
        result = adjustments.spread(result, label, weight, unapplied, rounding.row)
    return adjustments.round_sum(result, f"{label}小计", part.weight, rounding.subtotal)


def _subtotal(part: _SectionSum, ends: Adjusted) -> Subtotal:
    points = None if part.is_open else ends.low
    return Subtotal(part.section, part.weight, points, ends.low, ends.high)


def _total(
    sheet: Sheet,
    execution: ExecutionLine,
    lines: tuple[IndicatorLine, ...],
    parts: list[_SectionSum],
    sums: list[Adjusted],
    rulebook: Rulebook,
) -> Adjusted:
    """Return the total, with the steps from the subtotals to it."""
    if sheet.goals and rulebook.weights.goals == GoalMode.SHARED:
        rows = goals.share_out(sheet.goals, lines, rulebook)
    else:
        rows = Adjusted(total([part.low for part in sums]), total([part.high for part in sums]))
    whole = Adjusted(add(rows.low, execution.low), add(rows.high, execution.high), rows.notes)
    unapplied = total([part.unapplied for part in parts if part.unapplied])
    if unapplied and rulebook.weights.not_applicable == Inapplicable.RESCALED:
        whole = adjustments.rescale(whole, unapplied, rulebook)
    full, rounding = rulebook.weights.full, rulebook.rounding.total
    whole = adjustments.round_sum(whole, "总分", full, rounding)
    if rulebook.caps is not None:
        whole = adjustments.cap(whole, sheet.budget, rulebook.caps)
    return whole


def _why_unscored(
    execution: ExecutionLine, lines: tuple[IndicatorLine, ...], gaps: tuple[WeightGap, ...]
) -> TotalNote | None:
    """Return why there is no total; ``None`` where there is one."""
    if not lines:
        return TotalNote(TotalNoteKind.NO_INDICATORS)
    if gaps:
        return TotalNote(TotalNoteKind.GAPS, tuple([gap.message for gap in gaps]))
    rows: tuple[Line, ...] = (execution, *lines)
    open_rows = [line.name for line in rows if line.points is None and line.is_open]
    return TotalNote(TotalNoteKind.OPEN_ROWS, tuple(open_rows)) if open_rows else None


def grade_of(low: Decimal | None, high: Decimal | None, rulebook: Rulebook) -> str | None:
    """Return the grade that both ends of the total share, else ``None``."""
    if low is None or high is None:
        return None
    grade = rulebook.grades.of(low)
    return grade if low == high or grade == rulebook.grades.of(high) else None
