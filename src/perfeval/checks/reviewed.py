"""复核分: what a reviewer gave, beside what was filed and what the rule gives.

A form with both columns prints two opinions. Neither moves a point; what a reviewer wrote is held
against the weights, the sum of its rows, the rule, and the need to say why.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfeval.checks.doubts import has_doubtful_sign
from perfeval.checks.filed import filed_of, reviewed_total_of, without_tail
from perfeval.checks.registry import FINE, LACKING, Fault, Result, Results, sheet_check
from perfeval.findings import Nature, Severity
from perfeval.numbers import ZERO, plain, subtract, total, trimmed
from perfeval.places import Path
from perfeval.scorecard import Basis, IndicatorLine, Line, Scorecard
from perfeval.sheet import INDICATORS

_TOTAL = ("已填报", "复核分")
_JUDGEMENTS = (Basis.JUDGED, Basis.UNSCORED)


class _Reviewed(NamedTuple):
    """A line that a reviewer gave points, and where these stand."""

    line: Line
    points: Decimal
    path: Path

    @property
    def by_rule(self) -> Decimal | None:
        """The points by the rule; a judgement inside a band is none."""
        return None if self.line.basis in _JUDGEMENTS else self.line.shown

    def least(self, filed: Decimal) -> Decimal:
        """Return what a reviewer may go down to without a word: what the rule gives, at most."""
        by_rule = self.by_rule
        return filed if by_rule is None else min(filed, by_rule)


def _lines(card: Scorecard) -> Iterator[_Reviewed]:
    """Yield what a reviewer gave the budget row and the indicators."""
    digits = card.execution.rule.digits
    paths: list[Path] = [("预算", "已填报", "复核分")]
    paths += [(INDICATORS, position, "复核得分") for position in range(len(card.lines))]
    for line, path in zip(card.rows, paths, strict=True):
        if line.reviewed is not None:
            yield _Reviewed(line, without_tail(line.reviewed, digits), path)


def _is_told(line: Line, card: Scorecard) -> bool:
    """Tell whether a row says anything that may be the reviewer's reason."""
    if isinstance(line, IndicatorLine):
        return line.indicator.note is not None or line.indicator.reason is not None
    return card.sheet.budget.reason is not None


@sheet_check("PT117", Severity.ERROR)
def reviewed_above_weight(card: Scorecard) -> Results:
    """A reviewer gave a row more than its weight, or the sheet more than the full points."""
    for line, points, path in _lines(card):
        if line.weight is None:
            yield LACKING
        else:
            yield _above(points, line.weight, path, "分值")
    whole, weights = reviewed_total_of(card), card.rulebook.weights
    if whole is not None and weights.scored:
        yield _above(whole, weights.full, _TOTAL, "满分")


def _above(points: Decimal, most: Decimal, path: Path, word: str) -> Result:
    if points <= most:
        return FINE
    message = f"复核分 {trimmed(points)} 超过{word} {trimmed(most)}"
    return Fault(message, path, f"复核分不得超过{word}", subtract(points, most))


@sheet_check("PT118", Severity.ERROR)
def reviewed_total_unlike_rows(card: Scorecard) -> Results:
    """The reviewed total is not the sum of the reviewed rows, or cannot be with some left blank."""
    whole, rows = reviewed_total_of(card), tuple(_lines(card))
    if whole is None or not rows:
        return
    if card.steps:  # what the rulebook does with the sum is no business of the rows
        yield LACKING
        return
    blank = [line.weight for line in _left_blank(card) if line.weight != ZERO]
    weights = [weight for weight in blank if weight is not None]
    least = total(item.points for item in rows)
    most = total((least, *weights))
    if whole < least or (len(weights) == len(blank) and whole > most):
        more = f"，还有 {len(blank)} 行未填，最多再得 {trimmed(total(weights))}" if blank else ""
        message = f"复核分合计印作 {trimmed(whole)}，各行复核分合计 {trimmed(least)}{more}"
        nearest = least if whole < least else most
        yield Fault(message, _TOTAL, "请重新相加", subtract(whole, nearest))
    else:
        yield LACKING if blank else FINE


def _left_blank(card: Scorecard) -> Iterator[Line]:
    """Yield the rows that have a weight, or should have one, and no reviewed points."""
    if card.execution.weight is not None and card.execution.reviewed is None:
        yield card.execution
    for line in card.lines:
        if line.reviewed is None and line.basis is not Basis.NOT_APPLICABLE:
            yield line


@sheet_check("PT119", Severity.WARNING, Nature.EVIDENCE)
def reviewed_above_filed(card: Scorecard) -> Results:
    """A reviewer gave more than was filed, which neither the rule nor a remark explains."""
    for item in _lines(card):
        line, points, path = item
        filed = filed_of(line)
        if filed is None:
            yield LACKING
        elif points <= filed or item.by_rule is not None or _is_told(line, card):
            yield FINE
        else:
            more = subtract(points, filed)
            said = f"复核分 {trimmed(points)} 比自评的 {trimmed(filed)} 高 {trimmed(more)}"
            yield Fault(f"{said}，没有写明依据", path, "请在备注里写明依据", more)


@sheet_check("PT120", Severity.WARNING)
def reviewed_above_rule(card: Scorecard) -> Results:
    """A reviewer gave a row more than the rule does."""
    for item in _lines(card):
        line, points, path = item
        by_rule = item.by_rule
        if by_rule is None or (isinstance(line, IndicatorLine) and has_doubtful_sign(line)):
            yield LACKING
        elif points <= by_rule or (line.weight is not None and points > line.weight):
            yield FINE
        else:
            message = f"复核分 {trimmed(points)} 高于办法，应为 {plain(by_rule)}"
            hint = "复核时请按办法重新计算；另有依据的，写明依据"
            yield Fault(message, path, hint, subtract(points, by_rule))


@sheet_check("PT121", Severity.INFO, Nature.EVIDENCE)
def reduced_by_reviewer(card: Scorecard) -> Results:
    """A reviewer took points off that the rule gives, and no remark says why."""
    for item in _lines(card):
        line, points, path = item
        filed = filed_of(line)
        if filed is None:
            yield LACKING
        elif points >= item.least(filed) or _is_told(line, card):
            yield FINE
        else:
            less = subtract(filed, points)
            both = f"自评 {trimmed(filed)}，复核 {trimmed(points)}"
            message = f"复核扣了 {trimmed(less)} 分（{both}），没有写明理由"
            yield Fault(message, path, "请在备注里写明扣分的理由", less)
