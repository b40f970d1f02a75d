"""From filled workpapers to what the review comes to: scored again, checked, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from perfeval.carriers import LIMITS
from perfeval.codes import REVIEW_NO_WORKPAPER, REVIEW_RESULT, REVIEWS
from perfeval.findings import Finding
from perfeval.numbers import plain, trimmed
from perfeval.places import Place
from perfeval.readers.files import SourceInput, given_content
from perfeval.readers.rulebooks import load_rulebook
from perfeval.reading.review_reports import ReportText, compare_report, read_report_text
from perfeval.reading.workpapers import FilledWorkpaper, ReadWorkpapers, read_workpapers
from perfeval.review.auditing import audit
from perfeval.review.grading import GradedRow, GradedWorkpaper, Grading, grade
from perfeval.rulebook import Rulebook
from perfeval.source import Source

_ONE_OF_THEM = "其中一个底稿"


class _ReadFile(NamedTuple):
    """A file of workpapers, and what it is called."""

    name: str
    read: ReadWorkpapers


def grade_workpapers(
    files: Iterable[SourceInput],
    *,
    rulebook: str | Rulebook | None = None,
    report: SourceInput | None = None,
) -> Grading:
    """Grade filled workpapers; those of one batch belong together, as they are compared.

    What was typed counts: it is scored again, whatever results are stored in the files.

    Args:
        files: The files: paths, or their bytes.
        rulebook: The rulebook of workpapers that were made by none that ships.
        report: A review report (.docx, .pdf, .txt …), of which the figures are compared.

    Returns:
        The points, and what is wrong with the review.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        MissingExtraError: A file needs a package that is not installed.

    >>> from perfeval import evaluate, review_workpaper
    >>> from perfeval.documents.review.workpaper_book import workpaper_workbook
    >>> sheet = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> found = grade_workpapers([workpaper_workbook([review_workpaper(sheet)])])
    >>> found.papers[0].total, found.papers[0].deviation, found.findings
    (Decimal('98.46'), Decimal('1.54'), ())
    """
    book = load_rulebook(rulebook) if isinstance(rulebook, str) else rulebook
    read = [_read(file, book) for file in files]
    filled = [(one.name, paper) for one in read for paper in one.read.papers]
    papers = [replace(grade(paper.workpaper, paper.entries), source=name) for name, paper in filled]
    findings = [_of_file(item, one.name) for one in read for item in one.read.findings]
    audits = audit(papers)
    for (name, paper), graded, found in zip(filled, papers, audits, strict=True):
        own = (*paper.findings, *_differences(paper, graded), *found)
        findings += [_of_file(item, name) for item in own]
    compared = 0
    if report is not None:
        text = _report(report)
        said = compare_report(text, papers)
        findings += [_of_file(item, text.name) for item in said.findings]
        compared = said.compared
    is_whole = all(one.read.papers and not one.read.findings for one in read)
    return Grading(tuple(papers), tuple(findings), is_whole, compared)


def _of_file(finding: Finding, name: str) -> Finding:
    return finding._replace(file=name)


def _read(file: SourceInput, book: Rulebook | None) -> _ReadFile:
    content = given_content(file, instead=_ONE_OF_THEM, most=LIMITS.file + 1)
    if not isinstance(content, Source):
        return _ReadFile(content.name, read_workpapers(content.raw, book))
    problem = content.problems[0] if content.problems else None
    message = problem.message if problem else "不是复核底稿"
    hint = problem.hint if problem else "底稿是 .xlsx 文件"
    severity = REVIEWS[REVIEW_NO_WORKPAPER].severity
    found = Finding(REVIEW_NO_WORKPAPER, severity, message, (), hint)
    return _ReadFile(content.name, ReadWorkpapers((), (found,)))


def _report(file: SourceInput) -> ReportText:
    content = given_content(file, instead="复核报告文件", most=LIMITS.file + 1)
    if isinstance(content, Source):
        reason = content.problems[0].message if content.problems else "读不出来"
        return ReportText(content.name, (), (), reason)
    return read_report_text(content.raw, content.name)


# -- what the files themselves show ------------------------------------------------------------

_AGAIN = "请用 Excel、WPS 打开，重新计算后保存；以重新计算的为准"


def _differences(paper: FilledWorkpaper, graded: GradedWorkpaper) -> Iterator[Finding]:
    """Say which results in a workpaper are not what it comes to."""
    shown = [one for one in paper.shown.values() if one.score is not None]
    if not shown and any(row.points is not None for row in graded.rows):
        message = f"“{paper.workpaper.project}”的底稿没有存计算结果，已重新计算"
        yield _result_finding(message, None)
        return
    yield from _row_differences(paper, graded.rows)
    whole = paper.total
    if whole is not None and whole.score is not None and whole.score != graded.total:
        now = "未定" if graded.total is None else plain(graded.total)
        message = f"“{paper.workpaper.project}”的总分显示 {trimmed(whole.score)}，重新计算是 {now}"
        yield _result_finding(message, whole.place)


def _row_differences(paper: FilledWorkpaper, rows: Sequence[GradedRow]) -> Iterator[Finding]:
    for row in rows:
        seen = paper.shown.get(row.row.at)
        if seen is None or seen.score == row.points:
            continue
        now = "未定" if row.points is None else plain(row.points)
        if seen.score is None:
            message = f"“{row.row.name}”在底稿里没有算出，重新计算是 {now}"
        else:
            message = f"“{row.row.name}”显示 {trimmed(seen.score)}，重新计算是 {now}"
        yield _result_finding(message, seen.place)


def _result_finding(message: str, place: Place | None) -> Finding:
    severity = REVIEWS[REVIEW_RESULT].severity
    places = () if place is None else (place,)
    return Finding(REVIEW_RESULT, severity, message, (), _AGAIN, places=places)
