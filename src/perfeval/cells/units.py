"""Two cells in one unit: 万 and 亿 are converted exactly, what is unclear is left alone."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.measures import Mismatch, relate, unit_of
from perfeval.cells.values import Cell
from perfeval.cells.words import WordEnum
from perfeval.numbers import multiply, trimmed


class MoneyUnit(WordEnum):
    """The unit of money of a document (金额单位).

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> sheet.money_unit is MoneyUnit("万元")
    True
    """

    WAN = "万元"
    YUAN = "元"


_FAR = Decimal(10)


class InOneUnit(NamedTuple):
    """Two figures in one unit.

    Attributes:
        left, right: The figures.
        leaves_out: One unit says more than the other, 3个社区 and 3个.
    """

    left: Decimal
    right: Decimal
    leaves_out: bool = False


def in_common_unit(left: Cell, right: Cell) -> InOneUnit | Mismatch:
    """Return the numbers of two cells in one unit, or why their units do not meet.

    A cell without a unit takes the unit of the other, unless that is 万 or 亿 of something and
    the two numbers are far apart.  What has a fixed factor is converted exactly.

    >>> from perfeval.cells.reading import read_cell
    >>> tuple(in_common_unit(read_cell("1.5公顷"), read_cell("25亩")))[:2]
    (Decimal('22.5'), Decimal('25'))
    """
    if left.number is None or right.number is None:
        return Mismatch.UNITS
    if left.unit == right.unit:
        return InOneUnit(left.number, right.number)
    if not left.unit or not right.unit:
        other = unit_of(left.unit or right.unit)
        if other.scale == 1:
            return InOneUnit(left.number, right.number)
        if other.measures[0].name:  # 1.2万亩 and 1.2, or 1.2万人 and 11000
            is_near = _are_close(left.number, right.number)
            return InOneUnit(left.number, right.number) if is_near else Mismatch.UNITS
    met = relate(left.unit, right.unit)
    if isinstance(met, Mismatch):
        return met
    return InOneUnit(_times(left.number, met.left), _times(right.number, met.right), met.leaves_out)


def _times(number: Decimal, factor: int) -> Decimal:
    return number if factor == 1 else multiply(number, Decimal(factor))


_MONEY = {
    (MoneyUnit.WAN, MoneyUnit.YUAN): Decimal(10_000),
    (MoneyUnit.YUAN, MoneyUnit.WAN): Decimal("0.0001"),
}


def in_money(amount: Decimal, unit: MoneyUnit, wanted: MoneyUnit) -> Decimal:
    """Convert an amount of money exactly; in its own unit it keeps its digits.

    >>> in_money(Decimal("12.50"), MoneyUnit.WAN, MoneyUnit.YUAN)
    Decimal('125000')
    """
    factor = _MONEY.get((unit, wanted))
    return amount if factor is None else Decimal(trimmed(multiply(amount, factor)))


def _are_close(one: Decimal, other: Decimal) -> bool:
    """Tell whether two numbers can be in one unit although one of them does not say so.

    Ten times off, the one without a unit is as likely to be in another.
    """
    small, large = sorted((one.copy_abs(), other.copy_abs()))
    return large <= multiply(small, _FAR)
