"""What a caller has → sheets: a YAML text is one, an office file holds as many as it has tables.

What a file is, is told by its first bytes. A text goes to the reader of YAML; only one that is no
YAML sheet is looked at again, as the rows of a table.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perfeval.carriers import LIMITS, is_office_file
from perfeval.codes import (
    ASSUMED,
    FILE_REMARK,
    LOST_PART,
    NO_PACKAGE,
    NO_RULEBOOK,
    NO_TABLE,
    NOT_READ,
    READING,
    REFUSED,
    SEVERAL_TABLES,
    STALE_ANSWER,
)
from perfeval.errors import MissingExtraError
from perfeval.fields import word_of
from perfeval.findings import Finding, Placed
from perfeval.places import Path, Place
from perfeval.readers.files import FileContent, FoundFile, SourceInput, given_content
from perfeval.readers.located import Located
from perfeval.readers.rulebooks import rulebook_ids
from perfeval.readers.settings import FolderRulebook, folder_rulebook
from perfeval.readers.sheets import ReadSheet, sheet_from_source
from perfeval.reading.answers import AnsweredTable, Answers, answered
from perfeval.reading.model import ReadDocument, ReadingNote, ReadTable
from perfeval.reading.national_marks import is_national
from perfeval.sheet import BUDGET, FUNDS, INDICATORS, FundRow, Indicator
from perfeval.source import MAX_BYTES, Source, read_bytes

_ONE_OF_THEM = "其中一张表"
_ROWS: tuple[tuple[Path, str], ...] = (
    ((INDICATORS,), word_of(Indicator, "name")),
    ((BUDGET, FUNDS), word_of(FundRow, "name")),
)
"""The lists of a sheet, and the field by whose cell a row of it is known."""


class FoundSheet(NamedTuple):
    """A sheet in what a caller gave.

    Attributes:
        read: The sheet, and what is wrong with it.
        part: Which table of its file it is; empty where the file has no other.
    """

    read: ReadSheet
    part: str = ""


def find_sheets(
    given: SourceInput,
    *,
    rulebook: str | None = None,
    name: str = "",
    answers: Answers | None = None,
) -> tuple[FoundSheet, ...]:
    """Read all sheets in what a caller gives, at least one; what is wrong is found and not raised.

    Args:
        given: See `perfeval.evaluate`.
        rulebook: The rulebook of a sheet that names none.
        name: What content that is no file is called in messages.
        answers: What a person confirmed of what stands in office files.

    Raises:
        TypeError: It is nothing that can be read.
    """
    return sheets_of(open_given(given, name), given, rulebook=rulebook, answers=answers)


def open_given(given: SourceInput, name: str = "") -> FileContent | Source:
    """Return all that is read of what a caller gives: its bytes, or a source where it has none.

    Args:
        given: See `perfeval.evaluate`.
        name: What content that is no file is called in messages.

    Raises:
        TypeError: It is nothing that can be read.
    """
    content = given_content(given, name=name, instead=_ONE_OF_THEM)
    if isinstance(content, Source) or len(content.raw) <= MAX_BYTES:
        return content
    is_whole = is_office_file(content.raw) or is_national(content.raw)
    return _whole(content, given) if is_whole else content


def sheets_of(
    content: FileContent | Source,
    given: SourceInput,
    *,
    rulebook: str | None = None,
    answers: Answers | None = None,
) -> tuple[FoundSheet, ...]:
    """Return the sheets in what was opened, at least one.

    Args:
        content: What `open_given` returned.
        given: What a caller gave.
        rulebook: See `find_sheets`.
        answers: See `find_sheets`.
    """
    answers = answers or Answers()
    if isinstance(content, Source):
        return (FoundSheet(sheet_from_source(content, rulebook=rulebook)),)
    if is_office_file(content.raw) or is_national(content.raw):
        own = _of_folder(given) if rulebook is None else FolderRulebook(rulebook)
        if own.fault:
            return (_without_sheet(content.name, [(NO_RULEBOOK, own.fault, "", None)]),)
        return _in_office_file(content, own.rulebook or None, answers)
    read = sheet_from_source(read_bytes(content.raw, content.name), rulebook=rulebook)
    if isinstance(read.located.data, Mapping) or len(content.raw) > MAX_BYTES:
        return (FoundSheet(read),)
    from perfeval.reading.documents import read_content  # reads office files: much to import

    document = read_content(content.raw, content.name, rulebook)  # rows of a table, perhaps
    if not document.tables:
        return (FoundSheet(read),)
    return _of_tables(document, rulebook, answers)


def _of_folder(given: SourceInput) -> FolderRulebook:
    """Return the rulebook that the folder of a file names, or one above it that was given."""
    if not isinstance(given, str | os.PathLike):
        return FolderRulebook()
    folder = os.path.dirname(os.fspath(given))  # noqa: PTH120 - as text
    found = folder_rulebook(given, given.folder if isinstance(given, FoundFile) else folder or ".")
    if not found.rulebook or found.rulebook in rulebook_ids():
        return found
    return found._replace(rulebook=os.path.relpath(found.rulebook, folder or "."))


def _whole(content: FileContent, given: SourceInput) -> FileContent:
    """Return all bytes of an office file, of which no more were read than a text may have."""
    whole = given_content(given, name=content.name, most=LIMITS.file + 1)
    return whole if isinstance(whole, FileContent) else content


def one_sheet(found: Sequence[FoundSheet], table: str) -> FoundSheet:
    """Return the one sheet that is asked for; or, where that is in doubt, what to name.

    Args:
        found: The sheets in one file.
        table: The name of a table, or its number among the sheets; empty for the only one.
    """
    named = [one for one in found if one.part == table]
    if table.isdecimal() and not named:
        named = list(found[int(table) - 1 : int(table)]) if table.isascii() else []
    chosen = named if table else found
    if len(chosen) == 1:
        return _with_remarks(chosen[0], found[0])
    located = found[0].read.located
    names = "、".join(f"“{one.part}”" for one in found if one.part)
    said = f"没有自评表“{table}”" if table else f"里面有 {len(found)} 张自评表"
    have = f"，有 {names}" if names and table else f"：{names}" if names else ""
    return _without_sheet(located.name, [(SEVERAL_TABLES, f"{said}{have}", _NAME_ONE, None)])


def _with_remarks(one: FoundSheet, first: FoundSheet) -> FoundSheet:
    """Return a sheet with what is to be known of its file, which stands with the first."""
    of_file = (item for item in first.read.found if item.finding.code in (LOST_PART, FILE_REMARK))
    if one is first:
        return one
    return one._replace(read=one.read._replace(found=(*of_file, *one.read.found)))


def with_unused(one: FoundSheet, answers: Answers) -> FoundSheet:
    """Return a sheet with what is to be said of answers that belong to nothing that was read."""
    located = one.read.located
    said = [(STALE_ANSWER, unused, _ANSWER, None) for unused in answers.unused]
    return one._replace(read=one.read._replace(found=(*_placed(located, said), *one.read.found)))


_NAME_ONE = "请写明其中一张：命令加 --table 名称，程序里写 table=名称"


def _in_office_file(
    content: FileContent, rulebook: str | None, answers: Answers
) -> tuple[FoundSheet, ...]:
    from perfeval.reading.documents import read_content

    try:
        document = read_content(content.raw, content.name, rulebook)
    except MissingExtraError as error:
        said = str(error)
        return (_without_sheet(content.name, [(NO_PACKAGE, said, _INSTALL, None)]),)
    if document.tables:
        return _of_tables(document, rulebook, answers)
    if not document.kind:
        refused = [(REFUSED, part.reason, "", part.place) for part in document.unread]
        return (_without_sheet(content.name, refused),)
    lost = [part for part in document.unread if part.is_fault]
    about = list(_about(document))
    if not lost:
        about.insert(0, (NO_TABLE, f"文件里没有自评表{_reasons(document)}", _NO_TABLE, None))
    return (_without_sheet(content.name, about),)


_INSTALL = '请运行 pip install "perfeval[office]"；装不了的，另存为 .xlsx 或 .docx 再试'
_NO_TABLE = "请检查是否选错了文件；自评表要有“三级指标”“年度指标值”“实际完成值”等栏"
_Said = tuple[str, str, str, Place | None]
"""A code, what is said, what to do, and where."""


def _reasons(document: ReadDocument) -> str:
    """Say why none of the parts of a file is a sheet, each reason once."""
    reasons = dict.fromkeys(part.reason for part in document.unread)
    return f"：{'；'.join(reasons)}" if reasons else ""


def _about(document: ReadDocument) -> Iterator[_Said]:
    """Yield what is to be known of a file besides its sheets."""
    for part in document.unread:
        code = LOST_PART if part.is_fault else FILE_REMARK
        yield code, str(part), _LOST if part.is_fault else "", part.place
    for remark in document.remarks:
        yield FILE_REMARK, remark.message, "", remark.place


_LOST = "请打开文件看这一部分：是自评表的，补全栏名和表格线再试"


def _without_sheet(name: str, said: Sequence[_Said]) -> FoundSheet:
    located = Located(Source(name, cells={}))
    return FoundSheet(ReadSheet(None, tuple(_placed(located, said)), located))


def _placed(located: Located, said: Sequence[_Said]) -> Iterator[Placed]:
    for code, message, hint, place in said:
        yield located.place(Finding(code, READING[code].severity, message, (), hint), place)


def sheets_in(document: ReadDocument, rulebook: str | None) -> tuple[FoundSheet, ...]:
    """Return the sheets in a file that was read; none where it has none.

    Args:
        document: What was read.
        rulebook: The rulebook of a sheet that names none.
    """
    return _of_tables(document, rulebook, Answers())


def _of_tables(
    document: ReadDocument, rulebook: str | None, answers: Answers
) -> tuple[FoundSheet, ...]:
    """Return the sheets of a file; with the first stands what is to be known of the file."""
    is_one = len(document.tables) == 1
    about = list(_about(document))
    found = []
    for table in document.tables:
        read = _of_table(answered(document, table, _with_rows(table), answers), about, rulebook)
        found.append(FoundSheet(read, "" if is_one else table.name))
        about = []
    return tuple(found)


def _of_table(table: AnsweredTable, about: Sequence[_Said], rulebook: str | None) -> ReadSheet:
    if table.broken is not None:
        return table.broken
    source = Source(table.name, data=table.data, cells=table.cells)
    read = sheet_from_source(source, rulebook=rulebook)
    located = read.located
    notes = [(STALE_ANSWER, note, _ANSWER) for note in table.said]
    notes += [(NOT_READ, note, _fill(table, note)) for note in table.unread]
    notes += [(ASSUMED, note, _COMPARE) for note in table.assumptions]
    said = (_note(located, code, note, hint) for code, note, hint in notes)
    return read._replace(found=(*_placed(located, about), *said, *read.found))


_ANSWER = "请用 perfeval read 重新读一次，核对以后再用"
_FILL, _COMPARE = "请看这一格：该读的，改成能读的写法再试", "请与原件核对"


def _fill(table: AnsweredTable, note: ReadingNote) -> str:
    """Say what to do about what was not read: look at its cell, where it has one."""
    return _COMPARE if note.place is None and note.path not in table.cells else _FILL


def _note(located: Located, code: str, note: ReadingNote, hint: str) -> Placed:
    finding = Finding(code, READING[code].severity, note.message, note.path, hint)
    return located.place(finding, note.place)


def _with_rows(table: ReadTable) -> dict[Path, Place]:
    """Return the cells of a table's values, and of each row that of its name."""
    cells: dict[Path, Place] = dict(table.places)
    for path, place in table.places.items():
        for block, name in _ROWS:
            if path[: len(block)] == block and path[-1] == name:
                cells.setdefault(block, place)
                cells.setdefault(path[:-1], place)
    return cells
