"""What each column of a form prints, by the content that the rulebook gives the column."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from perfeval.comparison import Outcome
from perfeval.documents import printed
from perfeval.documents.grid import Role
from perfeval.numbers import ZERO, percent
from perfeval.rulebook import Form
from perfeval.scorecard import Line, Scorecard
from perfeval.sheet import Budget, FundRow, Indicator, Part
from perfeval.values import Sign, parse_sign


class Entry(NamedTuple):
    """A row of indicators as a form shows it.

    Attributes:
        line: Its points.
        indicator: The indicator.
        contents: The contents of all the form's indicator columns.
        rate_digits: Decimals of a printed rate.
    """

    line: Line
    indicator: Indicator
    contents: frozenset[str]
    rate_digits: int


class Column(NamedTuple):
    """How a column prints a row of indicators."""

    role: Role
    text: Callable[[Entry], str]


def completion(indicator: Indicator, digits: int) -> str:
    """Return 完成率: the actual in percent of the target, blank where there is none."""
    pair = indicator.comparison
    if pair.outcome not in (Outcome.FIGURES, Outcome.RATE) or pair.target <= ZERO:
        return ""
    return percent(pair.actual, pair.target, digits)


def _sign(indicator: Indicator) -> Sign | None:
    """Return the sign that the author states, else the one printed with the target."""
    return indicator.sign or (indicator.target.sign if indicator.target else None)


def _target(entry: Entry) -> str:
    """Return the target as printed, less the sign and unit that have a column of their own."""
    cell = entry.indicator.target
    if cell is None:
        return ""
    text = cell.text
    if "符号" in entry.contents:
        text = _without_sign(text, _sign(entry.indicator))
    if "单位" in entry.contents and not entry.indicator.unit:
        text = text.removesuffix(cell.unit) or text
    return text


def _without_sign(text: str, sign: Sign | None) -> str:
    for length in (2, 1):
        if sign is not None and parse_sign(text[:length]) is sign:
            return text[length:].lstrip() or text
    return text


def _actual(entry: Entry) -> str:
    return entry.indicator.actual.text if entry.indicator.actual else ""


def _unit(entry: Entry) -> str:
    row = entry.indicator
    return row.unit or (row.target.unit if row.target else "")


def _symbol(entry: Entry) -> str:
    sign = _sign(entry.indicator)
    return sign.value if sign else ""


def _reason_and_measure(entry: Entry) -> str:
    return "\n".join(filter(None, (entry.indicator.reason, entry.indicator.measure)))


INDICATOR_COLUMNS: dict[str, Column] = {
    "三级指标": Column(Role.TEXT, lambda entry: entry.indicator.name),
    "符号": Column(Role.VALUE, _symbol),
    "目标值": Column(Role.VALUE, _target),
    "单位": Column(Role.VALUE, _unit),
    "完成值": Column(Role.VALUE, _actual),
    "完成率": Column(Role.VALUE, lambda entry: completion(entry.indicator, entry.rate_digits)),
    "分值": Column(Role.VALUE, lambda entry: printed.weight(entry.line.weight)),
    "得分": Column(Role.VALUE, lambda entry: printed.points(entry.line)),
    "已填报得分": Column(Role.VALUE, lambda entry: printed.amount(entry.line.filed)),
    "偏差原因": Column(Role.TEXT, lambda entry: entry.indicator.reason or ""),
    "改进措施": Column(Role.TEXT, lambda entry: entry.indicator.measure or ""),
    "偏差原因及改进措施": Column(Role.TEXT, _reason_and_measure),
    "空白": Column(Role.VALUE, lambda _: ""),
}
"""The columns that print a cell for every indicator; 栏名, 一级指标 and 二级指标 merge cells."""


_PART_COLUMNS: dict[str, Callable[[Part], str]] = {
    "三级指标": lambda part: f"其中：{part.name}",
    "目标值": lambda part: part.target.text if part.target else "",
    "完成值": lambda part: part.actual.text if part.actual else "",
    "分值": lambda part: printed.weight(part.weight),
    "已填报得分": lambda part: printed.amount(part.filed),
}


def part_text(content: str, part: Part) -> str:
    """Return what a column prints for a child row (其中), which has no points of its own."""
    return _PART_COLUMNS[content](part) if content in _PART_COLUMNS else ""


def budget_text(content: str, scorecard: Scorecard, form: Form) -> str:
    """Return what a column of the budget block prints in the row of the whole amount."""
    line = scorecard.execution
    if content in ("分值", "得分"):
        return printed.weight(line.weight) if content == "分值" else printed.points(line)
    return fund_text(content, scorecard.sheet.budget, form)


def fund_text(content: str, row: Budget | FundRow, form: Form) -> str:
    """Return what a column of the budget block prints of amounts.

    A form without a column for 年初预算数 prints it as the budget where there is no other.
    """
    has_original = any(column.content == "年初预算数" for column in form.budget)
    planned = row.original if row.final is None and not has_original else row.final
    texts = {
        "年初预算数": printed.amount(row.original),
        "预算数": printed.amount(planned),
        "执行数": printed.amount(row.spent),
        "执行率": printed.execution_rate(row, form.rate_digits),
    }
    return texts.get(content, "")


def header_text(field: str | None, scorecard: Scorecard) -> str:
    """Return a field that stands above or below the indicators."""
    sheet = scorecard.sheet
    texts = {
        "项目名称": sheet.name,
        "主管部门": sheet.department,
        "实施单位": sheet.unit,
        "年度": str(sheet.year),
        "部门名称": printed.names(sheet)["部门名称"],
        "年度目标": printed.goals(sheet),
        "原因分析": sheet.reason,
        "改进措施": sheet.measure,
        "总分": printed.total(scorecard),
        "等级": scorecard.grade,
    }
    return texts.get(field or "") or ""


LONG_FIELDS = frozenset({"年度目标", "原因分析", "改进措施"})
