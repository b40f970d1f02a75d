"""From what a caller has to a report: read, score, check and settle, in this order and once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from perfeval.checks import SHEET_SCOPES, Examination, examine, examine_department
from perfeval.checks.ledgers import unreadable_ledger
from perfeval.checks.policy import Selection, policy_of
from perfeval.checks.registry import Scope
from perfeval.checks.settling import CheckedFile, CheckOptions, CheckResult, apply_waivers
from perfeval.checks.subjects import DepartmentScores
from perfeval.codes import NO_RULEBOOK, NO_TABLE, UNREADABLE
from perfeval.errors import RulebookError
from perfeval.findings import Finding, Placed, Severity
from perfeval.readers.companions import companion_of
from perfeval.readers.files import (
    FileContent,
    FilePath,
    FoundFile,
    Root,
    SourceInput,
    folders_of,
)
from perfeval.readers.folders import DepartmentInput
from perfeval.readers.located import Located
from perfeval.readers.rulebooks import file_elsewhere, file_with_id, load_named, load_rulebook
from perfeval.readers.sheets import ReadSheet
from perfeval.reading.answers import Answers, read_answers
from perfeval.reading.sheets import (
    FoundSheet,
    find_sheets,
    one_sheet,
    sheets_in,
    sheets_of,
    with_unused,
)
from perfeval.report.model import Report
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.scoring.engine import score
from perfeval.sheet import Sheet
from perfeval.source import Source

if TYPE_CHECKING:
    from perfeval.department import Department
    from perfeval.reading import ReadDocument
    from perfeval.report.department_model import DepartmentReport

USUAL = CheckOptions()
"""The terms on which nothing is asked for: every check, and no waiver but the sheet's own."""

Given = FilePath | Rulebook | None
"""A rulebook that a caller wants in place of the one that is named in what is read."""


def evaluate(
    source: SourceInput,
    *,
    rulebook: Given = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    name: str = "",
    table: str = "",
    answers: Iterable[FilePath] = (),
) -> Report:
    """Read, score and check one sheet.

    Args:
        source: A path, ``shipped:…``, a text, bytes or a plain dict; see `load_sheet`.  A file may
            be YAML or what an office has (Word, Excel, PDF, a page), as its first bytes tell; what
            stands in an office file is unconfirmed, and findings have its cells as their places.
        rulebook: An id, a rulebook file's path, or a rulebook, in place of the sheet's own.
        terms: Which checks, waivers, and which day it is.
        root: A rulebook of one's own to which the sheet leads, and what that inherits from, must
            lie, by its real path, in the sheet's folder or in this one (or in one of these).
        name: What a sheet that is no file is called in messages.
        table: Which table of an office file, by its name (a worksheet's, ``第2张表``) or by its
            number among the sheets in it; it may be left out where there is one.
        answers: Sheets that ``perfeval read`` wrote of office files and a person edited: what they
            say counts for the same file, and for those cells of a changed one that still show the
            same; what does not count is among the findings (RD110).

    Returns:
        The report; what is wrong with the sheet is among its findings, never raised.  Where a file
        holds several sheets and none is chosen, that is a finding, too; see `evaluate_all`.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        SheetError: One of *answers* is no sheet that ``perfeval read`` wrote.
        TypeError: *source* is nothing that can be read.

    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.scorecard.total, report.scorecard.measured, report.scorecard.claimed
    (Decimal('98.46'), Decimal('36.46'), Decimal('62.00'))
    """
    whole = _Terms(rulebook, terms, root, read_answers(answers))
    one = one_sheet(_found(source, name, whole), table)
    report = _evaluated(with_unused(one, whole.answers), whole)
    report.located.source.forget_places()  # whoever keeps thousands of reports asks few for more
    return report


