"""Points as filed beside the points by the rule."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.findings import Finding, Severity
from perfeval.numbers import ZERO, plain, trimmed
from perfeval.places import Path
from perfeval.scorecard import Line, Scorecard


def check_points(scorecard: Scorecard) -> Iterator[Finding]:
    """Compare the filed points of every row and the filed total."""
    yield from _row(scorecard.execution, ("预算", "已填报", "得分"), "PT101")
    for position, line in enumerate(scorecard.lines):
        yield from _row(line, ("指标", position, "已填报得分"), "PT102")
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
    word = "高" if excess > ZERO else "低"
    yield Finding(
        code, Severity.ERROR,
        f"已填报得分 {trimmed(line.filed)} {word}于办法，应为 {plain(line.shown)}"
        f"：{line.derivation.formula}",
        path,
        f"改为 {plain(line.shown)}；另有依据的，写入“偏差原因”",
    )  # fmt: skip


def _total(scorecard: Scorecard) -> Iterator[Finding]:
    filed, total = scorecard.filed_total, scorecard.total
    if filed is not None and total is not None and filed != total:
        yield Finding("PT104", Severity.ERROR,
                      f"已填报总分 {trimmed(filed)}，按办法为 {plain(total)}", ("已填报", "总分"),
                      "请按各行得分重新合计")  # fmt: skip
