"""The rows of a workpaper on hidden sheets: what the rule gives, by the formulas of the form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.levels import Section
from perfeval.cells.values import Cell
from perfeval.documents.form.asides import AsideName
from perfeval.documents.workbook.execution import BudgetCells, BudgetResult, score_budget
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    Span,
    Value,
    above,
    at_least,
    both,
    equal,
    is_number,
    joined,
    number,
    plus,
    when,
    words,
)
from perfeval.documents.workbook.gaps import Columns
from perfeval.documents.workbook.hidden_sheet import HEADINGS, HiddenSheet
from perfeval.documents.workbook.reading import kept_reading
from perfeval.documents.workbook.row_kinds import (
    AS_IT_WAS,
    TYPED,
    PlannedRow,
    RowKind,
    planned,
    vocabulary,
)
from perfeval.documents.workbook.row_plan import COLUMNS, known
from perfeval.documents.workbook.rows import SETTLED, WORD_LISTS, RowResult, Vocabulary
from perfeval.documents.workbook.settled import LEFT_OPEN
from perfeval.documents.workbook.totals import FEW, Summing, Sums
from perfeval.methods.graded import GradedWords
from perfeval.numbers import total, trimmed
from perfeval.review.grading import is_banded_row
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import Basis, IndicatorLine, Scorecard
from perfeval.scoring.standards import held_by
from perfeval.sheet import Indicator

_NIL, _ONE = number(0), number(1)


class ReviewInputs(NamedTuple):
    """What a reviewer fills into a row, as references to its cells."""

    actual: Formula
    judged: Formula


class RuledRow(NamedTuple):
    """What the rule gives a row.

    Attributes:
        points: The points, or blank.
        reason: Why there are none, or blank.
    """

    points: Formula
    reason: Formula


class WorkpaperRows:
    """The formulas of one project's rows.

    Attributes:
        rows: The hidden sheet of the rows.
        sums: The hidden sheet of the budget row and the sums.
    """

    def __init__(self, card: Scorecard, at: int) -> None:
        self.rows = HiddenSheet(f"计算{at}", COLUMNS)
        self.sums = HiddenSheet(f"合计{at}")
        self._card = card
        self._book = card.rulebook
        self._held = held_by(card.sheet, card.rulebook)
        self._places = {key: Decimal(place) for place, key in enumerate(card.sheet.sections, 1)}
        self._plans: dict[RowKind, PlannedRow] = {}
        self._vocabularies: dict[int, Vocabulary] = {}
        self._budget: BudgetResult | None = None
        self._results: list[RowResult] = []

    # -- rows ----------------------------------------------------------------------------------

    def budget(self, inputs: ReviewInputs) -> RuledRow:
        """Write the budget row: its spending is the reviewed one, where that is filled in."""
        budget = self._card.sheet.budget
        spent = _amount(budget.spent)
        money = BudgetCells(
            original=_amount(budget.original),
            final=_amount(budget.final),
            spent=when(equal(inputs.actual, BLANK), spent, inputs.actual),
        )
        found = score_budget(self.sums, self._book, money, budget.weight)
        self._budget = found
        line = self._card.execution
        points = self._or_judged(found.points, inputs, line.points, line.low, line.high)
        return RuledRow(points, found.reason)

    def indicator(self, index: int, inputs: ReviewInputs) -> RuledRow:
        """Write an indicator."""
        line = self._card.lines[index]
        cells = self._inputs(line, inputs)
        plan = self._planned(index, cells)
        result = self._write(index, plan, cells)
        self._results.append(result)
        points = result.points
        if not is_banded_row(line):
            points = self._or_judged(points, inputs, line.points, line.low, line.high)
        return RuledRow(points, result.reason)

    @staticmethod
    def _or_judged(
        points: Formula,
        inputs: ReviewInputs,
        known_points: Decimal | None,
        low: Decimal,
        high: Decimal,
    ) -> Formula:
        """Take the reviewer's judgement for a row that the engine left open, as it is."""
        if known_points is not None:
            return points
        is_as_filed = equal(inputs.actual, BLANK)
        inside = both(
            is_as_filed,
            is_number(inputs.judged),
            when(
                is_number(inputs.judged),
                both(at_least(inputs.judged, number(low)), at_least(number(high), inputs.judged)),
                Formula("FALSE", value=False),
            ),
        )
        return when(both(equal(points, BLANK), inside), inputs.judged, points)

    def _inputs(self, line: IndicatorLine, inputs: ReviewInputs) -> dict[str, Formula | Value]:
        row = line.indicator
        is_as_filed = equal(inputs.actual, BLANK)
        stated = row.sign or (row.target.sign if row.target else None)
        texts: dict[str, Value] = {
            IndicatorContent.NAME: row.name,
            IndicatorContent.WEIGHT: "" if row.weight is None else row.weight,
            IndicatorContent.SIGN: "" if stated is None else stated.value,
            IndicatorContent.TARGET: _text(row.target),
            IndicatorContent.ACTUAL: _text(row.actual),
            IndicatorContent.UNIT: row.unit or "",
            # the readings that are kept say which number counts, and its unit with it
            AsideName.TARGET_AS: "",
            AsideName.ACTUAL_AS: "",
            IndicatorContent.FILED: "" if row.filed is None else row.filed,
            AsideName.NOT_APPLICABLE: "是" if row.not_applicable else "",
        }
        cells: dict[str, Formula | Value] = {
            heading: texts[content] for heading, content in TYPED.items()
        }
        cells |= self._kept(row)
        cells |= self._settled(line, cells)
        filed = _constant(texts[IndicatorContent.FILED])
        judged = when(is_as_filed, filed, inputs.judged)
        if line.basis is Basis.JUDGED or is_banded_row(line):
            judged = when(equal(inputs.judged, BLANK), judged, inputs.judged)
        actual = _constant(texts[IndicatorContent.ACTUAL])
        return {
            "一级指标": self._places[row.section.key],
            "所属目标": "" if row.goal is None else Decimal(row.goal),
            **cells,
            "填完成值": when(is_as_filed, actual, inputs.actual),
            "填评定": when(equal(judged, BLANK), BLANK, judged),
        }

    def _kept(self, row: Indicator) -> dict[str, Formula | Value]:
        """Return the readings of the sheet's own texts, as cells."""
        kept: dict[str, Formula | Value] = {
            **kept_reading("目标值", _text(row.target), row.target),
            **kept_reading("完成值", _text(row.actual), row.actual),
            "单位原文": row.unit or "",
            "单位原意": row.unit or "",
        }
        if row.deduction and self._book.deductions is not None:
            kept["扣减分数"] = row.deduction
        return kept

    def _settled(
        self, line: IndicatorLine, cells: Mapping[str, Formula | Value]
    ) -> dict[str, Formula | Value]:
        """Return the engine's result, which stands while nothing is reviewed."""
        if not self._is_settled(line):
            return {}
        points, cut = line.points, line.indicator.deduction
        if points is not None and cut and self._book.deductions is not None:
            points = total((points, cut))  # the formulas deduct by themselves
        why = "；".join(note.message for note in line.notes) or LEFT_OPEN
        return {
            **{before: _said(cells[heading]) for heading, before in AS_IT_WAS.items()},
            "原得分": "" if points is None else points,
            "原因": why if points is None else SETTLED,
        }

    def _is_settled(self, line: IndicatorLine) -> bool:
        """Tell whether the engine's result is kept for a row."""
        return line.basis is not Basis.NOT_APPLICABLE and self._book.weights.scored

    def _planned(self, index: int, cells: Mapping[str, Formula | Value]) -> PlannedRow:
        held = self._held[index]
        section = self._card.sheet.indicators[index].section
        kind = RowKind(
            given=frozenset(cells),
            is_of_satisfaction=section.group is Section.SATISFACTION,
            is_settled=self._is_settled(self._card.lines[index]),
            method=0 if held is None else id(held.method),
            standard=0 if held is None else id(held.standard),
        )
        if kind not in self._plans:
            method = None if held is None else held.method
            graded = method if isinstance(method, GradedWords) else None
            self._plans[kind] = planned(self._book, kind, self._vocabulary(graded), held)
        return self._plans[kind]

    def _vocabulary(self, graded: GradedWords | None) -> Vocabulary:
        key = 0 if graded is None else id(graded)
        if key not in self._vocabularies:
            bands = self._book.qualitative.bands if graded is None else graded.bands
            mark = "" if graded is None else f"_{len(self._vocabularies) + 1}"
            self._vocabularies[key] = vocabulary(self._book, bands, mark)
        return self._vocabularies[key]

    def _write(
        self, index: int, planned_row: PlannedRow, cells: Mapping[str, Formula | Value]
    ) -> RowResult:
        row = planned_row.plan.write(self.rows, index, cells)
        line = HEADINGS + index + 1
        return RowResult._make(known(one, self.rows.name, line, row) for one in planned_row.result)

    # -- sums ----------------------------------------------------------------------------------

    def sum_up(self, scores: Mapping[int, Formula], budget: Formula) -> Sums:
        """Write the sums of the reviewed points.

        Args:
            scores: 复核得分 of each indicator, or blank.
            budget: That of the budget row.
        """
        for index, result in enumerate(self._results):
            score = scores[index]
            self.rows.put(index, "复核得分", when(equal(score, BLANK), BLANK, score))
            is_open = both(equal(result.is_open, _ONE), equal(score, BLANK))
            self.rows.put(index, "复核缺分", when(is_open, _ONE, _NIL))
        count = len(self._results)
        sections = tuple(part.name for part in self._card.sheet.sections.values())
        stated = self._card.sheet.budget.weight
        goals = [_amount(goal.weight) for goal in self._card.sheet.goals]
        columns = Columns(
            sections=self.rows.span("一级指标", count),
            goals=self.rows.span("所属目标", count),
            used=self.rows.span("填写", count),
            weights=self.rows.span("分值", count),
            points=self.rows.span("复核得分", count),
            ways=self.rows.span("计分方式", count),
            open=self.rows.span("复核缺分", count),
            places={part.key: number(at) for at, part in enumerate(sections, 1)},
        )
        summing = Summing(self.sums, self._book, sections, goals, stated)
        return summing.sum_up(columns, self._reviewed_budget(budget), self._open_names())

    def _reviewed_budget(self, score: Formula) -> BudgetResult:
        found = self._budget
        if found is None:  # the form has no budget row with points: money alone, for caps
            found = self._unscored_budget()
        is_open = both(equal(found.is_open, _ONE), equal(score, BLANK))
        lacking = self.sums.append("复核：预算执行缺分", when(is_open, _ONE, _NIL))
        kept = self.sums.append("复核：预算执行", when(equal(score, BLANK), BLANK, score))
        return found._replace(points=kept, is_open=lacking)

    def _unscored_budget(self) -> BudgetResult:
        budget = self._card.sheet.budget
        money = BudgetCells(*map(_amount, (budget.original, budget.final, budget.spent)))
        return score_budget(self.sums, self._book, money, budget.weight)

    def _open_names(self) -> Formula:
        """Write the names of the rows that lack points, of the first few below each other."""
        names: Formula = BLANK
        count: Formula = _NIL
        for index, line in enumerate(self._card.lines):
            at = self.rows.columns["复核缺分"]
            is_open = self._cell(index, at)
            mark = when(equal(names, BLANK), BLANK, words("、"))
            is_named = both(equal(is_open, _ONE), above(number(FEW), count))
            added = when(is_named, joined(mark, words(line.name or f"第{index + 1}个指标")), BLANK)
            names = self.rows.put(index, "复核缺分的指标", joined(names, added))
            count = self.rows.put(index, "复核缺分序数", plus(count, is_open))
        return names

    def _cell(self, index: int, column: int) -> Formula:
        content = self.rows.cells[HEADINGS + index, column]
        value = content.value if isinstance(content, Formula) else None
        span = self.rows.span("复核缺分", index + 1)
        corner = span.text.rpartition(":")[2]
        return Formula(f"{self.rows.name}!{corner}", value)

    # -- names ---------------------------------------------------------------------------------

    @property
    def vocabularies(self) -> tuple[Span, ...]:
        """The rulebook's words, which only the formulas of this project may look into."""
        return tuple(span for one in self._vocabularies.values() for span in one)

    @property
    def lists(self) -> frozenset[str]:
        """The names of the general lists that the formulas look into."""
        names = {name for one in self._plans.values() for name in one.lists}
        return frozenset(one.name for one in WORD_LISTS if one.name in names)


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def _amount(amount: Decimal | None) -> Formula:
    return BLANK if amount is None else number(amount)


def _constant(value: Value) -> Formula:
    return number(value) if isinstance(value, Decimal) else words(str(value))


def _said(value: Formula | Value) -> Value:
    """Return a value as a text, as `EXACT` compares it."""
    return trimmed(value) if isinstance(value, Decimal) else str(value)