def evaluate_all(
    source: SourceInput,
    *,
    rulebook: Given = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    name: str = "",
    answers: Iterable[FilePath] = (),
) -> Iterator[Report]:
    r"""Read, score and check every sheet in a file, one after another.

    Args:
        source: See `evaluate`.
        rulebook: See `evaluate`.
        terms: See `evaluate`.
        root: See `evaluate`.
        name: See `evaluate`.
        answers: See `evaluate`.

    Returns:
        The reports, at least one: a file without a sheet has one that says so.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        SheetError: One of *answers* is no sheet that ``perfeval read`` wrote.
        TypeError: *source* is nothing that can be read.

    >>> [report.is_read for report in evaluate_all("项目名称: 示例\n")]
    [False]
    """
    whole = _Terms(rulebook, terms, root, read_answers(answers))
    first, *others = _found(source, name, whole)
    for found in (with_unused(first, whole.answers), *others):
        report = _evaluated(found, whole)
        report.located.source.forget_places()
        yield report


def evaluate_read(document: ReadDocument, *, rulebook: Given = None) -> Iterator[Report]:
    """Score and check the sheets in a file that was read already.

    Args:
        document: What was read.
        rulebook: See `evaluate`.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
    """
    terms = _Terms(rulebook, USUAL, None, Answers())
    given = _latest(terms)
    for found in sheets_in(document, given.id if given else None):
        yield _evaluated(found, terms)


class _Terms(NamedTuple):
    """On what terms all that belongs to one call is evaluated."""

    rulebook: Given
    checks: CheckOptions
    root: Root
    answers: Answers


def _found(source: SourceInput, name: str, terms: _Terms) -> tuple[FoundSheet, ...]:
    given = _latest(terms)
    return find_sheets(
        source, rulebook=given.id if given else None, name=name, answers=terms.answers
    )


def _evaluated(found_sheet: FoundSheet, terms: _Terms) -> Report:
    read, part = found_sheet
    sheet, located = read.sheet, read.located
    book, unknown = _rulebook_of(sheet, located, terms)
    scorecard = None if sheet is None or book is None else score(sheet, book)
    seen = _examined(scorecard, book, terms.checks)
    found = (*read.found, *unknown)
    settled = _settled(sheet, located, book, found, seen, located.place, terms.checks)
    return Report(
        name=" ".join(filter(None, (located.name or (sheet.name if sheet else ""), part))),
        sheet=sheet,
        rulebook=book,
        scorecard=scorecard,
        located=located,
        **settled._asdict(),
    )


def evaluate_department(
    folder: DepartmentInput,
    *,
    rulebook: Given = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    answers: Iterable[FilePath] = (),
) -> DepartmentReport:
    """Read, score and check the sheets of a department, alone and beside each other.

    Args:
        folder: A folder with ``department.yaml`` and sheets; ``shipped:…`` for one that ships.  Or
            a dict ``{"department": …, "sheets": {name: …}}`` whose parts are what `evaluate`
            takes; the names are those of the sheets in what is found.
        rulebook: An id, a rulebook file's path, or a rulebook, in place of the sheets' own.
        terms: Which checks, waivers, and which day it is.
        root: See `evaluate`.
        answers: See `evaluate`; what belongs to no file of the folder is said in ``aside``.

    Returns:
        The report; what is wrong with the files is among its findings, never raised.  The path of
        a finding leads into the department's own data, or, where its ``file`` is a sheet's, into
        that sheet's.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        SheetError: One of *answers* is no sheet that ``perfeval read`` wrote.
        TypeError: *folder* is neither a path nor such a dict.

    >>> report = evaluate_department("shipped:qingshan-2023")
    >>> len(report.sheets), report.department.scope.projects
    (19, 28)
    """
    answered = read_answers(answers)
    report = evaluate_folder(folder, rulebook=rulebook, terms=terms, root=root, answers=answered)
    return replace(report, aside=(*report.aside, *answered.unused))


