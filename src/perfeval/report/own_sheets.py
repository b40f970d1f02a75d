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
from perfeval.reading import ReadDocument, ReadingNote, ReadTable
from perfeval.reading.documents import read_carried
from perfeval.report.account_input import AccountInput
from perfeval.report.beside import beside_sheet
from perfeval.report.evaluating import evaluate_read
from perfeval.report.model import Report
from perfeval.rulebook import Rulebook
from perfeval.sheet import Sheet

_YEAR, _RULEBOOK, _NAME = (word_of(Sheet, name) for name in ("year", "rulebook", "name"))


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
    document = own_tables(read, year, book.id if book else None)
    tables = tuple(_with_rulebook(table) for table in document.tables if is_named(table))
    reports = list(evaluate_read(replace(document, tables=tables), rulebook=book))
    named = zip(tables, reports, strict=True)
    unread = tuple(unread_forms(document))
    return OwnSheets(
        sheets=tuple(_compared(reports)),
        found=tuple(_found(reports, read.name, is_whole=not unread)),
        unread=(*unread, *_unscored(named)),
    )


def own_tables(read: AccountInput, year: int | None, rulebook: str | None) -> ReadDocument:
    """Return the 自评表 in a document, and what was not read of it.

    Args:
        read: The document.
        year: The year of the accounts, which a form that prints none has as well.
        rulebook: The id of the rulebook by which they score; ``None`` for that of their layout.
    """
    if read.carried is None:
        return ReadDocument(read.name, read.digest or "")
    document = read_carried(read.carried, "", read.digest or "", rulebook)
    return replace(document, tables=tuple(_in_year(table, year) for table in document.tables))


def is_named(table: ReadTable) -> bool:
    """Tell whether a table names its project."""
    return bool(table.data.get(_NAME))


def _in_year(table: ReadTable, year: int | None) -> ReadTable:
    """Return a table with the year of the accounts where it prints none."""
    if year is None or table.data.get(_YEAR):
        return table
    note = ReadingNote("表里没有印年度，按决算的年度", path=(_YEAR,))
    return replace(table, data={**table.data, _YEAR: year}, assumptions=(*table.assumptions, note))


def _with_rulebook(table: ReadTable) -> ReadTable:
    """Return a table with a rulebook: without one that is known it is compared, not scored."""
    if table.data.get(_RULEBOOK):
        return table
    return replace(table, data={**table.data, _RULEBOOK: _NOT_KNOWN})


_NOT_KNOWN = "未写明"
"""What stands for the rulebook of a form that leads to none."""


def _compared(reports: Iterable[Report]) -> Iterator[BesideSheet]:
    for report in reports:
        if report.sheet is not None:
            yield beside_sheet(report, report.sheet, [report.sheet.bare_name], is_own=True)


def _found(reports: Iterable[Report], name: str, *, is_whole: bool) -> Iterator[Finding]:
    """Yield what the checks found; that a document is read and not typed is known of all of it.

    Many forms print no weights, which is no fault of who published one; where a form, or the rest
    of one, was not read, weights may be lacking that are printed.
    """
    for report in reports:
        codes = {finding.code for finding in report.findings}
        passed = {*READING, *(_OF_WEIGHTS if not is_whole or _NO_WEIGHT in codes else ())}
        for finding in report.findings if report.scorecard is not None else ():
            is_fact = finding.nature is Nature.DECIDABLE and finding.severity is not Severity.INFO
            if is_fact and finding.code not in passed:
                yield finding._replace(file=name)


_NO_WEIGHT = "WT102"
_OF_WEIGHTS = (_NO_WEIGHT, "WT101")


def unread_forms(document: ReadDocument) -> Iterator[str]:
    """Yield the tables that are forms and were not read.

    What has lost its grid is no table: proofreading reads it line by line, in a file of any kind.
    """
    for part in document.unread:
        if part.is_fault and part.name:
            yield f"文中的自评表没有读成：{part}"


def _unscored(named: Iterable[tuple[ReadTable, Report]]) -> Iterator[str]:
    for table, report in named:
        if report.sheet is None:
            yield f"{table.name}是自评表，没有读通，没有核对；用 perfeval check 看原因"
        elif report.scorecard is None:
            yield f"{table.name}是自评表，不知道按哪个办法，没有计分；可以用 --rulebook 写明办法"


__all__ = ["OwnSheets", "is_named", "own_sheets", "own_tables", "unread_forms"]
