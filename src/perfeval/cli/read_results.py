"""What came of ``perfeval read``: of each file its sheets and what was not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from perfeval.fields import word_of
from perfeval.places import place_data
from perfeval.reading import ReadDocument, ReadingNote, ReadTable, UnreadPart
from perfeval.reading.written import ASSUMED, NOT_READ
from perfeval.sheet import INDICATORS, Sheet

_NAME, _YEAR, RULEBOOK = (word_of(Sheet, name) for name in ("name", "year", "rulebook"))


class WrittenSheet(NamedTuple):
    """A table that was read, and the sheet that was made of it.

    Attributes:
        table: The table.
        output: The file that was written; ``None`` where none was.
        text: The sheet.
    """

    table: ReadTable
    output: str | None
    text: str


class FileResult(NamedTuple):
    """What came of one file.

    Attributes:
        name: The file.
        document: What was read of it.
        sheets: The sheets in it.
        failed: Why sheets were not written.
        merged_into: The file with whose form this one was merged; empty for all others.
    """

    name: str
    document: ReadDocument
    sheets: tuple[WrittenSheet, ...]
    failed: tuple[str, ...] = ()
    merged_into: str = ""

    @property
    def is_fault(self) -> bool:
        """Something that may be a 自评表 was not read, or could not be written."""
        return bool(self.failed) or any(part.is_fault for part in self.document.unread)


def result_lines(result: FileResult) -> Iterator[str]:
    """Yield what was found in a file, and where it was written."""
    for sheet in result.sheets:
        where = f" → {sheet.output}" if sheet.output else ""
        yield f"{result.name} {sheet.table.name}：{_summary(sheet.table)}{where}"
    yield from result.failed
    if result.merged_into:
        yield f"{result.name}：与 {result.merged_into} 合并"
    elif not result.sheets:
        yield f"{result.name}：没有读出自评表"


def _summary(table: ReadTable) -> str:
    data = table.data
    year, rulebook = data.get(_YEAR), data.get(RULEBOOK)
    parts = (
        str(data.get(_NAME) or "没有项目名称"),
        f"{year} 年" if year else "没有年度",
        f"{len(data.get(INDICATORS, ()))} 个指标",
        f"按 {rulebook}" if rulebook else "没有评分办法",
    )
    return "，".join(parts)


ASSUMPTION, LACK, FAULT, OTHER = "assumption", "lack", "fault", "other"
_HEADINGS = {
    ASSUMPTION: f"{ASSUMED}，请核对",
    LACK: f"{NOT_READ}，请补上",
    FAULT: "没有读成",
    OTHER: "不是自评表，或不用读",
}


def result_notes(result: FileResult) -> Iterator[tuple[str, str, str]]:
    """Yield what is said of a file at the end: the kind, the words, and of which table.

    Parts of the file have their names in the words.
    """
    for sheet in result.sheets:
        table = f"{result.name} {sheet.table.name}"
        for note in sheet.table.assumptions:
            yield ASSUMPTION, str(note), table
        for note in sheet.table.unread:
            yield LACK, str(note), table
    for part in result.document.unread:
        said = f"{result.name} {part}" if part.name else f"{result.name}：{part.reason}"
        yield FAULT if part.is_fault else OTHER, said, ""


class Notes(Protocol):
    """What is said of all files, each with the tables that it is said of."""

    def count(self, kind: str) -> int:
        """Return how many notes of a kind there are."""

    def of(self, kind: str) -> Iterator[tuple[str, int, Iterator[str]]]:
        """Yield what was said, of how many, and of which."""


def closing_lines(notes: Notes) -> Iterator[str]:
    """Yield what was assumed, and what was not read and why."""
    for kind, heading in _HEADINGS.items():
        count = notes.count(kind)
        if not count:
            continue
        yield f"{heading}（{count} 处）："
        for said, number, names in notes.of(kind):
            if kind in (FAULT, OTHER):
                yield from (f"  {said}" for _ in names)
                continue
            yield f"  {said}（{number} 张表）" if number > 1 else f"  {said}"
            yield from (f"    {name}" for name in names)
        yield ""


def count_lines(files: int, sheets: int, faults: int) -> Iterator[str]:
    """Yield how much was read."""
    failed = f"，其中 {faults} 个有没读成或没写成的" if faults else ""
    yield f"共 {files} 个文件，读出 {sheets} 张自评表{failed}"
    if sheets:
        yield "读出的表都标有“未确认”：与原件逐项核对以后，用 perfeval confirm 确认"


def result_data(result: FileResult) -> dict[str, Any]:
    """Return what came of a file, for JSON."""
    document = result.document
    return {
        "name": result.name,
        "sha256": document.digest or None,
        "kind": document.kind or None,
        "sheets": list(map(_sheet_data, result.sheets)),
        "unread": list(map(_part_data, document.unread)),
        "remarks": list(map(_note_data, document.remarks)),
        "failed": list(result.failed),
        "merged_into": result.merged_into or None,
    }


def _sheet_data(sheet: WrittenSheet) -> dict[str, Any]:
    table = sheet.table
    return {
        "table": table.name,
        "layout": table.layout or None,
        "rulebook": table.data.get(RULEBOOK),
        "output": sheet.output,
        "text": sheet.text,
        "assumptions": list(map(_note_data, table.assumptions)),
        "unread": list(map(_note_data, table.unread)),
    }


def _part_data(part: UnreadPart) -> dict[str, Any]:
    return {
        "part": part.name or None,
        "reason": part.reason,
        "is_fault": part.is_fault,
        "place": place_data(part.place) if part.place else None,
    }


def _note_data(note: ReadingNote) -> dict[str, Any]:
    return {
        "message": note.message,
        "place": place_data(note.place) if note.place else None,
        "path": list(note.path),
    }
