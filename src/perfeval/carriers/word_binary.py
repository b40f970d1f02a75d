"""The structures of a Word 97–2003 file: its text in pieces, and what holds for each stretch."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from perfeval.carriers.limits import broken, too_much

_PAIRS = 0x9A
"""Where in the header the places of the other structures begin."""
_CHARACTER_PAGES, _PARAGRAPH_PAGES, _PIECES = 12, 13, 33
_PAGE = 512
_OPERAND_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABLE_DEFINITION, _CHANGED_TABS = 0xD608, 0xC615
_ELSEWHERE = (0x6645, 0x6646)
_MOST_PIECES = 200_000
_MOST_STRETCHES = 300_000

Property = tuple[int, bytes]
"""The code of a property, and its operand."""


class TextPiece(NamedTuple):
    """A stretch of the text: where it begins in it, where in the file, and how it is written."""

    start: int
    end: int
    offset: int
    is_narrow: bool


class Stretch(NamedTuple):
    """A stretch of the file, in bytes, and its properties."""

    start: int
    end: int
    properties: bytes


class WordFile:
    """The header, pieces and properties of a Word file."""

    def __init__(self, main: bytes, table: bytes, data: bytes) -> None:
        self.main, self._table, self._data = main, table, data
        self.pieces = self._text_pieces()
        self._paragraphs = self._stretches(_PARAGRAPH_PAGES, self._paragraph_entries)
        self._starts = [stretch.start for stretch in self._paragraphs]

    def count(self, at: int) -> int:
        """Return a number of characters that stands in the header."""
        (value,) = struct.unpack_from("<i", self.main, at)
        return max(int(value), 0)

    def _structure(self, index: int) -> bytes:
        start, length = struct.unpack_from("<II", self.main, _PAIRS + 8 * index)
        return self._table[start : start + length]

    def _text_pieces(self) -> list[TextPiece]:
        raw, at = self._structure(_PIECES), 0
        while at < len(raw) and raw[at] == 1:
            at += 3 + struct.unpack_from("<H", raw, at + 1)[0]
        if at >= len(raw) or raw[at] != 2:
            raise broken("找不到正文")
        (length,) = struct.unpack_from("<I", raw, at + 1)
        plc = raw[at + 5 : at + 5 + length]
        count = (len(plc) - 4) // 12
        if not 0 < count <= _MOST_PIECES:
            raise broken("找不到正文")
        ends = struct.unpack_from(f"<{count + 1}I", plc)
        pieces = []
        for index in range(count):
            (place,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
            is_narrow = bool(place & 0x40000000)
            offset = (place & 0x3FFFFFFF) // 2 if is_narrow else place & 0x3FFFFFFF
            pieces.append(TextPiece(ends[index], ends[index + 1], offset, is_narrow))
        return pieces

    def text(self, piece: TextPiece, most: int) -> str:
        """Return the text of a piece, no more than a number of letters."""
        letters = min(max(piece.end - piece.start, 0), most)
        if piece.is_narrow:
            raw = self.main[piece.offset : piece.offset + letters]
            return raw.decode("cp1252", "replace")
        raw = self.main[piece.offset : piece.offset + 2 * letters]
        # Half of a pair counts as a letter, so that every letter has its place.
        return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))

    def _stretches(self, index: int, entries: Callable[[bytes], list[Stretch]]) -> list[Stretch]:
        raw = self._structure(index)
        count = max((len(raw) - 4) // 8, 0)
        found: list[Stretch] = []
        seen: set[int] = set()
        for number in range(count):
            (page,) = struct.unpack_from("<I", raw, 4 * (count + 1) + 4 * number)
            start = (page & 0x3FFFFF) * _PAGE
            if start in seen or start + _PAGE > len(self.main):
                continue
            seen.add(start)
            found += entries(self.main[start : start + _PAGE])
            if len(found) > _MOST_STRETCHES:
                raise too_much("段落太多")
        found.sort()
        return found

    @staticmethod
    def _paragraph_entries(page: bytes) -> list[Stretch]:
        count, found = page[511], []
        for index in range(min(count, 29)):
            start, end = struct.unpack_from("<II", page, 4 * index)
            at = page[4 * (count + 1) + 13 * index] * 2
            if at == 0:
                continue
            size = page[at] * 2 - 1 if page[at] else page[at + 1] * 2
            at += 1 if page[at] else 2
            found.append(Stretch(start, end, page[at + 2 : at + size]))
        return found

    @staticmethod
    def _character_entries(page: bytes) -> list[Stretch]:
        count, found = page[511], []
        for index in range(min(count, 101)):
            start, end = struct.unpack_from("<II", page, 4 * index)
            at = page[4 * (count + 1) + index] * 2
            if at:
                found.append(Stretch(start, end, page[at + 1 : at + 1 + page[at]]))
        return found

    def characters(self) -> list[Stretch]:
        """Return the stretches of the file that have properties of letters."""
        return self._stretches(_CHARACTER_PAGES, self._character_entries)

    def paragraph_at(self, place: int) -> int:
        """Return which stretch has the properties of the paragraph that ends at a place.

        Args:
            place: Where the mark at its end stands in the file.

        Returns:
            The number of the stretch, -1 where there is none.
        """
        at = bisect_right(self._starts, place) - 1
        return at if at >= 0 and place < self._paragraphs[at].end else -1

    def paragraph(self, number: int) -> Iterator[Property]:
        """Return the properties of a stretch of paragraphs."""
        if number < 0:
            return
        for code, operand in properties(self._paragraphs[number].properties):
            if code in _ELSEWHERE:
                (start,) = struct.unpack("<I", operand)
                length = int.from_bytes(self._data[start : start + 2], "little")
                yield from properties(self._data[start + 2 : start + 2 + length])
            else:
                yield code, operand


def properties(raw: bytes) -> Iterator[Property]:
    """Return the properties of a list, as far as it is whole."""
    at = 0
    while at + 2 < len(raw):
        (code,) = struct.unpack_from("<H", raw, at)
        at += 2
        size = _OPERAND_SIZES.get(code >> 13)
        if size is None:
            if code == _TABLE_DEFINITION:
                size = int.from_bytes(raw[at : at + 2], "little") - 1
                at += 2
            elif code == _CHANGED_TABS and raw[at] == 0xFF:
                return
            else:
                size = raw[at]
                at += 1
        if size < 0 or at + size > len(raw):
            return
        yield code, raw[at : at + size]
        at += size
