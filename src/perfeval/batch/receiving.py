"""What was handed in, file by file: nothing is scored, nothing is kept, nothing is left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfeval.carriers import CarriedDocument, Refusal, RemarkKind, carry, is_office_file
from perfeval.carriers.limits import locked
from perfeval.cells.values import Cell
from perfeval.cells.words import WordEnum
from perfeval.contents import is_picture
from perfeval.errors import MissingExtraError
from perfeval.fields import word_of
from perfeval.numbers import trimmed
from perfeval.readers.companions import companion_of
from perfeval.readers.files import DEPARTMENT, SETTINGS
from perfeval.readers.settings import folder_rulebook
from perfeval.reading.documents import read_carried, read_content
from perfeval.reading.enclosed import enclosed_of
from perfeval.reading.inputs import InputFile, Unopened, input_files
from perfeval.reading.model import ReadDocument, ReadTable
from perfeval.reading.national_marks import is_national
from perfeval.reading.project_lists import ProjectList
from perfeval.reading.sheets import FoundSheet, find_sheets, sheets_in
from perfeval.review.intake import ExpectedProject, HandedIn, IntakeStatus
from perfeval.sheet import Sheet

_YAML = "yaml"
_FEW = 3
"""How many of the places that were not read are named."""
_YAML_ENDINGS = (".yaml", ".yml")


class _NoSheet(WordEnum):
    """Files of a folder that are no sheets, by what they say themselves."""

    DEPARTMENT = "部门文件"
    SETTINGS = "文件夹的设置"


_OWN_FILES = {DEPARTMENT: _NoSheet.DEPARTMENT, SETTINGS: _NoSheet.SETTINGS}


def hand_in(paths: Sequence[str]) -> Iterator[HandedIn]:
    """Yield a line for every file that the paths name, and for every table in one.

    Args:
        paths: Files, folders with all that lies below them, and archives.
    """
    for file in input_files(paths, with_yaml=True):
        name = file.origin if len(paths) == 1 else file.name
        folder = file.parts[0] if len(file.parts) > 1 else ""
        for line in _lines(file):
            yield line._replace(file=name, folder=folder)


def _lines(file: InputFile) -> Iterable[HandedIn]:
    content = file.content
    if isinstance(content, Unopened):
        return (HandedIn(file.name, _status_of(content), reason=content.reason),)
    digest = hashlib.sha256(content).hexdigest()
    own = _OWN_FILES.get(file.parts[-1].lower())
    if own is not None:
        reason = f"{own}，不是自评表"
        return (_line(file, IntakeStatus.COMPANION, _YAML, digest)._replace(reason=reason),)
    line = _of_text(file, content, digest)
    if line is not None:
        return (line,)
    try:
        return list(_of_document(file, content, digest))
    except MissingExtraError as error:
        status = IntakeStatus.UNOPENED
        return (_line(file, status, "", digest)._replace(reason=str(error)),)


def _status_of(content: Unopened) -> IntakeStatus:
    if content.is_locked:
        return IntakeStatus.LOCKED
    return IntakeStatus.UNOPENED if content.is_fault else IntakeStatus.ASIDE


def _line(file: InputFile, status: IntakeStatus, kind: str, digest: str) -> HandedIn:
    return HandedIn(file.name, status, kind=kind, digest=digest)


# -- YAML --------------------------------------------------------------------------------------


def _of_text(file: InputFile, content: bytes, digest: str) -> HandedIn | None:
    """Return the line of a YAML text, whatever its name ends with; ``None`` for all else."""
    if is_office_file(content) or is_national(content) or is_picture(content):
        return None
    found = find_sheets(content, name=file.name)[0]
    is_named = file.parts[-1].lower().endswith(_YAML_ENDINGS)
    if not is_named and not isinstance(found.read.located.data, Mapping):
        return None
    return _of_yaml(file, found, digest)


def _of_yaml(file: InputFile, found: FoundSheet, digest: str) -> HandedIn:
    line = _line(file, IntakeStatus.READ, _YAML, digest)
    companion = companion_of(found.read.located.data)
    if companion is not None:
        reason = f"{companion}，不是自评表"
        return line._replace(status=IntakeStatus.COMPANION, reason=reason)
    sheet, data = found.read.sheet, found.read.located.data
    if sheet is None:
        is_sheet = isinstance(data, Mapping)
        status = IntakeStatus.INCOMPLETE if is_sheet else IntakeStatus.UNOPENED
        line = line._replace(status=status, reason=_first_fault(found))
    rulebook = sheet.rulebook if sheet is not None else _text(data, "rulebook")
    return _described(line, sheet, data)._replace(forms=(rulebook,) if rulebook else ())


def _first_fault(found: FoundSheet) -> str:
    messages = [item.finding.message for item in found.read.found]
    more = f"等 {len(messages)} 处" if len(messages) > _FEW else ""
    return "；".join(messages[:_FEW]) + more


# -- office files ------------------------------------------------------------------------------


def _of_document(file: InputFile, content: bytes, digest: str) -> Iterator[HandedIn]:
    """Yield a line for each table of a file, or one that says why it has none."""
    rulebook = folder_rulebook(file.path, file.top).rulebook or None if file.path else None
    if not content:
        yield _line(file, IntakeStatus.UNOPENED, "", digest)._replace(reason="文件是空的")
        return
    if is_national(content):
        yield from _of_read(file, read_content(content, file.name, rulebook), "", rulebook)
        return
    if is_picture(content):
        line = _line(file, IntakeStatus.SCAN, "", digest)
        yield line._replace(reason="这是图片，里面的字读不出来")
        return
    carried = carry(content)
    if isinstance(carried, Refusal):
        is_locked = carried == locked().refusal
        status = IntakeStatus.LOCKED if is_locked else IntakeStatus.UNOPENED
        yield _line(file, status, "", digest)._replace(reason=carried.message)
        return
    document = read_carried(carried, file.name, digest, rulebook)
    if document.tables:
        yield from _of_read(file, document, _version(carried), rulebook)
    else:
        yield _without_table(
            _line(file, IntakeStatus.NO_SHEET, document.kind, digest),
            document,
            is_scan=_is_scan(carried),
        )


def _is_scan(carried: CarriedDocument) -> bool:
    """Tell whether a file has pages of pictures and not a word."""
    has_pictures = any(remark.kind is RemarkKind.NOT_READ for remark in carried.remarks)
    texts = (line.text for line in carried.lines)
    cells = (cell.text for grid in carried.grids for cell in grid.cells)
    return has_pictures and not any(text.strip() for text in (*texts, *cells))


def _without_table(line: HandedIn, document: ReadDocument, *, is_scan: bool) -> HandedIn:
    reasons = list(dict.fromkeys(part.reason for part in document.unread))
    remarks = [note.message for note in document.remarks]
    reason = "；".join((*reasons, *remarks)[:_FEW])
    status = line.status
    if is_scan:
        status = IntakeStatus.SCAN
    elif any(part.is_fault for part in document.unread):
        status = IntakeStatus.INCOMPLETE
    return line._replace(status=status, reason=reason)


def _version(carried: CarriedDocument) -> str:
    """Return by which rulebook and version a document of ours was made."""
    for text in carried.enclosed:
        enclosed = enclosed_of(text)
        if enclosed is not None:
            return f"{enclosed.rulebook.id} {enclosed.rulebook.version}"
    return ""


def _of_read(
    file: InputFile, document: ReadDocument, version: str, rulebook: str | None
) -> Iterator[HandedIn]:
    found = sheets_in(document, rulebook)
    for table, one in zip(document.tables, found, strict=True):
        line = _line(file, IntakeStatus.READ, document.kind, document.digest)
        line = _of_table(line, table, one)._replace(version=version)
        yield line._replace(table=table.name if len(found) > 1 else "")
    for part in document.unread:
        if part.is_fault:
            line = _line(file, IntakeStatus.INCOMPLETE, document.kind, document.digest)
            yield line._replace(table=part.name, reason=part.reason)


def _of_table(line: HandedIn, table: ReadTable, found: FoundSheet) -> HandedIn:
    sheet = found.read.sheet
    forms = tuple(dict.fromkeys(filter(None, (table.layout, *table.rulebooks))))
    line = _described(line, sheet, table.data)._replace(
        forms=forms, unread=len(table.unread), assumed=len(table.assumptions)
    )
    if sheet is None:
        faults = (item.finding.message for item in found.read.found if not item.finding.path)
        errors = [item.finding.message for item in found.read.found if item.finding.path]
        reason = "；".join([*errors, *faults][:_FEW])
        return line._replace(status=IntakeStatus.INCOMPLETE, reason=reason)
    if table.unread:
        more = f"等 {len(table.unread)} 处" if len(table.unread) > _FEW else ""
        reason = "；".join(map(str, table.unread[:_FEW])) + more
        return line._replace(status=IntakeStatus.REMARKED, reason=reason)
    return line


# -- what a sheet is ---------------------------------------------------------------------------


def _described(line: HandedIn, sheet: Sheet | None, data: Any) -> HandedIn:
    """Return a line with whose sheet it is, as far as that could be read."""
    if sheet is None:
        return line._replace(
            department=_text(data, "department") or _text(data, "reporter"),
            unit=_text(data, "unit"),
            project=_text(data, "name"),
            code=_text(data, "code"),
        )
    budget = sheet.budget
    return line._replace(
        department=sheet.department or sheet.reporter or "",
        unit=sheet.unit or "",
        project=sheet.name,
        code=sheet.project_code or "",
        year=sheet.year,
        scope=sheet.kind.value,
        money=budget.final if budget.final is not None else budget.original,
        money_unit=sheet.money_unit.value,
        content=content_digest(sheet),
    )


def _text(data: Any, field: str) -> str:
    value = data.get(word_of(Sheet, field), data.get(field)) if isinstance(data, Mapping) else None
    return str(value) if isinstance(value, str | int | Decimal) else ""


def content_digest(sheet: Sheet) -> str:
    """Return what is equal for two sheets of the same money, indicators and points filed.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> content_digest(sheet) == content_digest(sheet.model_copy(update={"note": "另存"}))
    True
    """
    budget = sheet.budget
    amounts = [_number(getattr(budget, name)) for name in ("original", "final", "spent")]
    rows = [
        [row.name, _cell(row.target), _cell(row.actual), _number(row.weight), _number(row.filed)]
        for row in sheet.indicators
    ]
    whole = json.dumps([sheet.year, amounts, rows], ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def _number(number: Decimal | None) -> str:
    return "" if number is None else trimmed(number)


def _cell(cell: Cell | None) -> str:
    return "" if cell is None else "".join(cell.text.split())


def expected_projects(found: ProjectList) -> list[ExpectedProject]:
    """Return the projects of a list that was read."""
    return [
        ExpectedProject(
            row=row.number,
            department=row.texts.get("department", ""),
            unit=row.texts.get("unit", ""),
            project=row.texts.get("project", ""),
            code=row.texts.get("code", ""),
            money=row.money,
            money_unit=found.money_unit,
        )
        for row in found.rows
    ]
