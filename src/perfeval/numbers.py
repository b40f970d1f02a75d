"""Exact decimal numbers, and the only place where a number is rounded.

All arithmetic runs in one private decimal context that refuses to lose a digit: a sum or a
product that would not fit raises instead of being cut.  A quotient is never formed; it stays a
pair of numerator and denominator (`Exact`) until a rulebook's rounding is applied to it once.
So no result depends on the caller's decimal context, and ties are real ties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
)
from enum import Enum
from functools import reduce
from typing import NamedTuple

from perfeval.later import regex

PRECISION = 120
"""Significant digits of the private context: room for products of five 20-digit numbers."""

MAX_DIGITS = 20
"""The most digits that a number in a sheet or rulebook may have."""

FINE_DIGITS = 12
"""Decimals to which a spreadsheet keeps a quotient before the rulebook's rounding: fewer than a
binary fraction holds for points, so that what is exactly half way stays exactly half way."""

_EXACT = Context(
    prec=PRECISION,
    traps=[Clamped, DivisionByZero, FloatOperation, Inexact, InvalidOperation, Overflow],
)
add = _EXACT.add
subtract = _EXACT.subtract
multiply = _EXACT.multiply
_divide_int = _EXACT.divide_int
_scale = _EXACT.scaleb

ZERO = Decimal(0)
ONE = Decimal(1)
TWO = Decimal(2)
HUNDRED = Decimal(100)

_NUMBER = regex(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)


class RoundingMode(str, Enum):
    """How a tie, or any remainder, is rounded.

    >>> RoundingMode("四舍五入") is RoundingMode.HALF_UP
    True
    """

    HALF_UP = "四舍五入"
    HALF_EVEN = "四舍六入五成双"
    DOWN = "舍去"
    UP = "进一"


_HALF_UP = RoundingMode.HALF_UP  # bound once: to look a member up takes as long as a sum
_SHORT = Context(prec=MAX_DIGITS, Emax=MAX_DIGITS - 1, Emin=-1, traps=[Clamped, Rounded, Overflow])
_ROUNDED = Context(prec=PRECISION, traps=[InvalidOperation, FloatOperation])
_DECIMAL_MODES = {
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.DOWN: ROUND_DOWN,
    RoundingMode.UP: ROUND_UP,
}
_UNITS = tuple(Decimal(1).scaleb(-digits, _ROUNDED) for digits in range(MAX_DIGITS))
_HALVES = tuple(Decimal(2).scaleb(digits, _ROUNDED) for digits in range(MAX_DIGITS))
_ZEROS = tuple(Decimal(0).scaleb(-digits, _ROUNDED) for digits in range(MAX_DIGITS))


class Exact(NamedTuple):
    """An exact number that is not yet rounded, with the formula it came from.

    Its value is ``numerator ÷ denominator``; the denominator is above 0.  ``formula`` is a text
    with one ``{}`` for each operand, and evaluates to the same value.

    >>> str(Exact(Decimal(52), Decimal(32), "{} × {} ÷ {}", (Decimal(2), Decimal(26), Decimal(32))))
    '2 × 26 ÷ 32'
    """

    numerator: Decimal
    denominator: Decimal
    formula: str = "{}"
    operands: tuple[Decimal, ...] = ()

    def __str__(self) -> str:
        return self.formula.format(*map(plain, self.operands))


def whole(number: Decimal) -> Exact:
    """Return *number* itself as an exact number."""
    return Exact(number, ONE, "{}", (number,))


def total(numbers: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of *numbers*."""
    return reduce(add, numbers, ZERO)


def parse_number(text: str) -> Decimal | None:
    """Read a plain decimal number, or return ``None`` where *text* is not exactly one.

    ``0102``, ``1_000``, ``+5``, ``1e3``, ``.5``, ``NaN`` and full-width digits are not numbers.

    >>> parse_number("12.50")
    Decimal('12.50')
    >>> parse_number("0102") is None
    True
    """
    if len(text) <= MAX_DIGITS + 2 and _NUMBER.fullmatch(text):
        number = Decimal(text)
        if len(text) > MAX_DIGITS and not is_plain(number):
            return None
        return number if number else number.copy_abs()  # there is no -0
    return None


def is_plain(number: Decimal) -> bool:
    """Tell whether *number* is finite and short enough to be computed with exactly."""
    try:
        return _SHORT.plus(number).is_finite()
    except (Clamped, Rounded, Overflow):
        return False


def plain(number: Decimal) -> str:
    """Write *number* without an exponent, with the digits it has.

    >>> plain(Decimal("1E+3")), plain(Decimal("12.50"))
    ('1000', '12.50')
    """
    return format(number, "f")


