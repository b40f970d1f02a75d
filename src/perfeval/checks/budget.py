"""The budget row: amounts and the printed execution rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfeval.findings import Finding, Severity
from perfeval.notes import NoteKind
from perfeval.numbers import (
    HUNDRED,
    TWO,
    ZERO,
    Exact,
    multiply,
    percent,
    plain,
    subtract,
    unit_in_last_place,
)
from perfeval.scorecard import Scorecard

_NOTES = {
    NoteKind.NO_BUDGET: ("BX102", Severity.WARNING, "请填写全年（调整后）预算数", "预算数"),
    NoteKind.NO_SPENT: ("BX102", Severity.WARNING, "请填写执行数", "执行数"),
    NoteKind.ZERO_BUDGET: ("BX103", Severity.WARNING, "请核对预算数是否漏填", "预算数"),
    NoteKind.ZERO_BUDGET_ZERO: ("BX103", Severity.WARNING, "请核对预算数是否漏填", "预算数"),
    NoteKind.OVERSPENT: ("BX104", Severity.WARNING, "请核对预算数是否为调整后的数", "执行数"),
    NoteKind.OVERSPENT_REFUSED: (
        "BX104",
        Severity.ERROR,
        "请核对预算数是否为调整后的数",
        "执行数",
    ),
    NoteKind.ORIGINAL_BUDGET: ("BX105", Severity.INFO, "请补填全年（调整后）预算数", "年初预算数"),
}


def check_budget(scorecard: Scorecard) -> Iterator[Finding]:
    """Check the amounts and the filed rate."""
    for note in scorecard.execution.notes:
        if note.kind in _NOTES:
            code, severity, hint, field = _NOTES[note.kind]
            yield Finding(code, severity, note.message, ("预算", field), hint)
    yield from _filed_rate(scorecard)


def _filed_rate(scorecard: Scorecard) -> Iterator[Finding]:
    """Compare the printed rate with the amounts by its rounding interval.

    100 % and 0 % are claims of exactness: true only when all, or nothing, was spent.
    """
    budget = scorecard.sheet.budget
    amount, spent, filed = budget.base, budget.spent, budget.filed.rate
    if filed is None or filed.number is None or not amount or spent is None:
        return
    exact = Exact(multiply(spent, HUNDRED), amount)
    printed = filed.number
    if printed in (ZERO, HUNDRED):
        fits = multiply(printed, amount) == exact.numerator
    else:
        fits = _is_within_rounding(printed, exact)
    if not fits:
        digits = max(0, -int(printed.as_tuple().exponent))
        computed = percent(spent, amount, max(digits, 2))
        yield Finding(
            "BX101", Severity.ERROR,
            f"已填报执行率 {filed.text}，执行数 ÷ 预算数应为 {computed}",
            ("预算", "已填报", "执行率"),
            f"{plain(spent)} ÷ {plain(amount)}；请按金额重新计算",
        )  # fmt: skip


def _is_within_rounding(printed: Decimal, exact: Exact) -> bool:
    """Tell whether *printed* is *exact* rounded to the digits that are printed."""
    half_unit = unit_in_last_place(printed)
    distance = subtract(multiply(printed, exact.denominator), exact.numerator).copy_abs()
    return multiply(distance, TWO) <= multiply(half_unit, exact.denominator)
