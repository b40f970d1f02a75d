"""Older documents (.doc, WPS .wps): paragraphs and tables of Word 97–2003."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from perfeval.carriers.compound import CompoundFile
from perfeval.carriers.limits import Allowance, CarrierRefusalError, broken, locked, too_much
from perfeval.carriers.symbols import shown_symbol
from perfeval.carriers.tables import Flow, LooseCell, LooseRow, LooseTable
from perfeval.carriers.values import CarriedDocument, CarrierKind, Remark, RemarkKind, counted
from perfeval.carriers.word_binary import WordFile, properties
from perfeval.places import TablePlace, TextPlace

STREAM = "WordDocument"
_WORD_97 = 0xA5EC
_FIRST_VERSION = 0x00C1
_IS_LOCKED, _USES_TABLE_1 = 0x0100, 0x0200
_TEXT, _FOOTNOTES, _HEADERS, _COMMENTS, _ENDNOTES, _BOXES = 0x4C, 0x50, 0x54, 0x5C, 0x60, 0x64
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_DEFINITION, _VERTICAL = 0xD608, 0xD62B
_DELETED, _INSERTED, _HIDDEN, _SYMBOL = 0x0800, 0x0801, 0x083C, 0x6A09
_SAME_EDGE = 40
"""Edges that are nearer to each other than this, in twentieths of a point, are one."""
_MOST_COLUMNS = 64
_MOST_DEPTH = 20
_SHOWN = {"\x0b": "\n", "\x1e": "-", "\x1f": "", "\xa0": " ", "\x09": "\t"}
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_PICTURES = "\x01\x08"
_WINGDINGS = "Wingdings"
_FIRST_PRIVATE, _LAST_PRIVATE = chr(0xF000), chr(0xF100)
"""Where the letters of symbol fonts stand; which font it is, other programs do not always say."""


def read_doc(compound: CompoundFile, allowance: Allowance) -> CarriedDocument:
    """Read a document."""
    main = compound.stream(STREAM)
    try:
        word = _opened(compound, main)
        reader = _DocReader(word, allowance)
        reader.read(0, word.count(_TEXT))
        before = sum(map(word.count, (_TEXT, _FOOTNOTES, _HEADERS, _COMMENTS, _ENDNOTES)))
        reader.read(before, before + word.count(_BOXES))
    except (struct.error, IndexError) as error:
        raise broken("文件的内容读不出来") from error
    remarks = reader.remarks()
    if any(name.startswith("_VBA_PROJECT") for name in compound.names()):
        remarks.append(Remark(RemarkKind.MACROS, "文件里有宏，没有运行"))
    return CarriedDocument(CarrierKind.DOC, reader.flow.parts(), tuple(remarks))


def _opened(compound: CompoundFile, main: bytes) -> WordFile:
    kind, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 10)
    if kind != _WORD_97 or version < _FIRST_VERSION:
        raise CarrierRefusalError(
            "这是 Word 95 或更早的文件，没有读取", "请用 WPS 或 Office 打开，另存为 .docx 再试"
        )
    if flags & _IS_LOCKED:
        raise locked()
    table = "1Table" if flags & _USES_TABLE_1 else "0Table"
    if table not in compound:
        raise broken("文件的目录读不出来")
    data = compound.stream("Data") if "Data" in compound else b""
    return WordFile(main, compound.stream(table), data)


class _RowShape(NamedTuple):
    """The edges of a row's cells, and how each is merged with its neighbours."""

    edges: tuple[int, ...]
    merged: tuple[int, ...]
    above: tuple[int, ...]


_NO_SHAPE = _RowShape((), (), ())


class _ParagraphKind(NamedTuple):
    """How deep in tables a paragraph stands, and what its mark ends."""

    depth: int
    is_row: bool
    is_inner_cell: bool
    shape: _RowShape


class _Ending(NamedTuple):
    """The end of a paragraph, and whether it ends a cell."""

    kind: _ParagraphKind
    is_cell: bool


class _OpenRow:
    """A table that is being read: its rows of texts with their shapes."""

    def __init__(self, table: LooseTable) -> None:
        self.table = table
        self.rows: list[tuple[list[str], _RowShape]] = []
        self.cells: list[str] = []
        self.paragraphs: list[str] = []

    def here(self) -> TablePlace:
        """Return the place of the cell that is read now."""
        return TablePlace(self.table.number, len(self.rows) + 1, len(self.cells) + 1)