def evaluate_folder(
    folder: DepartmentInput,
    *,
    rulebook: Given = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    answers: Answers,
) -> DepartmentReport:
    """Evaluate a department; see `evaluate_department`.

    Args:
        folder: See there.
        rulebook: See there.
        terms: See there.
        root: See there.
        answers: The answers; whoever gives them asks which belong to none of the files.
    """
    from perfeval.readers.departments import find_department, read_department
    from perfeval.report.department_model import DepartmentReport

    whole = _Terms(rulebook, terms, root, answers)
    source, sheets = find_department(folder)
    reports, aside = _sorted(_each(sheets, whole))
    given = _latest(whole)
    read = read_department(source, rulebook=given.id if given else None)
    department, located = read.department, read.located
    book, unknown = _rulebook_of(department, located, whole)
    seen = _compared(department, book, reports, terms.selection)
    found = (*read.found, *unknown)
    settled = _settled(department, located, book, found, seen, _placer(located, reports), terms)
    for item in (located, *(report.located for report in reports)):
        item.source.forget_places()
    return DepartmentReport(
        name=located.name or (department.name if department else ""),
        department=department,
        rulebook=book,
        sheets=reports,
        located=located,
        aside=aside,
        **settled._asdict(),
    )


class LeftAside(NamedTuple):
    """A file that was found in a folder and is no sheet, and why.

    >>> str(LeftAside("局/办法.yml", "评分办法，不是自评表，不计分"))
    '局/办法.yml：评分办法，不是自评表，不计分'
    """

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}：{self.reason}"


def evaluate_found(
    files: Iterable[tuple[str, SourceInput]],
    *,
    rulebook: Given = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    answers: Answers | None = None,
) -> Iterator[Report | LeftAside]:
    """Evaluate all sheets in files, one file after another: the one way for folders and lists.

    A file that somebody named has a report; one that was only found in a folder has none where it
    is no sheet, or where it is an office file of a project whose sheet is typed there as well.

    Args:
        files: Each file, or what is to be read in its place, and what it is called.
        rulebook: See `evaluate`.
        terms: See `evaluate`.
        root: See `evaluate`; what was found in a folder may lead anywhere in that folder, too.
        answers: See `evaluate`; whoever gives them asks which belong to none of the files.
    """
    return _each(files, _Terms(rulebook, terms, root, answers or Answers()))


def _each(files: Iterable[tuple[str, SourceInput]], terms: _Terms) -> Iterator[Report | LeftAside]:
    typed = TypedSheets()
    for name, file in files:
        for found in _found(file, name, terms):
            report = _evaluated(found, _within(file, terms))
            reason = why_no_sheet(file, report) or typed.why_counted(file, trace_of(report))
            if reason:
                yield LeftAside(report.located.name, reason)
                continue
            typed.add(trace_of(report))
            yield report


def evaluate_opened(
    content: FileContent | Source,
    given: SourceInput,
    *,
    rulebook: Given = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    answers: Answers,
) -> Iterator[Report]:
    """Evaluate all sheets in what was opened, at least one.

    Args:
        content: What `open_given` returned.
        given: What a caller gave.
        rulebook: See `evaluate`.
        terms: See `evaluate`.
        root: See `evaluate`; what was found in a folder may lead anywhere in that folder, too.
        answers: See `evaluate`; whoever gives them asks which belong to none of the files.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
    """
    whole = _Terms(rulebook, terms, root, answers)
    named = _latest(whole)
    for found in sheets_of(content, given, rulebook=named.id if named else None, answers=answers):
        yield _evaluated(found, _within(given, whole))


class SheetTrace(NamedTuple):
    """What is remembered of a sheet to tell whether another one is the same.

    Attributes:
        name: What it is called in messages.
        project: Its 项目名称; empty where it was not read.
        is_typed: It is a text or data, and stands in no office file.
        offices: Its 主管部门 and 实施单位; empty where it states none.
    """

    name: str
    project: str
    is_typed: bool
    offices: tuple[str, str] = ("", "")

    def may_be(self, other: SheetTrace) -> bool:
        """Tell whether two sheets are of one project: many offices have one of the same name."""
        if self.project != other.project:
            return False
        from perfeval.review.names import may_be_one_office  # all of the room comes with it

        return all(map(may_be_one_office, self.offices, other.offices))


