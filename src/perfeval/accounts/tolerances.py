"""Whether printed figures can all be true: equal, within rounding, cut, or not.

A printed figure stands for every number that rounds to it.  A sum of such figures, and a rate of
two of them, is known no better than they are; 100 % and a bare 0 % claim to be exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from perfeval.accounts.data import Limit, limit
from perfeval.cells.agreement import is_rounded
from perfeval.numbers import (
    HUNDRED,
    ONE,
    TWO,
    ZERO,
    Exact,
    RoundingMode,
    add,
    decimals_of,
    multiply,
    round_exact,
    subtract,
    total,
    trimmed,
    unit_in_last_place,
)

CENT = ONE / HUNDRED
_HALF = ONE / TWO
"""What accounts in 10,000 yuan are kept to; 5000 beside them is that amount to the cent."""


class Fit(Enum):
    """How printed figures fit each other."""

    EXACT = "相等"
    ROUNDED = "四舍五入后相等"
    CUT = "截位"
    BROKEN = "不等"


def fit_of_sum(whole: Decimal, parts: Iterable[Decimal], step: Decimal = CENT) -> Fit:
    """Compare a printed sum with its parts, each of which was rounded to the cent.

    >>> fit_of_sum(Decimal("3832.36"), [Decimal("1572.70"), Decimal("2259.65")]).value
    '四舍五入后相等'
    """
    parts = tuple(parts)
    gap = subtract(whole, total(parts)).copy_abs()
    if not gap:
        return Fit.EXACT
    return (
        Fit.ROUNDED if multiply(gap, TWO) <= multiply(step, Decimal(len(parts) + 1)) else Fit.BROKEN
    )


def fit_of_rate(
    printed: Decimal, part: Decimal, base: Decimal, step: Decimal = CENT, *, is_claim: bool = True
) -> Fit:
    """Compare a printed percentage with what it is a percentage of (above 0).

    Args:
        printed: The percentage as printed.
        part: What it is the share of.
        base: Of what.
        step: To what the two amounts were rounded.
        is_claim: Whether 100 and 0 are claims of exactness.

    >>> fit_of_rate(Decimal("3.2"), Decimal("0.99"), Decimal("31.47")).value
    '四舍五入后相等'
    >>> fit_of_rate(Decimal("100"), Decimal("143.82"), Decimal("144")).value
    '不等'
    """
    exact = Exact(multiply(part, HUNDRED), base)
    if is_claim and (printed == HUNDRED or (not printed and unit_in_last_place(printed) == 1)):
        return Fit.EXACT if multiply(printed, base) == exact.numerator else Fit.BROKEN
    if is_rounded(printed, exact):
        return Fit.EXACT
    half = multiply(step, _HALF)
    least = Exact(multiply(subtract(part, half), HUNDRED), add(base, half))
    most = Exact(multiply(add(part, half), HUNDRED), subtract(base, half)) if base > half else None
    if _reaches(printed, least, most):
        return Fit.ROUNDED
    gap = subtract(multiply(printed, base), exact.numerator).copy_abs()
    return Fit.CUT if gap < multiply(unit_in_last_place(printed), base) else Fit.BROKEN


def _reaches(printed: Decimal, least: Exact, most: Exact | None) -> bool:
    """Tell whether what rounds to *printed* and what lies between two bounds meet."""
    half = multiply(unit_in_last_place(printed), _HALF)
    above, below = add(printed, half), subtract(printed, half)
    reaches_up = multiply(above, least.denominator) >= least.numerator
    reaches_down = most is None or multiply(below, most.denominator) <= most.numerator
    return reaches_up and reaches_down


def rate_text(part: Decimal, base: Decimal, like: Decimal) -> str:
    """Write what the percentage should be, with as many decimals as the printed one has.

    >>> rate_text(Decimal("11164.08"), Decimal("10725.3"), Decimal("99.5"))
    '104.1%'
    """
    digits = decimals_of(like)
    exact = Exact(multiply(part, HUNDRED), base)
    mode = RoundingMode.HALF_UP
    rounded = round_exact(exact, digits, mode)
    while rounded in (HUNDRED, ZERO) and part not in (base, ZERO) and digits < MOST_DIGITS:
        digits += 1
        rounded = round_exact(exact, digits, mode)
    return f"{trimmed(rounded) if rounded == HUNDRED else rounded}%"


MOST_DIGITS = limit(Limit.DIGITS_MORE)
"""To how many decimals a rate is printed that is nearly 100 % or nearly nothing."""
