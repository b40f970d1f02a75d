"""The budget row (预算执行) in cells: its rate, its points, or why it has none."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.notes import NoteKind
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    above,
    chosen,
    either,
    equal,
    fixed,
    is_number,
    joined,
    number,
    of_rule,
    quotient,
    times,
    when,
    words,
)
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.methods import rounded_points
from perfeval.methods.execution import OverBudget, ZeroBudget
from perfeval.numbers import HUNDRED, ZERO
from perfeval.rulebook import LadderExecution, ProportionalExecution, Rulebook, UnscoredExecution

_NIL, _WHOLE = number(ZERO), number(HUNDRED)
_MORE_DIGITS = 2


class BudgetCells(NamedTuple):
    """The amounts of the form, each a reference or blank."""

    original: Formula
    final: Formula
    spent: Formula


class BudgetResult(NamedTuple):
    """The results of the budget row, as references to the hidden sheet.

    Attributes:
        base: The amount that execution is measured against, or blank.
        spent: The amount spent, or blank.
        exact: The points before they are rounded, or blank.
        points: The points, or blank.
        reason: Why there are none, or blank.
        is_open: 1 where there should be points and are none.
    """

    base: Formula
    spent: Formula
    exact: Formula
    points: Formula
    reason: Formula
    is_open: Formula


def base_of(money: BudgetCells) -> Formula:
    """Return the budget: the final one, else the original one, or blank."""
    original = when(is_number(money.original), money.original, BLANK)
    return when(is_number(money.final), money.final, original)


def rate_text(base: Formula, spent: Formula, digits: int) -> Formula:
    """Return a rate as it is printed, blank where it cannot be computed."""
    shown = percent_text(spent, base, digits)
    positive = when(above(base, _NIL), shown, BLANK)
    return when(is_number(base), when(is_number(spent), positive, BLANK), BLANK)


def percent_text(part: Formula, base: Formula, digits: int) -> Formula:
    """Return a percentage; 100% and 0% only where they are exact."""
    rate, finer = (
        quotient(times(part, _WHOLE), base, places) for places in (digits, digits + _MORE_DIGITS)
    )
    comes_near = either(equal(rate, _WHOLE), equal(rate, _NIL))
    sign = words("%")
    return chosen(
        [
            (equal(part, base), words("100%")),
            (equal(part, _NIL), words("0%")),
            (comes_near, joined(fixed(finer, digits + _MORE_DIGITS), sign)),
        ],
        joined(fixed(rate, digits), sign),
    )


def score_budget(
    sheet: HiddenSheet, rulebook: Rulebook, money: BudgetCells, stated: Decimal | None = None
) -> BudgetResult:
    """Write the formulas of the budget row; *stated* is the weight that the sheet gives it."""
    base = sheet.append("预算执行：预算数", base_of(money))
    spent = sheet.append("预算执行：执行数", when(is_number(money.spent), money.spent, BLANK))
    rule = rulebook.execution
    if isinstance(rule, UnscoredExecution) or not rulebook.weights.scored:
        return BudgetResult(
            base=base, spent=spent, exact=BLANK, points=BLANK, reason=BLANK, is_open=_NIL
        )
    is_own = stated is not None and isinstance(rule, ProportionalExecution)
    weight = number(stated if stated is not None and is_own else rulebook.weights.execution)
    why = sheet.append("预算执行：未计分原因", _why(rule, base, spent))
    exact = sheet.append(
        "预算执行：未舍入",
        when(
            equal(why, BLANK),
            of_rule(rule.points, weight=weight, base=base, spent=spent),
            BLANK,
        ),
    )
    kept = rounded_points(exact, weight, rulebook.rounding.row)
    points = sheet.append("预算执行：得分", when(equal(exact, BLANK), BLANK, kept))
    is_open = sheet.append("预算执行：缺分", when(equal(points, BLANK), number(1), _NIL))
    return BudgetResult(
        base=base, spent=spent, exact=exact, points=points, reason=why, is_open=is_open
    )


def _why(rule: ProportionalExecution | LadderExecution, base: Formula, spent: Formula) -> Formula:
    """Return why the budget row has no points, blank where it has."""
    cases = [
        (equal(base, BLANK), words(NoteKind.NO_BUDGET.value)),
        (equal(spent, BLANK), words(NoteKind.NO_SPENT.value)),
    ]
    if rule.zero_budget == ZeroBudget.ZERO:
        cases.append((equal(base, _NIL), BLANK))
    else:
        cases.append((equal(base, _NIL), words(NoteKind.ZERO_BUDGET.value)))
    if rule.over_budget == OverBudget.UNSCORED:
        cases.append((above(spent, base), words(NoteKind.OVERSPENT_REFUSED.value)))
    return chosen(cases, BLANK)
