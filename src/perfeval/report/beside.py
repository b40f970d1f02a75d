"""The sheets of a department as the plain figures with which a published account is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.accounts.beside import BesideFigure, BesideSheet
from perfeval.accounts.facts import FigureMeasure
from perfeval.cells.units import MoneyUnit, in_money
from perfeval.department import Department, Verdict
from perfeval.fields import word_of
from perfeval.findings import Finding, Severity
from perfeval.places import Path
from perfeval.readers.located import Located
from perfeval.report.department_model import DepartmentReport
from perfeval.report.model import Report
from perfeval.sheet import BUDGET, Budget, FiledTotal, Sheet, SheetKind

_FILED = word_of(Sheet, "filed")
_MONEY = {
    FigureMeasure.ORIGINAL: "original",
    FigureMeasure.ADJUSTED: "final",
    FigureMeasure.FINAL: "spent",
    FigureMeasure.MOVED: "transferred",
}


class LyingBeside(NamedTuple):
    """What lies beside a document.

    Attributes:
        sheets: The sheets, and what a department's own file says of the whole.
        unread: What of it could not be read.
    """

    sheets: tuple[BesideSheet, ...] = ()
    unread: tuple[str, ...] = ()


def beside_of(report: DepartmentReport) -> LyingBeside:
    """Return the sheets of a department."""
    sheets = list(_sheets(report.sheets, _mentions(report.department)))
    verdict = None if report.department is None else report.department.verdict
    if verdict is not None and verdict.points is not None:
        path = (word_of(Department, "verdict"), word_of(Verdict, "points"))
        filed = BesideFigure(verdict.points, place_text(report.located, path))
        sheets.append(BesideSheet((), report.located.name, {FigureMeasure.POINTS: filed}))
    unread = tuple(
        f"自评表“{one.name}”没有读通，没有核对" for one in report.sheets if one.sheet is None
    )
    return LyingBeside(tuple(sheets), unread)


def _mentions(department: Department | None) -> dict[str, list[str]]:
    """Return the other names of projects, by the names on their sheets."""
    projects = () if department is None else department.projects
    return {entry.name: [mention.name for mention in entry.mentions] for entry in projects}


def _sheets(reports: Iterable[Report], mentions: dict[str, list[str]]) -> Iterator[BesideSheet]:
    for report in reports:
        if report.sheet is not None:
            names = (report.sheet.bare_name, *mentions.get(report.sheet.name, ()))
            yield beside_sheet(report, report.sheet, names)


def beside_sheet(
    report: Report, sheet: Sheet, names: Sequence[str], *, is_own: bool = False
) -> BesideSheet:
    """Return a sheet as the figures that a document may repeat.

    Args:
        report: What became of it.
        sheet: The sheet.
        names: Its project's names.
        is_own: Whether it stands in the document itself.
    """
    figures: dict[FigureMeasure, BesideFigure] = {}
    for measure, field in _MONEY.items():
        value: Decimal | None = getattr(sheet.budget, field)
        if value is not None:
            place = place_text(report.located, (BUDGET, word_of(Budget, field)))
            figures[measure] = BesideFigure(in_money(value, sheet.money_unit, MoneyUnit.WAN), place)
    if sheet.filed.total is not None:
        path = (_FILED, word_of(FiledTotal, "total"))
        figures[FigureMeasure.POINTS] = BesideFigure(
            sheet.filed.total, place_text(report.located, path)
        )
    card = report.scorecard
    is_whole = sheet.kind is SheetKind.DEPARTMENT
    return BesideSheet(
        names=() if is_whole else tuple(names),
        place=report.name,
        figures=figures,
        computed=card.total if card is not None else None,
        is_own=is_own,
        bounds=_bounds(report),
    )


def _bounds(report: Report) -> tuple[Decimal, Decimal] | None:
    card = report.scorecard
    if card is None or card.low is None or card.high is None:
        return None
    return card.low, card.high


def place_text(located: Located, path: Path) -> str:
    """Say where a value stands, with its file."""
    placed = located.place(Finding("", Severity.INFO, "", path)).finding
    return placed.places[0].in_file(located.name) if placed.places else located.name
