"""What a long run remembers until its end, in a temporary file: memory does not grow with it."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, BinaryIO, cast

from perfeval.report.evaluating import SheetTrace, TypedSheets

_CACHE = 2048
"""How much of a file is kept in memory, in KiB."""


def open_shelf(owner: object, *tables: str) -> sqlite3.Connection:
    """Open a database that is gone with the run: SQLite keeps it in a file that has no name.

    Args:
        owner: When it is gone, so is the file.
        tables: What makes the tables.
    """
    shelf = sqlite3.connect("", isolation_level=None)
    weakref.finalize(owner, shelf.close)
    shelf.execute(f"pragma cache_size = -{_CACHE}")
    shelf.execute("pragma journal_mode = off")
    shelf.execute("pragma synchronous = off")
    shelf.execute("pragma temp_store = file")
    for table in tables:
        shelf.execute(table)
    return shelf


def digest(text: str) -> bytes:
    """Return 16 bytes that stand for a text: two texts that have the same are not met."""
    return hashlib.blake2b(to_bytes(text), digest_size=16).digest()


def to_bytes(text: str) -> bytes:
    """Return a text as it is kept: also the name of a file, which may hold what no encoding has."""
    return text.encode(errors="surrogatepass")


def to_text(raw: bytes) -> str:
    """Return the text that was kept."""
    return raw.decode(errors="surrogatepass")


_FEW = 1000
"""So many are remembered without a file."""


class Seen:
    """Which texts there were.

    >>> seen = Seen()
    >>> seen.is_new("甲"), seen.is_new("乙"), seen.is_new("甲")
    (True, True, False)
    """

    def __init__(self) -> None:
        self._few: set[bytes] = set()
        self._shelf: sqlite3.Connection | None = None

    def is_new(self, text: str) -> bool:
        """Tell whether a text comes for the first time, and remember it."""
        mark = digest(text)
        if mark in self._few:
            return False
        if len(self._few) < _FEW:
            self._few.add(mark)
            return True
        if self._shelf is None:
            self._shelf = open_shelf(
                self, "create table seen (mark blob primary key) without rowid"
            )
        return self._shelf.execute("insert or ignore into seen values (?)", (mark,)).rowcount == 1


class TypedShelf(TypedSheets):
    """The same for any number of sheets."""

    def __init__(self) -> None:
        super().__init__()
        self._shelf = open_shelf(self, *_TYPED)

    def add(self, sheet: SheetTrace) -> None:
        """Remember a sheet, where it was typed."""
        if sheet.project and sheet.is_typed:
            row = (digest(sheet.project), *map(to_bytes, (sheet.name, *sheet.offices)))
            self._shelf.execute("insert into typed values (?, ?, ?, ?)", row)

    def like(self, sheet: SheetTrace) -> str:
        """Return what the first one is called that is of the same project; empty where none is."""
        query = "select name, department, unit from typed where mark = ? order by rowid"
        for row in rows_in(self._shelf, query, (digest(sheet.project),)):
            name, *offices = map(to_text, row)
            known = SheetTrace(name, sheet.project, True, (offices[0], offices[1]))
            if known.may_be(sheet):
                return name
        return ""


_TYPED = (
    "create table typed (mark blob, name blob, department blob, unit blob)",
    "create index by_project on typed (mark)",
)


def rows_in(shelf: sqlite3.Connection, query: str, values: Iterable[Any] = ()) -> Iterator[Any]:
    """Yield the rows that a query finds, one after another."""
    with closing(shelf.execute(query, tuple(values))) as found:
        yield from found


def open_temporary(owner: object) -> BinaryIO:
    """Open a file that has no name.

    Args:
        owner: When it is gone, so is the file.
    """
    file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115
    weakref.finalize(owner, file.close)
    return file


class TextShelf:
    r"""Texts in the order in which they came.

    >>> texts = TextShelf()
    >>> texts.add("甲\n乙")
    >>> list(texts)
    ['甲\n乙']
    """

    def __init__(self) -> None:
        self._file: BinaryIO | None = None

    def add(self, text: str) -> None:
        """Put a text behind the others."""
        if self._file is None:
            self._file = open_temporary(self)
        self._file.write(json.dumps(text).encode() + b"\n")

    def __iter__(self) -> Iterator[str]:
        if self._file is not None:
            self._file.seek(0)
            yield from map(json.loads, self._file)


class SortedTexts:
    """Texts in the order of their keys; those of equal keys in the order in which they came.

    >>> texts = SortedTexts()
    >>> texts.add((2,), "甲")
    >>> texts.add((1,), "乙")
    >>> texts.add((2,), "丙")
    >>> list(texts)
    ['乙', '甲', '丙']
    """

    def __init__(self) -> None:
        self._file = open_temporary(self)
        self._spans: list[tuple[tuple[int, ...], int, int]] = []

    def add(self, key: tuple[int, ...], text: str) -> None:
        """Keep a text."""
        raw = to_bytes(text)
        start = self._file.seek(0, os.SEEK_END)
        self._file.write(raw)
        self._spans.append((key, start, len(raw)))

    def __iter__(self) -> Iterator[str]:
        for _, start, size in sorted(self._spans):  # what came first stands first in the file
            self._file.seek(start)
            yield to_text(self._file.read(size))
