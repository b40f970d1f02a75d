"""目标值和完成值 beside the rest of the sheet: the name, the year, the money that was spent."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.agreement import Agreement, agree
from perfeval.cells.units import MoneyUnit, in_money
from perfeval.cells.values import Cell, CellKind
from perfeval.checks.costs import is_cost
from perfeval.checks.patterns import pattern
from perfeval.checks.registry import FINE, LACKING, Fault, Results, row_check
from perfeval.checks.subjects import Row
from perfeval.findings import Nature, Severity
from perfeval.numbers import parse_number, plain
from perfeval.sheet import Indicator


@row_check("VA221", Severity.WARNING, Nature.HEURISTIC)
def sign_unlike_name(row: Row) -> Results:
    """The indicator's name says at most where its sign says at least, or the other way round."""
    indicator = row.line.indicator
    printed = None if indicator.target is None else indicator.target.sign
    stated = indicator.sign or printed
    if stated is None:
        return
    least, most = (
        pattern(name).search(indicator.name) for name in ("at-least-in-name", "at-most-in-name")
    )
    named = least or most
    if named is None or (least and most):
        return
    if stated.is_reverse is (most is not None):
        yield FINE
    else:
        yield Fault(
            f"名称写“{named.group()}”，符号是“{stated.value}”",
            ("符号" if indicator.sign else "目标值",),
            "请核对方向，改成一致",
            row.line.weight,
        )


@row_check("VA222", Severity.WARNING, Nature.HEURISTIC)
def deadline_of_other_year(row: Row) -> Results:
    """The target is to be done in another year than the sheet's, or was done in an earlier one."""
    target, year = row.line.indicator.target, row.scorecard.sheet.year
    if target is None:
        return
    found = [
        match
        for match in pattern("deadline").finditer(target.text)
        if not pattern("compared-before").search(target.text, 0, match.start())
    ]
    if found and all(parse_number(match["year"]) != year for match in found):
        yield Fault(
            f"期限“{target.text}”是 {found[-1]['year']} 年，这张表是 {year} 年度",
            ("目标值",),
            "请核对年度；跨年的，写本年应完成的部分",
            row.line.weight,
        )
        return
    early = _year_before(row.line.indicator.actual, year) if target.kind is CellKind.DATE else None
    if early is not None:
        yield Fault(
            f"完成时间“{early.text}”早于这张表的 {year} 年度",
            ("完成值",),
            "请核对年份；确实在以前年度完成的，写明原因",
            row.line.weight,
        )
    elif found:
        yield FINE


def _year_before(actual: Cell | None, year: int) -> Cell | None:
    """Return an actual that is a date of an earlier year; ``None`` for any other."""
    span = None if actual is None else actual.facts.span
    if span is None or span.lacks_year or span.last.year >= year:
        return None
    return actual


def _in_sheet(cell: Cell | None, unit: MoneyUnit) -> Decimal | None:
    """Return an amount of money in the sheet's unit; ``None`` for what is none, or says no unit."""
    printed = None if cell is None else _BY_WORD.get(cell.unit)
    if cell is None or cell.number is None or printed is None:
        return None
    return in_money(cell.number, printed, unit)


_BY_WORD = {unit.value: unit for unit in MoneyUnit}


def _is_cost(indicator: Indicator) -> bool:
    return is_cost(indicator) or pattern("whole-cost").search(indicator.name) is not None


def _is_cost_in_money(row: Row) -> bool:
    """Tell whether a row is a cost, of the project or of a part of it, with an amount as target."""
    indicator = row.line.indicator
    target = _in_sheet(indicator.target, row.scorecard.sheet.money_unit)
    return target is not None and _is_cost(indicator)


@row_check("VA223", Severity.WARNING, Nature.HEURISTIC, when=_is_cost_in_money)
def cost_unlike_spending(row: Row) -> Results:
    """The cost of the whole project is not what the sheet says was spent."""
    indicator, sheet = row.line.indicator, row.scorecard.sheet
    target = _in_sheet(indicator.target, sheet.money_unit)
    is_whole = target == sheet.budget.base or pattern("whole-cost").search(indicator.name)
    if not is_whole or indicator.actual is None or _has_other_unit(row):
        return
    actual = _in_sheet(indicator.actual, sheet.money_unit)
    spent = sheet.budget.spent
    if actual is None or spent is None:
        yield LACKING
    elif agree(actual, spent) is not Agreement.DIFFERENT:
        yield FINE
    else:
        yield Fault(
            f"“{row.line.name}”完成 {indicator.actual.text}，执行数是 {plain(spent)}"
            f" {sheet.money_unit}",
            ("完成值",),
            "请核对两个数；成本只算一部分的，写进名称",
            row.line.weight,
        )


def _amounts(row: Row) -> list[Decimal]:
    budget = row.scorecard.sheet.budget
    return [item for item in (budget.base, budget.spent) if item]


def _has_other_unit(row: Row) -> bool:
    """Tell whether the target has the digits of the money, and is another amount by its unit."""
    cell, unit, amounts = row.line.indicator.target, row.scorecard.sheet.money_unit, _amounts(row)
    target = _in_sheet(cell, unit)
    has_digits = cell is not None and cell.unit != unit.value and cell.number in amounts
    return has_digits and target not in amounts


@row_check("VA224", Severity.WARNING, Nature.HEURISTIC, when=_is_cost_in_money)
def cost_in_other_unit_of_money(row: Row) -> Results:
    """A cost has the digits of the sheet's budget and another unit of money."""
    cell, unit = row.line.indicator.target, row.scorecard.sheet.money_unit
    target = _in_sheet(cell, unit)
    if cell is None or target is None:
        return
    if not _amounts(row):
        yield LACKING
    elif _has_other_unit(row):
        yield Fault(
            f"目标值写 {cell.text}，预算写 {plain(cell.number or target)} {unit}：差一万倍",
            ("目标值",),
            "请核对“金额单位”和这一行的单位",
            row.line.weight,
        )
    else:
        yield FINE
