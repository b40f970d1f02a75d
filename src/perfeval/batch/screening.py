"""What screening and sampling need of every sheet in trees and archives, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.batch.items import BatchItem, BatchSettings, each_evaluated
from perfeval.cells.levels import Section
from perfeval.cells.units import MoneyUnit, in_money
from perfeval.checks.across import WRITTEN
from perfeval.checks.copies import sentences_of
from perfeval.findings import Finding, Severity
from perfeval.numbers import total
from perfeval.readers.files import DEPARTMENT, SETTINGS, FoundFile, is_link
from perfeval.reading.inputs import InputFile, Unopened, input_files
from perfeval.reading.national_marks import is_national
from perfeval.reading.project_lists import ProjectList
from perfeval.report import LeftAside, Report
from perfeval.report.evaluating import Given
from perfeval.review.names import FirstOfProject
from perfeval.review.ranking import ScreenedSheet, money_of
from perfeval.review.sampling import SampleFrame, SampleUnit, frame_of, key_of
from perfeval.rows import SheetRow
from perfeval.sheet import SheetKind

_OWN_FILES = (DEPARTMENT, SETTINGS)


def screen(
    paths: Sequence[str], *, rulebook: Given = None, workers: int = 1
) -> Iterator[ScreenedSheet | LeftAside]:
    """Evaluate every sheet that the paths name, and keep of it what screening needs.

    Args:
        paths: Files, folders with all that lies below them, and archives.
        rulebook: See `perfeval.evaluate`.
        workers: How many processes evaluate.

    Raises:
        RulebookError: The rulebook is unknown or wrong.
    """
    settings = BatchSettings(rulebook=rulebook, root=tuple(paths), tables=(SheetRow,), make=_traits)
    known: dict[str, _CalledFile] = {}
    for item in each_evaluated(_items(paths, known), settings, workers):
        for sheet in item.sheets:
            made = sheet.made or ScreenedSheet(sheet.row)
            yield made._replace(row=_placed(sheet.row, made.row.department, known))
        for aside in item.aside:
            yield LeftAside(known[aside.name].name, _shortened(aside.reason, paths))


class _CalledFile(NamedTuple):
    """What a file is called below what was named, and the first folder in which it lies."""

    name: str
    folder: str


def _placed(row: SheetRow, reporter: str, known: Mapping[str, _CalledFile]) -> SheetRow:
    """Return a row with its file as it is called, and with a department, wherever one is said."""
    file = known[row.file]
    by_folder = f"{file.folder}（按文件夹）" if file.folder and not row.problem else ""
    department = row.department or reporter or by_folder
    return row._replace(file=file.name, department=department)


def _shortened(reason: str, paths: Sequence[str]) -> str:
    """Name the files in a reason as the others are named."""
    return reason.replace(f"{paths[0].rstrip('/')}/", "") if len(paths) == 1 else reason


_JSON = ".json"


def _items(paths: Sequence[str], known: dict[str, _CalledFile]) -> Iterator[BatchItem]:
    """Yield what is evaluated; what was not opened is said by the intake."""
    for file in input_files(paths, with_yaml=True):
        own = file.parts[-1].lower()
        if isinstance(file.content, Unopened) or own in _OWN_FILES:
            continue
        if own.endswith(_JSON) and not is_national(file.content):
            continue  # a result of ours or of another program, as for ``perfeval score``
        name = file.origin if len(paths) == 1 else file.name
        known[file.name] = _CalledFile(name, file.parts[0] if len(file.parts) > 1 else "")
        yield file.name, _given(file, file.content)


def _given(file: InputFile, content: bytes) -> bytes | str | FoundFile:
    """Return a file on the disk as it lies in its folder, one in an archive as what it holds.

    A link that was opened was named itself, or leads to where it may.
    """
    if file.member:
        return content
    return file.path if is_link(file.path) else FoundFile(file.path, file.top)


def _traits(report: Report) -> ScreenedSheet:
    """Return what screening needs of a report beside its row."""
    card, sheet = report.scorecard, report.sheet
    if card is None or sheet is None:
        return ScreenedSheet(SheetRow())
    outputs = [part.weight for part in card.subtotals if part.section.group is Section.OUTPUT]
    filed, book = card.filed_total, card.rulebook
    least = book.checking.sentence
    return ScreenedSheet(
        row=SheetRow(department=sheet.reporter or ""),
        code=sheet.project_code or "",
        full=book.weights.full,
        filed_grade="" if filed is None else book.grades.of(filed),
        output_weight=total(outputs) if outputs else None,
        sentences=tuple(one.text for one in sentences_of(sheet, WRITTEN, least)),
        codes=tuple(sorted({one.code for one in report.findings if _counts(one)})),
        scale=tuple(band.name for band in book.grades.bands),
    )


def _counts(finding: Finding) -> bool:
    return finding.severity is not Severity.INFO


# -- frames of samples -------------------------------------------------------------------------


def frame_of_sheets(sheets: Iterable[ScreenedSheet | LeftAside]) -> SampleFrame:
    """Return the frame of a sample: every project once, and all that is none with the reason."""
    units: list[SampleUnit] = []
    left_out: list[str] = []
    first = FirstOfProject()
    for sheet in sheets:
        if isinstance(sheet, LeftAside):
            left_out.append(str(sheet))
            continue
        reason = _why_out(sheet, first)
        if reason:
            left_out.append(f"{sheet.name}：{reason}")
            continue
        row = sheet.row
        units.append(
            SampleUnit(
                key=key_of(row.year, row.department, row.unit, row.project, sheet.code),
                department=row.department,
                unit=row.unit,
                project=row.project,
                code=sheet.code,
                money=money_of(row),
                risk=row.stake,
                file=sheet.name,
            )
        )
    return frame_of(units, left_out)


def _why_out(sheet: ScreenedSheet, first: FirstOfProject) -> str:
    row = sheet.row
    if row.problem:
        return f"没有读通，抽不到（{row.problem}）"
    if row.kind == SheetKind.DEPARTMENT.value:
        return "部门整体的表，不与项目一起抽"
    other = first.first_of(sheet.identity, sheet.name)
    return f"与“{other}”是同一个项目，只算一个" if other else ""


def frame_of_list(found: ProjectList) -> SampleFrame:
    """Return the frame of a list: every row is a project."""
    return frame_of(
        SampleUnit(
            key=key_of(None, *(row.texts.get(name, "") for name in _KEY)),
            department=row.texts.get("department", ""),
            unit=row.texts.get("unit", ""),
            project=row.texts.get("project", ""),
            code=row.texts.get("code", ""),
            money=_in_wan(row.money, found.money_unit),
            risk=row.risk,
        )
        for row in found.rows
    )


def _in_wan(money: Decimal | None, unit: str) -> Decimal | None:
    """Return an amount in 万元; one without a unit as it stands, which the list's notes say."""
    return money if money is None or not unit else in_money(money, MoneyUnit(unit), MoneyUnit.WAN)


_KEY = ("department", "unit", "project", "code")
