"""What is kept of what a run reads and writes; see `perfeval.recording`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from perfeval.recording import RECORDER


class FileRead(NamedTuple):
    """What was read of a file: the SHA-256 of these bytes, and how many they were."""

    sha256: str
    bytes: int


def read_of(content: bytes) -> FileRead:
    """Return what is recorded of these bytes."""
    return FileRead(hashlib.sha256(content).hexdigest(), len(content))


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
        found = read_of(content)
        before = self.read.get(path)
        if before is None or before.bytes < found.bytes:
            self.read[path] = found
        if before is None or before.bytes > found.bytes:
            return
        if read_of(content[: before.bytes]) != before:
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


@contextmanager
def recording() -> Iterator[Recorder]:
    """Record what is read and written inside.

    >>> from perfeval.recording import note_rulebook
    >>> with recording() as recorder:
    ...     note_rulebook("hubei-2020 1")
    >>> recorder.rulebooks
    {'hubei-2020 1'}
    """
    recorder = Recorder()
    token = RECORDER.set(recorder)
    try:
        yield recorder
    finally:
        RECORDER.reset(token)
