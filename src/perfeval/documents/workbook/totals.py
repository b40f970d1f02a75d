"""小计, 总分 and 等级 in cells: sums, whether weights close, and why there is no total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.levels import SectionName
from perfeval.documents.workbook.execution import BudgetResult
from perfeval.documents.workbook.formula import (
    BLANK,
    NO,
    Formula,
    above,
    at_least,
    both,
    chosen,
    differs,
    either,
    equal,
    fixed,
    is_number,
    joined,
    minus,
    negated,
    number,
    of_rule,
    plus,
    smallest,
    sum_of,
    sum_where,
    when,
    words,
)
from perfeval.documents.workbook.gaps import Closing, Columns, even, label_of
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.methods import rounded_points, scaled
from perfeval.documents.workbook.rows import UNAPPLIED
from perfeval.methods.expression import Constant
from perfeval.numbers import HUNDRED, ZERO
from perfeval.rulebook import Rulebook, TotalCaps
from perfeval.rulebook.weights import GoalMode, Inapplicable
from perfeval.scorecard import TotalNoteKind

_NIL, _WHOLE = number(ZERO), number(HUNDRED)
FEW = 4
"""How many of the rows without points are named."""


class Sums(NamedTuple):
    """The sums of the form, as references to the hidden sheet; sections go by their keys.

    Attributes:
        weights: The sum of the weights of each section.
        faults: By how much the weights of each section's group are off; 0 where they fit.
        goal_weights: The weight of each goal's rows in each section.
        subtotals: The points of each section; blank where there is no total.
        total: The total; blank where there is none.
        grade: The grade, or blank.
        why: Why there is no total, or blank.
        misfit: Which weights do not close and by how much, or blank.
        remark: Why the total is not simply the sum of the rows, or blank.
    """

    weights: dict[str, Formula]
    faults: dict[str, Formula]
    goal_weights: dict[tuple[int, str], Formula]
    subtotals: dict[str, Formula]
    total: Formula
    grade: Formula
    why: Formula
    misfit: Formula
    remark: Formula


class Summing:
    """Writes the sums of one form into the hidden sheet."""

    def __init__(
        self,
        sheet: HiddenSheet,
        rulebook: Rulebook,
        sections: Sequence[SectionName],
        goals: Sequence[Formula],
        stated: Decimal | None = None,
    ) -> None:
        self._sheet = sheet
        self._book = rulebook
        self._sections = sections
        self._goals = goals
        self._stated = stated
        self._shares = bool(goals) and rulebook.weights.goals == GoalMode.SHARED

    def sum_up(self, columns: Columns, spent: BudgetResult, names: Formula) -> Sums:
        """Write the formulas of all sums.

        Args:
            columns: The columns of the rows.
            spent: The budget row.
            names: The names of the rows that lack points.
        """
        weights = {part.key: self._weight(part, columns) for part in self._sections}
        unapplied = {part.key: self._unapplied(part, columns) for part in self._sections}
        closing = Closing(self._sheet, self._book, self._sections, self._goals)
        scored = self._book.weights.scored
        gaps = closing.gaps(columns, weights, unapplied, self._stated) if scored else []
        misfit = closing.misfit(gaps)
        why = self._why(columns, spent, names, misfit)
        subtotals = {
            part.key: self._subtotal(part, columns, weights[part.key], unapplied[part.key], why)
            for part in self._sections
        }
        gross, remark = self._gross(columns, spent, subtotals, unapplied, why)
        total, why, remark = self._capped(gross, spent, why, remark)
        goal_weights = {
            (number_, part.key): self._put(
                f"年度目标{number_}：{label_of(part)}分值",
                columns.goal_weight(number_, part),
            )
            for number_ in range(1, len(self._goals) + 1)
            for part in self._sections
        }
        return Sums(
            weights=weights,
            faults=closing.faults(gaps),
            goal_weights=goal_weights,
            subtotals=subtotals,
            total=total,
            grade=self._grade(total),
            why=why,
            misfit=misfit,
            remark=remark,
        )

    def _put(self, name: str, formula: Formula) -> Formula:
        return self._sheet.append(name, formula)

    # -- weights -------------------------------------------------------------------------------

    def _weight(self, part: SectionName, columns: Columns) -> Formula:
        found = sum_where(columns.weights, columns.of(part))
        return self._put(f"{label_of(part)}：分值", even(found))

    def _unapplied(self, part: SectionName, columns: Columns) -> Formula:
        found = sum_where(columns.weights, columns.of(part), (columns.ways, words(UNAPPLIED)))
        return self._put(f"{label_of(part)}：不适用的分值", even(found))

    # -- whether there is a total --------------------------------------------------------------

    def _why(
        self, columns: Columns, spent: BudgetResult, names: Formula, misfit: Formula
    ) -> Formula:
        """Return why there is no total, blank where there is one."""
        lacking = self._put("未计分行数", plus(sum_of(columns.open), spent.is_open))
        budget = when(equal(spent.is_open, _NIL), BLANK, words("预算执行"))
        mark = when(either(equal(budget, BLANK), equal(names, BLANK)), BLANK, words("、"))
        listed = joined(words("（"), budget, mark, names, words("）"))
        few = when(above(lacking, number(FEW)), BLANK, listed)
        rows = joined(words("未计总分：还有 "), lacking, words(" 行未计分"), few)
        if not self._book.weights.scored:
            return self._put("未计总分的原因", words(TotalNoteKind.WITHOUT_POINTS.value))
        return self._put(
            "未计总分的原因",
            chosen(
                [
                    (equal(sum_of(columns.used), _NIL), words("未计分：还没有填写指标")),
                    (differs(misfit, BLANK), joined(words("未计总分："), misfit)),
                    (above(lacking, _NIL), rows),
                ],
                BLANK,
            ),
        )

    # -- sums ----------------------------------------------------------------------------------

    def _subtotal(
        self, part: SectionName, columns: Columns, weight: Formula, unapplied: Formula, why: Formula
    ) -> Formula:
        rounding = self._book.rounding
        points = even(sum_where(columns.points, columns.of(part)))
        if self._book.weights.not_applicable == Inapplicable.MERGED:
            spread = scaled(points, weight, even(minus(weight, unapplied)), weight, rounding.row)
            points = when(above(unapplied, _NIL), spread, points)
        if rounding.subtotal is not None:
            points = self._put(
                f"{label_of(part)}：小计未舍入", when(equal(why, BLANK), points, _NIL)
            )
            points = rounded_points(points, weight, rounding.subtotal)
        return self._put(f"{label_of(part)}：小计", when(equal(why, BLANK), points, BLANK))

    def _gross(
        self,
        columns: Columns,
        spent: BudgetResult,
        subtotals: dict[str, Formula],
        unapplied: dict[str, Formula],
        why: Formula,
    ) -> tuple[Formula, Formula]:
        """Return the total before caps, and what was done on the way to it, in words."""
        parts = self._shared(columns, why) if self._shares else list(subtotals.values())
        budget = when(is_number(spent.points), spent.points, _NIL)
        summed = plus(budget, *(when(is_number(part), part, _NIL) for part in parts))
        total = self._put("各行合计", when(equal(why, BLANK), even(summed), BLANK))
        remark: Formula = BLANK
        gone = self._put("不适用的分值", plus(_NIL, *unapplied.values()))
        if self._book.weights.not_applicable == Inapplicable.RESCALED:
            total = self._put("折算", self._rescaled(total, gone))
            said = joined(words("注：不适用指标 "), gone, words(" 分不计，总分按适用分值折算。"))
            remark = when(both(equal(why, BLANK), above(gone, _NIL)), said, BLANK)
        elif self._book.weights.not_applicable == Inapplicable.MERGED:
            said = joined(words("注：不适用指标 "), gone, words(" 分并入同一级的其余指标。"))
            remark = when(both(equal(why, BLANK), above(gone, _NIL)), said, BLANK)
        rounding = self._book.rounding.total
        if rounding is not None:
            kept = rounded_points(total, number(self._book.weights.full), rounding)
            total = self._put("总分舍入", when(is_number(total), kept, BLANK))
        return total, self._put("折算说明", remark)

    def _rescaled(self, total: Formula, gone: Formula) -> Formula:
        full = number(self._book.weights.full)
        rounding = self._book.rounding.total or self._book.rounding.row
        applied = scaled(total, full, even(minus(full, gone)), full, rounding)
        return when(is_number(total), when(above(gone, _NIL), applied, total), BLANK)

    def _shared(self, columns: Columns, why: Formula) -> list[Formula]:
        """Return the points of each goal by its share."""
        full, rounding = number(self._book.weights.full), self._book.rounding.row
        parts = []
        for place, share in enumerate(self._goals, 1):
            mine = even(sum_where(columns.points, (columns.goals, number(place))))
            given = when(is_number(share), share, _NIL)
            part = scaled(mine, given, _WHOLE, full, rounding)
            counted = when(equal(why, BLANK), part, BLANK)
            parts.append(self._put(f"年度目标{place}：折算得分", counted))
        return parts

    # -- caps and grades -----------------------------------------------------------------------

    def _capped(
        self, total: Formula, spent: BudgetResult, why: Formula, remark: Formula
    ) -> tuple[Formula, Formula, Formula]:
        """Cap the total by the execution rate; without a rate it is unknown whether a cap holds."""
        caps = self._book.caps
        if caps is None:
            return self._put("总分", total), why, remark
        rate_known = both(is_number(spent.base), is_number(spent.spent))
        unknown = either(negated(rate_known), equal(spent.base, _NIL))
        lowest = number(caps.lowest)
        is_lost = both(is_number(total), when(unknown, above(total, lowest), NO))
        why = self._put(
            "封顶后的原因",
            when(
                when(is_number(total), is_lost, NO),
                words("未计总分：执行率不明，总分封顶无法确定"),
                why,
            ),
        )
        limit = self._put("总分上限", when(unknown, lowest, self._limit(caps, spent)))
        lower = smallest(total, limit)
        capped = self._put("总分", when(both(is_number(total), equal(why, BLANK)), lower, BLANK))
        reached = when(is_number(capped), differs(capped, total), NO)
        said = joined(words("注：执行率偏低，总分最高 "), limit, words("。"))
        remark = self._put("封顶说明", joined(remark, when(reached, said, BLANK)))
        return capped, why, remark

    def _limit(self, caps: TotalCaps, spent: BudgetResult) -> Formula:
        beyond = max(self._book.weights.full, caps.caps[-1].maximum)
        return of_rule(caps.limit(Constant(beyond)), base=spent.base, spent=spent.spent)

    def _grade(self, total: Formula) -> Formula:
        bands = self._book.grades.bands
        reached = chosen(
            [(at_least(total, number(band.lower)), words(band.name)) for band in bands[:-1]],
            words(bands[-1].name),
        )
        return self._put("等级", when(is_number(total), reached, BLANK))


def summary(
    sums: Sums, spent: BudgetResult, rulebook: Rulebook, sections: Sequence[SectionName]
) -> Formula:
    """Return one line with the subtotals, the total and the grade, or why there is no total."""
    digits = rulebook.rounding.row.digits
    parts: list[Formula] = []
    if rulebook.weights.execution:
        parts += (words("预算执行 "), fixed(spent.points, digits), words("　"))
    for part in sections:
        points = fixed(sums.subtotals[part.key], digits)
        shown = joined(words(f"{label_of(part)} "), points, words("　"))
        parts.append(when(above(sums.weights[part.key], _NIL), shown, BLANK))
    parts += (words("总分 "), fixed(sums.total, total_digits(rulebook)), words("　"), sums.grade)
    return when(is_number(sums.total), joined(*parts), sums.why)


def total_digits(rulebook: Rulebook) -> int:
    """Return the decimals of the total."""
    rounding = rulebook.rounding
    rows = rounding.row.digits if rounding.subtotal is None else rounding.subtotal.digits
    kept = max(rows, rounding.row.digits) if rulebook.weights.execution else rows
    return kept if rounding.total is None else rounding.total.digits
