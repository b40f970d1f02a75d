"""偏差原因: rows that need a reason by the rulebook and have none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfeval.comparison import Outcome
from perfeval.findings import Finding, Severity
from perfeval.notes import NoteKind
from perfeval.numbers import HUNDRED, ZERO, multiply, plain, trimmed
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Line, Scorecard


def check_reasons(scorecard: Scorecard) -> Iterator[Finding]:
    """Ask for the reasons that the rulebook demands.

    A reason that stands under the table (原因分析) counts for every row: which rows it covers is
    not decided here.
    """
    if scorecard.sheet.reason is not None:
        return
    for position, line in enumerate(scorecard.lines):
        if line.indicator is not None and line.indicator.reason is None:
            yield from _of_row(line, position, scorecard.rulebook)
    yield from _of_execution(scorecard)


def _of_row(line: Line, position: int, rulebook: Rulebook) -> Iterator[Finding]:
    path = ("指标", position, "偏差原因")
    for note in line.notes:
        if note.kind is NoteKind.OVER_NEEDS_REASON:
            yield Finding("RS101", Severity.WARNING, note.message, path, "请填写偏差原因")
    rule = rulebook.reasons
    if rule is not None and rule.over is not None and _reaches(line, rule.over):
        message = f"完成值达到目标值的 {trimmed(rule.over)}% 以上，按本办法须说明原因"
        yield Finding("RS101", Severity.WARNING, message, path, "请填写偏差原因")
    if rule is None or not rule.points_lost or line.points is None or line.weight is None:
        return
    if line.points < line.weight:
        message = f"得分低于分值（{plain(line.points)} / {trimmed(line.weight)}），未说明原因"
        yield Finding("RS102", Severity.WARNING, message, path, "请填写偏差原因")


def _reaches(line: Line, percent: Decimal) -> bool:
    """Tell whether a positive indicator's completion reaches *percent* of its target."""
    if line.indicator is None:
        return False
    outcome, sign, target, actual, *_ = line.indicator.comparison
    if outcome is not Outcome.FIGURES or sign.is_reverse or target == ZERO:
        return False
    return multiply(actual, HUNDRED) >= multiply(percent, target)


def _of_execution(scorecard: Scorecard) -> Iterator[Finding]:
    rule, budget = scorecard.rulebook.reasons, scorecard.sheet.budget
    if rule is None or rule.rate_below is None or budget.reason is not None:
        return
    if not budget.base or budget.spent is None:
        return
    if multiply(budget.spent, HUNDRED) < multiply(rule.rate_below, budget.base):
        message = f"预算执行率低于 {trimmed(rule.rate_below)}%，未说明原因"
        path = ("预算", "偏差原因")
        yield Finding("RS103", Severity.WARNING, message, path, "请填写偏差原因")
