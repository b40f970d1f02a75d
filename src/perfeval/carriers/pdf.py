"""PDF: tables by the lines that are drawn, text by where its letters stand, both checked."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import process_time
from typing import Any

from perfeval.carriers.enclosure import ENCLOSED_FILE, Enclosures
from perfeval.carriers.extras import optional
from perfeval.carriers.limits import Allowance, CarrierRefusalError, broken, locked, too_much
from perfeval.carriers.page_tables import (
    SAME_EDGE,
    Box,
    PageLine,
    PageTable,
    joined_tables,
    page_lines,
    page_tables,
)
from perfeval.carriers.values import (
    CarriedCell,
    CarriedDocument,
    CarriedGrid,
    CarriedLine,
    CarriedPart,
    CarriedText,
    CarrierKind,
    Remark,
    RemarkKind,
)
from perfeval.places import PagePlace
from perfeval.radicals import unified

_WHAT = "PDF 文件"
_STREAM = re.compile(rb"stream\r?\n")
_TWICE_PACKED = re.compile(rb"/Fl(?:ateDecode)?\s+/Fl(?:ateDecode)?\b")
_IS_DATA = (b"/Image", b"/Length1", b"/Length3", b"/FontFile", b"/Type1C", b"/CIDFontType0C")
_BEFORE = 400
"""How much before a stream is looked through for what it is."""
_MOST_STREAMS = 50_000
_MOST_DRAWN = 3 << 20
"""Bytes of one page's drawing: more letters than these no page has that a person reads."""
_MOST_SECONDS = 120
_MOST_DIFFERENT = 50
"""One letter of so many may be read differently by the two readers."""
_MOST_NAMED = 50
_MOST_ATTACHED = 100
_UNNAMED = re.compile(r"\(cid:[0-9]+\)")


def read_pdf(raw: bytes, allowance: Allowance) -> CarriedDocument:
    """Read a PDF."""
    plumber: Any = optional("pdfplumber", _WHAT)
    pdfium: Any = optional("pypdfium2", _WHAT)
    _check_streams(raw, allowance)
    with _quiet():
        try:
            return _Reader(raw, plumber, pdfium, allowance).document()
        except CarrierRefusalError:
            raise
        except Exception as error:  # both libraries raise whatever a damaged object leads to
            if b"/Encrypt" in raw:
                raise locked() from error
            raise broken("PDF 的内容读不出来") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's warnings about damaged files from the user's terminal."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _check_streams(raw: bytes, allowance: Allowance) -> None:
    """Unpack every stream without keeping it, and refuse what is too long."""
    if _TWICE_PACKED.search(raw):
        raise too_much("内容压缩了两次")
    left = allowance.limits.unpacked
    for count, found in enumerate(_STREAM.finditer(raw)):
        if count > _MOST_STREAMS:
            raise too_much(f"内容超过 {_MOST_STREAMS} 段")
        before = raw[max(found.start() - _BEFORE, 0) : found.start()].rpartition(b" obj")[2]
        is_data = any(mark in before for mark in _IS_DATA)
        most = allowance.limits.part if is_data else _MOST_DRAWN
        size = _unpacked_size(raw, found.end(), most)
        left -= size
        if size > most or left < 0:
            raise too_much("内容解压后太大")


def _unpacked_size(raw: bytes, start: int, most: int) -> int:
    """Return how long a packed stream is, as far as it is not longer than allowed."""
    unpacking = zlib.decompressobj()
    size, at = 0, start
    data = raw[at : at + 65_536]
    try:
        while data and size <= most and not unpacking.eof:
            size += len(unpacking.decompress(data, 1 << 20))
            data = unpacking.unconsumed_tail
            if not data:
                at += 65_536
                data = raw[at : at + 65_536]
    except zlib.error:
        pass
    return size


