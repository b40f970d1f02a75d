"""Write a sheet as YAML in the form's own words, so that loading it gives the same sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from perfeval.cells.levels import SectionName
from perfeval.cells.reading import given_cell
from perfeval.cells.signs import Sign
from perfeval.cells.values import Cell, Kind
from perfeval.cells.words import WordEnum
from perfeval.documents.inputs.plain_yaml import plain_yaml
from perfeval.fields import Model
from perfeval.numbers import plain
from perfeval.sheet import FUNDS, Budget, Indicator, Sheet, is_level_key


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


def plain_sheet(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as plain data: the form's words, its rows as one list, numbers as they are."""
    content = _fields(sheet, leave_out={"budget", "indicators"})
    if sheet.budget != Budget():
        content["预算"] = _fields(sheet.budget, set())
    if sheet.indicators:
        content["指标"] = _listed(sheet.indicators)
    return content


def _fields(model: BaseModel, leave_out: set[str]) -> dict[str, Any]:
    """Return the fields that differ from their default, under the form's words."""
    fields = type(model).model_fields
    derived = model.derived if isinstance(model, Model) else ()
    return {
        str(field.serialization_alias or field.alias or name): _plain_value(value)
        for name, field in fields.items()
        if name not in leave_out
        and name not in derived
        and (value := getattr(model, name)) != field.get_default(call_default_factory=True)
    }


def _plain_value(value: Any) -> Any:
    if isinstance(value, Cell):
        return _cell(value)
    if isinstance(value, Sign | WordEnum):
        return value.value
    if isinstance(value, Budget):
        return _budget(value)
    if isinstance(value, SectionName):
        return value.text
    if isinstance(value, BaseModel):
        return _fields(value, set())
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    return value


def _budget(budget: Budget) -> dict[str, Any]:
    """Return the budget; kinds of money stand under their divisions where each is named."""
    content = _fields(budget, set())
    splits = budget.splits
    in_order = tuple(fund for funds in splits.values() for fund in funds)
    if splits and "" not in splits and in_order == budget.funds:
        content[FUNDS] = {
            name: [_fields(fund, {"split"}) for fund in funds] for name, funds in splits.items()
        }
    return content


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
    """Nest the indicators under 一级指标 and 二级指标 where that gives the same list."""
    nested = _nested(indicators)
    if nested is not None:
        return nested
    return _listed(indicators)


def _listed(indicators: tuple[Indicator, ...]) -> list[dict[str, Any]]:
    levels = (("一级指标", "section"), ("二级指标", "aspect"))
    return [
        {word: name for word, field in levels if (name := getattr(item, field).text)} | _row(item)
        for item in indicators
    ]


def _nested(indicators: tuple[Indicator, ...]) -> dict[str, Any] | None:
    """Return the indicators by their levels; ``None`` where only a list can tell them."""
    sections: dict[str, Any] = {}
    for section, members in groupby(indicators, lambda item: item.section):
        rows = list(members)
        aspects: dict[str, Any] = {}
        for aspect, below in groupby(rows, lambda item: item.aspect):
            if aspect.text in aspects:
                return None
            aspects[aspect.text] = list(map(_row, below))
        if section.text in sections or not _are_apart(rows, "aspect"):
            return None
        sections[section.text] = aspects.get("", aspects)
    return sections if _are_apart(indicators, "section") and "" not in sections else None


def _are_apart(rows: Sequence[Indicator], level: str) -> bool:
    """Tell whether the names of a level can be keys: none is empty beside others, none meant twice.

    A name that is the word for a part of an indicator, or no word, cannot be a key either.
    """
    names = {getattr(row, level) for row in rows}
    keys = {name.key for name in names}
    is_plain = len(keys) == len(names) and (len(names) == 1 or "" not in keys)
    return is_plain and all(not name.text or is_level_key(name.text) for name in names)


def _row(item: Indicator) -> dict[str, Any]:
    return _fields(item, {"section", "aspect"})
