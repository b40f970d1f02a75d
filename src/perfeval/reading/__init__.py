"""What offices have (Word, Excel, PDF, pages) → sheets, each value with its place.

Nobody has confirmed what is read here: what was assumed and what was not read is said beside it.
Blank cells stay blank, and a value that cannot be told for certain is not read.
"""

from __future__ import annotations

from perfeval.later import loader

TYPE_CHECKING = False  # type checkers read it as true
if TYPE_CHECKING:
    from perfeval.reading.files import read as read
    from perfeval.reading.model import ReadDocument as ReadDocument
    from perfeval.reading.model import ReadingNote as ReadingNote
    from perfeval.reading.model import ReadTable as ReadTable
    from perfeval.reading.model import UnreadPart as UnreadPart

_HOMES = {
    "ReadDocument": "model",
    "ReadTable": "model",
    "ReadingNote": "model",
    "UnreadPart": "model",
    "read": "files",
}
__all__ = [*_HOMES]  # noqa: PLE0604 - the keys are the public names
__getattr__ = loader(__name__, _HOMES)
