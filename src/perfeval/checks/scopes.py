"""Whether a sentence speaks of the whole year and the whole project, or of a part of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from perfeval.checks.patterns import words_of
from perfeval.fields import lazy
from perfeval.numbers import parse_number


class Scopes:
    """Where a text says of what time or part it speaks: each word looked for once.

    What is said stands under the last such word before it in its sentence: in “上半年执行率45%，
    全年执行率90%” the first rate is that of a part, the second one of the whole.

    Args:
        text: The text.
        year: The year that is assessed; another one is a part of the time too.  ``None`` leaves
            years alone.
        more: Names of further lists of words for a part.
    """

    def __init__(self, text: str, year: int | None = None, more: Sequence[str] = ()) -> None:
        self._text, self._year, self._more = text, year, tuple(more)

    @lazy
    def _found(self) -> list[re.Match[str]]:
        found = [*_pattern(self._more).finditer(self._text)]
        if self._year is None:
            found = [match for match in found if match.lastgroup != _YEAR]
        return found

    @lazy
    def _starts(self) -> list[int]:
        return [match.start() for match in self._found]

    @lazy
    def _is_part(self) -> list[bool]:
        return [_is_part(match, self._year) for match in self._found]

    def is_part(self, first: int, last: int) -> bool:
        """Tell whether the last word of time or part between two places names no whole."""
        at = bisect_left(self._starts, last) - 1
        return at >= 0 and self._starts[at] >= first and self._is_part[at]


_WHOLE, _YEAR = "whole", "year"


def _is_part(match: re.Match[str], year: int | None) -> bool:
    if match.lastgroup == _YEAR:
        return parse_number(match[_YEAR]) != year
    return match.lastgroup != _WHOLE


@cache
def _pattern(more: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of all such words; a match's last group is what it names."""
    part = "|".join(word for name in ("part", *more) for word in words_of(name))
    whole = "|".join(words_of(_WHOLE))
    return re.compile(f"(?P<{_WHOLE}>{whole})|(?P<part>{part})|(?P<{_YEAR}>20[0-9]{{2}})(?=年)")
