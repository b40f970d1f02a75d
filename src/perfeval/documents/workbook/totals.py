"""小计, 总分 and 等级 in cells: sums, whether weights close, and why there is no total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.levels import Section, SectionName
from perfeval.documents.workbook.execution import BudgetResult
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    Span,
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
    rounded,
    size,
    smallest,
    sum_of,
    sum_where,
    when,
    words,
)
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.methods import rounded_points, scaled
from perfeval.documents.workbook.rows import UNAPPLIED
from perfeval.methods.expression import Constant
from perfeval.numbers import HUNDRED, ZERO, RoundingMode, subtract
from perfeval.rulebook import Rulebook, TotalCaps, WeightScheme
from perfeval.rulebook.weights import GoalMode, Inapplicable

_NIL, _WHOLE = number(ZERO), number(HUNDRED)
_SUM_DIGITS = 9
_FEW = 4
"""How many of the rows without points are named."""
_HALF_UP = RoundingMode.HALF_UP


class Columns(NamedTuple):
    """The columns of the hidden sheet that are summed up."""

    sections: Span
    goals: Span
    used: Span
    weights: Span
    points: Span
    ways: Span
    open: Span


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
    ) -> None:
        self._sheet = sheet
        self._book = rulebook
        self._sections = sections
        self._places = {part.key: number(at) for at, part in enumerate(sections, 1)}
        self._goals = goals
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
        gaps = [*self._gaps(columns, weights), *self._emptied(weights, unapplied)]
        misfit = self._misfit(gaps)
        why = self._why(columns, spent, names, misfit)
        subtotals = {
            part.key: self._subtotal(part, columns, weights[part.key], unapplied[part.key], why)
            for part in self._sections
        }
        gross, remark = self._gross(columns, spent, subtotals, unapplied, why)
        total, why, remark = self._capped(gross, spent, why, remark)
        goal_weights = {
            (number_, part.key): self._put(
                f"年度目标{number_}：{_label(part)}分值",
                self._goal_weight(columns, number_, part),
            )
            for number_ in range(1, len(self._goals) + 1)
            for part in self._sections
        }
        return Sums(
            weights=weights,
            faults=self._faults(gaps),
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

    def _of(self, part: SectionName, columns: Columns) -> tuple[Span, Formula]:
        """Return the condition that a row stands in a section."""
        return columns.sections, self._places[part.key]

    def _weight(self, part: SectionName, columns: Columns) -> Formula:
        found = sum_where(columns.weights, self._of(part, columns))
        return self._put(f"{_label(part)}：分值", _even(found))

    def _unapplied(self, part: SectionName, columns: Columns) -> Formula:
        found = sum_where(
            columns.weights, self._of(part, columns), (columns.ways, words(UNAPPLIED))
        )
        return self._put(f"{_label(part)}：不适用的分值", _even(found))

    def _goal_weight(self, columns: Columns, goal: int, part: SectionName) -> Formula:
        return _even(
            sum_where(columns.weights, self._of(part, columns), (columns.goals, number(goal)))
        )

    def _gaps(self, columns: Columns, weights: dict[str, Formula]) -> list[_Gap]:
        """Return where the weights do not fit the rulebook, as `perfeval.scoring` finds it."""
        if self._shares:
            return [*self._stray(columns), *self._share_gaps(columns)]
        present = {
            part.key: above(sum_where(columns.used, self._of(part, columns)), _NIL)
            for part in self._sections
        }
        gaps = self._section_gaps("", weights, present)
        return [*gaps, *self._stray(columns), *self._goal_gaps(columns)] if self._goals else gaps

    def _section_gaps(
        self, prefix: str, weights: dict[str, Formula], present: dict[str, Formula]
    ) -> list[_Gap]:
        schemes = self._book.weights.schemes
        groups: dict[Section, Formula] = {}
        for part in self._sections:
            if part.group is not None:
                found = present[part.key]
                groups[part.group] = either(found, groups.get(part.group, _NO))
        scheme = self._put(
            f"{prefix}分值方案",
            chosen(
                [(_fits(scheme, groups), number(place)) for place, scheme in enumerate(schemes, 1)],
                number(len(schemes)),
            ),
        )
        gaps: list[_Gap] = []
        for place, division in enumerate(schemes, 1):
            holds = equal(scheme, number(place))
            gaps += self._division_gaps(prefix, division, weights, holds)
        return gaps

    def _division_gaps(
        self, prefix: str, scheme: WeightScheme, weights: dict[str, Formula], holds: Formula
    ) -> list[_Gap]:
        """Return the gaps of a division; one that does not name all sections says nothing."""
        rule = self._book.weights
        named = {group for item in scheme.groups for group in item.sections}
        others = [part for part in self._sections if part.group not in named]
        gaps = []
        if others and not rule.fixed:
            beside = above(plus(*(weights[part.key] for part in others)), _NIL)
            gaps.append(self._whole_gap(prefix, weights, both(holds, beside)))
            holds = both(holds, negated(beside))
        for item in scheme.groups:
            parts = [part for part in self._sections if part.group in item.sections]
            name = prefix + "、".join(group.label for group in item.sections)
            actual = _even(plus(*(weights[part.key] for part in parts))) if parts else _NIL
            gaps.append(self._gap(name, parts, item.weight, actual, holds))
        if rule.fixed:
            for part in others:
                name, actual = prefix + _label(part), weights[part.key]
                gaps.append(self._gap(name, (part,), ZERO, actual, holds))
        return gaps

    def _whole_gap(self, prefix: str, weights: dict[str, Formula], holds: Formula) -> _Gap:
        rule = self._book.weights
        actual = _even(plus(*weights.values()))
        expected = subtract(rule.full, rule.execution)
        return self._gap(f"{prefix}各项指标", self._sections, expected, actual, holds)

    def _gap(
        self,
        name: str,
        parts: Sequence[SectionName],
        expected: Decimal | Formula,
        actual: Formula,
        holds: Formula,
    ) -> _Gap:
        wanted = number(expected) if isinstance(expected, Decimal) else expected
        difference = self._put(f"{name}：分值差", when(holds, _even(minus(actual, wanted)), _NIL))
        more = when(above(difference, _NIL), words("多 "), words("少 "))
        said = joined(
            words(f"{name}分值合计 "),
            actual,
            words("，办法规定 "),
            wanted,
            words("，"),
            more,
            size(difference),
        )
        message = self._put(f"{name}：说明", when(equal(difference, _NIL), BLANK, said))
        return _Gap(tuple(parts), difference, message)

    def _stray(self, columns: Columns) -> list[_Gap]:
        """Return the rows that belong to no goal."""
        known = [
            sum_where(columns.weights, (columns.goals, number(goal)))
            for goal in range(1, len(self._goals) + 1)
        ]
        stray = _even(minus(sum_of(columns.weights), plus(*known)))
        return [self._gap("未写明所属目标的指标", (), ZERO, self._put("无目标的分值", stray), _YES)]

    def _goal_gaps(self, columns: Columns) -> list[_Gap]:
        gaps = []
        for place, weight in enumerate(self._goals, 1):
            actual = _even(sum_where(columns.weights, (columns.goals, number(place))))
            gaps.append(self._gap(f"年度目标{place}", (), weight, actual, is_number(weight)))
        return gaps

    def _share_gaps(self, columns: Columns) -> list[_Gap]:
        gaps: list[_Gap] = []
        for place in range(1, len(self._goals) + 1):
            weights = {part.key: self._goal_weight(columns, place, part) for part in self._sections}
            present = {
                part.key: above(
                    sum_where(
                        columns.used,
                        self._of(part, columns),
                        (columns.goals, number(place)),
                    ),
                    _NIL,
                )
                for part in self._sections
            }
            gaps += self._section_gaps(f"年度目标{place}的", weights, present)
        unapplied = _even(sum_where(columns.weights, (columns.ways, words(UNAPPLIED))))
        held = when(above(unapplied, _NIL), unapplied, _NIL)
        gaps.append(self._gap("各年度目标下不适用的指标", (), ZERO, held, _YES))
        shares = _even(plus(*(when(is_number(goal), goal, _NIL) for goal in self._goals)))
        gaps.append(self._gap("各年度目标的权重", (), HUNDRED, shares, _YES))
        return gaps

    def _emptied(self, weights: dict[str, Formula], unapplied: dict[str, Formula]) -> list[_Gap]:
        """Return the groups in which no indicator applies: nothing is left to take their points."""
        rule = self._book.weights.not_applicable
        if self._shares or rule == Inapplicable.FORBIDDEN or not weights:
            return []
        if rule == Inapplicable.RESCALED:
            whole, gone = plus(*weights.values()), plus(*unapplied.values())
            return [self._empty("适用的指标", (), whole, gone)]
        return [
            self._empty(
                f"{_label(part)}中适用的指标", (part,), weights[part.key], unapplied[part.key]
            )
            for part in self._sections
        ]

    def _empty(
        self, name: str, parts: Sequence[SectionName], weight: Formula, gone: Formula
    ) -> _Gap:
        is_empty = both(above(gone, _NIL), equal(_even(minus(weight, gone)), _NIL))
        return self._gap(name, parts, weight, _NIL, is_empty)

    def _faults(self, gaps: Sequence[_Gap]) -> dict[str, Formula]:
        return {
            part.key: self._put(
                f"{_label(part)}：分值不闭合",
                plus(_NIL, *(size(gap.difference) for gap in gaps if part in gap.sections)),
            )
            for part in self._sections
        }

    # -- whether there is a total --------------------------------------------------------------

    def _misfit(self, gaps: Sequence[_Gap]) -> Formula:
        """Return the messages of all gaps."""
        said: Formula = BLANK
        for place, gap in enumerate(gaps, 1):
            mark = when(either(equal(said, BLANK), equal(gap.message, BLANK)), BLANK, words("；"))
            said = self._put(f"分值说明{place}", joined(said, mark, gap.message))
        return said

    def _why(
        self, columns: Columns, spent: BudgetResult, names: Formula, misfit: Formula
    ) -> Formula:
        """Return why there is no total, blank where there is one."""
        lacking = self._put("未计分行数", plus(sum_of(columns.open), spent.is_open))
        budget = when(equal(spent.is_open, _NIL), BLANK, words("预算执行"))
        mark = when(either(equal(budget, BLANK), equal(names, BLANK)), BLANK, words("、"))
        listed = joined(words("（"), budget, mark, names, words("）"))
        few = when(above(lacking, number(_FEW)), BLANK, listed)
        rows = joined(words("未计总分：还有 "), lacking, words(" 行未计分"), few)
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
        points = _even(sum_where(columns.points, self._of(part, columns)))
        if self._book.weights.not_applicable == Inapplicable.MERGED:
            spread = scaled(points, weight, _even(minus(weight, unapplied)), weight, rounding.row)
            points = when(above(unapplied, _NIL), spread, points)
        if rounding.subtotal is not None:
            points = self._put(f"{_label(part)}：小计未舍入", when(equal(why, BLANK), points, _NIL))
            points = rounded_points(points, weight, rounding.subtotal)
        return self._put(f"{_label(part)}：小计", when(equal(why, BLANK), points, BLANK))

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
        total = self._put("各行合计", when(equal(why, BLANK), _even(summed), BLANK))
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
        applied = scaled(total, full, _even(minus(full, gone)), full, rounding)
        return when(is_number(total), when(above(gone, _NIL), applied, total), BLANK)

    def _shared(self, columns: Columns, why: Formula) -> list[Formula]:
        """Return the points of each goal by its share."""
        full, rounding = number(self._book.weights.full), self._book.rounding.row
        parts = []
        for place, share in enumerate(self._goals, 1):
            mine = _even(sum_where(columns.points, (columns.goals, number(place))))
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
        is_lost = both(is_number(total), when(unknown, above(total, lowest), _NO))
        why = self._put(
            "封顶后的原因",
            when(
                when(is_number(total), is_lost, _NO),
                words("未计总分：执行率不明，总分封顶无法确定"),
                why,
            ),
        )
        limit = self._put("总分上限", when(unknown, lowest, self._limit(caps, spent)))
        lower = smallest(total, limit)
        capped = self._put("总分", when(both(is_number(total), equal(why, BLANK)), lower, BLANK))
        reached = when(is_number(capped), differs(capped, total), _NO)
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


class _Gap(NamedTuple):
    sections: tuple[SectionName, ...]
    difference: Formula
    message: Formula


def _label(part: SectionName) -> str:
    """Return what a section is called where it needs a name."""
    return part.label or "指标"


_YES, _NO = Formula("TRUE", True), Formula("FALSE", False)


def _even(part: Formula) -> Formula:
    """Round away the error of binary fractions: cells compute in doubles, the engine exactly."""
    return rounded(part, _SUM_DIGITS, _HALF_UP)


def _fits(scheme: WeightScheme, present: dict[Section, Formula]) -> Formula:
    """Tell whether a division holds for the sections that are filled in."""
    wanted = [present.get(part, _NO) for part in scheme.present]
    unwanted = [negated(present.get(part, _NO)) for part in scheme.absent]
    return both(_YES, *wanted, *unwanted)


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
        shown = joined(words(f"{_label(part)} "), points, words("　"))
        parts.append(when(above(sums.weights[part.key], _NIL), shown, BLANK))
    parts += (words("总分 "), fixed(sums.total, total_digits(rulebook)), words("　"), sums.grade)
    return when(is_number(sums.total), joined(*parts), sums.why)


def total_digits(rulebook: Rulebook) -> int:
    """Return the decimals of the total."""
    rounding = rulebook.rounding
    rows = rounding.row.digits if rounding.subtotal is None else rounding.subtotal.digits
    kept = max(rows, rounding.row.digits) if rulebook.weights.execution else rows
    return kept if rounding.total is None else rounding.total.digits
