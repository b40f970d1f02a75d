"""Where the letters of a paragraph stand in its bytes, and how its runs are cut between two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

from perfeval.marks.splicing import Splices, tag_end, tag_name

_UNIT = re.compile(r"&[^;&<\s]{1,12};|[^&]", re.DOTALL)
"""What stands for one letter: a reference, or the letter itself."""
_SPACE = "xml:space"
_PRESERVE = ' xml:space="preserve"'


class LetterPiece(NamedTuple):
    """A text of a run: the part of a paragraph's letters that it holds.

    Attributes:
        first: Which letter of the paragraph is its first one, from 0.
        text: Its letters.
        tag: Where its element begins in the bytes.
        run: Where its run begins.
        properties: Where the properties of its run begin and end; equal where there are none.
    """

    first: int
    text: str
    tag: int
    run: int
    properties: tuple[int, int]

    @property
    def last(self) -> int:
        """The letter behind its last one."""
        return self.first + len(self.text)


class LetterSpan(NamedTuple):
    """Some letters of a paragraph.

    Attributes:
        begins: In which text the first of them stands.
        first: Which letter of the paragraph is the first.
        ends: In which text the last of them stands.
        last: The letter behind the last.
    """

    begins: LetterPiece
    first: int
    ends: LetterPiece
    last: int

    @property
    def start(self) -> int:
        """Where it begins in the bytes."""
        return self.begins.tag


def span_of(pieces: Iterable[LetterPiece], first: int, length: int) -> LetterSpan | None:
    """Return some letters of a paragraph; ``None`` where one is not in a text of its own."""
    found = [piece for piece in pieces if piece.first < first + length and piece.last > first]
    if not found or found[0].first > first or found[-1].last < first + length:
        return None
    return LetterSpan(found[0], first, found[-1], first + length)


class RunCutter:
    """Puts elements between two letters, for which the run of both is made two."""

    def __init__(self, splices: Splices) -> None:
        self._splices = splices
        self._kept: set[int] = set()

    def put(self, piece: LetterPiece, letter: int, elements: str) -> None:
        """Put elements before a letter of a text that can be cut, where a run ends beside it."""
        raw = self._splices.raw
        edge = _edge(raw, piece, letter)
        if edge is not None:
            self._splices.put(edge, elements)
            return
        begin, units = _units(raw, piece)
        at = begin + len("".join(units[: letter - piece.first]).encode())
        text_end, run_end = tag_end(raw, piece.tag), tag_end(raw, piece.run)
        opening = raw[piece.tag : text_end].decode()
        if _SPACE not in opening:
            opening = f"{opening[:-1]}{_PRESERVE}>"
            if piece.tag not in self._kept:
                self._kept.add(piece.tag)
                self._splices.put(text_end - 1, _PRESERVE)
        text, run = tag_name(raw, piece.tag), tag_name(raw, piece.run)
        again = raw[piece.run : run_end] + raw[slice(*piece.properties)]
        self._splices.put(at, f"</{text}></{run}>{elements}{again.decode()}{opening}")


def _edge(raw: bytes, piece: LetterPiece, letter: int) -> int | None:
    """Return where a run begins with a letter, or ends before it: it need not be cut there."""
    if letter == piece.first:
        opened = max(tag_end(raw, piece.run), piece.properties[1])
        return piece.run if opened == piece.tag else None
    if letter == piece.last:
        closing = raw.find(b"<", tag_end(raw, piece.tag))
        end = tag_end(raw, closing)
        closes = f"</{tag_name(raw, piece.run)}>".encode()
        return end + len(closes) if raw.startswith(closes, end) else None
    return None


def _units(raw: bytes, piece: LetterPiece) -> tuple[int, list[str]]:
    """Return where a text begins in the bytes, and what stands there for each letter."""
    begin = tag_end(raw, piece.tag)
    return begin, _UNIT.findall(raw[begin : raw.find(b"<", begin)].decode())


def can_be_cut(raw: bytes, piece: LetterPiece) -> bool:
    """Tell whether the bytes of a text are its letters, one after another, and nothing else."""
    return [unescape(unit) for unit in _units(raw, piece)[1]] == list(piece.text)
