"""Score a sheet by a rulebook: pure, exact, and explained row by row."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.cells.comparison import Comparison, Outcome
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.signs import Sign
from perfeval.cells.values import Kind
from perfeval.cells.words import Section
from perfeval.methods import (
    FigureMethod,
    all_or_nothing,
    bands,
    inverse_ratio,
    linear_shortfall,
    over_achievement,
    proportional,
    steps,
)
from perfeval.numbers import HUNDRED, ZERO, Exact, multiply, plain, rounder, whole
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Basis, Line, Rule, Scorecard
from perfeval.scoring import totals
from perfeval.scoring.execution import ExecutionScorer
from perfeval.scoring.rounding import full_points, rounded_points
from perfeval.sheet import Indicator, Sheet

_METHODS: dict[str, Any] = {
    "按完成比例": proportional,
    "反比": inverse_ratio,
    "按超出幅度扣减": linear_shortfall,
    "达标计分": all_or_nothing,
}
_QUANTITATIVE, _QUALITATIVE = "定量指标", "定性指标"
# Enum members bound once: looking one up on its class costs more than scoring with it.
FIGURES, RATE, WORD, WORDS, UNAPPLIED = (
    Outcome.FIGURES,
    Outcome.RATE,
    Outcome.WORD,
    Outcome.WORDS,
    Outcome.UNAPPLIED,
)
MEASURED, CLAIMED, EQUAL = Basis.MEASURED, Basis.CLAIMED, Sign.EQUAL
_STRICT = {
    Sign.ABOVE: Note(NoteKind.STRICT_SIGN, ("＞", "≥")),
    Sign.BELOW: Note(NoteKind.STRICT_SIGN, ("＜", "≤")),
}
Shortfall = Callable[[Any, Decimal, Decimal, Decimal], Exact]


class DirectionRule(NamedTuple):
    """How one direction scores under a rulebook."""

    method: FigureMethod
    shortfall: Shortfall
    met: Rule
    missed: Rule
    is_reverse: bool


def score(sheet: Sheet, rulebook: Rulebook) -> Scorecard:
    """Score a sheet.

    Args:
        sheet: The sheet; nothing in it can make this raise.
        rulebook: The rules that apply.

    Returns:
        The points of every row with their derivation, subtotals, total and grade.  Rows that
        cannot be scored say why and make the total a range; weights that do not fit the
        rulebook leave it out.

    >>> from perfeval import load_rulebook, load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> score(sheet, load_rulebook("hubei-2020")).total
    Decimal('98.46')
    """
    return Scorer(rulebook).score(sheet)


class Scorer:
    """A rulebook made ready to score many sheets; safe to share between threads."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._execution = ExecutionScorer(rulebook)
        self._row = rulebook.rounding.row
        self._round = rounder(self._row.digits, self._row.mode)
        self._printing = rulebook.rounding.printed
        rule = rulebook.quantitative
        self._over = rule.over
        self._steps = rule.satisfaction
        self._takes_rates = rule.completion_rate == "按完成率计分"
        self._needs_zero = rule.zero_target == "为零得满分"
        self._needs_equal = rule.equal_means == "相等才达标"
        positive = self._way(rule.positive, "正向指标", is_reverse=False)
        reverse = self._way(rule.reverse, "反向指标", is_reverse=True)
        self._ways = {
            Sign.AT_LEAST: positive,
            Sign.ABOVE: positive,
            Sign.EQUAL: self._way(rule.equal, "等于型指标", is_reverse=False),
            Sign.AT_MOST: reverse,
            Sign.BELOW: reverse,
        }
        self._above_equal = self._way(rule.reverse, "等于型指标，完成值高于目标值", is_reverse=True)
        self._negative = self._rule(_QUANTITATIVE, "完成值为负数，不得分")
        self._not_zero = self._rule(_QUANTITATIVE, "等于型指标：目标值为 0 而完成值不为 0，不得分")
        self._achieved = self._rule(_QUANTITATIVE, "填报为达成，得满分")
        self._full_rate = self._rule(_QUANTITATIVE, "以完成率填报：完成率不低于 100%，得满分")
        self._rate = self._rule(_QUANTITATIVE, "以完成率填报：得分 = 分值 × 完成率，不超过分值")
        self._by_steps = self._rule(_QUANTITATIVE, steps.SENTENCE)
        self._judged = self._rule(_QUALITATIVE, bands.SENTENCE)
        self._none = self._rule(_QUANTITATIVE, "未计分")

    def score(self, sheet: Sheet) -> Scorecard:
        """Score a sheet; see `score`."""
        book = self._rulebook
        execution = self._execution.score(sheet.budget)
        lines = tuple([self._line(indicator) for indicator in sheet.indicators])
        sums = totals.sum_up(sheet, execution, lines, book)
        return Scorecard(
            sheet=sheet,
            rulebook=book,
            execution=execution,
            lines=lines,
            subtotals=sums.subtotals,
            total=sums.total,
            low=sums.low,
            high=sums.high,
            grade=totals.grade_of(sums.low, sums.high, book),
            measured=sums.measured,
            claimed=sums.claimed,
            gaps=sums.gaps,
            adjustments=sums.adjustments,
            unscored=sums.unscored,
        )

    def _way(self, method: FigureMethod, direction: str, *, is_reverse: bool) -> DirectionRule:
        module = _METHODS[method.method]
        limit = "高" if is_reverse else "低"
        met = self._rule(_QUANTITATIVE, f"{direction}：完成值不{limit}于目标值，得满分")
        missed = self._rule(_QUANTITATIVE, f"{direction}：{module.SENTENCE}")
        return DirectionRule(method, module.shortfall, met, missed, is_reverse)

    def _rule(self, block: str, sentence: str) -> Rule:
        book = self._rulebook
        clause = book.qualitative if block == _QUALITATIVE else book.quantitative
        return Rule(
            book.id,
            block,
            sentence,
            clause.clause,
            clause.source,
            clause.verified,
            self._row.digits,
            self._row.mode,
        )

    # -- rows ----------------------------------------------------------------------------------

    def _line(self, indicator: Indicator) -> Line:
        """Score one indicator."""
        weight = indicator.weight
        comparison = indicator.comparison
        outcome = comparison.outcome
        if outcome is UNAPPLIED:
            return self._unapplied(indicator, comparison)
        if weight is None:
            return self._unscored(indicator, (Note(NoteKind.NO_WEIGHT),))
        if outcome is FIGURES:
            return self._figures(indicator, weight, comparison)
        if outcome is RATE:
            return self._completed(indicator, weight, comparison)
        if outcome is WORD:
            return self._word(indicator, weight, comparison)
        if outcome is WORDS:
            return self._words(indicator, weight, comparison)
        return self._unscored(indicator, comparison.notes)

    def _figures(self, indicator: Indicator, weight: Decimal, comparison: Comparison) -> Line:
        """Score two figures of one kind."""
        _, sign, target, actual, notes, is_measured = comparison
        way = self._ways[sign]
        basis = MEASURED if is_measured else CLAIMED
        if self._steps is not None and _is_satisfaction(indicator):
            exact = steps.points(self._steps, weight, actual)
            return self._scored(indicator, weight, exact, basis, self._by_steps, notes)
        if sign is EQUAL and actual > target:
            return self._above(indicator, weight, comparison, basis)
        if actual == target and sign in _STRICT:
            notes = (*notes, _STRICT[sign])
        if actual < ZERO:
            notes = (*notes, Note(NoteKind.NEGATIVE_ACTUAL, (plain(actual),)))
            return self._scored(indicator, weight, whole(ZERO), basis, self._negative, notes)
        if (actual <= target) if way.is_reverse else (actual >= target):
            if self._over is not None and not way.is_reverse:
                return self._met(indicator, weight, comparison, basis, way)
            return self._full(indicator, weight, basis, way.met, notes)
        exact = way.shortfall(way.method, weight, target, actual)
        return self._scored(indicator, weight, exact, basis, way.missed, notes)

    def _above(
        self, indicator: Indicator, weight: Decimal, comparison: Comparison, basis: Basis
    ) -> Line:
        """Score a value above an ＝ target."""
        target, actual, notes = comparison.target, comparison.actual, comparison.notes
        if target == ZERO and self._needs_zero:
            return self._scored(indicator, weight, whole(ZERO), basis, self._not_zero, notes)
        if self._needs_equal:
            way = self._above_equal
            exact = way.shortfall(way.method, weight, target, actual)
            return self._scored(indicator, weight, exact, basis, way.missed, notes)
        return self._met(indicator, weight, comparison, basis, self._ways[Sign.EQUAL])

    def _met(
        self,
        indicator: Indicator,
        weight: Decimal,
        comparison: Comparison,
        basis: Basis,
        way: DirectionRule,
    ) -> Line:
        """Score a target that is met, perhaps by far."""
        target, actual, notes = comparison.target, comparison.actual, comparison.notes
        exact, rule, over = whole(weight), way.met, self._over
        if over is not None and over_achievement.is_over(over, target, actual):
            notes = (*notes, over_achievement.note(over))
            less = over_achievement.reduced(over, weight, target, actual)
            if less is not None:
                exact = less
                rule = self._rule(_QUANTITATIVE, over_achievement.SENTENCES[over.action])
        return self._scored(indicator, weight, exact, basis, rule, notes)

    def _completed(self, indicator: Indicator, weight: Decimal, comparison: Comparison) -> Line:
        """Score a completion rate that stands in place of a figure, or of words."""
        rate, notes = comparison.actual, comparison.notes
        if not self._takes_rates:
            target, actual = notes[0].values
            return self._unscored(indicator, (Note(NoteKind.RATE_NOT_SCORED, (actual, target)),))
        if rate >= HUNDRED:
            return self._full(indicator, weight, CLAIMED, self._full_rate, notes)
        rate = max(rate, ZERO)
        exact = Exact(multiply(weight, rate), HUNDRED, "{} × {} ÷ {}", (weight, rate, HUNDRED))
        return self._scored(indicator, weight, exact, CLAIMED, self._rate, notes)

    def _word(self, indicator: Indicator, weight: Decimal, comparison: Comparison) -> Line:
        """Score a word that stands in place of a figure."""
        target, actual = indicator.target, _text(indicator.actual)
        if actual in self._rulebook.quantitative.achieved_words:
            return self._full(indicator, weight, CLAIMED, self._achieved, comparison.notes)
        if target is not None and target.kind is Kind.COMPOUND:
            return self._unscored(indicator, (Note(NoteKind.TWO_NUMBERS, (target.text,)),))
        note = Note(NoteKind.WORDS_FOR_FIGURE, (_text(target), actual))
        return self._unscored(indicator, (note,))

    def _words(self, indicator: Indicator, weight: Decimal, comparison: Comparison) -> Line:
        """Score words against words."""
        judgement = bands.judge(
            self._rulebook.qualitative,
            _text(indicator.target),
            _text(indicator.actual),
            indicator.filed,
            weight,
            self._rulebook.quantitative.achieved_words,
            self._row,
        )
        if judgement is None:
            note = Note(NoteKind.UNKNOWN_WORDS, (_text(indicator.actual),))
            return self._unscored(indicator, (note, *comparison.notes))
        notes = (*judgement.notes, *comparison.notes)
        if judgement.exact is None:
            line = self._unscored(indicator, notes)
            return line._replace(low=judgement.low, high=judgement.high, rule=self._judged)
        line = self._scored(indicator, weight, judgement.exact, Basis.JUDGED, self._judged, notes)
        return line._replace(is_reached=judgement.is_reached)

    def _unapplied(self, indicator: Indicator, comparison: Comparison) -> Line:
        """Leave out an indicator that does not apply, where the rulebook allows it."""
        if self._rulebook.weights.not_applicable == "不允许":
            return self._unscored(indicator, (Note(NoteKind.NOT_APPLICABLE_REFUSED),))
        line = self._unscored(indicator, comparison.notes)
        return line._replace(high=line.low, basis=Basis.NOT_APPLICABLE)

    def _full(
        self,
        indicator: Indicator,
        weight: Decimal,
        basis: Basis,
        rule: Rule,
        notes: tuple[Note, ...],
    ) -> Line:
        points = self._round(weight)
        if points > weight:
            points = full_points(weight, self._row)
        printed = None if self._printing is None else self._printed(points, weight)
        return Line(
            indicator.name,
            weight,
            points,
            points,
            points,
            indicator.full_marks,
            basis,
            rule,
            notes,
            indicator.filed,
            indicator,
            printed,
        )

    def _scored(
        self,
        indicator: Indicator,
        weight: Decimal,
        exact: Exact,
        basis: Basis,
        rule: Rule,
        notes: tuple[Note, ...],
    ) -> Line:
        points = rounded_points(exact, weight, self._row)
        printed = None if self._printing is None else self._printed(points, weight)
        return Line(
            indicator.name,
            weight,
            points,
            points,
            points,
            exact,
            basis,
            rule,
            notes,
            indicator.filed,
            indicator,
            printed,
        )

    def _unscored(self, indicator: Indicator, notes: tuple[Note, ...]) -> Line:
        weight = ZERO if indicator.weight is None else indicator.weight
        high = full_points(weight, self._row)
        low = full_points(ZERO, self._row)
        return Line(
            indicator.name,
            indicator.weight,
            None,
            low,
            high,
            None,
            Basis.UNSCORED,
            self._none,
            notes,
            indicator.filed,
            indicator,
        )

    def _printed(self, points: Decimal, weight: Decimal) -> Decimal:
        """Return the points as the form prints them, where it prints fewer digits."""
        return rounded_points(whole(points), weight, self._printing or self._row)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell.text)


def _is_satisfaction(indicator: Indicator) -> bool:
    """Tell whether a row is a percentage of the satisfaction section."""
    actual = indicator.actual
    return (
        indicator.section is Section.SATISFACTION
        and actual is not None
        and actual.kind is Kind.PERCENT
    )
