"""小计、总分: exact sums of the rounded rows, bounds where rows are unscored."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.levels import SectionName
from perfeval.numbers import ZERO, add, plain, subtract, total
from perfeval.rulebook import Rulebook
from perfeval.rulebook.weights import GoalMode, Inapplicable
from perfeval.scorecard import (
    Basis,
    ExecutionLine,
    IndicatorLine,
    Line,
    Scorecard,
    Subtotal,
    TotalNote,
    TotalNoteKind,
    WeightGap,
)
from perfeval.scoring import adjustments, goals
from perfeval.scoring.adjustments import Adjusted
from perfeval.scoring.gaps import groups, section_gaps
from perfeval.sheet import Sheet

_MEASURED = Basis.MEASURED


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

    section: SectionName
    weight: Decimal
    scored: Decimal
    measured: Decimal
    low: Decimal
    high: Decimal
    is_open: bool = False
    unapplied: Decimal = ZERO


def sum_up(
    sheet: Sheet, execution: ExecutionLine, lines: tuple[IndicatorLine, ...], rulebook: Rulebook
) -> Scorecard:
    """Sum the rows up.

    Args:
        sheet: The sheet; its goals may carry weights.
        execution: The budget row.
        lines: The indicators.
        rulebook: Its weights, roundings and caps.

    Returns:
        The rows with subtotals, total and grade; without these where the weights do not fit.

    Source:
        Sections and their weights: 财预〔2020〕10号 and the local forms.
    """
    parts = _parts(lines)
    measured = total([part.measured for part in parts])
    claimed = subtract(total([part.scored for part in parts]), measured)
    if execution.points is not None:
        measured = add(measured, execution.points)
    has_points = rulebook.weights.scored
    gaps = _gaps(sheet, lines, parts, rulebook) if lines and has_points else ()
    low = high = None
    steps: tuple[TotalNote, ...] = ()
    if gaps or not lines:
        subtotals = tuple([Subtotal(part.section, part.weight, None, None, None) for part in parts])
        unscored = _why_unformed(gaps)
    elif not has_points:
        subtotals, unscored = (), TotalNote(TotalNoteKind.WITHOUT_POINTS)
    else:
        subtotals, (low, high, steps) = _sums(sheet, execution, lines, parts, rulebook)
        unscored = _why_range(_open_rows(execution, lines, parts), low, high)
    return Scorecard(
        sheet=sheet,
        rulebook=rulebook,
        execution=execution,
        lines=lines,
        subtotals=subtotals,
        total=None if unscored else low,
        low=low,
        high=high,
        grade=grade_of(low, high, rulebook),
        measured=measured,
        claimed=claimed,
        gaps=gaps,
        adjustments=steps,
        unscored=unscored,
    )


def _parts(lines: tuple[IndicatorLine, ...]) -> list[_SectionSum]:
    rows: dict[str, list[IndicatorLine]] = {}
    for line in lines:
        rows.setdefault(line.indicator.section.key, []).append(line)
    return [_part(mine[0].indicator.section, mine) for mine in rows.values()]


def _part(section: SectionName, rows: list[IndicatorLine]) -> _SectionSum:
    """Sum the rows of a section up, in one pass."""
    weight = scored = measured = ZERO
    unscored = []
    for line in rows:
        full, points = line.weight, line.points
        if full is not None:
            weight = add(weight, full)
        if points is None:
            unscored.append(line)
            continue
        scored = add(scored, points)
        if line.basis is _MEASURED:
            measured = add(measured, points)
    if not unscored:
        return _SectionSum(
            section=section,
            weight=weight,
            scored=scored,
            measured=measured,
            low=scored,
            high=scored,
        )
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
    stated, prescribed = sheet.budget.weight, rulebook.weights.execution
    if stated is not None and stated != prescribed:
        return (
            WeightGap("预算执行", (), prescribed, stated),
            *_row_gaps(sheet, lines, parts, rulebook),
        )
    return _row_gaps(sheet, lines, parts, rulebook)


def _row_gaps(
    sheet: Sheet, lines: tuple[IndicatorLine, ...], parts: list[_SectionSum], rulebook: Rulebook
) -> tuple[WeightGap, ...]:
    if sheet.goals and rulebook.weights.goals == GoalMode.SHARED:
        return goals.share_gaps(sheet.goals, lines, rulebook)
    gaps = section_gaps([(part.section, part.weight) for part in parts], rulebook)
    if any(part.unapplied for part in parts):
        gaps = (*gaps, *_emptied(parts, rulebook))
    return (*gaps, *goals.weight_gaps(sheet.goals, lines)) if sheet.goals else gaps


def _emptied(parts: list[_SectionSum], rulebook: Rulebook) -> list[WeightGap]:
    """Return where no indicator applies, so that the points have nowhere to go."""
    if rulebook.weights.not_applicable == Inapplicable.RESCALED:
        weight = total([part.weight for part in parts])
        is_empty = weight == total([part.unapplied for part in parts])
        return [WeightGap("适用的指标", (), weight, ZERO, is_prescribed=False)] if is_empty else []
    return [
        WeightGap(
            f"{part.section.label}中适用的指标",
            groups(part.section),
            part.weight,
            ZERO,
            is_prescribed=False,
        )
        for part in parts
        if part.unapplied and part.unapplied == part.weight
    ]


def _sums(
    sheet: Sheet,
    execution: ExecutionLine,
    lines: tuple[IndicatorLine, ...],
    parts: list[_SectionSum],
    rulebook: Rulebook,
) -> tuple[tuple[Subtotal, ...], Adjusted]:
    """Return the subtotals, and the total with all steps from the rows to it."""
    sums = [_adjusted(part, rulebook) for part in parts]
    subtotals = tuple([_subtotal(part, ends) for part, ends in zip(parts, sums, strict=True)])
    whole = _total(sheet, execution, lines, parts, sums, rulebook)
    steps = tuple([note for ends in sums for note in ends.notes])
    return subtotals, whole._replace(notes=steps + whole.notes) if steps else whole


def _adjusted(part: _SectionSum, rulebook: Rulebook) -> Adjusted:
    """Return the sum of a section as the rulebook adjusts and rounds it."""
    result = Adjusted(part.low, part.high)
    rounding = rulebook.rounding
    if part.unapplied and rulebook.weights.not_applicable == Inapplicable.MERGED:
        label, weight, unapplied = part.section.label, part.weight, part.unapplied
        result = adjustments.spread(result, label, weight, unapplied, rounding.row)
    if rounding.subtotal is not None:
        name = f"{part.section.label}小计"
        result = adjustments.round_sum(result, name, part.weight, rounding.subtotal)
    return result


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
    if (rounding := rulebook.rounding.total) is not None:
        whole = adjustments.round_sum(whole, "总分", rulebook.weights.full, rounding)
    if rulebook.caps is not None:
        whole = adjustments.cap(whole, sheet.budget, rulebook.caps)
    return whole


def _why_unformed(gaps: tuple[WeightGap, ...]) -> TotalNote | None:
    """Return why a total cannot be formed: the weights do not fit, or there are no rows."""
    if not gaps:
        return TotalNote(TotalNoteKind.NO_INDICATORS)
    return TotalNote(TotalNoteKind.GAPS, tuple([gap.message for gap in gaps]))


def _open_rows(
    execution: ExecutionLine, lines: tuple[IndicatorLine, ...], parts: list[_SectionSum]
) -> TotalNote | None:
    """Return the rows that should have points and have none; ``None`` where there is none."""
    if execution.points is not None and not any(part.is_open for part in parts):
        return None
    rows: tuple[Line, ...] = (execution, *lines)
    names = tuple([row.name for row in rows if row.is_open])
    return TotalNote(TotalNoteKind.OPEN_ROWS, names) if names else None


def _why_range(open_rows: TotalNote | None, low: Decimal, high: Decimal) -> TotalNote | None:
    """Return why the total is a range, or why it is none although both ends are the same."""
    if low != high:
        return open_rows or TotalNote(TotalNoteKind.CAP_UNKNOWN)
    if open_rows is None:
        return None
    names = "、".join(open_rows.values)  # a cap or a rounding leaves one end only
    return TotalNote(TotalNoteKind.SETTLED, (names, plain(low)))


def grade_of(low: Decimal | None, high: Decimal | None, rulebook: Rulebook) -> str | None:
    """Return the grade that both ends of the total share, else ``None``."""
    if low is None or high is None:
        return None
    grade = rulebook.grades.of(low)
    return grade if low == high or grade == rulebook.grades.of(high) else None
