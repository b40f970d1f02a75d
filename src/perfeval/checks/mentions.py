"""Whether a text speaks of an indicator."""

from __future__ import annotations

from functools import lru_cache


def speaks_of(text: str, name: str, least: int) -> bool:
    """Tell whether a text has at least *least* characters of a name, one after another."""
    least = min(least, len(name))
    return not _pieces(text, least).isdisjoint(_pieces(name, least))


@lru_cache
def _pieces(text: str, length: int) -> frozenset[str]:
    """Return every run of *length* characters of a text; many names are looked up in one."""
    return frozenset(text[at : at + length] for at in range(len(text) - length + 1))