def trace_of(report: Report) -> SheetTrace:
    """Return what is remembered of a report's sheet."""
    is_typed, sheet = report.located.source.cells is None, report.sheet
    if sheet is None:
        return SheetTrace(report.name, "", is_typed)
    offices = (sheet.department or "", sheet.unit or "")
    return SheetTrace(report.name, sheet.name, is_typed, offices)


class TypedSheets:
    """The sheets that were typed: a project's office file that lies beside one is not counted."""

    def __init__(self) -> None:
        self._known: dict[str, list[SheetTrace]] = {}

    def add(self, sheet: SheetTrace) -> None:
        """Remember a sheet, where it was typed."""
        if sheet.project and sheet.is_typed:
            self._known.setdefault(sheet.project, []).append(sheet)

    def why_counted(self, file: object, sheet: SheetTrace) -> str:
        """Say which typed sheet stands for one that was found in a folder; empty where none."""
        if not isinstance(file, FoundFile) or sheet.is_typed:
            return ""
        other = self.like(sheet)
        return f"与“{other}”是同一个项目，只算那一张" if other else ""

    def like(self, sheet: SheetTrace) -> str:
        """Return what the first one is called that is of the same project; empty where none is."""
        known = self._known.get(sheet.project, ())
        return next((one.name for one in known if one.may_be(sheet)), "")


def _within(file: SourceInput, terms: _Terms) -> _Terms:
    """Return the terms of a file: what was found in a folder may lead anywhere in it."""
    if not isinstance(file, FoundFile):
        return terms
    return terms._replace(root=(*folders_of(terms.root), file.folder))


def _sorted(
    found: Iterable[Report | LeftAside],
) -> tuple[tuple[Report, ...], tuple[str, ...]]:
    """Return the reports, and what is said of what has none."""
    reports: list[Report] = []
    aside: list[str] = []
    for one in found:
        if isinstance(one, Report):
            reports.append(one)
        else:
            aside.append(str(one))
    return tuple(reports), tuple(aside)


def why_no_sheet(file: object, report: Report) -> str:
    """Say why a file that was found in a folder is no sheet; empty where it is one."""
    if not isinstance(file, FoundFile):
        return ""
    companion = companion_of(report.located.data)
    if companion is not None:
        return f"{companion}，不是自评表，不计分"
    return next((item.message for item in report.findings if item.code == NO_TABLE), "")


def _latest(terms: _Terms) -> Rulebook | None:
    """Return the rulebook that was given, as it holds now."""
    given = terms.rulebook
    if given is None or isinstance(given, Rulebook):
        return given
    return load_rulebook(given, root=terms.root)


def _rulebook_of(
    read: Sheet | Department | None, located: Located, terms: _Terms
) -> tuple[Rulebook | None, list[Placed]]:
    """Return the rulebook of the year, or what is wrong with the one that is named."""
    given = terms.rulebook
    if read is None or isinstance(given, Rulebook):
        return _latest(terms), []
    if given is not None:
        return load_rulebook(given, year=read.year, root=terms.root), []
    try:
        return load_named(located.name, read.rulebook, year=read.year, root=terms.root), []
    except RulebookError as error:
        hint = _rulebook_hint(located.name, read.rulebook, terms)
        unknown = Finding(NO_RULEBOOK, Severity.ERROR, error.message, ("评分办法",), hint)
        wrong = (Placed(item, tuple(map(str, item.path))) for item in error.findings)
        return None, [located.place(unknown), *wrong]


