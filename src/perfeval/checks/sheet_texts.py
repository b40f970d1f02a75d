"""The texts of a sheet: which there are, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from perfeval.places import Path
from perfeval.sheet import Goal, Indicator, Sheet, SubIndicator

Field = tuple[str, ...]
"""A path of the sheet without positions: of a text of the sheet, of each goal, or of each row."""

NAME, DEPARTMENT, UNIT, REPORTER = ("项目名称",), ("主管部门",), ("实施单位",), ("部门名称",)
GOAL, GOAL_ACTUAL = ("年度目标",), ("年度目标完成情况",)
REASON, MEASURE, PURPOSE, EFFECTS = ("原因分析",), ("改进措施",), ("项目用途",), ("产出和效果",)
GROUNDS, CARRIED_OUT = ("依据文件",), ("项目实施情况",)
OWN_PROBLEMS, CONCLUSION = ("存在问题",), ("评价结论",)
PROBLEMS, BUDGET_REASON = ("已填报", "存在问题"), ("预算", "偏差原因")
EACH_GOAL, EACH_GOAL_ACTUAL = ("多个目标", "内容"), ("多个目标", "完成情况")
ROW_REASON, ROW_MEASURE = ("指标", "偏差原因"), ("指标", "改进措施")
ROW_CELLS = ("指标",)
"""The name, the target and the actual of a row and of those below it."""

_SHEET: dict[Field, Callable[[Sheet], str | None]] = {
    NAME: lambda sheet: sheet.name,
    DEPARTMENT: lambda sheet: sheet.department,
    UNIT: lambda sheet: sheet.unit,
    REPORTER: lambda sheet: sheet.reporter,
    GOAL: lambda sheet: sheet.goal,
    GOAL_ACTUAL: lambda sheet: sheet.goal_actual,
    REASON: lambda sheet: sheet.reason,
    MEASURE: lambda sheet: sheet.measure,
    PURPOSE: lambda sheet: sheet.purpose,
    EFFECTS: lambda sheet: sheet.effects,
    GROUNDS: lambda sheet: "；".join(sheet.grounds) or None,
    CARRIED_OUT: lambda sheet: sheet.carried_out,
    OWN_PROBLEMS: lambda sheet: sheet.problems,
    CONCLUSION: lambda sheet: sheet.conclusion,
    PROBLEMS: lambda sheet: sheet.filed.problems,
    BUDGET_REASON: lambda sheet: sheet.budget.reason,
}
_GOALS: dict[Field, Callable[[Goal], str | None]] = {
    EACH_GOAL: lambda goal: goal.text,
    EACH_GOAL_ACTUAL: lambda goal: goal.actual,
}
_ROWS: dict[Field, Callable[[Indicator], str | None]] = {
    ROW_REASON: lambda row: row.reason,
    ROW_MEASURE: lambda row: row.measure,
}
PRINTED: tuple[Field, ...] = (*_SHEET, *_GOALS, ROW_CELLS, *_ROWS)
"""Every text that is printed."""


def texts_of(sheet: Sheet, fields: Iterable[Field] = PRINTED) -> Iterator[tuple[Path, str]]:
    """Yield the texts of these fields that are not blank, each with its path.

    Those of the sheet come first, in the order of *fields*; then those of the goals, one goal
    after another; then those of the rows.
    """
    fields = tuple(fields)
    for field in fields:
        text = _SHEET[field](sheet) if field in _SHEET else None
        if text is not None:
            yield field, text
    yield from _texts_of_each(sheet.goals, _GOALS, fields)
    if ROW_CELLS in fields:
        for position, row in enumerate(sheet.indicators):
            yield from _cells(("指标", position), row)
            for below, part in enumerate(row.parts):
                yield from _cells(("指标", position, "其中", below), part)
    yield from _texts_of_each(sheet.indicators, _ROWS, fields)


_Item = TypeVar("_Item")


def _texts_of_each(
    items: Iterable[_Item],
    known: dict[Field, Callable[[_Item], str | None]],
    fields: tuple[Field, ...],
) -> Iterator[tuple[Path, str]]:
    """Yield the texts of goals or rows, one goal or row after another."""
    wanted = [(field, known[field]) for field in fields if field in known]
    for position, item in enumerate(items if wanted else ()):
        for (block, name), read in wanted:
            text = read(item)
            if text is not None:
                yield (block, position, name), text


def _cells(at: Path, row: Indicator | SubIndicator) -> Iterator[tuple[Path, str]]:
    """Yield the name and the cells of a row."""
    yield (*at, "名称"), row.name
    for name, cell in (("目标值", row.target), ("完成值", row.actual)):
        if cell is not None and not cell.facts.is_refused:  # the reader has said what is wrong
            yield (*at, name, "文本"), cell.text
