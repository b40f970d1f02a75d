"""Where a run tells what it reads and writes, while somebody records it.

Files are opened in one place (`perfeval.opening`) and written in one other
(`perfeval.documents.writing`); both tell here.  Where nobody records, nothing is kept, and what
keeps it (`perfeval.recorder`) is not loaded: every start of the command passes through here.
"""

from __future__ import annotations

import os
from contextvars import ContextVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from perfeval.recorder import Recorder

RECORDER: ContextVar[Recorder | None] = ContextVar("recorder", default=None)
"""Who records now."""


def recorder() -> Recorder | None:
    """Return who records now, if anybody does."""
    return RECORDER.get()


def note_read(path: str | os.PathLike[str], content: bytes) -> None:
    """Say what was read of a file."""
    current = RECORDER.get()
    if current is not None:
        current.add_read(_absolute(path), content)


def note_kept(path: str | os.PathLike[str]) -> None:
    """Say that a result rests on a file that was read before and has not changed since."""
    current = RECORDER.get()
    if current is not None:
        current.kept.add(_absolute(path))


def note_written(path: str | os.PathLike[str]) -> None:
    """Say that a file was written."""
    current = RECORDER.get()
    if current is not None:
        current.written.add(_absolute(path))


def note_rulebook(stamp: str) -> None:
    """Say by which rulebook something was computed."""
    current = RECORDER.get()
    if current is not None:
        current.rulebooks.add(stamp)


def _absolute(path: str | os.PathLike[str]) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links are not followed
