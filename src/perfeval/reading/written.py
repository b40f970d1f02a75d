"""A table that was read → a YAML sheet, each value with its place, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfeval.documents.inputs.commented_yaml import commented_yaml
from perfeval.fields import word_of
from perfeval.numbers import parse_number, plain
from perfeval.places import Path
from perfeval.reading.model import ReadDocument, ReadTable
from perfeval.reading.unconfirmed import unconfirmed_data
from perfeval.sheet import Indicator

ASSUMED, NOT_READ, REMARKS = "推定", "没有读到", "说明"
"""With what the lists begin that stand above a sheet."""
_CELLS = {word_of(Indicator, name) for name in ("target", "actual")}
_DONE = "逐项核对，改正读错的，补上没有读到的；然后删去“未确认”一行，或运行 perfeval confirm"


def written(
    document: ReadDocument,
    table: ReadTable,
    *,
    file: str | None = None,
    changed: dict[str, Any] | None = None,
) -> str:
    r"""Return a table as a YAML sheet, unconfirmed, which scores as the table itself does.

    Args:
        document: What the table was read out of.
        table: The table.
        file: What the sheet calls the file; see `unconfirmed_data`.
        changed: Fields in place of those of the table.

    >>> from perfeval import read
    >>> document = read("三级指标,目标值,完成值\n床位数,391,390\n".encode(), name="床位.csv")
    >>> print(written(document, document.tables[0]).splitlines()[-1])
        完成值: 390  # 第1张表 第2行第3格
    """
    data = {**unconfirmed_data(document, table, file=file), **(changed or {})}
    return commented_yaml(_with_numbers(data), _comments(table), list(_above(document, table)))


def _with_numbers(data: Any) -> Any:
    """Return data in which a cell with nothing but a plain number is one."""
    if isinstance(data, dict):
        return {key: _number(key, value) for key, value in data.items()}
    return list(map(_with_numbers, data)) if isinstance(data, list) else data


def _number(key: str, value: Any) -> Any:
    if key not in _CELLS or not isinstance(value, str):
        return _with_numbers(value)
    number = parse_number(value)
    return value if number is None or plain(number) != value else number


def _comments(table: ReadTable) -> dict[Path, str]:
    """Return of each value where it stands, and what was assumed of it."""
    said = {path: str(place) for path, place in table.places.items()}
    for note in table.assumptions:
        if note.path:
            before = f"{said[note.path]}；" if note.path in said else ""
            said[note.path] = f"{before}{ASSUMED}：{note.message}"
    for note in table.unread:
        if note.path in said:  # something stands there, and something else was not read
            said[note.path] += f"；{NOT_READ}：{note.message}"
    return said


def _above(document: ReadDocument, table: ReadTable) -> Iterator[str]:
    """Yield the lines above a sheet: what was assumed, what was not read, and what to do."""
    for heading, notes in (
        (ASSUMED, table.assumptions),
        (NOT_READ, table.unread),
        (REMARKS, document.remarks),
    ):
        if notes:
            yield f"{heading}（{len(notes)} 处）："
            yield from (f"  {note}" for note in notes)
    yield _DONE
