"""The data of a table that was read, with what says that nobody has confirmed them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from perfeval.fields import word_of
from perfeval.reading.model import ReadDocument, ReadTable
from perfeval.sheet import ReadFrom, Sheet

UNCONFIRMED, READ_FROM = word_of(Sheet, "unconfirmed"), word_of(Sheet, "read_from")
"""The words that stand first in a sheet that was read."""
_NOT_PRINTED = "?"


def unconfirmed_data(
    document: ReadDocument, table: ReadTable, *, file: str | None = None
) -> dict[str, Any]:
    r"""Return the data of a table with 未确认 and 读自, as `load_sheet` takes them.

    The paths of the table's places hold in them too.

    Args:
        document: What the table was read out of.
        table: The table.
        file: What the sheet calls the file; its name, without folders, where nothing is given.

    >>> from perfeval import read
    >>> document = read("三级指标,目标值,完成值\n床位数,391,390\n".encode(), name="表/床位.csv")
    >>> data = unconfirmed_data(document, document.tables[0])
    >>> data["未确认"], data["读自"]["文件"], data["读自"]["位置"]
    (True, '床位.csv', '第1张表')
    """
    named = {
        "file": PurePath(document.name).name if file is None else file,
        "digest": document.digest,
        "place": table.name,
        "layout": table.layout,
    }
    said = {word_of(ReadFrom, name): _printable(text) for name, text in named.items()}
    source = {word: text for word, text in said.items() if text}
    return {UNCONFIRMED: True, READ_FROM: source, **table.data}


def _printable(text: str) -> str:
    """Return a name on one line; what cannot be printed is a question mark."""
    line = " ".join(text.split())
    return "".join(letter if letter.isprintable() else _NOT_PRINTED for letter in line)
