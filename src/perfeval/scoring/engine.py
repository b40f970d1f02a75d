"""Score a sheet by a rulebook: pure, exact, and explained row by row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.cells.comparison import Comparison, Outcome
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.signs import Sign
from perfeval.cells.values import Kind
from perfeval.methods import bands, completion_rate
from perfeval.methods.expression import Branch, Expression, case_of
from perfeval.methods.standard import Standard
from perfeval.numbers import HUNDRED, ONE, TWO, ZERO, plain, whole
from perfeval.rulebook import Rulebook
from perfeval.rulebook.indicators import CompletionRate, EqualMeaning
from perfeval.rulebook.weights import Inapplicable
from perfeval.scorecard import Basis, IndicatorLine, Rule, Scorecard
from perfeval.scoring import totals
from perfeval.scoring.aggregates import score_units
from perfeval.scoring.deductions import deduct
from perfeval.scoring.execution import ExecutionScorer
from perfeval.scoring.lines import LineMaker
from perfeval.scoring.satisfaction import is_satisfaction_rate
from perfeval.scoring.standards import StandardScorer
from perfeval.sheet import Indicator, Sheet

_QUANTITATIVE, _QUALITATIVE = "定量指标", "定性指标"
# Enum members bound once: looking one up on its class costs more than scoring with it.
FIGURES, RATE, UNAPPLIED = Outcome.FIGURES, Outcome.RATE, Outcome.UNAPPLIED
_ALL_IN_WORDS = NoteKind.ALL_IN_WORDS
MEASURED, CLAIMED, JUDGED = Basis.MEASURED, Basis.CLAIMED, Basis.JUDGED
EQUAL, QUALITATIVE = Sign.EQUAL, Sign.QUALITATIVE
_STRICT = {
    Sign.ABOVE: Note(NoteKind.STRICT_SIGN, ("＞", "≥")),
    Sign.BELOW: Note(NoteKind.STRICT_SIGN, ("＜", "≤")),
}


class SignRule(NamedTuple):
    """How the figures of one sign score under a rulebook.

    Attributes:
        points: The points, from weight, target and actual.
        full: What is cited where the target is met; ``None`` where there is more to ask then.
        missed: The branch of a target that is missed by a figure from 0 on.
        is_reverse: Less is better.
    """

    points: Expression
    full: Rule | None
    missed: Branch
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
    return _ready(rulebook).score(sheet)


_KEPT: dict[int, tuple[Rulebook, Scorer]] = {}
_MOST_KEPT = 100


def _ready(rulebook: Rulebook) -> Scorer:
    """Return what scores by a rulebook, made once: that takes as long as a sheet does.

    Rulebooks are told apart as objects: to compare their values takes longer.
    """
    kept = _KEPT.get(id(rulebook))  # it holds the rulebook, so that no other gets its id
    if kept is not None:
        return kept[1]
    if len(_KEPT) >= _MOST_KEPT:
        _KEPT.clear()
    scorer = Scorer(rulebook)
    _KEPT[id(rulebook)] = rulebook, scorer
    return scorer


class Scorer:
    """A rulebook made ready to score many sheets; safe to share between threads.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> from perfeval import load_rulebook
    >>> Scorer(load_rulebook("hubei-2020")).score(sheet).total
    Decimal('98.46')
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._execution = ExecutionScorer(rulebook)
        self._row = rulebook.rounding.row
        self._has_points = rulebook.weights.scored
        self._cited: dict[tuple[str, str], Rule] = {}
        maker = LineMaker(rulebook, self._rule(_QUANTITATIVE, "未计分"))
        self._maker = maker
        self._full, self._scored, self._unscored = maker.full, maker.scored, maker.unscored
        self._standards = StandardScorer(maker)
        rule = rulebook.quantitative
        self._steps = None if rule.satisfaction is None else rule.satisfaction.points
        self._needs_equal = rule.equal_means == EqualMeaning.ONLY_EQUAL
        self._takes_rates = rule.completion_rate == CompletionRate.SCORED
        self._signs = {sign: self._sign_rule(sign) for sign in Sign if sign is not QUALITATIVE}
        full_rate = case_of(completion_rate.POINTS, {"rate": HUNDRED})
        self._full_rate = self._rule(_QUANTITATIVE, full_rate.sentence)
        self._by_outcome = {
            FIGURES: self._figures,
            RATE: self._completed,
            Outcome.PORTION: self._portion,
            Outcome.MET: self._met,
            Outcome.MISSED: self._missed,
            Outcome.LATE: self._late,
            Outcome.WORD: self._word,
            Outcome.WORDS: self._words,
            Outcome.READINGS: self._readings,
        }
        self._reached = self._rule(_QUANTITATIVE, "达到目标值，得满分")
        self._in_grade = self._rule(_QUALITATIVE, "等次不低于目标，得满分")
        self._overdue = self._rule(_QUANTITATIVE, "逾期完成，按填报得分评判")
        self._achieved = self._rule(_QUANTITATIVE, "填报为达成，得满分")
        self._judged = self._rule(_QUALITATIVE, bands.SENTENCE)

    def __reduce__(self) -> tuple[type[Scorer], tuple[Rulebook]]:
        return Scorer, (self._rulebook,)

    def score(self, sheet: Sheet) -> Scorecard:
        """Score a sheet; see `score`."""
        execution = self._execution.score(sheet.budget)
        lines = self._lines(sheet.indicators, sheet.own_standards)
        return totals.sum_up(sheet, execution, lines, self._rulebook)

    def with_row(self, card: Scorecard, at: int, row: Indicator) -> Scorecard:
        """Return a scorecard with another indicator in one place: only that row is scored again.

        Args:
            card: The scorecard, by the same rulebook; its sheet stays as it is.
            at: The place among the indicators.
            row: The indicator; its name and its place in the form are those of the one it replaces.
        """
        (line,) = self._lines((row,), card.sheet.own_standards[at : at + 1])
        lines = (*card.lines[:at], line, *card.lines[at + 1 :])
        return totals.sum_up(card.sheet, card.execution, lines, self._rulebook)

    def _lines(
        self, rows: Sequence[Indicator], standards: Sequence[Standard | None]
    ) -> tuple[IndicatorLine, ...]:
        """Score indicators, with the sheet's own standard for each."""
        lines = tuple([self._line(row) for row in rows])
        if not self._has_points:
            return lines
        lines = self._standards.apply(standards, score_units(lines, self._maker))
        return deduct(lines, self._maker)

    def _sign_rule(self, sign: Sign) -> SignRule:
        points = self._rulebook.quantitative.points(sign)
        met = case_of(points, {"weight": ONE, "target": ONE, "actual": ONE})
        actual = TWO if sign.is_reverse else ZERO
        missed = case_of(points, {"weight": ONE, "target": ONE, "actual": actual})
        is_asked = self._rulebook.quantitative.over is not None and not sign.is_reverse
        full = None if is_asked else self._rule(_QUANTITATIVE, met.sentence)
        return SignRule(points, full, missed, sign.is_reverse)

    def _rule(self, block: str, sentence: str) -> Rule:
        """Return the rule of a sentence, made once."""
        cited = self._cited.get((block, sentence))
        if cited is None:
            book = self._rulebook
            clause = book.qualitative if block == _QUALITATIVE else book.quantitative
            cited = self._cited[block, sentence] = Rule(
                rulebook=book.id,
                block=block,
                sentence=sentence,
                clause=clause.clause,
                source=clause.source,
                seen=clause.seen,
                digits=self._row.digits,
                mode=self._row.mode,
            )
        return cited

    # -- rows ----------------------------------------------------------------------------------

    def _line(self, indicator: Indicator) -> IndicatorLine:
        """Score one indicator."""
        weight = indicator.weight
        comparison = indicator.comparison
        outcome = comparison.outcome
        if not self._has_points:
            return self._without_points(indicator, comparison)
        if outcome is UNAPPLIED:
            return self._unapplied(indicator, comparison)
        if weight is None:
            return self._unscored(indicator, (Note(NoteKind.NO_WEIGHT),))
        if outcome is FIGURES:
            return self._figures(indicator, weight, comparison)
        score_as = self._by_outcome.get(outcome)
        if score_as is None:
            return self._unscored(indicator, comparison.notes)
        return score_as(indicator, weight, comparison)

    def _without_points(self, indicator: Indicator, comparison: Comparison) -> IndicatorLine:
        """Compare only: the form of the rulebook has no points."""
        line = self._unscored(indicator, comparison.notes)
        return line._replace(high=line.low, basis=Basis.WITHOUT_POINTS)

    def _figures(
        self, indicator: Indicator, weight: Decimal, comparison: Comparison
    ) -> IndicatorLine:
        """Score two figures of one kind."""
        _, sign, target, actual, notes, is_measured, _, _, _ = comparison
        rule = self._signs[sign]
        basis = MEASURED if is_measured else CLAIMED
        if self._steps is not None and is_satisfaction_rate(indicator, sign):
            figures = {"weight": weight, "actual": actual}
            return self._by_branch(indicator, self._steps, figures, basis, notes)
        if actual == target:
            if sign in _STRICT:
                notes = (*notes, _STRICT[sign])
            is_met = True
        else:
            is_met = ZERO <= actual < target if rule.is_reverse else actual > target
        if is_met and rule.full is not None and (sign is not EQUAL or actual == target):
            return self._full(indicator, weight, basis, rule.full, notes)
        if actual < ZERO and not _goes_the_other_way(notes):
            notes = (*notes, Note(NoteKind.NEGATIVE_ACTUAL, (plain(actual),)))
        figures = {"weight": weight, "target": target, "actual": actual}
        branch = case_of(rule.points, figures) if is_met or actual < ZERO else rule.missed
        return self._by_branch(indicator, branch, figures, basis, notes)

    def _by_branch(
        self,
        indicator: Indicator,
        branch: Branch,
        figures: dict[str, Decimal],
        basis: Basis,
        notes: tuple[Note, ...],
    ) -> IndicatorLine:
        """Score a row by a branch of a rule."""
        if branch.note is not None:
            notes = (*notes, branch.note)
        rule = self._rule(_QUANTITATIVE, branch.sentence)
        weight = figures["weight"]
        return self._scored(indicator, weight, branch.exact(figures), basis, rule, notes)

    def _completed(
        self, indicator: Indicator, weight: Decimal, comparison: Comparison
    ) -> IndicatorLine:
        """Score a completion rate that stands in place of a figure, or of words."""
        rate, notes = comparison.actual, comparison.notes
        if not self._takes_rates:
            target, actual = notes[0].values
            return self._unscored(indicator, (Note(NoteKind.RATE_NOT_SCORED, (actual, target)),))
        if rate >= HUNDRED:
            return self._full(indicator, weight, CLAIMED, self._full_rate, notes)
        figures = {"weight": weight, "rate": rate}
        branch = case_of(completion_rate.POINTS, figures)
        return self._by_branch(indicator, branch, figures, CLAIMED, notes)

    def _portion(
        self, indicator: Indicator, weight: Decimal, comparison: Comparison
    ) -> IndicatorLine:
        """Score a completion rate beside words: 100 %, or a part of what has degrees."""
        target = _text(indicator.target)
        rate = comparison.actual
        has_degrees = any(word in target for word in self._rulebook.quantitative.degree_words)
        is_share = rate == HUNDRED or (rate >= ZERO and has_degrees)
        if self._takes_rates and not is_share:
            note = Note(NoteKind.NO_DEGREE, (target, _text(indicator.actual)))
            return self._unscored(indicator, (note,))
        return self._completed(indicator, weight, comparison)

    def _met(self, indicator: Indicator, weight: Decimal, comparison: Comparison) -> IndicatorLine:
        """Score a target that is met, whatever the figures are."""
        sign = indicator.sign_of_target
        is_stepped = self._steps is not None and is_satisfaction_rate(indicator, sign)
        if is_stepped or (comparison.sign is EQUAL and self._needs_equal):
            texts = (_text(indicator.actual), _text(indicator.target))
            return self._unscored(indicator, (Note(NoteKind.ACTUAL_OPEN, texts),))
        basis = MEASURED if comparison.is_measured else CLAIMED
        return self._full(indicator, weight, basis, self._reached, comparison.notes)

    def _missed(
        self, indicator: Indicator, weight: Decimal, comparison: Comparison
    ) -> IndicatorLine:
        """Leave a row open that missed its target by no figure: all points but the full ones."""
        if self._is_failed(indicator):
            return self._failed(indicator, weight, comparison)
        line = self._unscored(indicator, comparison.notes)
        return line._replace(high=self._maker.below_full(weight))

    def _late(self, indicator: Indicator, weight: Decimal, comparison: Comparison) -> IndicatorLine:
        """Score what was done too late: the filed points are the judgement, below the weight."""
        filed = indicator.filed
        if filed is None or not ZERO <= filed <= self._maker.below_full(weight):
            return self._missed(indicator, weight, comparison)
        notes = comparison.notes
        return self._scored(indicator, weight, whole(filed), JUDGED, self._overdue, notes)

    def _readings(
        self, indicator: Indicator, weight: Decimal, comparison: Comparison
    ) -> IndicatorLine:
        """Score each reading of a row: equal points are its points, else they are its bounds."""
        kept = [
            reading
            for reading in comparison.readings
            if self._takes_rates or reading.outcome is not RATE
        ]
        lines = [self._by_outcome[reading.outcome](indicator, weight, reading) for reading in kept]
        first = lines[0]
        if all(line.points == first.points for line in lines) and first.points is not None:
            return first._replace(basis=CLAIMED) if len(lines) > 1 else first
        said = [
            f"{reading.notes[0].message}，得 {plain(line.low)} 分"
            for reading, line in zip(kept, lines, strict=True)
        ]
        line = self._unscored(indicator, (Note(NoteKind.READINGS, tuple(said)),))
        low, high = min(line.low for line in lines), max(line.high for line in lines)
        return line._replace(low=low, high=high)

    def _word(self, indicator: Indicator, weight: Decimal, comparison: Comparison) -> IndicatorLine:
        """Score a word that stands in place of a figure, or says that a deadline was kept."""
        target, actual = indicator.target, _text(indicator.actual)
        rule = self._rulebook.quantitative
        kind = Kind.WORDS if target is None else target.kind
        says_all = bool(rule.achieved_words) and comparison.notes[0].kind is _ALL_IN_WORDS
        is_in_time = kind is Kind.DATE and actual in rule.in_time_words
        if says_all or is_in_time or actual in rule.achieved_words:
            return self._full(indicator, weight, CLAIMED, self._achieved, comparison.notes)
        if self._is_failed(indicator):
            return self._failed(indicator, weight, comparison)
        if kind is Kind.COMPOUND:
            return self._unscored(indicator, (Note(NoteKind.TWO_NUMBERS, (_text(target),)),))
        note = Note(NoteKind.WORDS_FOR_FIGURE, (_text(target), actual))
        return self._unscored(indicator, (note,))

    def _is_failed(self, indicator: Indicator) -> bool:
        """Tell whether a word says that a target was missed, where that is all that counts."""
        rule = self._rulebook.quantitative
        is_said = _text(indicator.actual) in rule.failed_words
        return is_said and rule.is_all_or_nothing(indicator.sign_of_target)

    def _failed(
        self, indicator: Indicator, weight: Decimal, comparison: Comparison
    ) -> IndicatorLine:
        """Give no points for a target that was missed, by the word that says so."""
        missed = self._signs[indicator.sign_of_target].missed
        cited = self._rule(_QUANTITATIVE, missed.sentence)
        return self._scored(indicator, weight, whole(ZERO), CLAIMED, cited, comparison.notes)

    def _words(
        self, indicator: Indicator, weight: Decimal, comparison: Comparison
    ) -> IndicatorLine:
        """Score words against words."""
        target, actual = _text(indicator.target), _text(indicator.actual)
        grades = self._rulebook.qualitative.compared(target, actual)
        if grades is not None:
            return self._graded(indicator, weight, is_reached=grades)
        judgement = bands.judge(
            self._rulebook.qualitative,
            actual,
            indicator.filed,
            weight,
            self._rulebook.quantitative.achieved_words,
            self._row,
        )
        if judgement is None:
            note = Note(NoteKind.UNKNOWN_WORDS, (actual,))
            return self._unscored(indicator, (note, *comparison.notes))
        notes = (*judgement.notes, *comparison.notes)
        if judgement.exact is None:
            line = self._unscored(indicator, notes)
            return line._replace(low=judgement.low, high=judgement.high, rule=self._judged)
        line = self._scored(indicator, weight, judgement.exact, Basis.JUDGED, self._judged, notes)
        return line._replace(is_best=judgement.is_best)

    def _graded(self, indicator: Indicator, weight: Decimal, *, is_reached: bool) -> IndicatorLine:
        """Score a grade against the grade that was wanted."""
        if is_reached:
            return self._full(indicator, weight, CLAIMED, self._in_grade, ())
        texts = (_text(indicator.actual), _text(indicator.target))
        line = self._unscored(indicator, (Note(NoteKind.LOWER_GRADE, texts),))
        return line._replace(high=self._maker.below_full(weight))

    def _unapplied(self, indicator: Indicator, comparison: Comparison) -> IndicatorLine:
        """Leave out an indicator that does not apply, where the rulebook allows it."""
        if self._rulebook.weights.not_applicable == Inapplicable.FORBIDDEN:
            return self._unscored(indicator, (Note(NoteKind.NOT_APPLICABLE_REFUSED),))
        line = self._unscored(indicator, comparison.notes)
        return line._replace(high=line.low, basis=Basis.NOT_APPLICABLE)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell.text)


def _goes_the_other_way(notes: tuple[Note, ...]) -> bool:
    """Tell whether a figure is below 0 because what should grow declined, or the other way."""
    return any(note.kind is NoteKind.OPPOSITE_TREND for note in notes)
