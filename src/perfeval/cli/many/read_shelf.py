"""What ``perfeval read`` keeps until its end: forms that wait for copies, and what was assumed."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from perfeval.cli.many.shelf import open_shelf, rows_in, to_bytes, to_text
from perfeval.reading import ReadDocument
from perfeval.reading.inputs import InputFile
from perfeval.reading.merging import FormKey

Copy = tuple[InputFile, ReadDocument]
"""A file, and what was read of it."""


class HeldForms:
    """Filled forms that wait until all files were read, as another may be a copy of the same."""

    def __init__(self) -> None:
        self._shelf = open_shelf(self, *_FORMS)

    def add(self, key: FormKey, copy: Copy) -> None:
        """Hold a form."""
        form, project = _marks(key)
        row = (form, project, to_bytes(copy[0].name), pickle.dumps(copy))
        self._shelf.execute("insert into forms values (?, ?, ?, ?)", row)

    def copies(self) -> Iterator[tuple[list[Copy], list[str]]]:
        """Yield the copies of each form, and the files with other forms of the project and year."""
        for form, project in rows_in(self._shelf, _EACH_FORM):
            found = rows_in(self._shelf, _COPIES, (form,))
            copies = [pickle.loads(raw) for (raw,) in found]  # noqa: S301 - written by this process
            others = rows_in(self._shelf, _OTHERS, (project, form))
            yield copies, [to_text(name) for (name,) in others]


def _marks(key: FormKey) -> tuple[bytes, bytes]:
    """Return what stands for a form of a project and year, and for any of the same."""
    project = to_bytes("\0".join(key[1:]))
    return to_bytes(key.form) + b"\0" + project, project


_FORMS = (
    "create table forms (form blob, project blob, name blob, copy blob)",
    "create index by_form on forms (form)",
    "create index by_project on forms (project)",
)
_EACH_FORM = "select form, project from forms group by form order by min(rowid)"
_COPIES = "select copy from forms where form = ? order by rowid"
_OTHERS = "select name from forms where project = ? and form <> ? order by rowid"


class NoteShelf:
    """Notes of several kinds, each with all that it was said of.

    >>> notes = NoteShelf()
    >>> for file in ("甲", "乙"):
    ...     notes.add("assumed", "按万元读", file)
    >>> notes.count("assumed"), [(said, list(names)) for said, _, names in notes.of("assumed")]
    (2, [('按万元读', ['甲', '乙'])])
    """

    def __init__(self) -> None:
        self._shelf = open_shelf(self, *_NOTES)

    def add(self, kind: str, said: str, name: str) -> None:
        """Add what was said of something."""
        row = (kind, to_bytes(said), to_bytes(name))
        self._shelf.execute("insert into notes values (?, ?, ?)", row)

    def count(self, kind: str) -> int:
        """Return how many notes of a kind there are."""
        found = next(rows_in(self._shelf, "select count(*) from notes where kind = ?", (kind,)))
        return int(found[0])

    def of(self, kind: str) -> Iterator[tuple[str, int, Iterator[str]]]:
        """Yield what was said, of how many, and of which."""
        rows = rows_in(self._shelf, _TOGETHER, (kind, kind))
        for (said, count, _), group in groupby(rows, key=itemgetter(0, 1, 2)):
            yield to_text(said), count, (to_text(row[3]) for row in group)


_NOTES = (
    "create table notes (kind text, said blob, name blob)",
    "create index by_kind on notes (kind, said)",
)
_TOGETHER = """
select one.said, number, first, name from notes as one join (
  select said, count(*) as number, min(rowid) as first from notes where kind = ? group by said
) as each on each.said = one.said
where one.kind = ? order by first, one.rowid
"""
