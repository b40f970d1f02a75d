"""What a document of ours carries: taken out, bounded, and validated like any sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.carriers import (
    CarriedCell,
    CarriedDocument,
    CarriedGrid,
    CarriedLine,
    CarriedText,
    CarrierKind,
    ContentKind,
)
from perfeval.documents.inputs.enclosed import NEVER_CARRIED, WORKPAPERS
from perfeval.numbers import decimals_of
from perfeval.places import TablePlace, TextPlace
from perfeval.readers.sheets import read_sheet
from perfeval.sheet import Sheet
from perfeval.source import read_text

_VERSION, _TEMPLATE = Decimal(1), Decimal(1)
_MOST_CELLS, _MOST_SIDE, _MOST_LINES = 50_000, 10_000, 1_000
_ID = re.compile(r"(?!\.)[^/\\\x00-\x1f\x7f-\x9f\u2028\u2029]{1,80}")
"""An id (编号), in whatever words a rulebook has it; it stands in one line and is no path."""

Position = tuple[int, int]


class RulebookMark(NamedTuple):
    """By which rulebook a document was made: its id, its version, its hash."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True)
class Enclosed:
    """What a document carries.

    Attributes:
        rulebook: By which rulebook it was made.
        data: The sheet in plain data; ``None`` in a form that was empty.
        sheet: The same as a sheet.
        shown: What the document showed when it was made.
        below: The lines that stood below the table.
        labels: The cells whose texts a workbook puts together, and what they were.
        is_form: Whether the document is a form to fill in.
    """

    rulebook: RulebookMark
    data: Mapping[str, Any] | None
    sheet: Sheet | None
    shown: CarriedDocument
    below: tuple[str, ...]
    labels: Mapping[Position, str]
    is_form: bool = False


@dataclass(frozen=True)
class EnclosedRecord:
    """What a record of the national system carries that was written here.

    Attributes:
        rulebook: By which rulebook it was made.
        data: The sheet in plain data.
        digest: The digest of the record when it was written.
    """

    rulebook: RulebookMark
    data: Mapping[str, Any]
    digest: str


class _MalformedError(Exception):
    """What is carried is not what we write."""


def is_of_workpaper(text: str) -> bool:
    """Tell whether a carried text is that of a workpaper, which is no sheet."""
    return text.startswith(f'{{"{WORKPAPERS}"')


def enclosed_of(text: str) -> Enclosed | None:
    """Return what a carried text says; ``None`` where it is not what a document of ours carries."""
    source = read_text(text, "")
    if source.problems or not isinstance(source.data, dict):
        return None
    try:
        return _enclosed(source.data)
    except _MalformedError:
        return None


def enclosed_record_of(text: str) -> EnclosedRecord | None:
    """Return what a record carries; ``None`` where it is not what a record of ours carries."""
    source = read_text(text, "")
    if source.problems or not isinstance(source.data, dict):
        return None
    data = source.data
    try:
        rulebook, plain = _mark(data), _mapping(data.get("自评表"))
        _sheet(plain)
        return EnclosedRecord(rulebook, plain, _text(data.get("记录校验")))
    except _MalformedError:
        return None


def _mark(data: Mapping[str, Any]) -> RulebookMark:
    version = data.get("附带数据")
    if version != _VERSION:
        raise _MalformedError
    mark = _mapping(data.get("评分办法"))
    rulebook = RulebookMark(*(_text(mark.get(key)) for key in ("编号", "版本", "校验")))
    if not _ID.fullmatch(rulebook.id):
        raise _MalformedError
    return rulebook


def _enclosed(data: Mapping[str, Any]) -> Enclosed:
    rulebook, template = _mark(data), data.get("填报表")
    if template not in (None, _TEMPLATE):
        raise _MalformedError
    plain = data.get("自评表")
    shown = _mapping(data.get("所见"))
    cells = _cells(shown.get("格"))
    texts = {(cell.row, cell.column): cell.text for cell in cells}
    below = _lines(shown.get("下"))
    return Enclosed(
        rulebook=rulebook,
        data=None if plain is None else _mapping(plain),
        sheet=None if plain is None else _sheet(_mapping(plain)),
        shown=_document(_lines(shown.get("上")), cells),
        below=below,
        labels={at: texts[at] for at in _positions(shown.get("印")) if at in texts},
        is_form=template is not None,
    )


def _sheet(data: Mapping[str, Any]) -> Sheet:
    """Return the sheet; one that is not right, or says what is never carried, is none."""
    if not NEVER_CARRIED.isdisjoint(_keys(data)):
        raise _MalformedError
    sheet = read_sheet(dict(data)).sheet
    if sheet is None:
        raise _MalformedError
    return sheet


def _keys(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return set(value).union(*map(_keys, value.values()))
    if isinstance(value, list):
        return set().union(*map(_keys, value))
    return set()


def _document(above: Sequence[str], cells: Sequence[CarriedCell]) -> CarriedDocument:
    """Return what was shown as if it had been read from a file."""
    lines = tuple(CarriedLine(text, TextPlace(1, 1)) for text in above)
    grid = CarriedGrid(
        name="",
        number=1,
        cells=tuple(cells),
        height=max((cell.row + cell.rows for cell in cells), default=0),
        width=max((cell.column + cell.columns for cell in cells), default=0),
    )
    return CarriedDocument(CarrierKind.TEXT, (CarriedText(lines), grid))


def _cells(value: Any) -> list[CarriedCell]:
    found = _list(value, _MOST_CELLS)
    covered = 0
    cells = []
    for one in found:
        if not isinstance(one, list) or len(one) != _PARTS:
            raise _MalformedError
        row, column, rows, columns = (_count(part) for part in one[:4])
        covered += rows * columns
        if not rows or not columns or covered > _MOST_CELLS:
            raise _MalformedError
        place = TablePlace(1, row + 1, column + 1)
        text = _text(one[4])
        kind = ContentKind.TEXT if text.strip() else ContentKind.BLANK
        cells.append(
            CarriedCell(row, column, place, kind, text, formula="", rows=rows, columns=columns)
        )
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


_PARTS = 5


def _positions(value: Any) -> list[Position]:
    pairs = (_list(one, 2) for one in _list(value, _MOST_CELLS))
    return [(_count(pair[0]), _count(pair[-1])) for pair in pairs if pair]


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, _list(value, _MOST_LINES)))


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise _MalformedError
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise _MalformedError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _MalformedError
    return value


def _count(value: Any) -> int:
    if not isinstance(value, Decimal) or not 0 <= value <= _MOST_SIDE or decimals_of(value):
        raise _MalformedError
    return int(value)
