"""The text of a document as one run of characters, each of which knows where it was printed.

Offices justify, break and cut their lines; a page number may stand within a sentence.  So white
space and page numbers are left out and the width of characters is made one before anything is
read, and every place that is told is the place in the document as it was given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perfeval.accounts.data import Limit, limit
from perfeval.places import PageBox, PagePlace, Place, TextPlace
from perfeval.radicals import UNIFIED

_WIDTHS = {plain: chr(ord(plain) + ord("\uff01") - ord("!")) for plain in "0123456789%.-X_"}
_PAIRS = {
    "[": "〔",
    "]": "〕",
    "\u2212": "-",
    "\u2013": "-",
    "\ufe6a": "%",
    ";": "；",
    ":": "：",
    "(": "（",
    ")": "）",
}
_READ_AS = {
    **{chr(code): letter for code, letter in UNIFIED.items()},
    **{wide: narrow for narrow, wide in _WIDTHS.items()},
    **_PAIRS,
}
_READ_ELSE = re.compile(f"[{re.escape(''.join(_READ_AS))}]")


def plain(text: str) -> str:
    """Return a text in which nothing is full-width, a radical or typed in another way.

    Every letter stays one letter.

    >>> plain("⽀出（12%）")
    '支出（12%）'
    """
    return _READ_ELSE.sub(lambda found: _READ_AS[found[0]], text)


_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9]{3}(?![0-9]))")
_CHUNK = re.compile(r"[^\s\u200b\ufeff]+")
_QUOTED = re.compile(
    "[\"\uff02\u300c\u300e\u2018\u201c\u201d'](三公)[\"\uff02\u300d\u300f\u2019\u201c\u201d']"
)
"""Two words that are always quoted, by whatever marks."""
_FORM_FEED = "\f"
_NUMBER_ALONE = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_ALONE = re.compile(r"[0-9]{1,3}")
_FRAMED = re.compile(
    r"[-—·]+[0-9]{1,3}[-—·]+|第[0-9]{1,3}页(?:共[0-9]{1,3}页)?|[0-9]{1,3}/[0-9]{1,3}"
)

_OWN_NUMBER = r"[-—·|第]*[0-9]{1,3}(?:/[0-9]{1,3}|页共[0-9]{1,3}页|[-—·|页]+)"
_MARK_BEHIND = re.compile("[，。；：、;:（）()]")
_PAGE_OF_HEAD = re.compile(rf"^{_OWN_NUMBER}|{_OWN_NUMBER}$")
"""A page number beside a running head."""
_BARE_PAGE = re.compile(r"(?<![0-9.,%])[0-9]{1,3}$")
"""What is one only if it counts on with the pages."""
_AMOUNT = re.compile(r"[0-9][.,][0-9]")
"""What no running head has: the row of a table may stand at the head of several pages."""
_MAY_BE_HEAD = re.compile(r"(?:(?!单位：)[^，。；])*[^\W\d]{2}(?:(?!单位：)[^，。；])*")
_NO_HEAD = re.compile("表(?:（[^）]*）)?$")
"""The title of a table or a form, which may stand at the head of page after page."""
_EACH_SECOND = 2
_LEAST_PAGES = limit(Limit.HEADS)


class TextLine(NamedTuple):
    """A line or a paragraph of a document, or a row of a table with spaces between its cells.

    Attributes:
        text: What it says, without its end.
        place: Where it stands; of a row, where its first cell does.
        cells: Where each cell of a row begins in its text, with the place of the cell.
    """

    text: str
    place: Place
    cells: tuple[tuple[int, Place], ...] = ()

    def place_at(self, column: int) -> Place:
        """Return the place of its character at a column, from 0."""
        if isinstance(self.place, TextPlace):
            return TextPlace(self.place.line, self.place.column + column)
        if isinstance(self.place, PagePlace) and self.place.box and not self.cells:
            return PagePlace(self.place.page, self.place.line, self._box_at(column, self.place.box))
        begun = (place for start, place in reversed(self.cells) if start <= column)
        return next(begun, self.place)

    def _box_at(self, column: int, box: PageBox) -> PageBox:
        """Return about where on its page the words from a column on stand, up to the next mark.

        A letter of Chinese is twice as wide as a figure; that is near enough for a frame.
        """
        left, top, right, bottom = box
        mark = _MARK_BEHIND.search(self.text, column + 1)
        behind = mark.start() if mark else len(self.text)
        whole = max(_wide(self.text), 1)
        begin, end = (
            left + (right - left) * _wide(self.text[:at]) / whole for at in (column, behind)
        )
        return begin, top, end, bottom


def _wide(text: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in text)


class Spot(NamedTuple):
    """Where a character was printed; all count from 1.

    Attributes:
        page: The page; ``None`` where the document has none.
        line: The line of the text, or of the page where the document has lines by pages.
        column: The character within the line.

    >>> AccountText([TextLine("总计 80 万元", TextPlace(7, 1))]).spot(2)
    Spot(page=None, line=7, column=4)
    """

    page: int | None
    line: int
    column: int


class _Chunk(NamedTuple):
    """A run of characters without white space: where it begins in the whole and in its line."""

    start: int
    line: int
    column: int


class AccountText:
    """A document as one run of characters.

    Attributes:
        text: Its characters without white space, of one width.
        lines: Its lines as they were given.
        starts: Where in `text` each line begins that is no page number, with its number from 0.
    """

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = tuple(lines)
        self.pages = tuple(_pages(self.lines))
        self._chunks: list[_Chunk] = []
        self.starts: list[tuple[int, int]] = []
        skipped = _page_numbers(self.lines, self.pages)
        skipped |= _running_heads(self.lines, self.pages, skipped)
        parts: list[str] = []
        length = 0
        for number, line in enumerate(self.lines):
            if number in skipped:
                continue
            if parts and _is_apart(parts[-1], self.lines[self._chunks[-1].line], line):
                parts.append(" ")
                self._chunks.append(_Chunk(length, number, 0))
                length += 1
            self.starts.append((length, number))
            for piece in self._pieces(number, line.text, length):
                parts.append(piece)
                length += len(piece)
        self.text = _QUOTED.sub(r"“\1”", _COMMA.sub("，", "".join(parts)))
        self._begins = [chunk.start for chunk in self._chunks]

    def _pieces(self, number: int, text: str, length: int) -> Iterator[str]:
        """Yield the runs of one line; a blank is kept between two numbers that stand apart."""
        before = ""
        add = self._chunks.append
        for found in _CHUNK.finditer(plain(text)):
            piece, at = found[0], found.start()
            if before and before[-1].isdigit() and _stand_apart(before, piece):
                add(_Chunk(length, number, at))
                yield " "
                length += 1
            add(_Chunk(length, number, at))
            yield piece
            length += len(piece)
            before = piece

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """Yield where each line begins and ends in `text`, with its number from 0."""
        ends = (*(start for start, _ in self.starts[1:]), len(self.text))
        for (start, number), end in zip(self.starts, ends, strict=False):
            yield start, end, number

    def starts_within(self, start: int, end: int) -> list[int]:
        """Return where lines begin in a part of `text`."""
        first = bisect_left(self.starts, (start, -1))
        return [at for at, _ in self.starts[first : bisect_left(self.starts, (end, -1))]]

    def _at(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 0, of a character of `text`."""
        if not self._chunks:
            return 0, 0
        chunk = self._chunks[max(bisect_right(self._begins, offset) - 1, 0)]
        return chunk.line, chunk.column + offset - chunk.start

    def spot(self, offset: int) -> Spot:
        """Return where a character of `text` was printed."""
        number, column = self._at(offset)
        if not self.lines:
            return Spot(None, 1, 1)
        place = self.lines[number].place
        if isinstance(place, PagePlace):
            return Spot(place.page, place.line, column + 1)
        if isinstance(place, TextPlace):
            return Spot(self.pages[number], place.line, place.column + column)
        return Spot(self.pages[number], number + 1, column + 1)

    def place(self, offset: int) -> Place:
        """Return the place of a character of `text` as findings have it."""
        number, column = self._at(offset)
        return self.lines[number].place_at(column) if self.lines else TextPlace(1, 1)

    def where(self, offset: int) -> str:
        """Say in words where a character of `text` was printed."""
        place = self.place(offset)
        return f"第 {place.line} 行" if isinstance(place, TextPlace) else str(place)

    def line_at(self, offset: int) -> str:
        """Return the line, as it was given, in which a character of `text` stands."""
        return self.lines[self._at(offset)[0]].text if self.lines else ""

    def printed(self, start: int, end: int) -> str:
        """Return what was printed from one character of `text` to another, without line ends."""
        first, left = self._at(start)
        last, right = self._at(max(end - 1, start))
        if first == last:
            return self.lines[first].text[left : right + 1]
        return self.text[start:end]


