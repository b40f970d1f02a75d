"""The text of a PDF in the order in which its program wrote it: a second way, where one fails.

Letters that stand on one ground are one line to the first reader; where numbers were set a little
higher than their sentence, or the page is in columns, that tears sentences apart, and the order of
the file keeps them.
"""

from __future__ import annotations

from typing import Any

from perfeval.carriers.extras import optional
from perfeval.carriers.values import CarriedLine, CarriedText
from perfeval.places import PagePlace
from perfeval.radicals import UNIFIED


def text_as_written(raw: bytes) -> tuple[CarriedText, ...]:
    """Return the lines of each page in the order of the file; none where that cannot be read.

    Args:
        raw: A PDF that was carried already, so that its size and its marks are within limits.
    """
    pdfium: Any = optional("pypdfium2", "PDF 文件")
    try:
        document = pdfium.PdfDocument(raw)
        try:
            pages = [_page_text(document[number]) for number in range(len(document))]
        finally:
            document.close()
    except pdfium.PdfiumError:
        return ()
    made = (_lines(text, number) for number, text in enumerate(pages, start=1))
    return tuple(CarriedText(lines) for lines in made if lines)


def _page_text(page: Any) -> str:
    words = page.get_textpage()
    text = str(words.get_text_range())
    words.close()
    page.close()
    return text


def _lines(text: str, number: int) -> tuple[CarriedLine, ...]:
    filled = (line for line in text.translate(UNIFIED).splitlines() if line.strip())
    return tuple(
        CarriedLine(line, PagePlace(number, at), False) for at, line in enumerate(filled, start=1)
    )
