"""The words that texts look for in what an author wrote: data."""

from __future__ import annotations

from functools import cache

from perfeval.cells.tables import words_data


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    data = words_data(__package__, "words.json")
    return {name: tuple(words) for name, words in data.items()}


def holds(text: str, name: str) -> bool:
    """Tell whether a text holds one of the words of a list.

    >>> holds("经第三方核定后拨付", "about-money"), holds("培训没有举办", "about-money")
    (True, False)
    """
    return any(word in text for word in _lists()[name])
