"""The files of a run as they grow, the journal beside them, and how an ended run goes on.

What is written of a sheet goes into ``得分.csv.part`` at once, and a line of the journal
(``得分.csv.journal``) says of which file it is, what that held and by what it was scored. A run
that goes on takes what stands there for every file that is still the same; only where files came
or went in between are the later parts moved. In the end the parts become the files, and the
journal goes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zlib import crc32

from perfeval.cli.many.formats import Format
from perfeval.cli.many.outcomes import Book, FileOutcome, Piece, SheetShown
from perfeval.cli.many.shelf import digest, open_shelf, open_temporary, rows_in
from perfeval.cli.writing import writing
from perfeval.documents.findings.growing import CheckSums
from perfeval.documents.writing import write_pieces
from perfeval.opening import open_regular
from perfeval.readers.files import FilePath
from perfeval.recording import note_written
from perfeval.report.evaluating import SheetTrace

PART, JOURNAL = ".part", ".journal"
"""What is added to the name of a file while it grows, and to that of the first for the journal."""


class Output(NamedTuple):
    """A file that is asked for, and how it is written."""

    path: str
    format: Format


def _opened(path: str) -> BinaryIO:
    """Open a file to read and write what stands there; it is made where it is not."""
    with writing(path):
        return open_regular(path, to_write=True)


class _PartFile:
    """A file that grows."""

    def __init__(self, output: Output, *, is_kept: bool) -> None:
        self.output = output
        self.path = f"{output.path}{PART}"
        self.file = _opened(self.path)
        self.size = 0
        self.moved: BinaryIO | None = None
        self.moved_from = 0
        if not is_kept:
            self.file.truncate(0)
        head = output.format.head
        if self.file.read(len(head)) != head:
            self.file.seek(0)
            self.file.truncate(0)
            self.file.write(head)
        self.size = len(head)

    @property
    def lead(self) -> bytes:
        """What stands before the next chunk."""
        format_ = self.output.format
        return format_.separator if self.size > len(format_.head) else b""

    def at(self, offset: int, size: int) -> bytes:
        """Return what stood at an offset before anything was moved."""
        if self.moved is None:
            self.file.seek(offset)
            return self.file.read(size)
        self.moved.seek(offset - self.moved_from)
        return self.moved.read(size)

    def move(self) -> None:
        """Put away what stands behind what is known to be right."""
        self.moved, self.moved_from = open_temporary(self), self.size
        self.file.seek(self.size)
        shutil.copyfileobj(self.file, self.moved)
        self.file.seek(self.size)
        self.file.truncate()

    def write(self, chunk: bytes) -> None:
        """Add what one sheet adds."""
        if chunk:
            whole = self.lead + chunk
            self.file.write(whole)
            self.size += len(whole)


class _JournalRecord(NamedTuple):
    """What the journal says of a file.

    Attributes:
        line: Where its line begins in the journal.
        end: Where that ends.
        data: What it says.
    """

    line: int
    end: int
    data: dict[str, Any]


class Parts:
    """The files of a run."""

    def __init__(self, outputs: Sequence[Output], terms: dict[str, Any], *, resume: bool) -> None:
        self.journal = f"{outputs[0].path}{JOURNAL}"
        header = _header(self.journal) if resume else None
        self.is_resumed = header is not None and _same_terms(header, terms)
        self.is_outdated = header is not None and not self.is_resumed
        self._shelf = open_shelf(self, "create table lines (mark blob primary key, at integer)")
        self._log = _opened(self.journal)
        self._parts = [_PartFile(one, is_kept=self.is_resumed) for one in outputs]
        self._old = self._log
        self._old_from = 0
        self._is_in_place = self.is_resumed
        if self.is_resumed:
            self._read_journal()
        else:
            self._log.truncate(0)
            self._log.write(_line(terms))
            self._log.flush()
        self._end = self._header_end

    @property
    def _header_end(self) -> int:
        self._log.seek(0)
        return len(self._log.readline())

    def _read_journal(self) -> None:
        self._log.seek(0)
        at = len(self._log.readline())
        for line in self._log:
            data = _parsed(line)
            if data is None:
                break
            row = (digest(data["name"]), at)
            self._shelf.execute("insert or replace into lines values (?, ?)", row)
            at += len(line)

    def _record(self, name: str) -> _JournalRecord | None:
        query = "select at from lines where mark = ?"
        found = next(rows_in(self._shelf, query, (digest(name),)), None)
        if found is None:
            return None
        at = found[0]
        self._old.seek(at - self._old_from)
        line = self._old.readline()
        data = _parsed(line)
        return None if data is None else _JournalRecord(at, at + len(line), data)

    def known(self, task: FilePath, is_same: Callable[[FileOutcome], bool]) -> FileOutcome | None:
        """Return what came of a file before, where all is as it was.

        Args:
            task: The file.
            is_same: Tells whether a file and its rulebook are what they were.
        """
        if not self.is_resumed:
            return None
        record = self._record(os.fspath(task))
        if record is None:
            return None
        outcome = _outcome(task, record.data)
        is_whole = all(map(_is_whole, record.data["pieces"], self._chunks(outcome, record)))
        return outcome if is_whole and is_same(outcome) else None

    def add(self, outcome: FileOutcome, kept: Iterable[Piece]) -> None:
        """Write what came of a file, of the sheets that are kept."""
        is_kept = [any(piece is one for one in kept) for piece in outcome.pieces]
        record = self._record(outcome.name) if self.is_resumed else None
        chunks = list(self._chunks(outcome, record))
        data = _data(outcome, is_kept, chunks, [part.size for part in self._parts])
        if self._is_in_place and record is not None and self._stands(record, data, chunks):
            self._skip(record, chunks, is_kept)
            return
        if self._is_in_place:
            self._move()
        for row, keeps in zip(chunks, is_kept, strict=True):
            for part, chunk in zip(self._parts, row, strict=True):
                if keeps:
                    part.write(chunk)
        for part in self._parts:
            part.file.flush()
        self._log.write(_line(data))
        self._log.flush()

    def _chunks(
        self, outcome: FileOutcome, record: _JournalRecord | None
    ) -> Iterator[tuple[bytes, ...]]:
        """Yield what each sheet adds to each file: as it was made now, or as it stands there."""
        offsets = list(record.data["at"]) if record is not None else []
        known = record.data["pieces"] if record is not None else []
        for at, piece in enumerate(outcome.pieces):
            if not outcome.is_known or record is None:
                yield piece.shown.chunks
                continue
            row = []
            for number, part in enumerate(self._parts):
                size = known[at]["sizes"][number] if known[at]["kept"] else 0
                format_ = part.output.format
                if size and offsets[number] > len(format_.head):
                    offsets[number] += len(format_.separator)
                row.append(part.at(offsets[number], size) if size else b"")
                offsets[number] += size
            yield tuple(row)

    def _stands(
        self, record: _JournalRecord, data: dict[str, Any], chunks: list[tuple[bytes, ...]]
    ) -> bool:
        """Tell whether all of a file stands already where it would be written."""
        if record.line != self._end or record.data != _plain(data):
            return False
        offsets = list(record.data["at"])
        for row, piece in zip(chunks, record.data["pieces"], strict=True):
            for number, (part, chunk) in enumerate(zip(self._parts, row, strict=True)):
                if piece["kept"] and chunk:
                    is_first = offsets[number] == len(part.output.format.head)
                    lead = b"" if is_first else part.output.format.separator
                    if part.at(offsets[number], len(lead) + len(chunk)) != lead + chunk:
                        return False
                    offsets[number] += len(lead) + len(chunk)
        return True

    def _skip(
        self, record: _JournalRecord, chunks: list[tuple[bytes, ...]], is_kept: Sequence[bool]
    ) -> None:
        self._end = record.end
        for row, keeps in zip(chunks, is_kept, strict=True):
            for part, chunk in zip(self._parts, row, strict=True):
                if keeps and chunk:
                    part.size += len(part.lead) + len(chunk)

    def _move(self) -> None:
        """Put away what follows, and go on behind what is known to be right."""
        self._is_in_place = False
        for part in self._parts:
            part.move()
        self._old, self._old_from = open_temporary(self), self._end
        self._log.seek(self._end)
        shutil.copyfileobj(self._log, self._old)
        self._log.seek(self._end)
        self._log.truncate()

    @property
    def paths(self) -> list[str]:
        """The files, as they will be called."""
        return [part.output.path for part in self._parts]

    def finish(self, sums: CheckSums) -> None:
        """Make the files of the parts; the journal goes last."""
        if self._is_in_place:
            self._move()
        for part in self._parts:
            with writing(part.output.path):
                _finish(part, sums)
        self.close()
        with writing(self.journal):
            Path(self.journal).unlink()

    def close(self) -> None:
        """Leave everything as it is."""
        for file in (*(part.file for part in self._parts), self._log):
            file.close()
        self._shelf.close()


def _is_whole(piece: dict[str, Any], chunks: Iterable[bytes]) -> bool:
    """Tell whether what stands in the parts is what was written of a sheet."""
    return bool(piece["sums"] == list(map(crc32, chunks)))


def _finish(part: _PartFile, sums: CheckSums) -> None:
    """Make a file of its part, whole or not at all."""
    part.file.flush()
    part.file.seek(0)
    made = part.output.format.finish(part.file, sums)
    target = Path(part.output.path)
    if made is None:
        os.fsync(part.file.fileno())
        part.file.close()
        Path(part.path).replace(target)
        note_written(target)
        return
    write_pieces(target, made)
    part.file.close()
    Path(part.path).unlink()


def leftovers(outputs: Iterable[Output]) -> list[str]:
    """Return the parts and the journal that an ended run has left."""
    paths = [output.path for output in outputs]
    names = [f"{path}{PART}" for path in paths] + [f"{path}{JOURNAL}" for path in paths[:1]]
    return [name for name in names if os.path.lexists(name)]


_LONGEST_HEADER = 1 << 20


def _header(journal: str) -> dict[str, Any] | None:
    """Return on what terms the run was that left a journal."""
    try:
        with open_regular(journal) as file:
            return _parsed(file.readline(_LONGEST_HEADER))
    except OSError:
        return None


def journal_day(journal: str) -> str | None:
    """Return the day by which the run that left a journal judged what had expired."""
    header = _header(journal)
    day = None if header is None else header.get("today")
    return day if isinstance(day, str) else None


def _same_terms(header: dict[str, Any], terms: dict[str, Any]) -> bool:
    return bool(header == _plain(terms))


def _line(data: dict[str, Any]) -> bytes:
    """Return a line of a journal; by the number at its end it is known to be whole."""
    text = json.dumps(data).encode()
    return b"%s %d\n" % (text, crc32(text))


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Return what a line of a journal says; ``None`` for one that is not as it was written."""
    text, _, number = line.rpartition(b" ")
    if number != b"%d\n" % crc32(text):
        return None
    try:
        data = json.loads(text)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _plain(data: dict[str, Any]) -> Any:
    """Return data as they come back from a journal."""
    return json.loads(json.dumps(data))