class _DocReader:
    """Walks the text mark by mark."""

    def __init__(self, word: WordFile, allowance: Allowance) -> None:
        self.flow = Flow(allowance)
        self._word = word
        self._allowance = allowance
        self._open: list[_OpenRow] = []
        self._count = self._paragraphs = 0
        self._pieces: list[str] = []
        self._instructions: list[bool] = []
        self._changes = self._hidden = self._pictures = 0
        self._unseen: list[tuple[int, int]] = []
        self._symbols: dict[int, str] = {}
        self._kinds: dict[int, _ParagraphKind] = {}
        self._note_letters()

    def _note_letters(self) -> None:
        """Note the stretches of the file that are not shown, and letters that show another one."""
        for stretch in self._word.characters():
            for code, operand in properties(stretch.properties):
                is_on = operand[:1] == b"\x01"
                self._changes += is_on and code in (_DELETED, _INSERTED)
                self._hidden += is_on and code == _HIDDEN
                if code == _SYMBOL and len(operand) == 4:
                    letter = f"{operand[3]:02X}{operand[2]:02X}"
                    self._symbols[stretch.start] = shown_symbol(_WINGDINGS, letter)
                elif is_on and code in (_DELETED, _HIDDEN):
                    self._unseen.append((stretch.start, stretch.end))
        self._unseen.sort()

    def _is_unseen(self, place: int) -> bool:
        at = bisect_right(self._unseen, (place, 1 << 32)) - 1
        return at >= 0 and place < self._unseen[at][1]

    def read(self, start: int, end: int) -> None:
        """Read a stretch of the text."""
        for letter, place in self._letters(start, end):
            if letter in "\r\x07\x0c":
                self._end_paragraph(letter, place)
            else:
                self._take(letter, place)
        self._close(0)

    def _letters(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        """Return each letter of a stretch with its place in the file."""
        most = self._allowance.limits.characters
        for piece in self._word.pieces:
            if piece.end <= start or piece.start >= end:
                continue
            width = 1 if piece.is_narrow else 2
            text = self._word.text(piece, most)
            most -= len(text)
            for index in range(max(start - piece.start, 0), min(len(text), end - piece.start)):
                yield text[index], piece.offset + index * width

    def _take(self, letter: str, place: int) -> None:
        if letter == _FIELD:
            self._instructions.append(True)
        elif letter == _RESULT and self._instructions:
            self._instructions[-1] = False
        elif letter == _FIELD_END and self._instructions:
            self._instructions.pop()
        elif letter in _PICTURES:
            self._pictures += not any(self._instructions)
        elif not any(self._instructions[-_MOST_DEPTH:]):
            shown = self._symbols.get(place, letter)
            if _FIRST_PRIVATE <= shown < _LAST_PRIVATE:
                shown = shown_symbol(_WINGDINGS, f"{ord(shown):X}")
            if (shown >= " " or shown in _SHOWN) and not self._is_unseen(place):
                self._pieces.append(_SHOWN.get(shown, shown))

    def _end_paragraph(self, mark: str, place: int) -> None:
        text = "".join(self._pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._pieces = []
        ending = self._ending(mark, place)
        self._paragraphs += 1
        if self._paragraphs > self._allowance.limits.cells:
            raise too_much(f"段落超过 {self._allowance.limits.cells} 个")
        self._close(ending.kind.depth)
        while len(self._open) < ending.kind.depth:
            table = self.flow.begin_table()
            if self._open:
                table.inside = self._open[-1].here()
            self._open.append(_OpenRow(table))
        if not self._open:
            self._count += 1
            self.flow.line(text, TextPlace(self._count, 1, is_paragraph=True))
            return
        row = self._open[-1]
        if ending.kind.is_row:
            self._allowance.cell()
            row.rows.append((row.cells, ending.kind.shape))
            row.cells, row.paragraphs = [], []
            return
        row.paragraphs.append(text)
        if ending.is_cell:
            self._allowance.cell()
            row.cells.append("\n".join(row.paragraphs).strip("\n"))
            row.paragraphs = []

    def _ending(self, mark: str, place: int) -> _Ending:
        number = self._word.paragraph_at(place)
        kind = self._kinds.get(number)
        if kind is None:
            kind = self._kinds[number] = self._paragraph_kind(number)
        is_cell = kind.depth > 0 and not kind.is_row and (mark == "\x07" or kind.is_inner_cell)
        return _Ending(kind, is_cell)

    def _paragraph_kind(self, number: int) -> _ParagraphKind:
        depth, flags = 0, set()
        shape, vertical = b"", {}
        for code, operand in self._word.paragraph(number):
            if code == _DEPTH:
                depth = int.from_bytes(operand, "little")
            elif code == _DEFINITION:
                shape = operand
            elif code == _VERTICAL and len(operand) >= 2:
                vertical[operand[0]] = operand[1]
            elif operand[:1] == b"\x01":
                flags.add(code)
        if depth == 0 and (_IN_TABLE in flags or _ROW_END in flags):
            depth = 1
        is_row = depth > 0 and bool(flags & {_ROW_END, _INNER_ROW})
        return _ParagraphKind(
            depth=min(depth, _MOST_DEPTH),
            is_row=is_row,
            is_inner_cell=_INNER_CELL in flags,
            shape=_shape(shape, vertical) if is_row else _NO_SHAPE,
        )

    def _close(self, depth: int) -> None:
        """Close the tables that are deeper than a depth."""
        while len(self._open) > depth:
            row = self._open.pop()
            if row.cells or row.paragraphs:  # a row whose end is missing
                row.rows.append(([*row.cells, *row.paragraphs], _NO_SHAPE))
            _lay(row.table, row.rows, self._allowance)
            self.flow.end_table()

    def remarks(self) -> list[Remark]:
        """Return what is said of the document."""
        return counted(
            (self._changes, RemarkKind.TRACKED_CHANGES, "有 {} 处修订，按全部接受读取"),
            (self._hidden, RemarkKind.HIDDEN_TEXT, "有 {} 处隐藏文字，没有读取"),
            (self._pictures, RemarkKind.NOT_READ, "有 {} 张图片或图形，里面的字没有读取"),
        )


def _shape(definition: bytes, vertical: dict[int, int]) -> _RowShape:
    """Read the definition of a row: how many cells, their edges, and what is merged."""
    count = min(definition[0], _MOST_COLUMNS) if definition else 0
    if len(definition) < 1 + 2 * (count + 1):
        return _NO_SHAPE
    edges = struct.unpack_from(f"<{count + 1}h", definition, 1)
    merged, above = [], []
    for index in range(count):
        at = 1 + 2 * (count + 1) + 20 * index
        flags = int.from_bytes(definition[at : at + 2], "little")
        merged.append(flags & 3)
        above.append(vertical.get(index, flags >> 5 & 3))
    return _RowShape(edges, tuple(merged), tuple(above))


def _lay(table: LooseTable, rows: list[tuple[list[str], _RowShape]], allowance: Allowance) -> None:
    """Put the rows into the table, each cell as wide as the edges of all rows say."""
    edges: list[int] = []
    for edge in sorted({edge for _, shape in rows for edge in shape.edges}):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    for texts, shape in rows:
        row = table.add_row(allowance)
        if len(shape.edges) != len(texts) + 1:
            row.cells = [LooseCell(text) for text in texts]
        else:
            _lay_row(row, texts, shape, edges)


def _lay_row(row: LooseRow, texts: list[str], shape: _RowShape, edges: list[int]) -> None:
    row.before = _nearest(edges, shape.edges[0])
    first_of_set = 0
    for index, text in enumerate(texts):
        width = _nearest(edges, shape.edges[index + 1]) - _nearest(edges, shape.edges[index])
        merged = shape.merged[index]
        if merged and first_of_set and merged != first_of_set:
            row.cells[-1].columns += max(width, 0)
            continue
        first_of_set = merged
        goes_on = shape.above[index] == 1
        row.cells.append(LooseCell("" if goes_on else text, max(width, 1), goes_on=goes_on))


def _nearest(edges: list[int], edge: int) -> int:
    return max((index for index, near in enumerate(edges) if near <= edge), default=0)
