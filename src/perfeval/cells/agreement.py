"""Whether two printed figures agree, as far as their digits go.

A printed figure stands for every number that rounds to it: ``98.7`` for 98.65 to 98.75.  Two
figures are equal, equal within rounding, or different; ``100 %`` and ``0 %`` claim to be exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.numbers import (
    HUNDRED,
    ONE,
    TWO,
    ZERO,
    Exact,
    multiply,
    subtract,
    total,
    unit_in_last_place,
)


class Agreement(Enum):
    """How two figures compare."""

    EQUAL = "相等"
    WITHIN_ROUNDING = "四舍五入后相等"
    DIFFERENT = "不等"


def agree(first: Decimal, second: Decimal) -> Agreement:
    """Compare two printed figures: may both be the same number, rounded?

    >>> agree(Decimal("20563.81"), Decimal("20563.8")).value
    '四舍五入后相等'
    >>> agree(Decimal("498.42"), Decimal("498.43")).value
    '不等'
    """
    if first == second:
        return Agreement.EQUAL
    distance = subtract(first, second).copy_abs()
    if multiply(distance, TWO) <= tolerance(first, second):
        return Agreement.WITHIN_ROUNDING
    return Agreement.DIFFERENT


def tolerance(first: Decimal, second: Decimal) -> Decimal:
    """Return the last place of the figure with fewer digits, as far as the two differ in that."""
    units = unit_in_last_place(first), unit_in_last_place(second)
    return ZERO if units[0] == units[1] else max(units)


def is_rounded(printed: Decimal, exact: Exact) -> bool:
    """Tell whether *printed* is *exact*, rounded to the digits that are printed."""
    distance = subtract(multiply(printed, exact.denominator), exact.numerator).copy_abs()
    return multiply(distance, TWO) <= multiply(unit_in_last_place(printed), exact.denominator)


def is_share(
    printed: Decimal, part: Decimal, base: Decimal, claims: tuple[Decimal, ...] = (ZERO, HUNDRED)
) -> bool:
    """Tell whether *printed* percent is what *part* is of *base* (above 0).

    The percentages among *claims* are claims of exactness: 100 % is true only where *part* is all
    of it, 0 % only where it is nothing.
    """
    exact = Exact(multiply(part, HUNDRED), base)
    if printed in claims:
        return multiply(printed, base) == exact.numerator
    return is_rounded(printed, exact)


def is_sum(printed: Decimal, parts: Iterable[Decimal]) -> Agreement:
    """Compare a printed sum with its parts, each of which may have been rounded.

    Accounts keep amounts to the cent and drop the zeros behind the point, so 5000 beside a total
    of 5745.06 万元 is that amount and not one of 4999.50 to 5000.50: where the total has digits
    behind the point, parts without any are exact.  A part with fewer decimals than the total was
    rounded (20563.8 for 20563.81), and beside a total without decimals every part may have been.

    >>> is_sum(Decimal("5745.06"), [Decimal(5000), Decimal("744.60")]).value
    '不等'
    >>> is_sum(Decimal("21062.24"), [Decimal("498.43"), Decimal("20563.8")]).value
    '四舍五入后相等'
    """
    parts = tuple(parts)
    exact = total(parts)
    if printed == exact:
        return Agreement.EQUAL
    unit = unit_in_last_place(printed)
    units = [unit_in_last_place(part) for part in parts]
    rounded = [own for own in units if own < ONE or unit == ONE]
    has_same_digits = all(own == unit for own in rounded)
    slack = ZERO if has_same_digits else total((unit, *rounded))
    distance = subtract(printed, exact).copy_abs()
    if multiply(distance, TWO) <= slack:
        return Agreement.WITHIN_ROUNDING
    return Agreement.DIFFERENT


class Base(NamedTuple):
    """A figure that a share may have been taken of, with its name."""

    name: str
    number: Decimal


def fitting_bases(printed: Decimal, part: Decimal, figures: Iterable[Base]) -> Iterator[Base]:
    """Yield each figure of which *part* is the printed share.

    A wrong share nearly always has a right denominator that the text does not name.
    """
    for figure in figures:
        if figure.number > ZERO and is_share(printed, part, figure.number):
            yield figure
