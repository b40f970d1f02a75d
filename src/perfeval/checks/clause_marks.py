"""Where the clauses of a text begin and certain words stand: looked for once, asked for often."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from perfeval.fields import lazy
from perfeval.later import regex

CLAUSE_MARK = regex("[，。；,;\n]")
"""What ends a clause."""


class Starts:
    """Where a pattern is found in a text.

    A text may be long and what is asked about it much; to search it anew for each question would
    take the square of its length. Of most texts nothing is asked, and those are not searched.
    """

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern, self._text = pattern, text

    @lazy
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in self._pattern.finditer(self._text)]

    @lazy
    def _starts(self) -> list[int]:
        return [start for start, _ in self._spans]

    def is_between(self, first: int, last: int) -> bool:
        """Tell whether one begins at *first* or later, and before *last*."""
        at = bisect_left(self._starts, first)
        return at < len(self._starts) and self._starts[at] < last

    def end_before(self, position: int) -> int:
        """Return where the last one ends that begins before a position; 0 where there is none."""
        at = bisect_right(self._starts, position - 1)
        return self._spans[at - 1][1] if at else 0
