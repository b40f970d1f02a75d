"""What a person confirmed in the YAML of a table → the same table, as its file shows it now.

An answer counts for the cell that it was given for.  Where the file is the one that was read, all
of the YAML counts; where it was changed since, only what is about cells that show what they did.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, TypeGuard

from perfeval.errors import SheetError
from perfeval.fields import TEXT, word_of
from perfeval.later import regex
from perfeval.numbers import parse_number, plain
from perfeval.places import Path, Place, step_into
from perfeval.readers.files import FilePath, read_source, resolve, sheets_in
from perfeval.readers.rulebooks import rulebook_ids
from perfeval.readers.sheets import ReadSheet, sheet_from_source
from perfeval.reading.model import ReadDocument, ReadingNote, ReadTable
from perfeval.reading.unconfirmed import READ_FROM, UNCONFIRMED, unconfirmed_data
from perfeval.sheet import INDICATORS, Indicator, ReadFrom, Sheet

_RULEBOOK = word_of(Sheet, "rulebook")
_ASKED = frozenset(
    word_of(Sheet, name)
    for name in ("rulebook", "year", "money_unit", "standards", "waivers", "note", "source")
)
"""What is asked of a person where a table does not say it, and what no table says."""
_BY_THEMSELVES = (INDICATORS, "indicators", UNCONFIRMED, READ_FROM)
_NAME = word_of(Indicator, "name")
_SEPARATOR = regex(r"[/\\]")


class AnswerSheet(NamedTuple):
    """A sheet that `perfeval read` wrote, as a person left it.

    Attributes:
        path: Its file.
        read: The sheet, and what is wrong with it.
        origin: The file and the table from which it was read.
    """

    path: str
    read: ReadSheet
    origin: ReadFrom

    def is_of(self, document: ReadDocument, table: ReadTable) -> bool:
        """Tell whether it was read from a table of a file, as that is now."""
        is_there = (self.origin.place or "") in ("", table.name)
        return is_there and self.origin.digest == document.digest

    def may_be_of(self, document: ReadDocument, table: ReadTable) -> bool:
        """Tell whether it was read from a table of a file that had the same name."""
        is_there = (self.origin.place or "") in ("", table.name)
        return is_there and _last(self.origin.file or "") == _last(document.name) != ""


def _last(name: str) -> str:
    return _SEPARATOR.split(name)[-1]


@dataclass
class Answers:
    """The answers of a run, and which of them were used.

    Attributes:
        sheets: The sheets with the answers.
        used: The paths of those that belong to a table that was read.
    """

    sheets: tuple[AnswerSheet, ...] = ()
    used: set[str] = field(default_factory=set)

    def of(self, document: ReadDocument, table: ReadTable) -> tuple[AnswerSheet, ...]:
        """Return the answers for a table: those of the same bytes, else those of its name."""
        found = [one for one in self.sheets if one.is_of(document, table)]
        found = found or [one for one in self.sheets if one.may_be_of(document, table)]
        self.used.update(one.path for one in found)
        return tuple(found)

    @property
    def unused(self) -> Iterator[str]:
        """Say which answers belong to nothing that was read."""
        for one in self.sheets:
            if one.path not in self.used:
                said = f"“{one.origin.file}”{one.origin.place or ''}"
                yield f"没有用上答案“{_last(one.path)}”：它是从{said}读出的，不是这里的文件"


def read_answers(paths: Iterable[FilePath]) -> Answers:
    """Read the sheets with the answers.

    Args:
        paths: Sheets that ``perfeval read`` wrote, or folders of them.

    Raises:
        SheetError: One cannot be opened, or says nothing of the file from which it was read.
    """
    sheets: dict[str, AnswerSheet] = {}
    for path in paths:
        is_folder = resolve(path).is_dir()
        for name in sheets_in(path, is_tree=True) if is_folder else [path]:
            read = sheet_from_source(read_source(name))
            origin = _origin(read.located.data)
            if origin is not None:
                label = os.fspath(name)
                sheets.setdefault(os.path.realpath(label), AnswerSheet(label, read, origin))
            elif not is_folder:
                raise SheetError(f"{os.fspath(name)}：{_NO_ORIGIN}", read.findings[:1])
        if is_folder and not sheets:
            raise SheetError(f"{os.fspath(path)}：文件夹里没有 perfeval read 写出的自评表")
    return Answers(tuple(sheets.values()))


_NO_ORIGIN = f"没有“{READ_FROM}”，看不出答的是哪个文件；请用 perfeval read 写出的自评表"


def _origin(data: Any) -> ReadFrom | None:
    said = data.get(READ_FROM) if isinstance(data, Mapping) else None
    if not isinstance(said, Mapping):
        return None
    texts = {key: str(value) for key, value in said.items() if value is not None}
    words = {word_of(ReadFrom, name) for name in ReadFrom.model_fields}
    return ReadFrom.model_validate({key: texts[key] for key in texts if key in words})


class AnsweredTable(NamedTuple):
    """A table with the answers for it.

    Attributes:
        name: The office file.
        data: The sheet in the words of its YAML.
        cells: Where each value stands in the office file.
        assumptions: What was assumed, and no answer settles.
        unread: What was not read, and no answer settles.
        said: Which answers were not used, and why.
        broken: A sheet with answers that cannot be read, in place of all else.
    """

    name: str
    data: dict[str, Any]
    cells: Mapping[Path, Place]
    assumptions: tuple[ReadingNote, ...] = ()
    unread: tuple[ReadingNote, ...] = ()
    said: tuple[ReadingNote, ...] = ()
    broken: ReadSheet | None = None


def answered(
    document: ReadDocument, table: ReadTable, cells: Mapping[Path, Place], answers: Answers
) -> AnsweredTable:
    """Return a table with the answers for it, where there are any.

    Args:
        document: The file, as it is now.
        table: What was read of it.
        cells: Where each value of the table stands.
        answers: The answers.
    """
    data = unconfirmed_data(document, table)
    as_read = AnsweredTable(document.name, data, cells, table.assumptions, table.unread)
    found = answers.of(document, table)
    if len(found) > 1:
        names = "、".join(f"“{_last(one.path)}”" for one in found)
        said = f"这张表有 {len(found)} 份答案：{names}；都没有用，请只给一份"
        return as_read._replace(said=(ReadingNote(said),))
    if not found:
        return as_read
    (answer,) = found
    if answer.read.sheet is None:
        return as_read._replace(broken=answer.read)
    if answer.is_of(document, table):
        return _all_of(answer, document, as_read)
    return _of_unchanged(answer, document, as_read)


def _all_of(answer: AnswerSheet, document: ReadDocument, as_read: AnsweredTable) -> AnsweredTable:
    """Return the answers in place of a table that is still what it was."""
    now = _data_of(answer, document)
    paths = _Paths(as_read.data, answer.read)
    cells = {at: place for path, place in as_read.cells.items() if (at := paths.of(path))}
    table = AnsweredTable(as_read.name, now, cells)
    if answer.read.sheet is None or not answer.read.sheet.unconfirmed:
        return table

    def is_open(note: ReadingNote) -> bool:
        at = paths.of(note.path)
        return not at or _is_same(_at(as_read.data, note.path), _at(now, at))

    return table._replace(
        assumptions=tuple(filter(is_open, as_read.assumptions)),
        unread=tuple(filter(is_open, as_read.unread)),
    )


def _data_of(answer: AnswerSheet, document: ReadDocument) -> dict[str, Any]:
    """Return the answers; a rulebook of one's own is named as the office file would name it."""
    data = dict(answer.read.located.data)
    rulebook = data.get(_RULEBOOK)
    if isinstance(rulebook, str) and rulebook not in rulebook_ids():
        folder, own = map(os.path.dirname, (document.name, answer.path))
        data[_RULEBOOK] = os.path.relpath(os.path.join(own, rulebook), folder or ".")
    return data


