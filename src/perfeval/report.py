"""From a file to its report: the one place that joins the stages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from perfeval.checks import (
    SHEET_SCOPES,
    Examination,
    examine,
    examine_department,
)
from perfeval.checks.ledgers import unreadable_ledger, waiver_ledger
from perfeval.checks.policy import Selection, policy_of
from perfeval.checks.registry import CHECKS, GAP, Scope
from perfeval.checks.roll import IN_SHEET, Roll
from perfeval.checks.settling import Placed, Subject, Terms, settle
from perfeval.checks.waivers import waiver_faults
from perfeval.department import Department
from perfeval.errors import RenderError, RulebookError
from perfeval.findings import (
    Finding,
    Inspection,
    Ledger,
    Severity,
    Status,
    Waived,
    with_fingerprints,
    worst_first,
)
from perfeval.places import anchor_in
from perfeval.readers.departments import ReadDepartment, department_file, read_department
from perfeval.readers.files import DEPARTMENT, FilePath, path_text, sheets_in
from perfeval.readers.problems import NO_RULEBOOK
from perfeval.readers.rulebooks import load_rulebook, named_in_sheet
from perfeval.readers.sheets import ReadSheet, read_sheet
from perfeval.readers.waivers import ReadWaivers
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.scoring.engine import score
from perfeval.sheet import Sheet, Waiver
from perfeval.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:  # documents are loaded when one is made
    from perfeval.documents.department.files import Publication


@dataclass(frozen=True, slots=True)
class Report:
    """All that perfeval knows about one sheet.

    Attributes:
        name: The file, or the project's name for a plain dict.
        sheet: The sheet; ``None`` where the file has errors.
        rulebook: The rulebook that applies; ``None`` where there is none.
        scorecard: Its points; ``None`` without a sheet or a rulebook.
        findings: Everything found that counts, the worst first.
        waived: What was accepted, and why.
        ledger: What became of every check.
    """

    name: str
    sheet: Sheet | None
    rulebook: Rulebook | None
    scorecard: Scorecard | None
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    ledger: Ledger = field(default_factory=dict)

    @property
    def inspection(self) -> Inspection:
        """What was found, as the documents about findings take it."""
        return Inspection(
            self.name, self.sheet.name if self.sheet else "",
            self.rulebook.stamp if self.rulebook else None,
            self.findings, self.waived, self.ledger,
        )  # fmt: skip

    @property
    def is_read(self) -> bool:
        """The sheet could be read and its rulebook is known."""
        return self.scorecard is not None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of error level."""
        return tuple(item for item in self.findings if item.severity is Severity.ERROR)

    def render(
        self, path: FilePath, *, document: str = "table", templates: str | None = None
    ) -> None:
        """Write a document; the ending of *path* chooses its format.

        Args:
            path: Where to write: ``.docx``, ``.pdf``, ``.html`` or ``.md``.  A file that stands
                there is replaced only when the new one is complete.
            document: ``table`` (自评表), ``overview`` (综述) or ``abstract`` (摘要).
            templates: A folder of one's own templates, which replace ours one by one.

        Raises:
            RenderError: The sheet was not read, or there is no such document or format.
            OSError: The file cannot be written.
        """
        from perfeval.documents.writing import write_atomically

        if "\0" in os.fspath(path):
            raise RenderError("不能写入：文件名里有不能用的字符")
        ending = os.path.splitext(os.fspath(path))[1].lower()
        data = render(self, ending.removeprefix("."), document=document, templates=templates)
        write_atomically(path, data)


