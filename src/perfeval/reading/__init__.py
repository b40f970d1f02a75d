"""What offices have (Word, Excel, PDF, pages) → sheets, each value with its place.

Nobody has confirmed what is read here: what was assumed and what was not read is said beside it.
Blank cells stay blank, and a value that cannot be told for certain is not read.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from perfeval.carriers import LIMITS, CarriedDocument, Refusal, carry
from perfeval.errors import system_reason
from perfeval.opening import read_regular
from perfeval.reading.candidates import parts_of
from perfeval.reading.model import (
    ReadDocument,
    ReadingNote,
    ReadTable,
    UnreadPart,
)
from perfeval.reading.table import Candidate, read_table

__all__ = ["ReadDocument", "ReadTable", "ReadingNote", "UnreadPart", "read"]


def read(
    source: str | os.PathLike[str] | bytes, *, rulebook: str | None = None, name: str = ""
) -> ReadDocument:
    r"""Read the 自评表 in a Word, Excel or PDF file, a page or a text.

    Args:
        source: A file's path, or its bytes.
        rulebook: The id of the rulebook by which the sheets score, in place of the one whose form
            has the table's layout.
        name: What bytes are called in messages.

    Returns:
        The sheets, unconfirmed, and all that was not read; a file that cannot be read is among
        that, never raised.

    Raises:
        MissingExtraError: It needs a package of the extra ``office`` that is not installed.
        TypeError: *source* is neither a path nor bytes.

    >>> table = read("三级指标,目标值,完成值\n床位数,391,390\n".encode()).tables[0]
    >>> table.data["指标"][0]["完成值"], str(table.place_of(("指标", 0, "完成值")))
    ('390', '第1张表 第2行第3格')
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return _read(bytes(source), name, rulebook)
    label = os.fspath(source)
    if not isinstance(label, str):
        raise TypeError("这里应给出文件名（str 或 os.PathLike）或内容（bytes）")
    try:
        raw = read_regular(Path(label), LIMITS.file + 1)
    except OSError as error:
        reason = f"文件打不开（{system_reason(error)}）"
        return ReadDocument(label, "", unread=(UnreadPart("", reason),))
    except ValueError:
        return ReadDocument(label, "", unread=(UnreadPart("", "文件名里有不能用的字符"),))
    return _read(raw, label, rulebook)


def _read(raw: bytes, name: str, rulebook: str | None) -> ReadDocument:
    digest = hashlib.sha256(raw).hexdigest()
    carried = carry(raw)
    if isinstance(carried, Refusal):
        reason = f"{carried.message}；{carried.hint}" if carried.hint else carried.message
        return ReadDocument(name, digest, unread=(UnreadPart("", reason),))
    return _of_carried(carried, name, digest, rulebook)


def _of_carried(
    carried: CarriedDocument, name: str, digest: str, rulebook: str | None
) -> ReadDocument:
    tables: list[ReadTable] = []
    unread: list[UnreadPart] = []
    for part in parts_of(carried):
        if isinstance(part, Candidate):
            tables.append(_with_rulebook(read_table(part), rulebook))
        else:
            unread.append(part)
    return ReadDocument(
        name=name,
        digest=digest,
        kind=carried.kind.value,
        tables=tuple(tables),
        unread=tuple(unread),
        remarks=tuple(ReadingNote(one.message, one.place) for one in carried.remarks),
    )


def _with_rulebook(table: ReadTable, rulebook: str | None) -> ReadTable:
    """Return a table with the rulebook by which it scores; that of its layout is an assumption."""
    if rulebook is not None:
        return replace(table, data={"评分办法": rulebook, **table.data})
    if not table.rulebooks:
        note = ReadingNote("看不出是哪个评分办法的表，请用 --rulebook 指明", None, ("评分办法",))
        return replace(table, unread=(note, *table.unread))
    first, *others = table.rulebooks
    more = f"；同一种表的还有 {'、'.join(others)}" if others else ""
    said = f"评分办法按表式认作 {first}{more}"
    note = ReadingNote(said, None, ("评分办法",))
    data = {"评分办法": first, **table.data}
    return replace(table, data=data, assumptions=(note, *table.assumptions))
