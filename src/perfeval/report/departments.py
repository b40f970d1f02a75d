"""A department: its sheets, alone and beside each other."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from perfeval.checks import (
    Examination,
    examine_department,
)
from perfeval.checks.department_scores import IN_SHEET, DepartmentScores
from perfeval.checks.ledgers import unreadable_ledger
from perfeval.checks.policy import Selection, policy_of
from perfeval.checks.registry import Scope
from perfeval.checks.settling import CheckOptions, Placed, Subject, apply_waivers
from perfeval.codes import NO_RULEBOOK
from perfeval.department import Department
from perfeval.errors import RulebookError
from perfeval.findings import (
    Finding,
    Inspection,
    Ledger,
    Severity,
    Waived,
)
from perfeval.readers.departments import ReadDepartment, department_file, read_department
from perfeval.readers.files import DEPARTMENT, FilePath, path_text, sheets_in
from perfeval.readers.rulebooks import load_rulebook, named_in_sheet
from perfeval.readers.sheets import read_sheet
from perfeval.report.sheets import USUAL, Report, evaluate, placed, subject_name
from perfeval.rulebook import Rulebook


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
            self.name,
            self.department.name if self.department else "",
            self.rulebook.stamp if self.rulebook else None,
            self.findings,
            self.waived,
            self.ledger,
        )
        return (own, *(report.inspection for report in self.sheets))


def evaluate_department(
    folder: FilePath,
    *,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = USUAL,
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
        subject_name(department, read.source),
        () if department is None else department.waivers,
        _placer(read, [report.name for report in scored]),
        read.source.data is not None,
        isinstance(read.source.data, Mapping),
        book is not None,
    )
    seen = _compared(department, book, reports, terms.selection)
    found = [placed(finding, read.source) for finding in faults]
    settled = apply_waivers(subject, found, seen.findings, seen.ledger, terms)
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
    return examine_department(DepartmentScores(department, book, cards, unread), selection)


def _placer(read: ReadDepartment, sheets: Sequence[str]) -> Callable[[Finding], Placed]:
    """Return what places a department's finding in its own file, or in one of its sheets."""
    read_again = cache(read_sheet)  # few findings lie in a sheet, and each only in a few

    def place(finding: Finding) -> Placed:
        position = finding.path[1] if finding.path[:1] == IN_SHEET else None
        if not isinstance(position, int):
            return placed(read.locate(finding), read.source)
        sheet = read_again(sheets[position])
        located, anchor = placed(
            sheet.locate(finding._replace(path=finding.path[2:])), sheet.source
        )
        return located, (subject_name(sheet.sheet, sheet.source), *anchor)

    return place
