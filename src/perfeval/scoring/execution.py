"""预算执行: the budget row, from the amounts and never from a printed rate."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.notes import Note, NoteKind
from perfeval.numbers import HUNDRED, ONE, ZERO, Exact, multiply, round_exact, whole
from perfeval.rulebook import (
    LadderExecution,
    ProportionalExecution,
    Rounding,
    Rulebook,
    UnscoredExecution,
)
from perfeval.scorecard import Basis, Line, Rule
from perfeval.scoring.rounding import full_points, rounded_points
from perfeval.sheet import Budget

NAME = "预算执行"
_FULL = "执行数不少于预算数，得满分"
_SENTENCES = {
    "按执行率": "得分 = 分值 × 执行数 ÷ 预算数，不超过分值",
    "分档": "按执行率所在的档次计分",
    "不计分": "只列示，不计分",
}


class ExecutionScorer:
    """The budget row of a rulebook, made ready for many sheets."""

    def __init__(self, rulebook: Rulebook) -> None:
        rule = rulebook.execution
        self._rule = rule
        self._weight = rulebook.weights.execution
        self._row = rulebook.rounding.row
        self._printing = rulebook.rounding.printed
        sentence = _SENTENCES[rule.method]
        if isinstance(rule, ProportionalExecution) and rule.rate is not None:
            rate = f"{rule.rate.mode.value}到 {rule.rate.digits} 位小数的百分数"
            sentence = f"得分 = 分值 × 执行率（{rate}），不超过分值"
        self._cited = Rule(
            rulebook.id,
            NAME,
            sentence,
            rule.clause,
            rule.source,
            rule.verified,
            self._row.digits,
            self._row.mode,
        )
        self._full = self._cited._replace(sentence=_FULL)

    def score(self, budget: Budget) -> Line:
        """Score the budget row.

        Args:
            budget: Amounts, all in one unit of money.

        Returns:
            The row; unscored where an amount is missing or the budget is 0 (unless the rulebook
            gives points for that).

        Source:
            The header of the Hubei form (得分 = 20 分 × 执行率); 财预〔2020〕10号.
        """
        rule, weight, filed = self._rule, self._weight, budget.filed.points
        if isinstance(rule, UnscoredExecution):
            notes: tuple[Note, ...] = (Note(NoteKind.EXECUTION_NOT_SCORED),)
            return Line(
                NAME, None, None, ZERO, ZERO, None, Basis.UNSCORED, self._cited, notes, filed
            )
        exact, notes = _points(budget, rule, weight)
        if exact is None:
            low, high = full_points(ZERO, self._row), full_points(weight, self._row)
            return Line(
                NAME, weight, None, low, high, None, Basis.UNSCORED, self._cited, notes, filed
            )
        is_full = exact.numerator is weight and isinstance(rule, ProportionalExecution)
        points = rounded_points(exact, weight, self._row)
        printed = None
        if self._printing is not None:
            printed = rounded_points(whole(points), weight, self._printing)
        cited = self._full if is_full else self._cited
        return Line(
            NAME,
            weight,
            points,
            points,
            points,
            exact,
            Basis.MEASURED,
            cited,
            notes,
            filed,
            None,
            printed,
        )


def _points(
    budget: Budget, rule: ProportionalExecution | LadderExecution, weight: Decimal
) -> tuple[Exact | None, tuple[Note, ...]]:
    """Return the exact points, or why there are none."""
    amount, spent = budget.base, budget.spent
    if amount is None or spent is None:
        missing = ((NoteKind.NO_BUDGET, amount), (NoteKind.NO_SPENT, spent))
        return None, tuple(Note(kind) for kind, value in missing if value is None)
    if amount == ZERO:
        if rule.zero_budget == "零分":
            return whole(ZERO), (Note(NoteKind.ZERO_BUDGET_ZERO),)
        return None, (Note(NoteKind.ZERO_BUDGET),)
    notes = (Note(NoteKind.ORIGINAL_BUDGET),) if budget.final is None else ()
    if spent > amount:
        if rule.over_budget == "不计分":
            return None, (*notes, Note(NoteKind.OVERSPENT_REFUSED))
        notes = (*notes, Note(NoteKind.OVERSPENT))
    if isinstance(rule, LadderExecution):
        return _ladder(rule, amount, spent), notes
    return _proportional(rule, weight, amount, spent), notes


def _proportional(
    rule: ProportionalExecution, weight: Decimal, amount: Decimal, spent: Decimal
) -> Exact:
    if spent >= amount:
        return whole(weight)
    if rule.rate is None:
        return Exact(multiply(weight, spent), amount, "{} × {} ÷ {}", (weight, spent, amount))
    rate = _rounded_rate(rule.rate, amount, spent)
    return Exact(multiply(weight, rate), HUNDRED, "{} × {} ÷ {}", (weight, rate, HUNDRED))


def _ladder(rule: LadderExecution, amount: Decimal, spent: Decimal) -> Exact:
    """Return the points of the highest step whose lower end the rate reaches."""
    percent, unit = multiply(spent, HUNDRED), amount
    if rule.rate is not None:
        percent, unit = _rounded_rate(rule.rate, amount, spent), ONE
    for step in rule.steps:
        if percent >= multiply(step.lower, unit):
            return whole(step.points)
    return whole(ZERO)


def _rounded_rate(rounding: Rounding, amount: Decimal, spent: Decimal) -> Decimal:
    """Return the execution rate in percent as this rulebook rounds it before it scores."""
    rate = Exact(multiply(spent, HUNDRED), amount)
    return round_exact(rate, rounding.digits, rounding.mode)
