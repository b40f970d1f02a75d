"""多个年度目标: goals whose weights are part of the sum, or that count by a share."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.levels import SectionName
from perfeval.numbers import HUNDRED, ZERO, add, total, trimmed
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Basis, IndicatorLine, TotalNoteKind, WeightGap
from perfeval.scoring.adjustments import Adjusted
from perfeval.scoring.gaps import section_gaps
from perfeval.sheet import Goal


class _Divided(NamedTuple):
    """The rows of a sheet by the goals that they belong to.

    Attributes:
        of_each: For each goal its rows.
        stray: The rows of no goal.
    """

    of_each: list[list[IndicatorLine]]
    stray: list[IndicatorLine]

    @property
    def gap(self) -> tuple[WeightGap, ...]:
        """The rows of no goal, as weight that should not be there."""
        weight = _weight_of(self.stray)
        return (
            (WeightGap("未写明所属目标的指标", (), ZERO, weight, is_prescribed=False),)
            if weight
            else ()
        )


def _divided(goals: tuple[Goal, ...], lines: tuple[IndicatorLine, ...]) -> _Divided:
    of_each: list[list[IndicatorLine]] = [[] for _ in goals]
    stray: list[IndicatorLine] = []
    for line in lines:
        number = line.indicator.goal
        mine = stray if number is None or not 0 < number <= len(goals) else of_each[number - 1]
        mine.append(line)
    return _Divided(of_each, stray)


def _weight_of(lines: list[IndicatorLine]) -> Decimal:
    return total([line.weight for line in lines if line.weight is not None])


def weight_gaps(goals: tuple[Goal, ...], lines: tuple[IndicatorLine, ...]) -> tuple[WeightGap, ...]:
    """Return the goals whose rows do not add up to the goal's weight.

    Source:
        The Hubei form with several goals: 年度绩效目标1（40分）, 年度绩效目标2（40分）.
    """
    if all(goal.weight is None for goal in goals):
        return ()  # goals in words alone divide no weight
    divided = _divided(goals, lines)
    gaps = [*divided.gap]
    for number, (goal, mine) in enumerate(zip(goals, divided.of_each, strict=True), start=1):
        actual = _weight_of(mine)
        if goal.weight is not None and actual != goal.weight:
            gaps.append(
                WeightGap(f"年度目标{number}", (), goal.weight, actual, is_prescribed=False)
            )
    return tuple(gaps)


def share_gaps(
    goals: tuple[Goal, ...], lines: tuple[IndicatorLine, ...], rulebook: Rulebook
) -> tuple[WeightGap, ...]:
    """Return where the rows of a goal do not fit the rulebook, or the shares are not 100 %.

    Source:
        The national budget management system: each goal is scored by itself.
    """
    divided = _divided(goals, lines)
    gaps = [*divided.gap]
    for number, mine in enumerate(divided.of_each, start=1):
        weights: list[tuple[SectionName, Decimal]] = [
            (line.indicator.section, line.weight) for line in mine if line.weight is not None
        ]
        gaps += [
            gap._replace(name=f"年度目标{number}的{gap.name}")
            for gap in section_gaps(weights, rulebook)
        ]
    unapplied = [line for line in lines if line.basis is Basis.NOT_APPLICABLE]
    if unapplied:  # no source says how a share and an indicator that does not apply go together
        gaps.append(
            WeightGap(
                "各年度目标下适用的指标", (), _weight_of(unapplied), ZERO, is_prescribed=False
            )
        )
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
    divided = _divided(goals, lines).of_each
    for number, (goal, mine) in enumerate(zip(goals, divided, strict=True), start=1):
        rows = Adjusted(total([line.low for line in mine]), total([line.high for line in mine]))
        share = goal.weight or ZERO
        part = rows.scaled(share, HUNDRED, full, rounding)
        result = Adjusted(add(result.low, part.low), add(result.high, part.high), result.notes)
        values = (str(number), str(rows), trimmed(share), str(part))
        result = result.noted(TotalNoteKind.SHARED, *values)
    return result
