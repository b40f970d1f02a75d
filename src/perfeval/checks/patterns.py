"""The words that checks look for: data, each list joined to one pattern when it is first used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from perfeval.cells.tables import words_data


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    data = words_data(__package__, "patterns.json")
    return {name: tuple(words) for name, words in data.items()}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a list: any of its words, each a regular expression."""
    return re.compile("|".join(_lists()[name]))


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a list."""
    return _lists()[name]
