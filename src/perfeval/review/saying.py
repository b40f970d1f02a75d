"""Values and rows in words, as they are told where a file does not show them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from perfeval.cells.levels import AspectName, SectionName
from perfeval.cells.values import Cell
from perfeval.fields import Model
from perfeval.numbers import plain
from perfeval.sheet import Indicator

_YES, _NO = "是", "否"
_HEADS = ("name", "text", "unit", "section", "rows", "code", "reach")
"""The fields by which a row is called."""


def value_text(value: Any) -> str:
    """Return a value as it would be written; empty for a blank."""
    if value is None or isinstance(value, bool):
        return "" if value is None else _YES if value else _NO
    if isinstance(value, Cell):
        return _cell_text(value)
    if isinstance(value, SectionName | AspectName):
        return value.text
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Model):
        return "，".join(_filled(value))
    return "、".join(map(value_text, value)) if isinstance(value, tuple) else str(value)


def _cell_text(cell: Cell) -> str:
    """Return a cell with the number that its author states beside the text."""
    if not cell.given or cell.number is None:
        return cell.text
    number = plain(cell.number)
    return cell.text if cell.text == number else f"{cell.text}（值 {number}{cell.unit}）"


def row_text(row: Any) -> str:
    """Return what is filled in in a row, but for the names by which it is called."""
    return "，".join(_filled(row, but=_heads(row))) if isinstance(row, Model) else value_text(row)


def _filled(model: Model, but: tuple[str, ...] = ()) -> Iterator[str]:
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        text = value_text(value)
        if name not in but and name not in model.derived and text and value is not False:
            yield f"{info.serialization_alias or name} {text}"


def row_label(row: Model) -> str:
    """Return what a row is called.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> row_label(sheet.indicators[0])
    '产出指标/数量指标/享受建设补贴养老机构床位数'
    """
    return "/".join(filter(None, (value_text(getattr(row, name)) for name in _heads(row))))


def _heads(row: Model) -> tuple[str, ...]:
    if isinstance(row, Indicator):
        return ("section", "aspect", "name")
    return next(((name,) for name in _HEADS if name in type(row).model_fields), ())
