"""Two cells in one unit: 万 and 亿 are converted exactly, what is unclear is left alone."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.measures import Mismatch, is_ratio, relate, unit_of
from perfeval.cells.values import Cell, Kind
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
        is_taken: The side without a unit took that of the other.
    """

    left: Decimal
    right: Decimal
    leaves_out: bool = False
    is_taken: bool = False


def in_common_unit(left: Cell, right: Cell) -> InOneUnit | Mismatch:
    """Return the numbers of two cells in one unit, or why their units do not meet.

    A cell without a unit takes the unit of the other, unless that is 万 or 亿 and the two numbers
    are far apart.  Where no more than 万 is written, it is a number: 10万 and 100000 need no unit.
    Zero is zero in any unit.  What has a fixed factor is converted exactly.

    >>> from perfeval.cells.reading import read_cell
    >>> tuple(in_common_unit(read_cell("1.5公顷"), read_cell("25亩")))[:2]
    (Decimal('22.5'), Decimal('25'))
    """
    if left.number is None or right.number is None:
        return Mismatch.UNITS
    if left.unit == right.unit:
        return InOneUnit(left.number, right.number)
    if not left.unit or not right.unit:
        return _with_bare(
            left.number, right.number, left.unit or right.unit, is_left=bool(left.unit)
        )
    met = relate(left.unit, right.unit)
    if isinstance(met, Mismatch):
        return met
    return InOneUnit(
        multiplied(left.number, met.left), multiplied(right.number, met.right), met.leaves_out
    )


def _with_bare(left: Decimal, right: Decimal, unit: str, *, is_left: bool) -> InOneUnit | Mismatch:
    """Return two numbers of which one has a unit: both in that unit, or both as plain numbers."""
    other = unit_of(unit)
    if other.scale == 1 or _are_close(left, right):
        return InOneUnit(left, right, is_taken=True)
    if other.measures[0].name:  # 1.2万人 and 11000: persons, or 万人 with a slip?
        return Mismatch.UNITS
    if is_left:
        left = multiplied(left, other.scale)
    else:
        right = multiplied(right, other.scale)
    return InOneUnit(left, right) if _are_close(left, right) else Mismatch.UNITS


def are_off_by_scale(left: Cell, right: Cell, unit: str) -> bool:
    """Tell whether a bare number of a row in 万 may be without it: 1.2 and 11800 in 万人.

    >>> from perfeval.cells.reading import read_cell
    >>> one, other = read_cell("1.2"), read_cell("11800")
    >>> are_off_by_scale(one, other, "万人"), are_off_by_scale(one, other, "人")
    (True, False)
    """
    scale = unit_of(unit).scale
    if scale == 1 or left.kind is not Kind.NUMBER or right.kind is not Kind.NUMBER:
        return False
    if not (left.number and right.number) or (left.unit and right.unit):
        return False
    small, large = sorted(
        multiplied(number.copy_abs(), unit_of(own or unit).scale)
        for number, own in ((left.number, left.unit), (right.number, right.unit))
    )
    return multiply(large, _FAR) >= multiplied(small, scale)


def spelt_out(cell: Cell) -> Decimal | None:
    """Return the number of a figure in percent, or without 万; ``None`` where it is that already.

    >>> from perfeval.cells.reading import read_cell
    >>> [str(spelt_out(read_cell(text))) for text in ("850‰", "1.2万人", "85%", "85分", "优")]
    ['85', '12000', 'None', 'None', 'None']
    """
    if cell.number is None:
        return None
    if not is_ratio(cell.unit):
        scale = unit_of(cell.unit).scale
        return None if scale == 1 else multiplied(cell.number, scale)
    met = relate(cell.unit, "%")
    if isinstance(met, Mismatch) or met.left == met.right:
        return None
    places = Decimal((0, (1,), 1 - len(str(met.right))))  # all such parts are powers of ten
    return Decimal(trimmed(multiply(multiply(cell.number, Decimal(met.left)), places)))


def multiplied(number: Decimal, factor: int) -> Decimal:
    """Multiply; the product has no more decimals than it needs: 1.2万 is 12000, never 12000.0."""
    return number if factor == 1 else Decimal(trimmed(multiply(number, Decimal(factor))))


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
    if not one or not other:
        return True
    small, large = sorted((one.copy_abs(), other.copy_abs()))
    return large <= multiply(small, _FAR)
