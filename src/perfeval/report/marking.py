"""Somebody's own file with what was found at its cells, in itself or in a copy of a newer kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from perfeval.accounts.proofreading import ProofReport
from perfeval.carriers import (
    LIMITS,
    CarriedDocument,
    CarrierKind,
    Refusal,
    carry,
)
from perfeval.codes import FILE_REMARK
from perfeval.errors import RenderError
from perfeval.findings import Finding, Severity
from perfeval.marks import (
    CellRemark,
    MarkedCopy,
    MarkKind,
    PagePicture,
    mark_document,
    mark_older,
    mark_workbook,
    page_pictures,
)
from perfeval.places import PagePlace
from perfeval.readers.files import FileContent, FilePath, given_content
from perfeval.report.model import Report
from perfeval.report.proof_remarks import remarks_of
from perfeval.scorecard import Rule, Scorecard
from perfeval.sheet import BUDGET, INDICATORS
from perfeval.source import Source

_MARKERS = {
    CarrierKind.XLSX: mark_workbook,
    CarrierKind.DOCX: mark_document,
    CarrierKind.XLS: mark_older,
    CarrierKind.ODS: mark_older,
    CarrierKind.DOC: mark_older,
}
_COPIES: Mapping[CarrierKind, CarrierKind] = {
    CarrierKind.XLS: CarrierKind.XLSX,
    CarrierKind.ODS: CarrierKind.XLSX,
    CarrierKind.DOC: CarrierKind.DOCX,
    CarrierKind.PDF: CarrierKind.HTML,
    CarrierKind.CSV: CarrierKind.HTML,
    CarrierKind.TEXT: CarrierKind.HTML,
}
_KINDS = {
    Severity.ERROR: MarkKind.MISTAKE,
    Severity.WARNING: MarkKind.QUESTION,
    Severity.INFO: MarkKind.NOTE,
}
_OF_POINTS = "PT"


def mark(
    report: Report | Iterable[Report] | ProofReport,
    source: FilePath | bytes,
    *,
    with_hints: bool = False,
) -> bytes:
    """Return the file that was checked, with a comment at each cell in which something was found.

    A first comment says the total and how much was found; in a published account, each comment
    stands at the words that it is about.  All else in the file is as it was; comments of others
    stay, and those of an earlier marking are replaced.  What its first bytes say counts, not its
    name.  A file that can hold no comments is written anew: .xls and .ods as .xlsx, .doc as .docx
    (texts, figures, tables, and nothing else of them), a page or a text as a page; of a PDF a page
    shows pictures with a frame at each cell.

    Args:
        report: What `evaluate` found in the file, or the reports of all its sheets; or what
            `proof` found in it.
        source: The file: its path or its bytes.  It is not changed.
        with_hints: Findings of the lowest level get comments, too.

    Returns:
        The marked copy: an .xlsx, a .docx or a page (HTML).

    Raises:
        MissingExtraError: It needs a package of the extra ``office`` that is not installed.
        RenderError: The file cannot be marked, or is not the one that was checked; or it is a
            published account and neither a ``.docx`` nor a PDF.
        TypeError: *source* is neither a path nor bytes.

    >>> from perfeval import evaluate, excel_form, load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> raw = excel_form("hubei-2020", sheet)
    >>> mark(evaluate(raw), raw)[:2]
    b'PK'
    """
    if isinstance(report, ProofReport):
        return marked_proof(report, source, with_hints=with_hints).raw
    reports = (report,) if isinstance(report, Report) else tuple(report)
    return marked_copy(reports, source, with_hints=with_hints).raw


def marked_copy(
    reports: Sequence[Report], source: FilePath | bytes, *, with_hints: bool = False
) -> MarkedCopy:
    """Return a marked copy, and what its owner should know of it; see `mark`."""
    content = _content(source)
    _refuse_another(reports, content)
    carried = carry(content.raw)
    if isinstance(carried, Refusal):
        raise RenderError(f"不能加批注：{carried.message}；{carried.hint}")
    remarks = _remarks_of_all(reports, with_hints=with_hints)
    marker = _MARKERS.get(carried.kind)
    if marker is None:
        return _page(content, carried, remarks)
    return _whole(marker(content.raw, remarks))


def copied_kind(kind: CarrierKind) -> CarrierKind:
    """Return what kind of file the marked copy of one is.

    >>> copied_kind(CarrierKind.PDF), copied_kind(CarrierKind.DOCX)
    (<CarrierKind.HTML: 'html'>, <CarrierKind.DOCX: 'docx'>)
    """
    return _COPIES.get(kind, kind)


def _whole(copy: MarkedCopy | Refusal) -> MarkedCopy:
    """Return a copy.

    Raises:
        RenderError: There is none.
    """
    if isinstance(copy, Refusal):
        raise RenderError(f"{copy.message}；{copy.hint}")
    return copy


def _page(
    content: FileContent, carried: CarriedDocument, remarks: Sequence[CellRemark]
) -> MarkedCopy:
    """Return what is said of a file as a page, with pictures of the pages of a PDF."""
    from perfeval.documents.findings.marked_page import marked_page

    pictures: Mapping[int, PagePicture] = {}
    if carried.kind is CarrierKind.PDF:
        pages = {one.place.page for one in remarks if isinstance(one.place, PagePlace)}
        found = page_pictures(content.raw, pages or {1})
        if isinstance(found, Refusal):
            raise RenderError(f"{found.message}；{found.hint}")
        pictures = found
    return marked_page(carried, remarks, pictures, PurePath(content.name).name)


def marked_proof(
    report: ProofReport, source: FilePath | bytes, *, with_hints: bool = False
) -> MarkedCopy:
    """Return a published account with a comment at the words of each finding; see `mark`."""
    content = _content(source)
    if hashlib.sha256(content.raw).hexdigest() != report.digest:
        raise RenderError(_CHANGED)
    carried = carry(content.raw)
    if isinstance(carried, Refusal) or carried.kind not in (CarrierKind.DOCX, CarrierKind.PDF):
        raise RenderError(_PROOF_INSTEAD)
    remarks = tuple(remarks_of(report, carried, with_hints=with_hints))
    if carried.kind is CarrierKind.PDF:
        return _page(content, carried, remarks)
    return _whole(mark_document(content.raw, remarks))


def _content(source: FilePath | bytes) -> FileContent:
    """Return the bytes of a file.

    Raises:
        RenderError: There are none.
    """
    content = given_content(source, most=LIMITS.file + 1)
    if isinstance(content, Source):
        said = content.problems[0].message if content.problems else "这是文本，不能加批注"
        raise RenderError(f"{content.name}：{said}" if content.name else said)
    return content


_NO_CELLS = (
    "这份结果不是从 Word、Excel 等文件里读出来的，没有可以加批注的格；YAML 的问题请用 -o 问题.html"
)
_CHANGED = "文件与校核时的不同，请重新校核后再加批注"
_PROOF_INSTEAD = (
    "校对的批注只加在 .docx 里，PDF 写成网页：.doc 请先另存为 .docx；"
    "文本、网页请用 perfeval proof 文件 -o 校对.html"
)


def _refuse_another(reports: Sequence[Report], content: FileContent) -> None:
    """Refuse a file that is not the one that was checked, or was changed since."""
    digest = hashlib.sha256(content.raw).hexdigest()
    for report in reports:
        if report.located.source.cells is None:
            raise RenderError(_NO_CELLS)
        read_from = report.sheet.read_from if report.sheet is not None else None
        if read_from is not None and read_from.digest not in (None, digest):
            raise RenderError(_CHANGED)


def _remarks_of_all(reports: Sequence[Report], *, with_hints: bool) -> list[CellRemark]:
    """Return what is said of a file; what has no cell stands with the summary of its table."""
    if len(reports) == 1:
        return list(_remarks(reports[0], with_hints=with_hints))
    found: list[CellRemark] = []
    for report in reports:
        summary, *others = _remarks(report, with_hints=with_hints)
        found.append(summary)
        found += (one._replace(place=one.place or summary.place) for one in others)
    return found


def _remarks(report: Report, *, with_hints: bool) -> Iterator[CellRemark]:
    yield _summary(report)
    same: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        same.setdefault((finding.code, finding.message), []).append(finding)
    for finding in report.findings:
        if with_hints or finding.severity is not Severity.INFO:
            place = finding.places[0] if finding.places else None
            text = _said_once(finding, same[finding.code, finding.message], report.scorecard)
            yield CellRemark(place, text, _KINDS[finding.severity])
        elif finding.code == FILE_REMARK:
            yield CellRemark(None, finding.message, MarkKind.NOTE)


def _said_once(finding: Finding, alike: Sequence[Finding], scorecard: Scorecard | None) -> str:
    """Say a finding in full where it is the first of those that say the same."""
    first = alike[0]
    if finding is first:
        counted = f"（共 {len(alike)} 处）" if len(alike) > 1 else ""
        return _said(finding, scorecard, counted)
    where = f"与 {first.places[0]} 同" if first.places else "同上"
    return f"{_headline(finding)}（{where}，共 {len(alike)} 处）"


def _summary(report: Report) -> CellRemark:
    from perfeval.documents.findings.inspections import rulebook_text
    from perfeval.documents.findings.text import counts_text
    from perfeval.documents.scorecards.terminal import total_lines

    found = counts_text(report.inspection.causes) or "没有发现问题"
    lines = [f"校核结果：{report.inspection.title or '没有读通'}"]
    if report.scorecard is not None:
        lines += [line.strip() for line in total_lines(report.scorecard)]
        lines.append(rulebook_text(report.scorecard.stamp, report.findings))
    cells = report.located.source.cells or {}
    first = min(cells.values(), key=lambda place: place.order, default=None)
    return CellRemark(first, "\n".join([*lines, found]), MarkKind.SUMMARY)


def _headline(finding: Finding) -> str:
    return f"{finding.severity.value} {finding.code}  {finding.message}"


def _said(finding: Finding, scorecard: Scorecard | None, counted: str) -> str:
    """Say what a finding is, how often it is there, what to do, and by which clause."""
    from perfeval.documents.findings.check_pages import page_of

    rule = _rule(finding, scorecard)
    clause = f"{rule.source}：{rule.clause}" if rule and rule.clause else ""
    lines = [
        f"{_headline(finding)}{counted}",
        f"怎么办：{finding.hint}" if finding.hint else "",
        f"依据：{clause or page_of(finding.code).source}",
    ]
    return "\n".join(filter(None, lines))


def _rule(finding: Finding, scorecard: Scorecard | None) -> Rule | None:
    """Return the rule of the row whose points a finding is about."""
    if scorecard is None or not finding.code.startswith(_OF_POINTS):
        return None
    match finding.path:
        case (str() as block, int() as at, *_) if block == INDICATORS:
            return scorecard.lines[at].rule if at < len(scorecard.lines) else None
        case (str() as block, *_) if block == BUDGET:
            return scorecard.execution.rule
    return None
