"""Several documents bound to one (合订本): a title, a table of contents, and the parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from perfeval.documents.form.grid import Table
from perfeval.documents.texts.narrative import Narrative
from perfeval.documents.titles import draft_line

_PART_BLOCKS = 25
"""How many paragraphs count as one part."""


class BoundPart(NamedTuple):
    """A document among others.

    Attributes:
        title: How the table of contents calls it.
        content: The document.
    """

    title: str
    content: Narrative | Table


@dataclass(frozen=True, slots=True)
class Bound:
    """Several documents as one.

    Attributes:
        title: The title of the whole.
        parts: The documents, in their order.
        stamp: Versions of perfeval and the rulebooks, for the file's properties.
    """

    title: str
    parts: tuple[BoundPart, ...]
    stamp: str

    @property
    def asked(self) -> int:
        """How many places of all the texts ask for something."""
        texts = (part.content for part in self.parts)
        return sum(text.asked for text in texts if isinstance(text, Narrative))

    @property
    def draft(self) -> str:
        """What stands above the title while one of the parts is no final text; else empty.

        The texts of the whole stand first, and say it of all its sheets.
        """
        texts = (part.content for part in self.parts)
        caveats = (text.caveat for text in texts if isinstance(text, Narrative) and text.caveat)
        return draft_line(self.asked, next(caveats, ""))


def volumes(bound: Bound, most: int) -> tuple[Bound, ...]:
    """Return a bound document in volumes (分册), each with its own table of contents.

    Args:
        bound: The document.
        most: How many parts a volume has at most; a long text counts as several.

    Returns:
        The document alone where its parts fit into one volume.
    """
    found = list(_shared_out(bound.parts, most))
    if len(found) <= 1:
        return (bound,)
    return tuple(
        Bound(f"{bound.title}（第{number}册，共{len(found)}册）", parts, bound.stamp)
        for number, parts in enumerate(found, 1)
    )


def _shared_out(parts: Sequence[BoundPart], most: int) -> Iterator[tuple[BoundPart, ...]]:
    """Yield the parts of each volume, in their order."""
    volume: list[BoundPart] = []
    counted = 0
    for part in parts:
        count = _count(part)
        if volume and counted + count > most:
            yield tuple(volume)
            volume, counted = [], 0
        volume.append(part)
        counted += count
    if volume:
        yield tuple(volume)


def _count(part: BoundPart) -> int:
    """Return as how many parts one counts: a text of many paragraphs is as long as several."""
    text = part.content
    return max(1, len(text.blocks) // _PART_BLOCKS) if isinstance(text, Narrative) else 1


def bind(title: str, parts: Sequence[tuple[str, Narrative | Table]]) -> Bound:
    """Bind documents.

    Args:
        title: The title of the whole.
        parts: For each document what the table of contents calls it, and the document.
    """
    bound = tuple(BoundPart(name, content) for name, content in parts)
    stamps = dict.fromkeys(part.content.stamp for part in bound)
    return Bound(title, bound, "；".join(stamps))