def _is_apart(before: str, last: TextLine, line: TextLine) -> bool:
    """Tell whether a figure ends before a line and another begins on it: rows, or numbers alone."""
    if not before[-1:].isdigit() or not line.text.strip()[:1].isdigit():
        return False
    texts = (plain(item.text).strip() for item in (line, last))
    return bool(last.cells or line.cells or any(map(_NUMBER_ALONE.fullmatch, texts)))


def _stand_apart(before: str, piece: str) -> bool:
    """Tell whether two runs of one line are two numbers and not one with a blank in it."""
    if not (before[-1:].isdigit() and piece[:1].isdigit()):
        return False
    return len(before) > 1 or len(piece) > 1


def _pages(lines: Sequence[TextLine]) -> Iterator[int | None]:
    """Yield the page of each line: of its place, or by the form feeds of a text."""
    has_feeds = any(_FORM_FEED in line.text for line in lines)
    page = 1
    for line in lines:
        page += line.text.count(_FORM_FEED)
        yield line.place.page if isinstance(line.place, PagePlace) else page if has_feeds else None


def _page_numbers(lines: Sequence[TextLine], pages: Sequence[int | None]) -> set[int]:
    """Return which lines are page numbers: framed ones, and bare ones where a page ends or begins.

    A bare number within a page may be a cell of a table, unless such numbers count on by one.
    """
    filled = [at for at, line in enumerate(lines) if line.text.strip()]
    alone: list[int] = []
    found: set[int] = set()
    for index, at in enumerate(filled):
        text = plain("".join(lines[at].text.split()))
        if _FRAMED.fullmatch(text):
            found.add(at)
        elif _ALONE.fullmatch(text):
            alone.append(at)
            around = [filled[near] for near in (index - 1, index + 1) if 0 <= near < len(filled)]
            if len(around) < 2 or any(pages[near] != pages[at] for near in around):
                found.add(at)
    return found | _counting(lines, alone)


