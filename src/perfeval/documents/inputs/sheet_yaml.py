"""Write a sheet as YAML in the form's own words, so that loading it gives the same sheet."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from perfeval.cells.signs import Sign
from perfeval.cells.values import Cell, Kind, given_cell
from perfeval.cells.words import WordEnum
from perfeval.documents.inputs.plain_yaml import plain_yaml
from perfeval.numbers import plain
from perfeval.sheet import Indicator, Sheet


def dump(sheet: Sheet) -> str:
    """Write a sheet as YAML.

    Args:
        sheet: The sheet.

    Returns:
        A YAML text; ``load_sheet`` of it gives an equal sheet.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet({"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"})
    >>> print(dump(sheet), end="")
    评分办法: hubei-2020
    年度: 2023
    项目名称: 示例
    """
    content = _fields(sheet, leave_out={"indicators"})
    if sheet.indicators:
        content["指标"] = _indicators(sheet.indicators)
    return plain_yaml(content)


def _fields(model: BaseModel, leave_out: set[str]) -> dict[str, Any]:
    """Return the fields that differ from their default, under the form's words."""
    fields = type(model).model_fields
    return {
        str(field.serialization_alias or field.alias or name): _plain_value(value)
        for name, field in fields.items()
        if name not in leave_out
        and (value := getattr(model, name)) != field.get_default(call_default_factory=True)
    }


def _plain_value(value: Any) -> Any:
    if isinstance(value, Cell):
        return _cell(value)
    if isinstance(value, Sign | WordEnum):
        return value.value
    if isinstance(value, BaseModel):
        return _fields(value, set())
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    return value


def _cell(cell: Cell) -> Any:
    if cell.given and cell.number is not None:
        if given_cell(cell.number, unit=cell.unit) == cell:
            return {"值": cell.number, "单位": cell.unit} if cell.unit else {"值": cell.number}
        if given_cell(cell.number, cell.text) == cell:
            return {"值": cell.number, "文本": cell.text}
        return {"值": cell.number, "文本": cell.text, "单位": cell.unit}
    if cell.kind is Kind.NUMBER and cell.number is not None and cell.text == plain(cell.number):
        return cell.number
    return cell.text


def _indicators(indicators: tuple[Indicator, ...]) -> Any:
    """Nest the indicators under 一级指标 and 二级指标 where their order allows it."""
    nested: dict[str, dict[str, list[Any]]] = {}
    for item in indicators:
        aspects = nested.setdefault(item.section.label, {})
        rows = aspects.setdefault(item.aspect.label, [])
        rows.append(_fields(item, {"section", "aspect"}))
    order = [
        (section, aspect)
        for section, aspects in nested.items()
        for aspect, rows in aspects.items()
        for _ in rows
    ]
    if order == [(item.section.label, item.aspect.label) for item in indicators]:
        return nested
    return [
        {
            "一级指标": item.section.label,
            "二级指标": item.aspect.label,
            **_fields(item, {"section", "aspect"}),
        }
        for item in indicators
    ]
