"""What came of ``perfeval read``: of each file its sheets and what was not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

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

    @property
    def told(self) -> FileResult:
        """The same without the values, of which nothing is to be said any more."""
        sheets = (
            sheet._replace(text="", table=_without_values(sheet.table)) for sheet in self.sheets
        )
        document = replace(self.document, tables=())
        return self._replace(document=document, sheets=tuple(sheets))


def _without_values(table: ReadTable) -> ReadTable:
    return ReadTable(
        name=table.name,
        data={},
        places={},
        assumptions=table.assumptions,
        unread=table.unread,
    )


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


_Notes = Callable[[ReadTable], tuple[ReadingNote, ...]]
_LISTS: tuple[tuple[str, _Notes], ...] = (
    (f"{ASSUMED}，请核对", lambda table: table.assumptions),
    (f"{NOT_READ}，请补上", lambda table: table.unread),
)


def closing_lines(results: Sequence[FileResult]) -> Iterator[str]:
    """Yield what was assumed, what was not read and why, and how much was read."""
    for heading, of_table in _LISTS:
        yield from _of_tables(results, heading, of_table)
    yield from _of_parts(results, "没有读成", is_fault=True)
    yield from _of_parts(results, "不是自评表，或不用读", is_fault=False)
    count = sum(len(result.sheets) for result in results)
    faults = sum(result.is_fault for result in results)
    failed = f"，其中 {faults} 个有没读成或没写成的" if faults else ""
    yield f"共 {len(results)} 个文件，读出 {count} 张自评表{failed}"
    if count:
        yield "读出的表都标有“未确认”：与原件逐项核对以后，用 perfeval confirm 确认"


def _of_tables(results: Sequence[FileResult], heading: str, of_table: _Notes) -> Iterator[str]:
    """Yield the notes of one kind, each with the tables that it is about."""
    found: dict[str, list[str]] = {}
    for result in results:
        for sheet in result.sheets:
            for note in of_table(sheet.table):
                found.setdefault(str(note), []).append(f"{result.name} {sheet.table.name}")
    if not found:
        return
    yield f"{heading}（{sum(map(len, found.values()))} 处）："
    for said, names in found.items():
        shared = f"（{len(names)} 张表）" if len(names) > 1 else ""
        yield f"  {said}{shared}"
        yield from (f"    {name}" for name in names)
    yield ""


def _of_parts(results: Sequence[FileResult], heading: str, *, is_fault: bool) -> Iterator[str]:
    """Yield the parts of files that were not read, each with the reason."""
    parts = [
        (result.name, part)
        for result in results
        for part in result.document.unread
        if part.is_fault is is_fault
    ]
    if parts:
        yield f"{heading}（{len(parts)} 处）："
        yield from (
            f"  {name} {part}" if part.name else f"  {name}：{part.reason}" for name, part in parts
        )
        yield ""


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
