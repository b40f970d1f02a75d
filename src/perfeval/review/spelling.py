"""Whether two writings mean the same: width, white space, separators, digits behind the point.

Only what can make no difference is passed over.  A blank between two figures stays, as 3 5 is not
35; and a text keeps the zeros behind its points, as 2023.10 is not 2023.1.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from perfeval.cells.levels import AspectName, SectionName
from perfeval.cells.values import Cell, CellKind

_FIRST, _LAST, _AWAY = "\uff01", "\uff5e", 0xFEE0
_NARROW = {code: code - _AWAY for code in range(ord(_FIRST), ord(_LAST) + 1)}
"""What stands in half width for each character that also exists in full width."""
_GROUPS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_BLANK = re.compile(r"(?<![0-9]) | (?![0-9])")
_FIGURES = (CellKind.NUMBER, CellKind.PERCENT)


def folded(text: str) -> str:
    """Return a text without what makes no difference in it.

    >>> folded("完成 1,286.70 万元（含 １ 处）"), folded("第 3 5 号"), folded("项目1，200人")
    ('完成1286.70万元(含1处)', '第3 5号', '项目1,200人')
    """
    whole = _GROUPS.sub(lambda found: found[0].replace(",", ""), text)
    return _BLANK.sub("", " ".join(whole.translate(_NARROW).split()))


def key_of(value: Any) -> str:
    """Return by what a value of a row is known."""
    if isinstance(value, SectionName | AspectName):
        return value.key
    if isinstance(value, Cell):
        return folded(value.text)
    if isinstance(value, tuple):
        return "\x1f".join(map(key_of, value))
    return "" if value is None else folded(str(value))


def means_the_same(old: Any, new: Any, *, is_exact: bool = False) -> bool:
    """Tell whether two values of a field say the same, however they are written.

    Args:
        old: A value.
        new: Another.
        is_exact: The digits behind the point say how exact a cell is.

    >>> from perfeval.cells.reading import read_cell
    >>> means_the_same(read_cell("1,286.70万元"), read_cell("1286.7 万元"))
    True
    >>> means_the_same(read_cell("2023.10"), read_cell("2023.1"))
    False
    """
    if isinstance(old, Cell) and isinstance(new, Cell):
        return _same_cell(old, new, is_exact=is_exact)
    if isinstance(old, SectionName | AspectName) and isinstance(new, SectionName | AspectName):
        return old.key == new.key and old.weight == new.weight
    if isinstance(old, Decimal) and isinstance(new, Decimal):
        return old == new
    return isinstance(old, str) and isinstance(new, str) and folded(old) == folded(new)


def _same_cell(old: Cell, new: Cell, *, is_exact: bool) -> bool:
    if old.given != new.given:
        return False
    is_same_text = folded(old.text) == folded(new.text)
    if old.given:
        return is_same_text and old.number == new.number and folded(old.unit) == folded(new.unit)
    if is_exact or is_same_text:
        return is_same_text
    return is_same_figure(old, new) and old.sign is new.sign


def is_same_figure(old: Cell, new: Cell, old_unit: str = "", new_unit: str = "") -> bool:
    """Tell whether two cells are the same figure and no more than that; a sign is asked apart.

    Args:
        old: A cell.
        new: Another.
        old_unit: The unit beside it, for a figure without one.
        new_unit: Likewise.
    """
    if not (_is_figure(old) and _is_figure(new)):
        return False
    is_same_unit = folded(old.unit or old_unit) == folded(new.unit or new_unit)
    return old.number == new.number and is_same_unit and old.facts == new.facts


def _is_figure(cell: Cell) -> bool:
    facts = cell.facts
    is_whole = not (facts.is_partial or facts.is_planned or facts.is_refused or facts.span)
    return cell.kind in _FIGURES and is_whole and not cell.given