def _data(
    outcome: FileOutcome,
    is_kept: Iterable[bool],
    chunks: Iterable[tuple[bytes, ...]],
    offsets: list[int],
) -> dict[str, Any]:
    """Return what the journal says of a file; with the offsets it is where its chunks stand."""
    pieces = [
        {
            "name": piece.name,
            "file": piece.file,
            "trace": list(piece.trace),
            "book": None if piece.book is None else list(piece.book),
            "told": list(piece.shown.told),
            "note": piece.shown.note,
            "sizes": [len(chunk) if keeps else 0 for chunk in row],
            "sums": [crc32(chunk) if keeps else 0 for chunk in row],
            "kept": keeps,
        }
        for piece, row, keeps in zip(outcome.pieces, chunks, is_kept, strict=True)
    ]
    return {
        "name": outcome.name,
        "digest": outcome.digest,
        "setting": outcome.setting,
        "aside": list(outcome.aside),
        "answers": list(outcome.answers),
        "at": offsets,
        "pieces": pieces,
    }


def _trace(data: Sequence[Any]) -> SheetTrace:
    name, project, is_typed, offices = data
    return SheetTrace(name, project, is_typed, tuple(offices))


def _outcome(task: FilePath, data: dict[str, Any]) -> FileOutcome:
    """Return what the journal says came of a file; its chunks stand in the parts."""
    pieces = tuple(
        Piece(
            name=one["name"],
            file=one["file"],
            trace=_trace(one["trace"]),
            book=None if one["book"] is None else Book(*one["book"]),
            shown=SheetShown("", tuple(one["told"]), one["note"], ()),
            was_kept=one["kept"],
        )
        for one in data["pieces"]
    )
    return FileOutcome(
        task=task,
        pieces=pieces,
        aside=tuple(data["aside"]),
        digest=data["digest"],
        answers=tuple(data["answers"]),
        setting=data["setting"],
        is_known=True,
    )
