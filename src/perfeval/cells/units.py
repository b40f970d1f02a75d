"""Two cells in one unit: 万 and 亿 are converted exactly, what is unclear is left alone."""

from __future__ import annotations

import re
from decimal import Decimal

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


_SCALED_UNIT = re.compile(r"(千万|百万|万|亿|千(?=元)|百(?=元))?(.*)", re.DOTALL)
_SCALES = {
    None: Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
}
_FAR = Decimal(10)


def in_common_unit(left: Cell, right: Cell) -> tuple[Decimal, Decimal] | None:
    """Return the numbers of two cells in one unit, or ``None`` where the units do not agree.

    A cell without a unit takes the unit of the other, unless that is 万 or 亿 of something and
    the two numbers are far apart.  元, 万元, 亿元 and 万 or 亿 of any unit are converted exactly.

    >>> from perfeval.cells.values import read_cell
    >>> in_common_unit(read_cell("2.6亿元"), read_cell("24500万元"))
    (Decimal('260000000.0'), Decimal('245000000'))
    """
    if left.number is None or right.number is None:
        return None
    if left.unit == right.unit:
        return left.number, right.number
    left_scale, left_unit = _split_unit(left.unit)
    right_scale, right_unit = _split_unit(right.unit)
    if left_unit and right_unit and left_unit != right_unit:
        return None
    if left_scale == right_scale:
        return left.number, right.number
    is_bare = not left.unit or not right.unit
    if is_bare and (left_unit or right_unit):  # 1.2万亩 and 1.2, or 1.2万人 and 11000
        return (left.number, right.number) if _are_close(left.number, right.number) else None
    return multiply(left.number, left_scale), multiply(right.number, right_scale)


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


def _split_unit(unit: str) -> tuple[Decimal, str]:
    match = _SCALED_UNIT.fullmatch(unit)
    if match is None:  # pragma: no cover - the pattern takes any text
        return _SCALES[None], unit
    return _SCALES[match[1]], match[2]