class _Paths:
    """The paths of a table's values, as they lead into the sheet with the answers."""

    def __init__(self, table: Mapping[str, Any], answer: ReadSheet) -> None:
        self._table, self._answer = table, answer.located.data
        names = [row.get(_NAME, "") for row in table.get(INDICATORS, ())]
        rows = _same_rows(names, _names_of(answer))
        self._rows = {at: answer.located.rows[other] for at, other in rows.items()}

    def of(self, path: Path) -> Path:
        """Return the path of a value in the answers; empty where it cannot be told."""
        match path:
            case (str() as block, int() as at, *rest) if block == INDICATORS:
                return (*self._rows[at], *rest) if at in self._rows else ()
        table: Any = self._table
        answer: Any = self._answer
        for step in path:
            lists = isinstance(table, list) and isinstance(answer, list)
            if lists and len(table) != len(answer):
                return ()  # a row was put in or taken out
            table, answer = step_into(table, step), step_into(answer, step)
        return path


def _same_rows(table: Sequence[Any], answer: Sequence[str]) -> dict[int, int]:
    """Return for each row of a table which of the answers' rows it is.

    >>> _same_rows(["甲", "乙", "乙"], ["乙", "甲", "乙"])
    {0: 1, 1: 0, 2: 2}
    >>> _same_rows(["甲", "乙"], ["甲", "改名"])
    {0: 0, 1: 1}
    """
    if len(table) == len(answer) and set(table) != set(answer):
        return {at: at for at in range(len(table))}
    known = dict(zip(_numbered(answer), range(len(answer)), strict=True))
    return {at: known[key] for at, key in enumerate(_numbered(table)) if key in known}


