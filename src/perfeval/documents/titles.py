"""What stands above a text: its title, broken between words, and what a draft says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from perfeval._resources import data_dir
from perfeval.documents.alignment import width

_YEAR = r"[（(〔]?[0-9]{4}\s*年度?[）)〕]?"
_BRACKETED = r"[（(〔【《“][^（(〔【《“]*?[）)〕】》”]"
_RUN = r"[0-9A-Za-z.,%+/-]+"
_NAME_LIMIT = 20
"""A stretch of unknown words that is wider than this, in half-width characters, breaks anywhere."""
_SPLIT_NAME = 240
"""How many squared half-width characters of unevenness a break inside a name is worth."""
_MOST_LINES = 3
"""A title of more lines than this has lines as full as its words let them be."""


def pieces(title: str) -> tuple[str, ...]:
    """Return the parts of a title that stay whole.

    >>> pieces("2023年度养老服务绩效自评结果（摘要版）")
    ('2023年度', '养老', '服务', '绩效', '自评', '结果', '（摘要版）')
    """
    return tuple(_pieces(title))


def balanced(title: str, room: int) -> tuple[str, ...]:
    """Return the lines of a title: as few as fit, of much the same length, broken between words.

    Args:
        title: The title, without line breaks.
        room: How wide a line may be, in half-width characters.

    >>> balanced("2023年度养老服务体系建设运营补助资金绩效自评结果（摘要版）", 40)
    ('2023年度养老服务体系建设运营补助资金', '绩效自评结果（摘要版）')
    """
    parts = pieces(title)
    if width(title, ambiguous=2) <= room:
        return (title,)
    full = _filled(parts, room)
    if len(full) > _MOST_LINES:
        return full
    choices = combinations(range(1, len(parts)), len(full) - 1)
    broken = ((_joined(parts, breaks), breaks) for breaks in choices)
    within = [one for one in broken if all(width(line, ambiguous=2) <= room for line in one[0])]
    ends = _strong(parts)
    return min(within, key=lambda one: _cost(one[0], one[1], ends), default=(full, ()))[0]


def draft_line(asked: int, caveat: str) -> str:
    """Return what the first page of a draft says above its title; empty for a text that is none.

    Args:
        asked: How many places of the text ask for something.
        caveat: What is to be said of a sheet that nobody has confirmed, or empty.

    >>> draft_line(2, "未经核对")
    '未经核对。草稿：还有 2 处请补充，已在文中标出，补齐后再公开。'
    """
    unconfirmed = f"{caveat}。" if caveat else ""
    blank = f"草稿：还有 {asked} 处请补充，已在文中标出，补齐后再公开。" if asked else ""
    return unconfirmed + blank


def _cost(lines: Sequence[str], breaks: Sequence[int], strong: frozenset[int]) -> tuple[int, int]:
    """Return how uneven lines are; of equal ones the first line is to be the longer."""
    widths = [width(line, ambiguous=2) for line in lines]
    mean = sum(widths) // len(widths)
    uneven = sum((one - mean) ** 2 for one in widths)
    return uneven + _SPLIT_NAME * sum(one not in strong for one in breaks), -widths[0]


def _strong(parts: Sequence[str]) -> frozenset[int]:
    """Return the breaks that split no name: before the words of the kind of document at the end."""
    kinds = _kinds()
    at = len(parts)
    if at > 1 and re.fullmatch(_BRACKETED, parts[-1]):
        at -= 1
    while at > 1 and parts[at - 1] in kinds:
        at -= 1
    return frozenset({at})


def _joined(parts: Sequence[str], breaks: Sequence[int]) -> tuple[str, ...]:
    ends = zip((0, *breaks), (*breaks, len(parts)), strict=True)
    return tuple("".join(parts[start:end]) for start, end in ends)


def _filled(parts: Sequence[str], room: int) -> tuple[str, ...]:
    """Return lines each as full as its words let it be."""
    lines = [""]
    for part in parts:
        if lines[-1] and width(lines[-1] + part, ambiguous=2) > room:
            lines.append("")
        lines[-1] += part
    return tuple(lines)


def _pieces(title: str) -> Iterator[str]:
    """Yield years, brackets, figures and known words; what is between them stays together."""
    at = 0
    for match in _known().finditer(title):
        yield from _unknown(title[at : match.start()])
        yield match[0]
        at = match.end()
    yield from _unknown(title[at:])


def _unknown(text: str) -> Iterator[str]:
    if width(text, ambiguous=2) > _NAME_LIMIT:
        yield from text
    elif text:
        yield text


@cache
def _known() -> re.Pattern[str]:
    words = sorted(_words(), key=len, reverse=True)
    return re.compile("|".join((_YEAR, _BRACKETED, _RUN, *map(re.escape, words))))


@cache
def _lists() -> tuple[tuple[str, ...], ...]:
    """Return the words of the file line by line; the first has the kinds of documents."""
    text = (data_dir("templates") / "title_words.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines())


def _kinds() -> frozenset[str]:
    return frozenset(_lists()[0])


def _words() -> Iterator[str]:
    for line in _lists():
        yield from line
