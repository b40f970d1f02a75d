"""The 自评表 that stand in a published document: read as sheets, scored, checked, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from perfeval.accounts.beside import BesideSheet
from perfeval.codes import READING
from perfeval.fields import word_of
from perfeval.findings import Finding, Nature, Severity
from perfeval.readers.files import FilePath
from perfeval.readers.rulebooks import load_rulebook
from perfeval.reading import ReadDocument, ReadTable
from perfeval.reading.documents import read_carried
from perfeval.report.account_input import AccountInput
from perfeval.report.beside import beside_sheet
from perfeval.report.evaluating import evaluate_read
from perfeval.report.model import Report
from perfeval.rulebook import Rulebook
from perfeval.sheet import Sheet

_YEAR, _RULEBOOK = word_of(Sheet, "year"), word_of(Sheet, "rulebook")


class OwnSheets(NamedTuple):
    """What stands in a document as 自评表.

    Attributes:
        sheets: The sheets.
        found: What was found in them when they were scored and checked.
        unread: Which of them could not be read or scored, and why.
    """

    sheets: tuple[BesideSheet, ...] = ()
    found: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()


def own_sheets(
    read: AccountInput, year: int | None, rulebook: FilePath | Rulebook | None
) -> OwnSheets:
    """Read, score and check the 自评表 in a document; a table without a grid is none.

    Args:
        read: The document.
        year: The year of the accounts, which a form that prints none has as well.
        rulebook: By which the sheets score; ``None`` for that of their layout.

    Raises:
        RulebookError: The rulebook is unknown or wrong.
    """
    if read.carried is None:
        return OwnSheets()
    if rulebook is None or isinstance(rulebook, Rulebook):
        book = rulebook
    else:
        book = load_rulebook(rulebook)
    document = read_carried(read.carried, "", read.digest or "", book.id if book else None)
    tables = tuple(_completed(table, year) for table in document.tables if _is_form(table))
    reports = list(evaluate_read(replace(document, tables=tables), rulebook=book))
    named = zip(tables, reports, strict=True)
    return OwnSheets(
        sheets=tuple(_compared(reports)),
        found=tuple(_found(reports, read.name)),
        unread=(*_unread(document), *_unscored(named)),
    )


def _is_form(table: ReadTable) -> bool:
    """Tell whether a table names a project: one that only lists indicators is not compared."""
    return bool(table.data.get(word_of(Sheet, "name")))


def _completed(table: ReadTable, year: int | None) -> ReadTable:
    """Return a table with the year of the accounts, and a rulebook, where it prints none.

    Its money can be compared without a rulebook that is known; then it is not scored.
    """
    lacking = {_YEAR: year, _RULEBOOK: _NOT_KNOWN}
    added = {word: value for word, value in lacking.items() if value and not table.data.get(word)}
    return replace(table, data={**table.data, **added}) if added else table


_NOT_KNOWN = "未写明"
"""What stands for the rulebook of a form that leads to none."""


def _compared(reports: Iterable[Report]) -> Iterator[BesideSheet]:
    for report in reports:
        if report.sheet is not None:
            yield beside_sheet(report, report.sheet, [report.sheet.bare_name], is_own=True)


def _found(reports: Iterable[Report], name: str) -> Iterator[Finding]:
    """Yield what the checks found; that a document is read and not typed is known of all of it.

    Many forms print no weights, which is no fault of who published one.
    """
    for report in reports:
        codes = {finding.code for finding in report.findings}
        passed = {*READING, *(_OF_WEIGHTS if _NO_WEIGHT in codes else ())}
        for finding in report.findings if report.scorecard is not None else ():
            is_fact = finding.nature is Nature.DECIDABLE and finding.severity is not Severity.INFO
            if is_fact and finding.code not in passed:
                yield finding._replace(file=name)


_NO_WEIGHT = "WT102"
_OF_WEIGHTS = (_NO_WEIGHT, "WT101")


def _unread(document: ReadDocument) -> Iterator[str]:
    for part in document.unread:
        if part.is_fault:
            yield f"文中的自评表没有读成：{part}"


def _unscored(named: Iterable[tuple[ReadTable, Report]]) -> Iterator[str]:
    for table, report in named:
        if report.sheet is None:
            yield f"{table.name}是自评表，没有读通，没有核对；用 perfeval check 看原因"
        elif report.scorecard is None:
            yield f"{table.name}是自评表，不知道按哪个办法，没有计分；可以用 --rulebook 写明办法"


__all__ = ["OwnSheets", "own_sheets"]
