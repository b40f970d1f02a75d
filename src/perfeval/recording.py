"""What a run reads and writes, while somebody records it.

Files are opened in one place (`perfeval.opening`) and written in one other
(`perfeval.documents.writing`); both tell here.  Where nobody records, nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple


class FileRead(NamedTuple):
    """What was read of a file: the SHA-256 of these bytes, and how many they were."""

    sha256: str
    bytes: int


@dataclass(slots=True)
class Recorder:
    """What was read and written.

    Attributes:
        read: Each file with what was read of it, by its path as it was opened.
        kept: Files that were not opened, as what they held was known already.
        changed: Files that held something else when they were read again.
        written: The files that were written.
        rulebooks: The stamps of the rulebooks that were asked for.
    """

    read: dict[str, FileRead] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    rulebooks: set[str] = field(default_factory=set)

    def add_read(self, path: str, content: bytes) -> None:
        """Add what was read of a file; of two readings the longer one counts.

        One that began otherwise than an earlier one was not of the same file any more.
        """
        found = FileRead(hashlib.sha256(content).hexdigest(), len(content))
        before = self.read.get(path)
        if before is None or before.bytes < found.bytes:
            self.read[path] = found
        if before is not None and before.bytes <= found.bytes:
            begun = hashlib.sha256(content[: before.bytes]).hexdigest()
            if begun != before.sha256:
                self.changed.add(path)

    def merge(self, other: Recorder) -> None:
        """Add what another process recorded."""
        for path, found in other.read.items():
            before = self.read.get(path)
            if before is None or before.bytes < found.bytes:
                self.read[path] = found
            elif before.bytes == found.bytes and before != found:
                self.changed.add(path)
        for mine, theirs in (
            (self.kept, other.kept),
            (self.changed, other.changed),
            (self.written, other.written),
            (self.rulebooks, other.rulebooks),
        ):
            mine.update(theirs)


_RECORDER: ContextVar[Recorder | None] = ContextVar("recorder", default=None)


@contextmanager
def recording() -> Iterator[Recorder]:
    """Record what is read and written inside.

    >>> with recording() as recorder:
    ...     note_written("甲.csv")
    >>> [os.path.basename(path) for path in recorder.written]
    ['甲.csv']
    """
    recorder = Recorder()
    token = _RECORDER.set(recorder)
    try:
        yield recorder
    finally:
        _RECORDER.reset(token)


def recorder() -> Recorder | None:
    """Return who records now, if anybody does."""
    return _RECORDER.get()


def note_read(path: str | os.PathLike[str], content: bytes) -> None:
    """Say what was read of a file."""
    current = _RECORDER.get()
    if current is not None:
        current.add_read(_absolute(path), content)


def note_kept(path: str | os.PathLike[str]) -> None:
    """Say that a result rests on a file that was read before and has not changed since."""
    current = _RECORDER.get()
    if current is not None:
        current.kept.add(_absolute(path))


def note_written(path: str | os.PathLike[str]) -> None:
    """Say that a file was written."""
    current = _RECORDER.get()
    if current is not None:
        current.written.add(_absolute(path))


def note_rulebook(stamp: str) -> None:
    """Say by which rulebook something was computed."""
    current = _RECORDER.get()
    if current is not None:
        current.rulebooks.add(stamp)


def _absolute(path: str | os.PathLike[str]) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links are not followed