def _numbered(names: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """Yield each name with how often it stood before."""
    seen: Counter[Any] = Counter()
    for name in names:
        yield name, seen[name]
        seen[name] += 1


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = step_into(data, step)
    return data


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether a cell shows the same in both; what its author adds to it does not count."""
    return bool(_comparable(one) == _comparable(other))


def _shown(value: Any) -> Any:
    """Return what a cell shows, without white space; of a block what each of its cells shows."""
    if isinstance(value, Mapping):
        if TEXT in value:
            return _shown(value[TEXT])
        return {key: _comparable(below) for key, below in value.items()}
    if isinstance(value, list):
        return list(map(_comparable, value))
    return "".join(_as_text(value).split())


def _comparable(value: Any) -> Any:
    shown = _shown(value)
    number = parse_number(shown) if isinstance(shown, str) else None
    return shown if number is None else number


def _as_text(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _of_unchanged(
    answer: AnswerSheet, document: ReadDocument, as_read: AnsweredTable
) -> AnsweredTable:
    """Return a table of a changed file with the answers for what still shows the same."""
    merging = _Merging(answer.read)
    data = merging.merged(as_read.data, _data_of(answer, document))
    changed = f"原件在读出“{_last(answer.path)}”以后改过，只用了还对得上的答案，请重新核对"
    is_named = _RULEBOOK in answer.read.located.data
    return as_read._replace(
        data=data,
        assumptions=tuple(
            note for note in as_read.assumptions if not is_named or note.path != (_RULEBOOK,)
        ),
        said=(ReadingNote(changed), *merging.said),
    )


class _Merging:
    """Takes from the answers what is about cells that still show what they did."""

    def __init__(self, answer: ReadSheet) -> None:
        self._answer = answer
        self.said: list[ReadingNote] = []

    def merged(self, now: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a table with the answers for it."""
        others = {key: value for key, value in answers.items() if key not in _BY_THEMSELVES}
        data = self._block(now, others, (), _ASKED.__contains__)
        if INDICATORS in now:
            data[INDICATORS] = self._rows(now[INDICATORS])
        return data

    def _rows(self, now: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return the rows; what no row of the table shows may be added to one."""
        names = _names_of(self._answer)
        same = {
            at: other
            for at, other in _same_rows([row.get(_NAME, "") for row in now], names).items()
            if _is_same(now[at].get(_NAME, ""), names[other])  # a row that was renamed is another
        }
        for at in sorted(set(range(len(names))) - set(same.values())):
            self.said.append(ReadingNote(f"答案里的“{names[at]}”，原件里现在没有，没有用"))
        printed = {key for row in now for key in row}
        return [
            self._row(row, at, same.get(at), lambda key: key not in printed)
            for at, row in enumerate(now)
        ]

    def _row(
        self, row: Mapping[str, Any], at: int, other: int | None, may_add: Callable[[str], bool]
    ) -> Any:
        located = self._answer.located
        answers = {} if other is None else _at(located.data, located.rows[other])
        if not isinstance(answers, Mapping):
            return dict(row)
        is_kept = all(_is_same(row[key], answers[key]) for key in answers if key in row)
        add = may_add if is_kept else _never
        return self._block(row, answers, (INDICATORS, at), add)

    def _block(
        self,
        now: Mapping[str, Any],
        answers: Mapping[str, Any],
        path: Path,
        may_add: Callable[[str], bool],
    ) -> dict[str, Any]:
        """Return one block with what is taken from the answers."""
        data = dict(now)
        for key, answer in answers.items():
            shows = now.get(key)
            if _is_block(shows) and _is_block(answer):
                data[key] = self._block(shows, answer, (*path, key), _never)
            elif key == _RULEBOOK or (may_add(key) if shows is None else _is_same(shows, answer)):
                data[key] = answer
            else:
                self._not_used((*path, key), shows, answer)
        return data

    def _not_used(self, path: Path, now: Any, answer: Any) -> None:
        shows = "空的" if now is None else f"“{_said(now)}”"
        said = f"原件改过，这里现在是{shows}，答案“{_said(answer)}”没有用"
        self.said.append(ReadingNote(said, None, path))


def _never(_key: str) -> bool:
    """Tell that nothing may be added: what stands in the answers stood in a cell."""
    return False


def _is_block(value: Any) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping) and TEXT not in value


def _names_of(answer: ReadSheet) -> list[str]:
    return [] if answer.sheet is None else [row.name for row in answer.sheet.indicators]


def _said(value: Any) -> str:
    """Return a value as it is quoted."""
    if isinstance(value, Mapping):
        parts = (f"{key} {_said(below)}" for key, below in value.items())
        return _said(value[TEXT]) if TEXT in value else "；".join(parts)
    return "、".join(map(_said, value)) if isinstance(value, list) else _as_text(value)
