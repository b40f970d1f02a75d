"""Score a sheet by a rulebook: pure, exact, and explained row by row."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.numbers import HUNDRED, ZERO, Exact, add, multiply, round_exact, whole
from perfeval.rulebook import Method, Rulebook
from perfeval.scorecard import (
    Basis,
    Line,
    Note,
    NoteKind,
    Rule,
    Scorecard,
    WeightGap,
)
from perfeval.scoring import (
    all_or_nothing,
    inverse_ratio,
    linear_shortfall,
    proportional,
    qualitative,
    totals,
)
from perfeval.scoring.comparison import Comparison, Outcome, compare
from perfeval.scoring.execution import score_execution
from perfeval.sheet import Indicator, Sheet
from perfeval.values import Sign

_METHODS: dict[str, Any] = {
    "按完成比例": proportional,
    "反比": inverse_ratio,
    "按超出幅度扣减": linear_shortfall,
    "达标计分": all_or_nothing,
}
Shortfall = Callable[[Any, Decimal, Decimal, Decimal], Exact]


_STRICT = {Sign.ABOVE: ("＞", "≥"), Sign.BELOW: ("＜", "≤")}


class _Way(NamedTuple):
    """How one sign scores under a rulebook."""

    method: Method
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
        self._row = rulebook.rounding.row
        rule = rulebook.quantitative
        positive = self._way(rule.positive, "正向指标", is_reverse=False)
        reverse = self._way(rule.reverse, "反向指标", is_reverse=True)
        equal = self._way(rule.equal, "等于型指标", is_reverse=False)
        self._ways = {
            Sign.AT_LEAST: positive,
            Sign.ABOVE: positive,
            Sign.EQUAL: equal,
            Sign.AT_MOST: reverse,
            Sign.BELOW: reverse,
        }
        self._needs_zero = rule.zero_target == "为零得满分"
        self._zero = self._rule("定量指标", "等于型指标：目标值为 0 而完成值不为 0，不得分")
        self._met = self._rule("定量指标", "填报为达成，得满分")
        self._full_rate = self._rule("定量指标", "以完成率填报：完成率不低于 100%，得满分")
        self._rate = self._rule("定量指标", "以完成率填报：得分 = 分值 × 完成率，不超过分值")
        self._words = self._rule("定性指标", qualitative.SENTENCE)
        self._none = self._rule("定量指标", "未计分")

    def _way(self, method: Method, direction: str, *, is_reverse: bool) -> _Way:
        module = _METHODS[method.method]
        met = self._rule(
            "定量指标", f"{direction}：完成值不{'高' if is_reverse else '低'}于目标值，得满分"
        )
        missed = self._rule("定量指标", f"{direction}：{module.SENTENCE}")
        return _Way(method, module.shortfall, met, missed, is_reverse)

    def _rule(self, block: str, sentence: str) -> Rule:
        book = self._rulebook
        clause = book.qualitative if block == "定性指标" else book.quantitative
        return Rule(book.id, block, sentence, clause.clause, clause.source, clause.verified,
                    self._row.digits, self._row.mode)  # fmt: skip

    def score(self, sheet: Sheet) -> Scorecard:
        """Score a sheet; see `score`."""
        book = self._rulebook
        execution = score_execution(sheet.budget, book)
        lines = tuple(map(self._line, sheet.indicators))
        gaps = totals.weight_gaps(lines, book) if lines else ()
        sections = totals.subtotals(lines, book, fits=not gaps)
        unscored = _why_unscored(execution, lines, gaps)
        low = high = None
        if lines and not gaps:
            low, high = totals.bounds((execution, *sections), book.rounding.total)
        return Scorecard(
            sheet=sheet,
            rulebook=book.id,
            stamp=book.stamp,
            execution=execution,
            lines=lines,
            subtotals=sections,
            total=None if unscored else low,
            low=low,
            high=high,
            grade=totals.grade_of(low, high, book),
            measured=_sum_of((execution, *lines), measured=True),
            claimed=_sum_of((execution, *lines), measured=False),
            gaps=gaps,
            unscored=unscored,
        )

    def _line(self, indicator: Indicator) -> Line:
        """Score one indicator."""
        weight = indicator.weight
        if weight is None:
            return self._unscored(indicator, ZERO, (Note(NoteKind.NO_WEIGHT),))
        comparison = compare(indicator, self._rulebook.quantitative)
        outcome = comparison.outcome
        if outcome is Outcome.FIGURES:
            return self._figures(indicator, weight, comparison)
        if outcome is Outcome.NONE:
            return self._unscored(indicator, weight, comparison.notes)
        if outcome is Outcome.WORDS:
            return self._judged(indicator, weight)
        exact, rule = whole(weight), self._met
        if outcome is Outcome.RATE:
            exact, rule = self._completed(weight, comparison.actual)
        return self._scored(indicator, weight, exact, Basis.CLAIMED, rule, comparison.notes)

    def _completed(self, weight: Decimal, rate: Decimal) -> tuple[Exact, Rule]:
        """Score a completion rate, in percent."""
        if rate >= HUNDRED:
            return whole(weight), self._full_rate
        rate = max(rate, ZERO)
        exact = Exact(multiply(weight, rate), HUNDRED, "{} × {} ÷ {}", (weight, rate, HUNDRED))
        return exact, self._rate

    def _figures(self, indicator: Indicator, weight: Decimal, comparison: Comparison) -> Line:
        """Score two figures of one kind."""
        sign, target, actual = comparison.sign, comparison.target, comparison.actual
        notes = comparison.notes
        way = self._ways[sign]
        rule = way.missed
        if actual < ZERO:
            exact = whole(ZERO)
            notes = (*notes, Note(NoteKind.NEGATIVE_ACTUAL, (str(actual),)))
        elif (actual <= target) if way.is_reverse else (actual >= target):
            exact, rule = whole(weight), way.met
        else:
            exact = way.shortfall(way.method, weight, target, actual)
        if actual == target and sign in _STRICT:
            notes = (*notes, Note(NoteKind.STRICT_SIGN, _STRICT[sign]))
        elif sign is Sign.EQUAL and target == ZERO and actual > ZERO and self._needs_zero:
            exact, rule = whole(ZERO), self._zero
        basis = Basis.MEASURED if comparison.measured else Basis.CLAIMED
        return self._scored(indicator, weight, exact, basis, rule, notes)

    def _judged(self, indicator: Indicator, weight: Decimal) -> Line:
        """Score words against words."""
        target, actual = indicator.target, indicator.actual
        judgement = target and actual and qualitative.judge(
            target, actual, indicator.filed, weight, self._rulebook)  # fmt: skip
        if not judgement:
            words = actual.text if actual else ""
            return self._unscored(indicator, weight, (Note(NoteKind.UNKNOWN_WORDS, (words,)),))
        if judgement.exact is None:
            line = self._unscored(indicator, weight, judgement.notes)
            return line._replace(low=judgement.low, high=judgement.high, rule=self._words)
        return self._scored(
            indicator, weight, judgement.exact, Basis.JUDGED, self._words, judgement.notes
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
        if indicator.weight_inferred:
            notes = (*notes, Note(NoteKind.INFERRED_WEIGHT))
        points = round_exact(exact, self._row.digits, self._row.mode)
        return Line(indicator.name, weight, points, points, points, exact, basis, rule, notes,
                    indicator.filed, indicator)  # fmt: skip

    def _unscored(self, indicator: Indicator, weight: Decimal, notes: tuple[Note, ...]) -> Line:
        high = round_exact(whole(weight), self._row.digits, self._row.mode)
        return Line(indicator.name, indicator.weight, None, ZERO, high, None, Basis.UNSCORED,
                    self._none, notes, indicator.filed, indicator)  # fmt: skip


def _why_unscored(
    execution: Line, lines: tuple[Line, ...], gaps: tuple[WeightGap, ...]
) -> str:
    """Say why there is no total, or return an empty text where there is one."""
    if not lines:
        return "未计分：未公布指标"
    if gaps:
        return "未计总分：" + "；".join(gap.message for gap in gaps)
    open_rows = [line.name for line in (execution, *lines) if line.low != line.high]
    if open_rows:
        return f"总分只能给出区间：{len(open_rows)} 行未计分（{'、'.join(open_rows)}）"
    return ""


def _sum_of(lines: tuple[Line, ...], *, measured: bool) -> Decimal:
    result = ZERO
    for line in lines:
        if line.points is not None and (line.basis is Basis.MEASURED) is measured:
            result = add(result, line.points)
    return result
