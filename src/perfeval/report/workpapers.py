"""From a report to the workpaper of its review."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.errors import RenderError
from perfeval.findings import Finding, Severity
from perfeval.places import Path
from perfeval.readers.review_profiles import load_review_profile
from perfeval.report.model import Report
from perfeval.review.profile import ReviewProfile
from perfeval.review.workpaper import BUDGET_ROW, RowFinding, Workpaper
from perfeval.sheet import BUDGET, INDICATORS


def review_workpaper(report: Report, profile: ReviewProfile | None = None) -> Workpaper:
    """Prepare the review of a sheet.

    Args:
        report: All that is known of the sheet.
        profile: The terms of the review; ``None`` for those without ratios.

    Raises:
        RenderError: The sheet could not be read.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> len(review_workpaper(report).rows)
    22
    """
    card = report.scorecard
    if card is None:
        raise RenderError("没有读通，不能生成底稿")
    name = report.located.name
    return Workpaper(
        scorecard=card,
        profile=profile or load_review_profile(),
        findings=tuple(_row_findings(report, len(card.lines))),
        file=name,
        table=report.name.removeprefix(name).strip() if name else "",
    )


def _row_findings(report: Report, rows: int) -> Iterator[RowFinding]:
    """Yield what was found, by the row that it is about; notes on no more than reading stay out."""
    paths = {at: _path_of(report, (INDICATORS, at)) for at in range(rows)}
    paths[BUDGET_ROW] = _path_of(report, (BUDGET,))
    for finding in report.findings:
        if finding.severity is Severity.INFO:
            continue
        for one in finding.each:
            at = next((row for row, path in paths.items() if _is_below(one.path, path)), None)
            yield RowFinding(at, one.code, one.message)


def _path_of(report: Report, path: Path) -> Path:
    """Return a path of the model in the shape that the sheet was written in."""
    probe = Finding("", Severity.INFO, "", path)
    return report.located.place(probe).finding.path


def _is_below(path: Path, outer: Path) -> bool:
    return path[: len(outer)] == outer
