"""What is made of one item after another: rows, and what else a command wants of its reports."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.batch.pool import Job, in_order
from perfeval.checks.settling import CheckOptions
from perfeval.documents.rows.flatten import finding_rows, indicator_rows, sheet_row, unread_row
from perfeval.errors import RulebookError
from perfeval.findings import Severity
from perfeval.numbers import plain
from perfeval.readers.files import FileContent, FoundFile, Root, SourceInput
from perfeval.readers.rulebooks import load_rulebook
from perfeval.reading.answers import Answers
from perfeval.reading.sheets import open_given
from perfeval.report.evaluating import (
    USUAL,
    Given,
    LeftAside,
    SheetTrace,
    TypedSheets,
    evaluate_opened,
    trace_of,
    why_no_sheet,
)
from perfeval.report.model import Report
from perfeval.rows import FindingRow, IndicatorRow, Row, SheetRow
from perfeval.rulebook import Rulebook
from perfeval.source import MAX_BYTES, Source

BatchItem = SourceInput | tuple[str, SourceInput]
"""What `perfeval.evaluate` takes, by itself or with what it is called."""
TABLES: tuple[type[Row], ...] = (SheetRow, IndicatorRow, FindingRow)


def place_of(of: type[Row]) -> int:
    """Return where a kind of rows stands in `ItemRows`.

    Raises:
        ValueError: It is no kind of row.
    """
    if of not in TABLES:
        raise ValueError("of 应是 SheetRow、IndicatorRow、FindingRow 之一")
    return TABLES.index(of)


class ItemRows(NamedTuple):
    """The rows of one item.

    Attributes:
        sheets: A row for each sheet in it, at least one: also for what cannot be read.  Only what
            was found in a folder and is no sheet has none; *aside* says so.
        indicators: A row for each indicator of these sheets.
        findings: A row for each finding in them, those that were accepted included.
        aside: What was found in a folder and is no sheet, each with the reason.

    >>> from perfeval import evaluate_batch
    >>> item = next(evaluate_batch(["shipped:qingshan-2023/养老服务体系建设运营补助资金"]))
    >>> len(item.sheets), len(item.indicators), item.aside
    (1, 21, ())
    """

    sheets: tuple[SheetRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class BatchSettings:
    """How items are evaluated; it goes to each worker once.

    Attributes:
        rulebook: See `perfeval.evaluate`.
        terms: See `perfeval.evaluate`.
        root: See `perfeval.evaluate`.
        answers: What a person confirmed of office files; it learns which answers were used.
        tables: Which kinds of rows are made.
        make: Makes of each report what else is wanted of it, in the worker; it must pickle, and
            so must what it makes.
    """

    rulebook: Given = None
    terms: CheckOptions = USUAL
    root: Root = None
    answers: Answers = field(default_factory=Answers)
    tables: tuple[type[Row], ...] = TABLES
    make: Callable[[Report], Any] | None = None


class EvaluatedSheet(NamedTuple):
    """What is made of one sheet.

    Attributes:
        row: Its row.
        indicators: The rows of its indicators.
        findings: The rows of what was found in it.
        made: What `BatchSettings.make` made of its report.
        trace: By what it is known.
    """

    row: SheetRow
    indicators: tuple[IndicatorRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    made: Any = None
    trace: SheetTrace = SheetTrace("", "", is_typed=True)


class EvaluatedItem(NamedTuple):
    """What is made of one item.

    Attributes:
        sheets: What is made of each sheet in it.
        aside: What was found in a folder and is no sheet.
        sha256: See `SheetRow`.
        is_unchanged: It has the hash that was known of it, and was not evaluated again.
        used: The paths of the answers that were used.
    """

    sheets: tuple[EvaluatedSheet, ...] = ()
    aside: tuple[LeftAside, ...] = ()
    sha256: str = ""
    is_unchanged: bool = False
    used: frozenset[str] = frozenset()

    @property
    def rows(self) -> ItemRows:
        """The rows alone."""
        return ItemRows(
            tuple(sheet.row for sheet in self.sheets),
            tuple(row for sheet in self.sheets for row in sheet.indicators),
            tuple(row for sheet in self.sheets for row in sheet.findings),
            tuple(map(str, self.aside)),
        )


class _Task(NamedTuple):
    """An item, what it is called, and the hash that is known of it."""

    given: Any
    name: str = ""
    known: str = ""


def each_evaluated(
    items: Iterable[BatchItem],
    settings: BatchSettings,
    workers: int = 1,
    known: Callable[[str], str] | None = None,
) -> Iterator[EvaluatedItem]:
    """Evaluate any number of items, in order.

    Args:
        items: See `score_batch`.
        settings: How.
        workers: See `score_batch`.
        known: Returns the hash of an item, by its path or name, with which it was evaluated
            before; empty where it was not.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        ValueError: *workers* is below 1.
    """
    if type(workers) is not int or workers < 1:
        raise ValueError(f"workers 应是 1 或更大的整数，不是 {workers!r}")
    if settings.rulebook is not None and not isinstance(settings.rulebook, Rulebook):
        load_rulebook(settings.rulebook, root=settings.root)
    return _each_counted(items, settings, workers, known)


def _each_counted(
    items: Iterable[BatchItem],
    settings: BatchSettings,
    workers: int,
    known: Callable[[str], str] | None,
) -> Iterator[EvaluatedItem]:
    """Yield the results without the sheets for which a typed one stands."""
    typed = TypedSheets()
    given: list[Any] = []  # what is underway, first in, first out
    work = _ItemWork(settings)
    tasks = _tasks(items, known, given)
    found = map(work, tasks) if workers == 1 else in_order(Job(work, _lost, _size), tasks, workers)
    for result in found:
        settings.answers.used.update(result.used)
        yield _counted(result, given.pop(0), typed)


def _tasks(
    items: Iterable[BatchItem], known: Callable[[str], str] | None, given: list[Any]
) -> Iterator[_Task]:
    for item in items:
        name, own = _named(item)
        own = bytes(own) if isinstance(own, bytearray | memoryview) else own
        given.append(own)
        yield _Task(own, name, known(_label(own, name)) if known else "")


def _named(item: Any) -> tuple[str, Any]:
    """Return what an item is called, and the item itself."""
    if isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str):
        return item
    return "", item


def _counted(result: EvaluatedItem, given: Any, typed: TypedSheets) -> EvaluatedItem:
    sheets: list[EvaluatedSheet] = []
    aside = list(result.aside)
    for sheet in result.sheets:
        reason = typed.why_counted(given, sheet.trace)
        if reason:
            aside.append(LeftAside(sheet.row.file, reason))
            continue
        if isinstance(given, FoundFile):  # of nothing else is anything kept
            typed.add(sheet.trace)
        sheets.append(sheet)
    return result._replace(sheets=tuple(sheets), aside=tuple(aside))


@dataclass(frozen=True)
class _ItemWork:
    """Evaluates items as the settings say; whatever happens, there is a result."""

    settings: BatchSettings

    def __call__(self, task: _Task) -> EvaluatedItem:
        """Return what is made of an item."""
        label = _label(task.given, task.name)
        try:
            content = open_given(task.given, task.name)
            sha256 = sha256_of(content)
            if sha256 and sha256 == task.known:
                return EvaluatedItem(sha256=sha256, is_unchanged=True)
            return self._evaluated(content, task.given, sha256)
        except TypeError as error:
            if _is_readable(task.given):
                return _failed(label, error)
            return _without(label, str(error))
        except RulebookError as error:
            return _without(label, error.message)
        except Exception as error:  # a fault of ours must not lose all other items
            return _failed(label, error)

    def _evaluated(
        self, content: FileContent | Source, given: SourceInput, sha256: str
    ) -> EvaluatedItem:
        settings = self.settings
        before = frozenset(settings.answers.used)
        sheets: list[EvaluatedSheet] = []
        aside: list[LeftAside] = []
        for report in evaluate_opened(
            content,
            given,
            rulebook=settings.rulebook,
            terms=settings.terms,
            root=settings.root,
            answers=settings.answers,
        ):
            reason = why_no_sheet(given, report)
            if reason:
                aside.append(LeftAside(report.located.name, reason))
            else:
                sheets.append(evaluated_sheet(report, sha256, settings))
        used = frozenset(settings.answers.used) - before
        return EvaluatedItem(tuple(sheets), tuple(aside), sha256, used=used)


def _is_readable(given: object) -> bool:
    return isinstance(given, str | os.PathLike | bytes | Mapping)


def _label(given: object, name: str) -> str:
    """Return what an item is called: a file by its path, anything else by the name given."""
    is_text = isinstance(given, str) and ("\n" in given or "\r" in given)
    if isinstance(given, str | os.PathLike) and not is_text:
        path = os.fspath(given)
        return path if isinstance(path, str) else name
    return name


def _size(task: _Task) -> int:
    return len(task.given) if isinstance(task.given, str | bytes) else 1


def _lost(task: _Task) -> EvaluatedItem:
    return _without(_label(task.given, task.name), _KILLED)


def _failed(label: str, error: Exception) -> EvaluatedItem:
    return _without(label, f"程序出错，没有结果（{type(error).__name__}：{error}）")


def _without(label: str, problem: str) -> EvaluatedItem:
    row = unread_row(problem, file=label)
    return EvaluatedItem((EvaluatedSheet(row, trace=SheetTrace(label, "", is_typed=True)),))


_KILLED = "读这一份时程序中断了，读了两次都是这样，没有结果；请打开看看，另存一份再试"
_NO_SHEET = "里面没有自评表"


def sha256_of(content: FileContent | Source) -> str:
    """Return the hash of what was read; empty where not all of it was."""
    if isinstance(content, FileContent):
        raw = content.raw
        is_cut = len(raw) == MAX_BYTES + 1  # of a longer text no more is read
        return "" if is_cut else hashlib.sha256(raw).hexdigest()
    if content.text:
        return hashlib.sha256(content.text.encode("utf-8", "surrogatepass")).hexdigest()
    if content.data is None:
        return ""
    data = json.dumps(content.data, ensure_ascii=False, sort_keys=True, default=_as_text)
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def _as_text(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def evaluated_sheet(report: Report, sha256: str, settings: BatchSettings) -> EvaluatedSheet:
    """Return what is made of a report.

    Args:
        report: The report.
        sha256: See `SheetRow`.
        settings: Which rows are made, and what else.
    """
    tables, card = settings.tables, report.scorecard
    row = report_row(report, sha256)
    indicators: Iterable[IndicatorRow] = ()
    if IndicatorRow in tables and card is not None:
        indicators = indicator_rows(card, file=row.file, table=row.table)
    findings: Iterable[FindingRow] = ()
    if FindingRow in tables:
        findings = finding_rows(report.findings, report.waived, of=row)
    return EvaluatedSheet(
        row=row,
        indicators=tuple(indicators),
        findings=tuple(findings),
        made=settings.make(report) if settings.make else None,
        trace=trace_of(report),
    )


def report_row(report: Report, sha256: str) -> SheetRow:
    """Return the row of a report, also of what could not be read.

    Args:
        report: The report.
        sha256: See `SheetRow`.
    """
    return _row(report)._replace(sha256=sha256)


def _row(report: Report) -> SheetRow:
    file = report.located.name
    table = report.name.removeprefix(file).strip() if file else ""
    found, waived = report.findings, report.waived
    if report.scorecard is not None:
        return sheet_row(report.scorecard, found, waived, file=file, table=table)
    errors = (item.message for item in found if item.severity is Severity.ERROR)
    row = unread_row(next(errors, _NO_SHEET), found, waived, file=file, table=table)
    sheet = report.sheet
    if sheet is None:
        return row
    return row._replace(
        project=sheet.name,
        department=sheet.department or "",
        unit=sheet.unit or "",
        year=sheet.year,
        kind=sheet.kind.value,
        unconfirmed=sheet.unconfirmed,
    )
