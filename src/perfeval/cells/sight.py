"""Figures that are read at sight: ``≥95%``, ``391张``, ``8000元/床``, ``不少于3次``, ``95%以上``.

Most cells are a number with at most a sign and a unit.  One pattern reads them, where the long way
(`perfeval.cells.reading`) tries dozens; what it would read otherwise is left to it.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from perfeval.cells.dates import compact_date
from perfeval.cells.measures import is_unit
from perfeval.cells.phrases import inclusive_note, per_many, percent_word
from perfeval.cells.signs import AFTER, BEFORE, GLYPHS, one_of
from perfeval.cells.values import Cell, Kind, Nuance
from perfeval.later import regex

# Enum members bound once: looking one up on its class costs as much as reading a cell.
_NUMBER, _PERCENT = Kind.NUMBER, Kind.PERCENT
_SIGNS = {**BEFORE, **GLYPHS}
_FIGURE = regex(
    rf"(?P<sign>(?:{one_of(_SIGNS)})?)"
    r"(?P<number>[1-9][0-9]{0,7}(?:\.[0-9]{1,4})?)"
    r"(?P<unit>(?:%|[^\W0-9_]{1,6}?(?:/[^\W0-9_]{1,4}?)?)?)"
    rf"(?P<after>(?:{one_of(AFTER)})?)"
)
"""A figure and no more; its number is too short to carry the binary error of a spreadsheet."""
_OF_DATES = regex("[年月季]")
_SCALE = regex("^[万亿]")
_COMPACT_LENGTHS = (6, 7, 8)


def figure_at_sight(text: str) -> Cell | None:
    """Read a figure; ``None`` where it takes a closer look.

    >>> figure_at_sight("≥95%").number, figure_at_sight("不少于3次").sign.value
    (Decimal('95'), '≥')
    >>> figure_at_sight("2023年"), figure_at_sight("95%左右")
    (None, None)
    """
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    before, number, unit, after = found.groups()
    if not (unit or before or after):
        return bare_number(text, Decimal(number))
    if not _is_usual(unit) or (before and after):
        return None
    kind = _PERCENT if unit == "%" else _NUMBER
    if not after:
        return Cell(text, kind, Decimal(number), unit, _SIGNS.get(before))
    sign = AFTER[after]
    note = inclusive_note(after, sign)
    return Cell(text, kind, Decimal(number), unit, sign, assumptions=(note,))


def bare_number(text: str, number: Decimal) -> Cell:
    """Return a number that stands alone; it may be a date (20231231)."""
    span = compact_date(text) if len(text) in _COMPACT_LENGTHS else None
    return Cell(text, _NUMBER, number, detail=None if span is None else Nuance(span=span))


@lru_cache(maxsize=1_024)
def _is_usual(unit: str) -> bool:
    """Tell whether a unit has but one meaning behind any number; 年, 月 and 季 may make a date."""
    if unit == "%":
        return True
    is_per_many = per_many(f"1{unit}") != f"1{unit}"
    return not is_per_many and not any(map(_is_odd, unit.split("/")))


def _is_odd(unit: str) -> bool:
    is_known = is_unit(_SCALE.sub("", unit)) and unit.isalpha()
    return not is_known or bool(percent_word(unit)) or _OF_DATES.search(unit) is not None
