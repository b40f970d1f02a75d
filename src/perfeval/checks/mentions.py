"""Whether a text speaks of an indicator, and so gives the reason for it."""

from __future__ import annotations

from functools import lru_cache

from perfeval.scorecard import IndicatorLine, Scorecard


def is_explained(line: IndicatorLine, card: Scorecard) -> bool:
    """Tell whether a row has a reason of its own, or the reasons below the table speak of it."""
    told = card.sheet.reason
    is_told = told is not None and speaks_of(told, line.name, card.rulebook.checking.named)
    return is_told or line.indicator.reason is not None


def speaks_of(text: str, name: str, least: int) -> bool:
    """Tell whether a text has at least *least* characters of a name, one after another."""
    least = min(least, len(name))
    return not _pieces(text, least).isdisjoint(_pieces(name, least))


@lru_cache
def _pieces(text: str, length: int) -> frozenset[str]:
    """Return every run of *length* characters of a text; many names are looked up in one."""
    return frozenset(text[at : at + length] for at in range(len(text) - length + 1))
