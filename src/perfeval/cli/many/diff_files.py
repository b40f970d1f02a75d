"""What `perfeval diff` writes, pair by pair: memory holds a line of each, and a file the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Protocol

from perfeval.cli.many.shelf import SortedTexts, TextShelf
from perfeval.documents.as_json import Data
from perfeval.documents.review.diff_growing import diffs_text, pair_text
from perfeval.documents.review.diff_text import PairLine, pair_line
from perfeval.documents.review.diff_words import Urgency, stamps_of, told_of, urgency
from perfeval.review.difference import SheetDiff


class GrowingDiffs(Protocol):
    """A file that grows."""

    def add(self, diff: SheetDiff) -> None:
        """Keep what the file says of a pair."""

    def pieces(self, aside: Sequence[str]) -> Iterable[bytes]:
        """Return the file.

        Args:
            aside: What lies in the folders and is no sheet.
        """


class GrowingData:
    """All pairs as JSON, in the order in which they came."""

    def __init__(self, *, is_ascii: bool = False) -> None:
        self._is_ascii = is_ascii
        self._pairs = TextShelf()

    def add(self, diff: SheetDiff) -> None:
        """Keep a pair."""
        self._pairs.add(pair_text(diff, is_ascii=self._is_ascii))

    def texts(self, aside: Sequence[str], more: Data) -> Iterator[str]:
        """Yield the JSON, with more behind the pairs."""
        return diffs_text(self._pairs, aside, more, is_ascii=self._is_ascii)

    def pieces(self, aside: Sequence[str]) -> Iterator[bytes]:
        """Yield the file."""
        return _encoded(self.texts(aside, {}))


class GrowingPage:
    """All pairs as one HTML page, the most urgent first."""

    def __init__(self) -> None:
        self._lines: list[tuple[Urgency, PairLine]] = []
        self._articles = SortedTexts()
        self._stamps: set[str] = set()

    def add(self, diff: SheetDiff) -> None:
        """Keep a pair."""
        from perfeval.documents.review.diff_page import pair_article

        key = urgency(diff)
        self._lines.append((key, pair_line(diff)))
        self._articles.add(key, pair_article(diff))
        self._stamps |= stamps_of(diff)

    def pieces(self, aside: Sequence[str]) -> Iterator[bytes]:
        """Yield the file."""
        from perfeval.documents.review.diff_page import page_pieces

        lines = [line for _, line in sorted(self._lines, key=itemgetter(0))]
        return _encoded(page_pieces(lines, self._articles, self._stamps, aside))


class GrowingList:
    """All pairs as a workbook, the most urgent first; what is told of each stays in memory."""

    def __init__(self) -> None:
        self._told: list[SheetDiff] = []

    def add(self, diff: SheetDiff) -> None:
        """Keep a pair."""
        self._told.append(told_of(diff))

    def pieces(self, aside: Sequence[str]) -> list[bytes]:
        """Return the file."""
        from perfeval.documents.review.diff_list import diff_list

        return [diff_list(self._told, aside)]


GROWING: dict[str, Callable[[], GrowingDiffs]] = {
    ".html": GrowingPage,
    ".xlsx": GrowingList,
    ".json": GrowingData,
}
"""What is written, by the ending of its file."""


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    return (text.encode(errors="replace") for text in texts)