@dataclass(frozen=True, slots=True)
class DepartmentReport:
    """All that perfeval knows about one department.

    Attributes:
        name: Its file.
        department: The department; ``None`` where the file has errors.
        rulebook: Its rulebook; ``None`` where there is none.
        sheets: The reports of its sheets, in the order of their files.
        findings: What was found in its own file and between its sheets, the worst first.
        waived: What was accepted, and why.
        ledger: What became of every check of departments.
    """

    name: str
    department: Department | None
    rulebook: Rulebook | None
    sheets: tuple[Report, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    ledger: Ledger = field(default_factory=dict)

    @property
    def inspections(self) -> tuple[Inspection, ...]:
        """What was found in the department and in each of its sheets."""
        own = Inspection(
            self.name, self.department.name if self.department else "",
            self.rulebook.stamp if self.rulebook else None,
            self.findings, self.waived, self.ledger,
        )  # fmt: skip
        return (own, *(report.inspection for report in self.sheets))


_USUAL = Terms()


def evaluate(
    source: FilePath | Mapping[str, Any],
    *,
    rulebook: FilePath | Rulebook | None = None,
    terms: Terms = _USUAL,
) -> Report:
    """Read, score and check one sheet.

    Args:
        source: A YAML file's path, ``shipped:…``, or a plain dict; see `load_sheet`.
        rulebook: An id, a rulebook file's path, or a rulebook, in place of the sheet's own.
        terms: Which checks, waivers, and which day it is.

    Returns:
        The report; what is wrong with the sheet is among its findings, never raised.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        TypeError: *source* is neither a path nor a mapping.

    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.scorecard.total, report.scorecard.measured, report.scorecard.claimed
    (Decimal('98.46'), Decimal('36.46'), Decimal('62.00'))
    """
    given = rulebook if rulebook is None or isinstance(rulebook, Rulebook) else (
        load_rulebook(rulebook))  # fmt: skip
    read = read_sheet(source, rulebook=given.id if given else None)
    sheet = read.sheet
    book, faults = given, list(read.findings)
    if sheet is not None and not isinstance(rulebook, Rulebook):
        book, faults = _rulebook_of(sheet, read, rulebook)
    scorecard = None if sheet is None or book is None else score(sheet, book)
    subject = Subject(
        _subject_name(sheet, read.source), () if sheet is None else sheet.waivers,
        lambda finding: _placed(read.locate(finding), read.source),
        read.source.data is not None, isinstance(read.source.data, Mapping), book is not None,
    )  # fmt: skip
    seen = _examined(scorecard, book, terms.selection)
    found = [_placed(finding, read.source) for finding in faults]
    settled = settle(subject, found, seen.findings, seen.ledger, terms)
    name = read.source.name or (sheet.name if sheet else "")
    return Report(name, sheet, book, scorecard, *settled)


def _rulebook_of(
    sheet: Sheet, read: ReadSheet, given: FilePath | None
) -> tuple[Rulebook | None, list[Finding]]:
    """Return the rulebook of a sheet's year, or what is wrong with the one that it names."""
    if given is not None:
        return load_rulebook(given, year=sheet.year), []
    try:
        named = named_in_sheet(read.source.name, sheet.rulebook)
        return load_rulebook(named, year=sheet.year), []
    except RulebookError as error:
        finding = Finding(NO_RULEBOOK, Severity.ERROR, error.message, ("评分办法",))
        return None, [read.locate(finding), *error.findings]


def _subject_name(read: Sheet | Department | None, source: Source) -> str:
    """Return the name by which findings of a file are known, wherever the file lies."""
    return Path(source.name).name if read is None else read.name


def _placed(finding: Finding, source: Source) -> Placed:
    return finding, anchor_in(source.data, finding.path)


def _examined(
    scorecard: Scorecard | None, book: Rulebook | None, selection: Selection
) -> Examination:
    """Check a scorecard; without one every check of sheets is unread."""
    if scorecard is not None:
        return examine(scorecard, selection)
    return Examination((), unreadable_ledger(SHEET_SCOPES, policy_of(book, selection).disabled))


def evaluate_department(
    folder: FilePath,
    *,
    rulebook: FilePath | Rulebook | None = None,
    terms: Terms = _USUAL,
) -> DepartmentReport:
    """Read, score and check the sheets of a department, alone and beside each other.

    Args:
        folder: A folder with ``department.yaml`` and sheets; ``shipped:…`` for one that ships.
        rulebook: An id, a rulebook file's path, or a rulebook, in place of the sheets' own.
        terms: Which checks, waivers, and which day it is.

    Returns:
        The report; what is wrong with the files is among its findings, never raised.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        TypeError: *folder* is no path.

    >>> report = evaluate_department("shipped:qingshan-2023")
    >>> len(report.sheets), report.department.scope.projects
    (19, 28)
    """
    file = department_file(folder) or os.path.join(path_text(folder), DEPARTMENT)
    inside = file.removesuffix(DEPARTMENT).rstrip("/\\") or "."
    reports = tuple(evaluate(name, rulebook=rulebook, terms=terms) for name in sheets_in(inside))
    read = read_department(file)
    department, book, faults = read.department, None, list(read.findings)
    if department is not None:
        book, wrong = _rulebook_of_department(department, read, rulebook)
        faults += wrong
    scored = [report for report in reports if report.scorecard is not None]
    subject = Subject(
        _subject_name(department, read.source), () if department is None else department.waivers,
        _placer(read, [report.name for report in scored]),
        read.source.data is not None, isinstance(read.source.data, Mapping), book is not None,
    )  # fmt: skip
    seen = _compared(department, book, reports, terms.selection)
    found = [_placed(finding, read.source) for finding in faults]
    settled = settle(subject, found, seen.findings, seen.ledger, terms)
    return DepartmentReport(file, department, book, reports, *settled)


def _rulebook_of_department(
    department: Department, read: ReadDepartment, given: FilePath | Rulebook | None
) -> tuple[Rulebook | None, list[Finding]]:
    """Return the rulebook of a department's year, or what is wrong with the one that it names."""
    if isinstance(given, Rulebook):
        return given, []
    try:
        name = given or named_in_sheet(read.source.name, department.rulebook)
        return load_rulebook(name, year=department.year), []
    except RulebookError as error:
        finding = Finding(NO_RULEBOOK, Severity.ERROR, error.message, ("评分办法",))
        return None, [read.locate(finding), *error.findings]


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
    cards = tuple(report.scorecard for report in reports if report.scorecard is not None)
    unread = tuple(report.name for report in reports if report.scorecard is None)
    return examine_department(Roll(department, book, cards, unread), selection)


def _placer(read: ReadDepartment, sheets: Sequence[str]) -> Callable[[Finding], Placed]:
    """Return what places a department's finding in its own file, or in one of its sheets."""
    read_again = cache(read_sheet)  # few findings lie in a sheet, and each only in a few

    def place(finding: Finding) -> Placed:
        position = finding.path[1] if finding.path[:1] == IN_SHEET else None
        if not isinstance(position, int):
            return _placed(read.locate(finding), read.source)
        sheet = read_again(sheets[position])
        located, anchor = _placed(
            sheet.locate(finding._replace(path=finding.path[2:])), sheet.source
        )
        return located, (_subject_name(sheet.sheet, sheet.source), *anchor)

    return place


def inspect_waivers(
    files: Iterable[ReadWaivers], inspections: Sequence[Inspection], today: str | None
) -> Iterator[Inspection]:
    """Yield what is wrong with files of waivers, for each file with something wrong.

    Args:
        files: The files whose waivers, one file's after the other's, were `Terms.waivers`.
        inspections: What was found on these terms.
        today: The day by which waivers expire; ``None`` where none does.
    """

    def ledgers(waiver: Waiver) -> list[Ledger]:
        return [item.ledger for item in inspections if waiver.project in (None, item.title)]

    used = {item.waiver for inspection in inspections for item in inspection.waived}
    first = 0
    for file in files:
        positions = [at for at in range(len(file.waivers)) if first + at in used]
        first += len(file.waivers)
        found = [
            _placed(file.locate(finding), file.source)
            for finding in waiver_faults(file.waivers, positions, today, ledgers)
        ]
        if found:
            yield _inspection_of_waivers(file.source, found)


def _inspection_of_waivers(source: Source, found: Sequence[Placed]) -> Inspection:
    findings = _marked(found, _subject_name(None, source))
    return Inspection(
        source.name, "豁免文件", findings=tuple(sorted(findings, key=worst_first)),
        ledger=waiver_ledger(findings),
    )  # fmt: skip


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


def render(
    report: Report | DepartmentReport,
    format: str,  # noqa: A002
    *,
    document: str = "table",
    templates: str | None = None,
) -> bytes:
    """Render a document in memory.

    Args:
        report: The report of a sheet, or of a department, that could be read.
        format: ``docx``, ``pdf``, ``html`` or ``md``.
        document: Of a sheet ``table`` (自评表), ``overview`` (综述) or ``abstract`` (摘要); of a
            department ``disclosure`` (情况说明), ``whole`` (整体自评) or ``bound`` (合订本).
        templates: A folder of one's own templates, which replace ours one by one.

    Returns:
        The document; the same bytes for the same report.

    Raises:
        RenderError: The sheet was not read, or there is no such document or format.
        MissingExtraError: The format needs an optional package.
        TypeError: *report* is no report.

    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> "98.46" in render(report, "md").decode()
    True
    """
    from perfeval.documents import render_document
    from perfeval.documents.templates import House

    _refuse_others(report)
    if isinstance(report, DepartmentReport):
        return publication(report, templates=templates).render(format, document)
    if report.scorecard is None:
        name = report.name or "自评表"
        raise RenderError(f"{name}：有 {len(report.errors)} 处错误没有读通，不能生成文档")
    return render_document(report.scorecard, format, document, House(templates))


def _refuse_others(report: object) -> None:
    if not isinstance(report, Report | DepartmentReport):
        kind = type(report).__name__
        raise TypeError(f"这里应给出 evaluate 或 evaluate_department 的结果，不是 {kind}")


def publication(report: DepartmentReport, *, templates: str | None = None) -> Publication:
    """Return everything that a department publishes, ready to be written.

    Args:
        report: The report of the department.
        templates: A folder of one's own templates, which replace ours one by one.

    Returns:
        The publication; what its texts ask for is among the findings it carries.

    Raises:
        RenderError: The department's file was not read, or a template is wrong.
    """
    from perfeval.documents.department.files import Publication
    from perfeval.documents.templates import House

    department, book = report.department, report.rulebook
    if department is None or book is None:
        raise RenderError(f"{report.name}：部门文件没有读通，不能生成文档")
    scored = [sheet for sheet in report.sheets if sheet.scorecard is not None]
    made = Publication(
        department, book, tuple(sheet.scorecard for sheet in scored if sheet.scorecard),
        tuple(sheet.name for sheet in report.sheets if sheet.scorecard is None),
        report.inspections, House(templates),
    )  # fmt: skip
    return replace(made, inspections=_with_gaps(report, scored, made))


def _with_gaps(
    report: DepartmentReport, scored: Sequence[Report], made: Publication
) -> tuple[Inspection, ...]:
    """Add what the texts ask for to what was found, each at the field that would answer."""
    read = cache(read_sheet)
    asked: dict[str, list[Placed]] = {
        report.name: [],
        **{scored[position].name: [] for position in made.overviews},
    }
    source: ReadDepartment | ReadSheet
    for gap in made.gaps:
        finding = Finding(GAP, CHECKS[GAP].severity, f"文字里缺“{gap.label}”", gap.path,
                          f"请填写；文中现在写的是“（请补充{gap.label}）”")  # fmt: skip
        if gap.position is None:
            name, source = report.name, read_department(report.name)
        else:
            name = scored[gap.position].name
            source = read(name)
        asked[name].append(_placed(source.locate(finding), source.source))
    return tuple(
        _with_asked(item, asked.get(item.name), is_unread=item.name in made.unread)
        for item in report.inspections
    )


def _with_asked(
    inspection: Inspection, asked: Sequence[Placed] | None, *, is_unread: bool
) -> Inspection:
    """Add what the texts about one file ask for; ``None`` where there is no text about it."""
    unwritten = Status.UNREADABLE if is_unread else Status.NOT_APPLICABLE
    written = Status.FAILED if asked else Status.PASSED
    status = unwritten if asked is None else written
    found = _marked(asked or (), inspection.title)
    return replace(
        inspection,
        findings=(*inspection.findings, *found),
        ledger={**inspection.ledger, GAP: status},
    )


def _marked(placed: Sequence[Placed], subject: str) -> tuple[Finding, ...]:
    """Give findings their fingerprints."""
    anchors = (anchor for _, anchor in placed)
    return with_fingerprints((finding for finding, _ in placed), subject, anchors)
