"""What is said at a place of somebody's file, and the copy that says it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from perfeval.carriers import CarrierKind
from perfeval.places import Place

AUTHOR = "perfeval 校核"
"""By this name the comments are known that a later marking replaces."""


class MarkKind(Enum):
    """What a remark is; of several at one place, these come in this order."""

    SUMMARY = "summary"
    MISTAKE = "mistake"
    QUESTION = "question"
    NOTE = "note"


class CellRemark(NamedTuple):
    """What is said at a place.

    Attributes:
        place: The cell as `perfeval.carriers` names it; ``None`` for what concerns the whole file,
            which is said with the summary.
        text: What is said; its lines stay lines.
        kind: What it is.
        length: Of how many characters it is said, from the place's column on; 0 for all that
            stands there. Only paragraphs of documents have columns.
    """

    place: Place | None
    text: str
    kind: MarkKind = MarkKind.MISTAKE
    length: int = 0

    def naming(self, cell: str) -> CellRemark:
        """Return the remark as it is said elsewhere than at its cell."""
        return self._replace(text=f"{cell}：{self.text}")


class MarkedCopy(NamedTuple):
    """A copy of a file with the remarks in it.

    Attributes:
        raw: The bytes of the copy.
        kind: What the copy is, which need not be what the file was.
        notes: What its owner should know: remarks that stand elsewhere than at their cell.
    """

    raw: bytes
    kind: CarrierKind
    notes: tuple[str, ...] = ()