def trimmed(number: Decimal) -> str:
    """Write *number* without an exponent and without trailing zeros.

    >>> trimmed(Decimal("12.50")), trimmed(Decimal("100"))
    ('12.5', '100')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_number(number: Decimal, digits: int, mode: RoundingMode) -> Decimal:
    """Round a number that is not a quotient to *digits* decimals.

    >>> round_number(Decimal("97.5"), 0, RoundingMode.DOWN)
    Decimal('97')
    """
    return number.quantize(_UNITS[digits], _DECIMAL_MODES[mode], _ROUNDED) or _ZEROS[digits]


def round_exact(value: Exact, digits: int, mode: RoundingMode) -> Decimal:
    """Round an exact number once to *digits* decimals.

    Args:
        value: What to round.
        digits: Decimal places of the result, 0 or more.
        mode: What happens to the remainder.

    Returns:
        The rounded number, with exactly *digits* decimals.

    >>> round_exact(Exact(Decimal(52), Decimal(32)), 2, RoundingMode.HALF_UP)
    Decimal('1.63')
    """
    return round_ratio(value.numerator, value.denominator, digits, mode)


def round_ratio(
    numerator: Decimal, denominator: Decimal, digits: int, mode: RoundingMode
) -> Decimal:
    """Round numerator ÷ denominator (above 0) once; see `round_exact`."""
    if denominator is ONE:
        return round_number(numerator, digits, mode)
    if mode is _HALF_UP and numerator >= ZERO:  # the usual case, in one division
        halves = multiply(numerator, _HALVES[digits])
        quotient = _divide_int(add(halves, denominator), add(denominator, denominator))
    else:
        numerator = _scale(numerator, digits)
        quotient = _divide_int(numerator, denominator)
        rest = subtract(numerator, multiply(quotient, denominator))
        if rest and _rounds_away(rest.copy_abs(), denominator, quotient, mode):
            quotient = add(quotient, ONE.copy_sign(numerator))
    return multiply(quotient, _UNITS[digits]) or _ZEROS[digits]


def _rounds_away(
    rest: Decimal, denominator: Decimal, quotient: Decimal, mode: RoundingMode
) -> bool:
    """Tell whether a remainder above 0 moves the quotient away from zero."""
    if mode is RoundingMode.DOWN:
        return False
    if mode is RoundingMode.UP:
        return True
    twice = multiply(rest, TWO)
    if twice != denominator or mode is RoundingMode.HALF_UP:
        return twice >= denominator
    return bool(_EXACT.remainder(quotient, TWO))


def expand(value: Exact, digits: int) -> str:
    """Write an exact number in full, or with *digits* decimals and ``…`` where it does not end.

    >>> expand(Exact(Decimal(52), Decimal(32)), 4), expand(Exact(Decimal(72), Decimal(42)), 4)
    ('1.625', '1.7142…')
    """
    cut = round_exact(value, digits, RoundingMode.DOWN)
    exact = multiply(cut, value.denominator) == value.numerator
    return trimmed(cut) if exact else plain(cut) + "…"


def percent(part: Decimal, base: Decimal, digits: int) -> str:
    """Write *part* as a percentage of *base* (above 0), half up to *digits* decimals.

    100 % and 0 % claim to be exact; a rate that only comes near gets as many more digits as it
    takes to tell.

    >>> percent(Decimal("1269.62"), Decimal("1286.70"), 2), percent(ONE, ONE, 2)
    ('98.67%', '100%')
    >>> percent(Decimal("143.82"), Decimal("144"), 0)
    '99.9%'
    """
    if part in (base, ZERO):
        return f"{trimmed(HUNDRED if part else ZERO)}%"
    rate = Exact(multiply(part, HUNDRED), base)
    for more in range(min(digits, MAX_DIGITS - 1), MAX_DIGITS):
        rounded = round_exact(rate, more, RoundingMode.HALF_UP)
        if rounded not in (HUNDRED, ZERO):
            return f"{plain(rounded)}%"
    is_below = part < base and rounded == HUNDRED
    mode = RoundingMode.DOWN if is_below else RoundingMode.UP  # away from what it is not
    return f"{plain(round_exact(rate, MAX_DIGITS - 1, mode))}%"


def decimals_of(number: Decimal) -> int:
    """Return how many decimals a number was written with.

    >>> decimals_of(Decimal("98.70")), decimals_of(Decimal("100"))
    (2, 0)
    """
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def unit_in_last_place(number: Decimal) -> Decimal:
    """Return one unit of the last printed digit.

    >>> unit_in_last_place(Decimal("98.70"))
    Decimal('0.01')
    """
    exponent = number.as_tuple().exponent
    return _scale(ONE, exponent if isinstance(exponent, int) else 0)