def _rulebook_hint(file: str, name: str, terms: _Terms) -> str:
    """Say how a sheet names the rulebook that was meant; empty where none is found."""
    beside = file_with_id(file, name)
    if beside:
        return f"“{beside}”的编号是它：请写文件名，“评分办法: {beside}”"
    elsewhere = file_elsewhere(file, name, terms.root)
    return f"这个文件在别的文件夹里：请写“评分办法: {elsewhere}”" if elsewhere else ""


def _settled(
    read: Sheet | Department | None,
    located: Located,
    book: Rulebook | None,
    found: Sequence[Placed],
    seen: Examination,
    place: Callable[[Finding], Placed],
    terms: CheckOptions,
) -> CheckResult:
    """Settle what counts of one sheet, or of one department."""
    checked = CheckedFile(
        name=subject_name(read, located),
        waivers=() if read is None else read.waivers,
        place=place,
        is_text=located.data is not None,
        has_fields=isinstance(located.data, Mapping),
        has_rulebook=book is not None,
        is_table=located.source.cells is not None,
    )
    return apply_waivers(checked, found, seen.findings, seen.ledger, terms)


def subject_name(read: Sheet | Department | None, located: Located) -> str:
    """Return the name by which findings of a file are known, wherever the file lies."""
    return PurePath(located.name).name if read is None else read.name


def _examined(
    scorecard: Scorecard | None, book: Rulebook | None, terms: CheckOptions
) -> Examination:
    """Check a scorecard; without one every check of sheets is unread."""
    if scorecard is not None:
        return examine(scorecard, terms.selection, terms.last_year)
    disabled = policy_of(book, terms.selection).disabled
    return Examination((), unreadable_ledger(SHEET_SCOPES, disabled))


def _compared(
    department: Department | None,
    book: Rulebook | None,
    reports: Sequence[Report],
    selection: Selection,
) -> Examination:
    """Check a department and its sheets beside each other, where it could be read."""
    if department is None or book is None:
        disabled = policy_of(book, selection).disabled
        return Examination((), unreadable_ledger([Scope.DEPARTMENT], disabled))
    scored = [(item.name, item.scorecard) for item in reports if item.scorecard is not None]
    scores = DepartmentScores(
        department=department,
        rulebook=book,
        scorecards=tuple(card for _, card in scored),
        unread=tuple(report.name for report in reports if report.scorecard is None),
        files=tuple(name for name, _ in scored),
    )
    return examine_department(scores, selection)


def _placer(located: Located, reports: Sequence[Report]) -> Callable[[Finding], Placed]:
    """Return what places a department's finding in its own input, or in one of its sheets."""
    sheets = {report.name: report for report in reports}

    def place(finding: Finding) -> Placed:
        report = sheets.get(finding.file)
        if report is None:
            return located.place(finding)
        placed, anchor = report.located.place(finding)
        return Placed(placed, (subject_name(report.sheet, report.located), *anchor))

    return place


def unread_report(read: ReadSheet) -> Report:
    """Return the report of what was read and not scored."""
    return Report(
        name=read.located.name,
        sheet=read.sheet,
        rulebook=None,
        scorecard=None,
        findings=read.findings,
        located=read.located,
    )


def report_of_empty_folder(folder: FilePath) -> Report:
    """Return the report of a folder in which there is no sheet to be read."""
    message = "文件夹里没有自评表，或打不开"
    none = Finding(UNREADABLE, Severity.ERROR, message, file=os.fspath(folder))
    return unread_report(ReadSheet(None, (Placed(none),), Located(Source(os.fspath(folder)))))


def compare(
    sheet: Sheet, rulebooks: Sequence[FilePath | Rulebook], *, root: Root = None
) -> tuple[Scorecard, ...]:
    """Score one sheet by several rulebooks, each as it held in the sheet's year.

    Args:
        sheet: The sheet.
        rulebooks: Ids, rulebook files' paths, or rulebooks.
        root: See `load_rulebook`.

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
            book if isinstance(book, Rulebook) else load_rulebook(book, year=sheet.year, root=root),
        )
        for book in rulebooks
    )
