"""Pictures of the pages of a PDF."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from perfeval.carriers import LIMITS, Limits, Refusal
from perfeval.carriers.extras import optional
from perfeval.carriers.limits import CarrierRefusalError, broken

_WIDTH, _MOST_HEIGHT = 1_240, 3_600
"""In pixels: an A4 page at 150 to the inch, and at most so high whatever the page is."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TRUE_COLOUR = 2


class PagePicture(NamedTuple):
    """What a page looks like.

    Attributes:
        raw: A PNG.
        width, height: Its size in pixels.
    """

    raw: bytes
    width: int
    height: int


def page_pictures(
    raw: bytes, pages: Collection[int], *, limits: Limits = LIMITS
) -> Mapping[int, PagePicture] | Refusal:
    """Return pictures of some pages of a PDF, by their numbers from 1, or why there are none.

    Raises:
        MissingExtraError: The package that draws pages is not installed.
    """
    pdfium: Any = optional("pypdfium2", "PDF 文件")
    try:
        document = pdfium.PdfDocument(raw)
        try:
            numbers = [number for number in sorted(pages) if 0 < number <= len(document)]
            return {number: _picture(document[number - 1]) for number in numbers[: limits.pages]}
        finally:
            document.close()
    except CarrierRefusalError as error:
        return error.refusal
    except Exception:  # the library raises whatever a damaged object leads to
        return broken("PDF 的页面画不出来").refusal


def _picture(page: Any) -> PagePicture:
    """Draw a page."""
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise broken("PDF 的页面没有大小")
    bitmap = page.render(scale=min(_WIDTH / width, _MOST_HEIGHT / height), rev_byteorder=True)
    try:
        rows = _rows(bytes(bitmap.buffer), bitmap)
        return PagePicture(_png(rows, bitmap.width, bitmap.height), bitmap.width, bitmap.height)
    finally:
        bitmap.close()
        page.close()


def _rows(drawn: bytes, bitmap: Any) -> bytes:
    """Return red, green and blue of every row, each behind the mark that it is stored as it is."""
    if bitmap.n_channels < 3:
        raise broken("PDF 的页面画不出来")
    rows = []
    for row in range(bitmap.height):
        line = drawn[row * bitmap.stride : row * bitmap.stride + bitmap.width * bitmap.n_channels]
        colours = bytearray(bitmap.width * 3)
        for colour in range(3):
            colours[colour::3] = line[colour :: bitmap.n_channels]
        rows.append(b"\x00" + colours)
    return b"".join(rows)


def _png(rows: bytes, width: int, height: int) -> bytes:
    head = struct.pack(">2I5B", width, height, 8, _TRUE_COLOUR, 0, 0, 0)
    blocks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return _SIGNATURE + b"".join(_block(name, content) for name, content in blocks)


def _block(name: bytes, content: bytes) -> bytes:
    size, check = len(content), zlib.crc32(name + content)
    return struct.pack(">I", size) + name + content + struct.pack(">I", check)
