"""How single values are printed: points, amounts, rates, boxes, and names in a form's texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from perfeval import numbers
from perfeval.cells.notes import NoteKind
from perfeval.cells.units import in_money
from perfeval.later import regex
from perfeval.numbers import ZERO, multiply, percent, plain, trimmed
from perfeval.rulebook import Form
from perfeval.scorecard import Basis, Line, Scorecard
from perfeval.sheet import Budget, FundRow, Sheet

UNSCORED = "未计分"
_TICKED, _OPEN = "☑", "□"
_NAME = regex(r"\{([^{}]+)\}(项目)?")
_FIGURE = regex(r"[0-9]+", re.ASCII)


def points(line: Line) -> str:
    """Return a row's points with the digits that the rulebook prints; blank where it gives none."""
    if line.shown is not None:
        return plain(line.shown)
    if any(note.kind is NoteKind.EXECUTION_NOT_SCORED for note in line.notes):
        return ""
    words = {Basis.NOT_APPLICABLE: line.basis.value, Basis.WITHOUT_POINTS: ""}
    return words.get(line.basis, UNSCORED)


def total(scorecard: Scorecard) -> str:
    """Return 总分: a number, a range, or that there is none."""
    if scorecard.total is not None:
        return plain(scorecard.total)
    if not scorecard.rulebook.weights.scored:
        return ""
    if scorecard.low is None or scorecard.high is None:
        return UNSCORED
    return f"{plain(scorecard.low)}～{plain(scorecard.high)}"


def weight(value: Decimal | None) -> str:
    """Return 分值 without trailing zeros, blank where there is none."""
    return "" if value is None else trimmed(value)


def amount(value: Decimal | None) -> str:
    """Return a figure of the sheet as it has it, blank where it was not published."""
    return "" if value is None else plain(value)


def money(value: Decimal | None, sheet: Sheet, form: Form) -> str:
    """Return an amount in the form's unit of money, exactly; in the sheet's where it has none."""
    if value is None:
        return ""
    text = plain(in_money(value, sheet.money_unit, form.money_unit or sheet.money_unit))
    if form.grouped_digits:
        text = _FIGURE.sub(lambda match: f"{int(match[0]):,}", text, count=1)
    return text


def coefficient(line: Line, digits: int) -> str:
    """Return 得分系数: the points before rounding in percent of the weight."""
    if line.exact is None or not line.weight:
        return ""
    exact = line.exact
    return percent(exact.numerator, multiply(exact.denominator, line.weight), digits)


def execution_rate(row: Budget | FundRow, digits: int) -> str:
    """Return 执行率 from the amounts, blank where it cannot be computed."""
    planned = row.original if row.final is None else row.final
    if planned is None or row.spent is None or planned <= ZERO:
        return ""
    return percent(row.spent, planned, digits)


def full(scorecard: Scorecard) -> str:
    """Return the weight of the whole table: what its rows add up to, blank while some are blank."""
    weights = [line.weight for line in scorecard.lines]
    if not weights:
        return trimmed(scorecard.rulebook.weights.full)
    known = [weight for weight in weights if weight is not None]
    if len(known) < len(weights):
        return ""
    return trimmed(numbers.total([*known, scorecard.execution.weight or ZERO]))


def boxes(options: tuple[str, ...], chosen: str | None) -> str:
    """Return numbered options with the chosen one ticked.

    >>> boxes(("部门预算项目", "区级专项"), "区级专项")
    '1、部门预算项目 □\u30002、区级专项 ☑'
    """
    printed = [
        f"{number}、{option} {_TICKED if option == chosen else _OPEN}"
        for number, option in enumerate(options, 1)
    ]
    if chosen is not None and chosen not in options:
        printed.append(chosen)
    return "\u3000".join(printed)


def goals(sheet: Sheet) -> str:
    """Return 年度绩效目标: the goal, or the several goals numbered."""
    numbered = (f"（{number}）{goal.text}" for number, goal in enumerate(sheet.goals, 1))
    return "\n".join(filter(None, (sheet.goal, *numbered)))


def results(sheet: Sheet) -> str:
    """Return 年度目标完成情况: of the goal, or of the several goals, numbered as they are."""
    numbered = [
        f"（{number}）{goal.actual}" for number, goal in enumerate(sheet.goals, 1) if goal.actual
    ]
    return "\n".join(filter(None, (sheet.goal_actual, *numbered)))


def names(sheet: Sheet, form: Form) -> dict[str, str]:
    """Return what the names in a form's texts stand for."""
    return {
        "年度": str(sheet.year),
        "项目名称": sheet.name,
        "部门名称": reporter(sheet),
        "金额单位": form.money_unit or sheet.money_unit,
    }


def reporter(sheet: Sheet) -> str:
    """Return the department that reports, as it stands above the table."""
    return sheet.place


def fill(text: str | None, values: Mapping[str, str]) -> str:
    """Put values in the place of known names; a value is never read again.

    A name that itself ends with 项目 is not followed by a second 项目.

    >>> fill("{项目名称}项目绩效自评表", {"项目名称": "{年度}修缮项目", "年度": "2023"})
    '{年度}修缮项目绩效自评表'
    """
    if not text or "{" not in text:
        return text or ""

    def value(match: re.Match[str]) -> str:
        name, word = match[1], match[2] or ""
        if name not in values:
            return match.group()
        return values[name].removesuffix(word) + word

    return _NAME.sub(value, text)