class _Reader:
    """Reads page by page: what would be too much for the second reader the first one counts."""

    def __init__(self, raw: bytes, plumber: Any, pdfium: Any, allowance: Allowance) -> None:
        self._raw, self._plumber, self._pdfium = raw, plumber, pdfium
        self._allowance = allowance
        self._pages: list[tuple[list[PageLine], list[PageTable]]] = []
        self._scans: list[int] = []
        self._doubtful: list[int] = []
        self._crossed: list[CarriedCell] = []
        self._started = process_time()

    def document(self) -> CarriedDocument:
        """Return all pages."""
        counted = self._pdfium.PdfDocument(self._raw)
        if len(counted) > self._allowance.limits.pages:
            raise too_much(f"页数超过 {self._allowance.limits.pages} 页")
        with self._plumber.open(io.BytesIO(self._raw)) as book:
            for number in range(1, len(counted) + 1):
                if process_time() - self._started > _MOST_SECONDS:
                    raise too_much(f"内容读了 {_MOST_SECONDS} 秒还没有读完")
                text = self._counted(counted, number)
                self._page(book.pages[number - 1], number, text)
                book.pages[number - 1].close()
        enclosures = _enclosures(counted, self._pdfium.PdfiumError)
        counted.close()
        parts = self._parts()
        remarks = (*self._remarks(parts), *enclosures.remarks())
        return CarriedDocument(CarrierKind.PDF, parts, remarks, tuple(enclosures.texts))

    def _counted(self, counted: Any, number: int) -> str:
        page = counted[number - 1]
        most = self._allowance.limits.page_marks
        if self._pdfium.raw.FPDFPage_CountObjects(page) > most:
            raise too_much(f"第 {number} 页的线条和图形超过 {most} 个")
        words = page.get_textpage()
        if words.count_chars() > most:
            raise too_much(f"第 {number} 页的字超过 {most} 个")
        text = str(words.get_text_range())
        words.close()
        page.close()
        return text

    def _page(self, page: Any, number: int, text: str) -> None:
        letters = page.chars
        for letter in letters:
            letter["text"] = unified(letter["text"])
        if len(letters) + len(page.edges) > self._allowance.limits.page_marks:
            raise too_much(f"第 {number} 页的字和线条太多")
        if not letters:
            if page.images or text.strip():
                self._scans.append(number)
            self._pages.append(([], []))
            return
        tables = page_tables(_drawn_tables(page), letters, number)
        left, top, right, bottom = map(float, page.cropbox)
        for table in tables:
            table.sheet = left, top, right, bottom
        lines = page_lines(letters, tables, (left, top, right, bottom))
        if _differs(text, letters):
            self._doubtful.append(number)
            lines = [
                PageLine(text=line, top=0.0, bottom=0.0, is_in_grid=False)
                for line in text.splitlines()
                if line.strip()
            ]
        self._pages.append((lines, tables))

    def _parts(self) -> tuple[CarriedPart, ...]:
        parts: list[CarriedPart] = []
        grids = 0
        for number, (lines, _) in enumerate(self._pages, start=1):
            kept = []
            for line, content in enumerate(lines, start=1):
                self._allowance.characters(content.text)
                place = PagePlace(number, line, content.box)
                kept.append(CarriedLine(content.text, place, content.is_in_grid))
            if kept:
                parts.append(CarriedText(tuple(kept)))
            for chain in joined_tables(self._pages, number):
                self._allowance.grid()
                grids += 1
                parts.append(chain.grid(grids, self._allowance))
                self._crossed += chain.crossed()
        return tuple(parts)

    def _remarks(self, parts: tuple[CarriedPart, ...]) -> tuple[Remark, ...]:
        remarks = []
        if self._scans:
            pages = "、".join(map(str, self._scans))
            message = f"第 {pages} 页是图片（扫描件），没有读取"
            place = PagePlace(self._scans[0], 1)
            remarks.append(Remark(RemarkKind.NOT_READ, message, place))
        if self._doubtful:
            pages = "、".join(map(str, self._doubtful))
            message = f"第 {pages} 页的字用两种办法读出来不一样，请对照原件"
            place = PagePlace(self._doubtful[0], 1)
            remarks.append(Remark(RemarkKind.DOUBTFUL_TEXT, message, place))
        for cell in self._crossed[:_MOST_NAMED]:
            message = f"“{cell.text[:20]}”的字越过了格线，可能有邻格的字，请对照原件"
            remarks.append(Remark(RemarkKind.DOUBTFUL_TEXT, message, cell.place))
        if not any(isinstance(part, CarriedGrid) for part in parts):
            message = "没有画线的表格，读不出哪些字在哪一格"
            remarks.append(Remark(RemarkKind.NO_GRID, message))
        return tuple(remarks)


def _drawn_tables(page: Any) -> list[list[Box]]:
    """Return the cells of the tables on a page; words with a coloured ground are none.

    Such a ground has as many boxes in a row as the words have fonts, and no line is drawn.
    """
    lines = [*page.lines, *page.curves, *filter(_is_line, page.rects)]
    found = []
    for table in page.find_tables():
        cells: list[Box] = table.cells
        is_one_row = len({top for _, top, _, _ in cells}) == 1
        if not is_one_row or any(_meets(line, table.bbox) for line in lines):
            found.append(cells)
    return found


def _is_line(shape: dict[str, Any]) -> bool:
    """Tell whether a rectangle is drawn as a frame or is a line that is filled."""
    return bool(shape["stroke"]) or min(shape["width"], shape["height"]) <= SAME_EDGE


def _meets(shape: dict[str, Any], box: Box) -> bool:
    left, top, right, bottom = box
    return bool(
        shape["x0"] <= right + SAME_EDGE
        and left - SAME_EDGE <= shape["x1"]
        and shape["top"] <= bottom + SAME_EDGE
        and top - SAME_EDGE <= shape["bottom"]
    )


def _enclosures(document: Any, fault: type[Exception]) -> Enclosures:
    """Return what is attached under our name; other attachments are not looked into."""
    found = Enclosures()
    for number in range(min(document.count_attachments(), _MOST_ATTACHED)):
        with suppress(fault):  # what no reader needs makes no file unreadable
            attached = document.get_attachment(number)
            if attached.get_name() == ENCLOSED_FILE:
                found.add(bytes(attached.get_data()).decode("utf-8", "replace"))
    return found


def _differs(text: str, letters: list[dict[str, Any]]) -> bool:
    """Tell whether the two readers see other letters, or letters that have no name."""
    ours = "".join(letter["text"] for letter in letters)
    if _UNNAMED.search(ours):
        return True
    one, other = _marks(text), _marks(ours)
    different = sum(((one - other) + (other - one)).values())
    return different * _MOST_DIFFERENT > max(sum(one.values()), 1)


def _marks(text: str) -> Counter[str]:
    """Count the letters of a text that leave a mark, in the form that both readers have alike."""
    plain = unicodedata.normalize("NFKC", unified(text))
    return Counter(letter for letter in plain if letter.isalnum())
