"""Texts of a form with names in braces, as formulas that follow what is filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    equal,
    joined,
    last,
    when,
    without_last,
    words,
)

_NAME = re.compile(r"\{([^{}]+)\}(项目)?")
_GAP = "　　　　"
"""The gap that is printed for a name that is not filled in yet."""


def live(template: str | None, names: Mapping[str, Formula]) -> Formula | str:
    """Return a text in which names stand for cells; without names it is the text itself.

    A name that itself ends with 项目 is not followed by a second 项目, as in
    `perfeval.documents.printed.fill`.
    """
    text = template or ""
    parts: list[Formula] = []
    end = 0
    for match in _NAME.finditer(text):
        if match[1] not in names:
            continue
        if match.start() > end:
            parts.append(words(text[end : match.start()]))
        parts.append(_named(names[match[1]], match[2] or ""))
        end = match.end()
    if not parts:
        return text
    if end < len(text):
        parts.append(words(text[end:]))
    return joined(*parts)


def _named(name: Formula, word: str) -> Formula:
    """Return a name and the word behind it, which the name may end with already."""
    if not word:
        return name
    is_said = equal(last(name, len(word)), words(word))
    return joined(when(is_said, without_last(name, words(word)), name), words(word))


def or_gap(cell: Formula) -> Formula:
    """Return what a cell holds, or a gap to be filled by hand."""
    return when(equal(cell, BLANK), words(_GAP), cell)


def gap_first(cell: Formula, *others: Formula) -> Formula:
    """Return the first of some cells that is filled in, or blank."""
    result = BLANK
    for other in reversed((cell, *others)):
        result = when(equal(other, BLANK), result, other)
    return result