class _Edge(NamedTuple):
    """The first or the last line of a page: what it says, on which page, and its number from 0."""

    is_first: bool
    name: str
    page: int
    at: int


def _running_heads(
    lines: Sequence[TextLine], pages: Sequence[int | None], numbers: set[int]
) -> set[int]:
    """Return the lines at the head or foot of page after page.

    The first head and the last foot stay, as nothing that goes on overleaf is cut by them.
    """
    counted = _counted_pages(lines, pages, numbers)
    found: set[int] = set()
    seen = set(numbers)
    while more := _repeated(_edges_of_pages(lines, counted, seen)):
        for run in more:
            seen.update(edge.at for edge in run)
            found.update(edge.at for edge in (run[1:] if run[0].is_first else run[:-1]))
    return found


def _counted_pages(
    lines: Sequence[TextLine], pages: Sequence[int | None], numbers: set[int]
) -> list[int]:
    """Return the page of each line; a text without pages has them up to each page number."""
    counted, page = [], 1
    for at in range(len(lines)):
        counted.append(pages[at] or page)
        page += at in numbers
    return counted


def _edges_of_pages(
    lines: Sequence[TextLine], pages: Sequence[int], left_out: set[int]
) -> Iterator[_Edge]:
    """Yield the first and the last line of every page that may be a running head or foot."""
    kept = [at for at, line in enumerate(lines) if at not in left_out and line.text.strip()]
    first = {pages[at]: at for at in reversed(kept)}
    last = {pages[at]: at for at in kept}
    for is_first, found in ((True, first), (False, last)):
        for page, at in sorted(found.items()):
            text = plain("".join(lines[at].text.split()))
            for name in _names_of_head(text, page):
                yield _Edge(is_first, name, page, at)


def _names_of_head(text: str, page: int) -> Iterator[str]:
    """Yield by what a line may be the same on page after page: all of it, or all but its number."""
    whole = _PAGE_OF_HEAD.sub("", text)
    if _may_be_head(whole):
        yield whole
    bare = _BARE_PAGE.search(whole)
    if bare is not None and _may_be_head(whole[: bare.start()]):
        yield f"{whole[: bare.start()]} {int(bare[0]) - page}"


def _may_be_head(name: str) -> bool:
    is_known = _NO_HEAD.search(name) or _AMOUNT.search(name)
    return is_known is None and _MAY_BE_HEAD.fullmatch(name) is not None


def _repeated(edges: Iterable[_Edge]) -> list[list[_Edge]]:
    """Return what stands at one edge of several pages, of each page or of each second."""
    runs: dict[tuple[bool, str], list[list[_Edge]]] = {}
    for edge in edges:
        of_name = runs.setdefault((edge.is_first, edge.name), [[]])
        if of_name[-1] and edge.page - of_name[-1][-1].page > _EACH_SECOND:
            of_name.append([])
        of_name[-1].append(edge)
    return [run for of_name in runs.values() for run in of_name if len(run) >= _LEAST_PAGES]


def _counting(lines: Sequence[TextLine], alone: Sequence[int]) -> set[int]:
    """Return the bare numbers that count on by one from 1, three of them at least."""
    run: list[int] = []
    for at in alone:
        number = int("".join(lines[at].text.split()))
        if number == len(run) + 1:
            run.append(at)
    return set(run) if len(run) > 2 else set()
