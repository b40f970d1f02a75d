"""From a file to its report: the one place that joins the stages."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from perfeval.checks import check
from perfeval.errors import RenderError, RulebookError
from perfeval.findings import Finding, Severity
from perfeval.readers.files import FilePath
from perfeval.readers.rulebooks import load_rulebook, named_in_sheet
from perfeval.readers.sheets import read_sheet
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.scoring.engine import score
from perfeval.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Report:
    """All that perfeval knows about one sheet.

    Attributes:
        name: The file, or the project's name for a plain dict.
        sheet: The sheet; ``None`` where the file has errors.
        rulebook: The rulebook that applies; ``None`` where there is none.
        scorecard: Its points; ``None`` without a sheet or a rulebook.
        findings: Everything found, reading errors first.
    """

    name: str
    sheet: Sheet | None
    rulebook: Rulebook | None
    scorecard: Scorecard | None
    findings: tuple[Finding, ...]

    @property
    def is_read(self) -> bool:
        """The sheet could be read and its rulebook is known."""
        return self.scorecard is not None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of error level."""
        return tuple(item for item in self.findings if item.severity is Severity.ERROR)

    def render(self, path: FilePath, *, document: str = "table") -> None:
        """Write a document; the ending of *path* chooses its format.

        Args:
            path: Where to write: ``.docx``, ``.html`` or ``.md``.  A file that stands there is
                replaced only when the new one is complete.
            document: ``table`` (自评表) or ``abstract`` (摘要).

        Raises:
            RenderError: The sheet was not read, or there is no such document or format.
            OSError: The file cannot be written.
        """
        from perfeval.documents.writing import write_atomically

        if "\0" in os.fspath(path):
            raise RenderError("不能写入：文件名里有不能用的字符")
        ending = os.path.splitext(os.fspath(path))[1].lower()
        write_atomically(path, render(self, ending.removeprefix("."), document=document))


def evaluate(
    source: FilePath | Mapping[str, Any], *, rulebook: FilePath | Rulebook | None = None
) -> Report:
    """Read, score and check one sheet.

    Args:
        source: A YAML file's path, ``shipped:…``, or a plain dict; see `load_sheet`.
        rulebook: An id, a rulebook file's path, or a rulebook, in place of the sheet's own.

    Returns:
        The report; what is wrong with the sheet is among its findings, never raised.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.

    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.scorecard.total, report.scorecard.measured, report.scorecard.claimed
    (Decimal('98.46'), Decimal('36.46'), Decimal('62.00'))
    """
    given = rulebook if rulebook is None or isinstance(rulebook, Rulebook) else (
        load_rulebook(rulebook))  # fmt: skip
    book = given
    read = read_sheet(source, rulebook=book.id if book else None)
    sheet, findings = read.sheet, read.findings
    name = read.source.name or (sheet.name if sheet else "")
    if sheet is None:
        return Report(name, None, book, None, findings)
    if rulebook is not None and not isinstance(rulebook, Rulebook):
        book = load_rulebook(rulebook, year=sheet.year)
    if book is None:
        try:
            book = load_rulebook(named_in_sheet(read.source.name, sheet.rulebook), year=sheet.year)
        except RulebookError as error:
            finding = Finding("SH110", Severity.ERROR, error.message, ("评分办法",))
            return Report(
                name, sheet, None, None, (*findings, read.locate(finding), *error.findings)
            )
    scorecard = score(sheet, book)
    found = sorted(map(read.locate, check(scorecard)), key=_place)
    return Report(name, sheet, book, scorecard, (*findings, *found))


def compare(sheet: Sheet, rulebooks: Sequence[FilePath | Rulebook]) -> tuple[Scorecard, ...]:
    """Score one sheet by several rulebooks, each as it held in the sheet's year.

    Args:
        sheet: The sheet.
        rulebooks: Ids, rulebook files' paths, or rulebooks.

    Returns:
        A scorecard for each, in their order.

    Raises:
        RulebookError: A rulebook is unknown or wrong.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> [card.total for card in compare(sheet, ["hubei-2020", "mof-2020"])]
    [Decimal('98.46'), None]
    """
    return tuple(
        score(
            sheet,
            book if isinstance(book, Rulebook) else load_rulebook(book, year=sheet.year),
        )
        for book in rulebooks
    )


def _place(finding: Finding) -> tuple[int, int]:
    return finding.line or 0, finding.column or 0


def render(report: Report, format: str, *, document: str = "table") -> bytes:  # noqa: A002
    """Render a document in memory.

    Args:
        report: The report of a sheet that could be read.
        format: ``docx``, ``html`` or ``md``.
        document: ``table`` (自评表) or ``abstract`` (摘要).

    Returns:
        The document; the same bytes for the same report.

    Raises:
        RenderError: The sheet was not read, or there is no such document or format.

    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> "98.46" in render(report, "md").decode()
    True
    """
    from perfeval.documents import render_document

    if report.scorecard is None:
        name = report.name or "自评表"
        raise RenderError(f"{name}：有 {len(report.errors)} 处错误没有读通，不能生成文档")
    return render_document(report.scorecard, format, document)
