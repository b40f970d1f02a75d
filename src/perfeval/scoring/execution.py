"""预算执行: the budget row, from the amounts and never from a printed rate."""

from __future__ import annotations

from decimal import Decimal

from perfeval.numbers import HUNDRED, ONE, ZERO, Exact, multiply, round_exact, whole
from perfeval.rulebook import LadderExecution, ProportionalExecution, Rounding, Rulebook
from perfeval.scorecard import Basis, Line, Note, NoteKind, Rule
from perfeval.sheet import Budget

NAME = "预算执行"
_SENTENCES = {
    "按执行率": "得分 = 分值 × 执行数 ÷ 预算数，不超过分值",
    "分档": "按执行率所在的档次计分",
    "不计分": "只列示，不计分",
}


def base(budget: Budget) -> Decimal | None:
    """Return the amount that execution is measured against: 全年预算数, else 年初预算数."""
    return budget.original if budget.final is None else budget.final


def score_execution(budget: Budget, rulebook: Rulebook) -> Line:
    """Score the budget row.

    Args:
        budget: Amounts, all in one unit of money.
        rulebook: The rulebook.

    Returns:
        The row; unscored where an amount is missing or the budget is 0 (unless the rulebook
        gives points for that).

    Source:
        The header of the Hubei form (得分 = 20 分 × 执行率); 财预〔2020〕10号.
    """
    rule = rulebook.execution
    rounding = rulebook.rounding.row
    weight = None if rule.method == "不计分" else rulebook.weights.execution
    cited = Rule(rulebook.id, NAME, _SENTENCES[rule.method], rule.clause, rule.source,
                 rule.verified, rounding.digits, rounding.mode)  # fmt: skip
    exact, notes = _points(budget, rulebook)
    if isinstance(rule, ProportionalExecution) and exact is not None and exact == whole(rulebook.weights.execution):
        cited = cited._replace(sentence="执行数不少于预算数，得满分")
    filed = budget.filed.points
    if exact is None:
        high = ZERO if weight is None else round_exact(whole(weight), rounding.digits, rounding.mode)
        return Line(NAME, weight, None, ZERO, high, None, Basis.UNSCORED, cited, notes, filed)
    points = round_exact(exact, rounding.digits, rounding.mode)
    return Line(NAME, weight, points, points, points, exact, Basis.MEASURED, cited, notes, filed)


def _points(budget: Budget, rulebook: Rulebook) -> tuple[Exact | None, tuple[Note, ...]]:
    rule = rulebook.execution
    amount, spent = base(budget), budget.spent
    if rule.method == "不计分":
        return None, (Note(NoteKind.EXECUTION_NOT_SCORED),)
    missing = [kind for kind, value in ((NoteKind.NO_BUDGET, amount), (NoteKind.NO_SPENT, spent))
               if value is None]  # fmt: skip
    if amount is None or spent is None:
        return None, tuple(map(Note, missing))
    if amount == ZERO:
        if rule.zero_budget == "零分":
            return whole(ZERO), (Note(NoteKind.ZERO_BUDGET_ZERO),)
        return None, (Note(NoteKind.ZERO_BUDGET),)
    notes = (Note(NoteKind.ORIGINAL_BUDGET),) if budget.final is None else ()
    if spent > amount:
        notes = (*notes, Note(NoteKind.OVERSPENT))
    if isinstance(rule, LadderExecution):
        return _ladder(rule, amount, spent), notes
    return _proportional(rule, rulebook.weights.execution, amount, spent), notes


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
    return round_exact(
        Exact(multiply(spent, HUNDRED), amount), rounding.digits, rounding.mode
    )
