"""Points as filed beside the points by the rule."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.findings import Finding, Severity
from perfeval.numbers import HUNDRED, TWO, ZERO, multiply, plain, trimmed
from perfeval.places import Path
from perfeval.scorecard import Line, Scorecard


def check_points(scorecard: Scorecard) -> Iterator[Finding]:
    """Compare the filed points of every row and the filed total."""
    yield from _row(scorecard.execution, ("预算", "已填报", "得分"), "PT101")
    for position, line in enumerate(scorecard.lines):
        yield from _row(line, ("指标", position, "已填报得分"), "PT102")
    yield from _weighted_twice(scorecard)
    yield from _total(scorecard)


def _row(line: Line, path: Path, code: str) -> Iterator[Finding]:
    if line.filed is None:
        return
    if line.weight is not None and line.filed > line.weight:
        yield Finding("PT103", Severity.ERROR,
                      f"已填报得分 {trimmed(line.filed)} 超过分值 {trimmed(line.weight)}", path,
                      "得分不得超过分值")  # fmt: skip
    excess = line.excess
    if not excess or line.derivation is None or line.shown is None:
        return
    is_full = line.points == line.weight
    formula = "（满分）" if is_full else f"：{line.derivation.formula}"
    word, severity = ("高", Severity.ERROR) if excess > ZERO else ("低", Severity.WARNING)
    message = f"已填报得分 {trimmed(line.filed)} {word}于办法，应为 {plain(line.shown)}{formula}"
    hint = f"改为 {plain(line.shown)}；另有依据的，写入“偏差原因”"
    yield Finding(code, severity, message, path, hint)


def _weighted_twice(scorecard: Scorecard) -> Iterator[Finding]:
    """Find a table whose points, already out of their weight, were multiplied by it again."""
    rows = [
        (line.filed, line.points, line.weight)
        for line in scorecard.lines
        if line.filed is not None and line.points and line.weight
    ]
    if len(rows) < TWO or any(filed == points for filed, points, _ in rows):
        return
    if all(multiply(filed, HUNDRED) == multiply(points, weight) for filed, points, weight in rows):
        message = "各行已填报得分都等于 得分 × 分值 ÷ 100：分值乘了两次"
        yield Finding("PT105", Severity.ERROR, message, ("指标",),
                      "得分已按分值计算，不要再乘权重占比")  # fmt: skip


def _total(scorecard: Scorecard) -> Iterator[Finding]:
    filed, low, high = scorecard.filed_total, scorecard.low, scorecard.high
    if filed is None or low is None or high is None or low <= filed <= high:
        return
    by_rule = plain(low) if low == high else f"{plain(low)} 至 {plain(high)}"
    yield Finding("PT104", Severity.ERROR,
                  f"已填报总分 {trimmed(filed)}，按办法为 {by_rule}", ("已填报", "总分"),
                  "请按各行得分重新合计")  # fmt: skip
