"""Files, bytes and texts of a caller → the sheets in them."""

from __future__ import annotations

import os
from pathlib import Path

from perfeval.carriers import LIMITS
from perfeval.opening import read_regular, system_reason
from perfeval.reading.documents import read_content
from perfeval.reading.model import ReadDocument, UnreadPart


def read(
    source: str | os.PathLike[str] | bytes, *, rulebook: str | None = None, name: str = ""
) -> ReadDocument:
    r"""Read the 自评表 in a Word, Excel or PDF file, a page or a text.

    Args:
        source: A file's path, or its bytes; a `str` with a line break is its text.
        rulebook: The id of the rulebook by which the sheets score, in place of the one whose form
            has the table's layout.
        name: What bytes and a text are called in messages.

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
        return read_content(bytes(source), name, rulebook)
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        return read_content(source.encode("utf-8", "replace"), name, rulebook)
    label = os.fspath(source)
    if not isinstance(label, str):
        raise TypeError("这里应给出文件名（str 或 os.PathLike）或内容（str、bytes）")
    try:
        raw = read_regular(Path(label), LIMITS.file + 1)
    except OSError as error:
        reason = f"文件打不开（{system_reason(error)}）"
        return ReadDocument(label, "", unread=(UnreadPart("", reason),))
    except ValueError:
        return ReadDocument(label, "", unread=(UnreadPart("", "文件名里有不能用的字符"),))
    return read_content(raw, label, rulebook)
