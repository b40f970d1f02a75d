"""Sentences that were copied between any number of sheets, with a signature of one size for each.

It is what `perfeval.checks.across` finds among the sheets of a department, kept in a temporary
file: which sentences are alike is decided by the same words as there, and each is looked up by its
signature. Memory does not grow with the sheets.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from perfeval.checks.across import MOST_LISTED, WRITTEN, SharedSentences
from perfeval.checks.copies import MOST_COMPARED, are_alike, sentences_of, signature_of
from perfeval.cli.many.shelf import digest, open_shelf, rows_in, to_bytes, to_text
from perfeval.sheet import Sheet


class SheetSentence(NamedTuple):
    """A sentence of a sheet.

    Attributes:
        key: Its characters without digits, marks and blanks.
        bands: Its signature.
    """

    key: str
    bands: tuple[int, ...]


def stored_sentences(sheet: Sheet, least: int) -> tuple[SheetSentence, ...]:
    """Return the sentences of a sheet in which something is told.

    Args:
        sheet: The sheet.
        least: How many characters a sentence has at least.
    """
    found = sentences_of(sheet, WRITTEN, least)
    return tuple(SheetSentence(one.key, signature_of(one.key)) for one in found)


class SheetSpot(NamedTuple):
    """Where a sheet is read again.

    Attributes:
        file: Its file.
        folder: The folder in which that was found; empty where it was named.
        position: Which of the sheets in the file it is.
    """

    file: str
    folder: str
    position: int


class Copied(NamedTuple):
    """Sentences that the same sheets share.

    Attributes:
        shared: What is said of them.
        origin: The sheet that had the first of them first.
        first: That sentence, as its key.
        copy: The next sheet that has it.
        other: The sentence there, as its key.
    """

    shared: SharedSentences
    origin: SheetSpot
    first: str
    copy: SheetSpot
    other: str


_TABLES = tuple(
    f"create table {table}"
    for table in (
        "sheets (id integer primary key, project blob, name blob, file blob, folder blob, number)",
        "keys (id integer primary key, mark blob unique, key text, first integer)",
        "bands (band integer, key integer, primary key (band, key)) without rowid",
        "uses (first integer, sheet integer, key, primary key (first, sheet)) without rowid",
        "groups (id integer primary key, mark blob unique, first, projects, sentences, exact)",
    )
)
_BAND_BITS = 32


class SentenceShelf:
    """The sentences of all sheets so far."""

    def __init__(self) -> None:
        self._shelf: sqlite3.Connection = open_shelf(self, *_TABLES)

    def add(self, project: str, spot: SheetSpot, sentences: Iterable[SheetSentence]) -> None:
        """Remember the sentences of a sheet.

        Args:
            project: 项目名称; sheets of one name are one project.
            spot: Where it is read again.
            sentences: Its sentences.
        """
        name, file, folder = map(to_bytes, (project, spot.file, spot.folder))
        row = (digest(project), name, file, folder, spot.position)
        sheet = self._insert("insert into sheets values (null, ?, ?, ?, ?, ?)", row)
        for sentence in sentences:
            key, first = self._known(sentence)
            self._shelf.execute("insert or ignore into uses values (?, ?, ?)", (first, sheet, key))

    def _insert(self, query: str, row: tuple[object, ...]) -> int:
        return self._shelf.execute(query, row).lastrowid or 0

    def _known(self, sentence: SheetSentence) -> tuple[int, int]:
        """Return by what a sentence is known, and the first one that it repeats."""
        mark = digest(sentence.key)
        known = self._one("select id, first from keys where mark = ?", mark)
        if known is not None:
            return known
        bands = [number << _BAND_BITS | band for number, band in enumerate(sentence.bands)]
        first = self._alike(sentence.key, bands)
        query = "insert into keys values (null, ?, ?, ?)"
        key = self._insert(query, (mark, sentence.key, first))
        if first is None:
            self._shelf.execute("update keys set first = id where id = ?", (key,))
            self._shelf.executemany(
                "insert into bands values (?, ?)", [(one, key) for one in bands]
            )
        return key, first or key

    def _alike(self, key: str, bands: Iterable[int]) -> int | None:
        query = "select key from bands where band = ? order by key limit ?"
        found = (rows_in(self._shelf, query, (band, MOST_COMPARED)) for band in bands)
        met = (int(other) for rows in found for (other,) in rows)
        for other in islice(dict.fromkeys(met), MOST_COMPARED):
            if are_alike(key, self._key(other)):
                return other
        return None

    def _key(self, number: int) -> str:
        found = self._one("select key from keys where id = ?", number)
        return str(found[0]) if found else ""

    def _one(self, query: str, *values: object) -> tuple[int, int] | None:
        return next(rows_in(self._shelf, query, values), None)

    @property
    def sentences(self) -> int:
        """How many different sentences there are."""
        found = self._one("select count(*), 0 from keys")
        return found[0] if found else 0

    def copied(self) -> Iterator[Copied]:
        """Yield what was copied: what the same projects share together, in the order of sheets."""
        self._group()
        query = "select first, projects, sentences, exact from groups order by id"
        for first, projects, sentences, is_exact in rows_in(self._shelf, query):
            named = list(rows_in(self._shelf, _IN_SHEETS, (first, MOST_LISTED)))
            names = tuple(to_text(name) for name, *_ in named)
            origin, copy = (self._spot(row) for row in named[:2])
            shared = SharedSentences(names, projects, sentences, are_exact=bool(is_exact))
            yield Copied(shared, *origin, *copy)

    def _spot(self, row: tuple[bytes, bytes, bytes, int, int]) -> tuple[SheetSpot, str]:
        _, file, folder, position, key = row
        return SheetSpot(to_text(file), to_text(folder), position), self._key(key)

    def _group(self) -> None:
        """Put together what was copied among the same projects."""
        for first, rows in groupby(rows_in(self._shelf, _USES), key=itemgetter(0)):
            mark, keys, projects = hashlib.blake2b(digest_size=16), set(), 0
            for _, project, key, _ in rows:
                mark.update(project)
                keys.add(key)
                projects += 1
            if projects > 1:
                row = (mark.digest(), first, projects, len(keys) == 1)
                self._shelf.execute(_ADD_GROUP, row)


_USES = """
select uses.first, sheets.project, uses.key, min(uses.sheet) as at
from uses join sheets on sheets.id = uses.sheet
group by uses.first, sheets.project order by uses.first, at
"""
_IN_SHEETS = """
select name, file, folder, number, key from (
  select name, file, folder, number, uses.key, min(sheet) as place
  from uses join sheets on sheets.id = sheet where first = ? group by project)
order by place limit ?
"""
_ADD_GROUP = """
insert into groups values (null, ?, ?, ?, 1, ?)
on conflict (mark) do update set sentences = sentences + 1, exact = exact and excluded.exact
"""
