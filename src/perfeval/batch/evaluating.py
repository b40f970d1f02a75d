"""Rows of one item after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perfeval.checks.settling import CheckOptions
from perfeval.documents.rows.flatten import finding_rows, indicator_rows, sheet_row, unread_row
from perfeval.findings import Severity
from perfeval.readers.files import FilePath, Root, SourceInput
from perfeval.report import Report, evaluate_all
from perfeval.rows import FindingRow, IndicatorRow, SheetRow
from perfeval.rulebook import Rulebook

_USUAL = CheckOptions()
_NO_SHEET = "里面没有自评表"


class ItemRows(NamedTuple):
    """The rows of one item.

    Attributes:
        sheets: A row for each sheet in it, at least one: also for what cannot be read.
        indicators: A row for each indicator of these sheets.
        findings: A row for each finding in them, those that were accepted included.
    """

    sheets: tuple[SheetRow, ...]
    indicators: tuple[IndicatorRow, ...]
    findings: tuple[FindingRow, ...]


def score_batch(
    items: Iterable[SourceInput],
    *,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = _USUAL,
    root: Root = None,
) -> Iterator[SheetRow]:
    """Score any number of sheets, one row for each, in order; nothing is kept.

    Args:
        items: Paths, texts, bytes or dicts; see `perfeval.evaluate`.
        rulebook: See `perfeval.evaluate`.
        terms: See `perfeval.evaluate`.
        root: See `perfeval.evaluate`.

    Yields:
        The rows; what cannot be read has one that says why.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        TypeError: An item is nothing that can be read.

    >>> rows = score_batch(["shipped:qingshan-2023/养老服务体系建设运营补助资金"])
    >>> [(row.project, row.total, row.measured) for row in rows]
    [('养老服务体系建设运营补助资金', Decimal('98.46'), Decimal('36.46'))]
    """
    for item in evaluate_batch(items, rulebook=rulebook, terms=terms, root=root):
        yield from item.sheets


def evaluate_batch(
    items: Iterable[SourceInput],
    *,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = _USUAL,
    root: Root = None,
) -> Iterator[ItemRows]:
    """Score and check any number of sheets: for each item the rows of all three kinds.

    Args:
        items: See `score_batch`.
        rulebook: See `score_batch`.
        terms: See `score_batch`.
        root: See `score_batch`.
    """
    for item in items:
        yield rows_of(evaluate_all(item, rulebook=rulebook, terms=terms, root=root))


def rows_of(reports: Iterable[Report]) -> ItemRows:
    """Return the rows of the reports of one item."""
    sheets: list[SheetRow] = []
    indicators: list[IndicatorRow] = []
    findings: list[FindingRow] = []
    for report in reports:
        file = report.located.name
        table = report.name.removeprefix(file).strip() if file else ""
        row = _sheet_row(report, file, table)
        sheets.append(row)
        if report.scorecard is not None:
            indicators += indicator_rows(report.scorecard, file=file, table=table)
        findings += finding_rows(report.findings, report.waived, of=row)
    return ItemRows(tuple(sheets), tuple(indicators), tuple(findings))


def _sheet_row(report: Report, file: str, table: str) -> SheetRow:
    found, waived = report.findings, report.waived
    if report.scorecard is not None:
        return sheet_row(report.scorecard, found, waived, file=file, table=table)
    errors = (item.message for item in found if item.severity is Severity.ERROR)
    problem = next(errors, _NO_SHEET)
    return unread_row(problem, found, waived, file=file, table=table)
