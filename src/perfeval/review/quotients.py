"""Quotients of what many projects add up to: exact until they are shown, rounded half up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from perfeval.numbers import Exact, RoundingMode, round_exact


def half_up(value: Fraction, digits: int) -> Decimal:
    """Return a quotient with so many decimals.

    >>> half_up(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    exact = Exact(Decimal(value.numerator), Decimal(value.denominator))
    return round_exact(exact, digits, RoundingMode.HALF_UP)
