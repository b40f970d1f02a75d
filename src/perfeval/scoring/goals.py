"""多个年度目标: goals whose weights are part of the sum, or that count by a share."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.words import Section
from perfeval.numbers import HUNDRED, ZERO, add, total, trimmed
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Basis, IndicatorLine, TotalNoteKind, WeightGap
from perfeval.scoring.adjustments import Adjusted
from perfeval.scoring.gaps import section_gaps
from perfeval.sheet import Goal


def _lines_of(number: int, lines: tuple[IndicatorLine, ...]) -> list[IndicatorLine]:
    """Return the rows of a goal, counted from 1."""
    return [line for line in lines if line.indicator.goal == number]


def _stray_gap(goals: tuple[Goal, ...], lines: tuple[IndicatorLine, ...]) -> tuple[WeightGap, ...]:
    """Return the rows that belong to no goal, as weight that should not be there."""
    numbers = range(1, len(goals) + 1)
    stray = [line for line in lines if line.indicator.goal not in numbers]
    weight = _weight_of(stray)
    return (WeightGap("未写明所属目标的指标", (), ZERO, weight),) if weight else ()


def _weight_of(lines: list[IndicatorLine]) -> Decimal:
    return total([line.weight for line in lines if line.weight is not None])


def weight_gaps(goals: tuple[Goal, ...], lines: tuple[IndicatorLine, ...]) -> tuple[WeightGap, ...]:
    """Return the goals whose rows do not add up to the goal's weight.

    Source:
        The Hubei form with several goals: 年度绩效目标1（40分）, 年度绩效目标2（40分）.
    """
    gaps = [*_stray_gap(goals, lines)]
    for number, goal in enumerate(goals, start=1):
        actual = _weight_of(_lines_of(number, lines))
        if goal.weight is not None and actual != goal.weight:
            gaps.append(WeightGap(f"年度目标{number}", (), goal.weight, actual))
    return tuple(gaps)


def share_gaps(
    goals: tuple[Goal, ...], lines: tuple[IndicatorLine, ...], rulebook: Rulebook
) -> tuple[WeightGap, ...]:
    """Return where the rows of a goal do not fit the rulebook, or the shares are not 100 %.

    Source:
        The national budget management system: each goal is scored by itself.
    """
    gaps = [*_stray_gap(goals, lines)]
    for number in range(1, len(goals) + 1):
        weights: dict[Section, Decimal] = {}
        for line in _lines_of(number, lines):
            if line.weight is not None:
                section = line.indicator.section
                weights[section] = add(weights.get(section, ZERO), line.weight)
        gaps += [
            gap._replace(name=f"年度目标{number}的{gap.name}")
            for gap in section_gaps(weights, rulebook)
        ]
    unapplied = [line for line in lines if line.basis is Basis.NOT_APPLICABLE]
    if unapplied:  # no source says how a share and an indicator that does not apply go together
        gaps.append(WeightGap("各年度目标下适用的指标", (), _weight_of(unapplied), ZERO))
    shares = total([goal.weight or ZERO for goal in goals])
    if shares != HUNDRED:
        gaps.append(WeightGap("各年度目标的权重", (), HUNDRED, shares))
    return tuple(gaps)


def share_out(
    goals: tuple[Goal, ...], lines: tuple[IndicatorLine, ...], rulebook: Rulebook
) -> Adjusted:
    """Sum the goals up, each by its share.

    Source:
        The national budget management system: points of a goal × its ratio ÷ 100.
    """
    rounding, full = rulebook.rounding.row, rulebook.weights.full
    result = Adjusted(ZERO, ZERO)
    for number, goal in enumerate(goals, start=1):
        mine = _lines_of(number, lines)
        rows = Adjusted(total([line.low for line in mine]), total([line.high for line in mine]))
        share = goal.weight or ZERO
        part = rows.scaled(share, HUNDRED, full, rounding)
        result = Adjusted(add(result.low, part.low), add(result.high, part.high), result.notes)
        values = (str(number), str(rows), trimmed(share), str(part))
        result = result.noted(TotalNoteKind.SHARED, *values)
    return result
