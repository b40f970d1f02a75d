"""Numbers as files store them: exact from their text, to the digits that a spreadsheet keeps."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from perfeval.numbers import RoundingMode, is_plain, round_number, trimmed

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_KEPT = 15
"""A spreadsheet keeps and shows 15 digits; what follows is the noise of a binary fraction."""
_MOST_DECIMALS = 19
_LONGEST = 60


@lru_cache(maxsize=4_096)
def stored_number(text: str) -> Decimal | None:
    """Read the number that a file stores; ``None`` where it is none, or too long to compute with.

    >>> stored_number("0.96999999999999997"), stored_number("1.2867E3"), stored_number("1,2")
    (Decimal('0.97'), Decimal('1286.7'), None)
    """
    text = text.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    if not number:
        return Decimal(0)
    if not -_MOST_DECIMALS <= number.adjusted() <= _MOST_DECIMALS:
        return None
    number = _kept(number)
    return number if is_plain(number) else None


def _kept(number: Decimal) -> Decimal:
    """Return a number to the digits that are kept, without the zeros that rounding leaves."""
    if len(number.as_tuple().digits) > _KEPT:
        decimals = _KEPT - 1 - number.adjusted()
        scale = max(-decimals, 0)
        whole = number.scaleb(-scale)
        decimals = min(decimals + scale, _MOST_DECIMALS)
        number = round_number(whole, decimals, RoundingMode.HALF_UP).scaleb(scale)
    return Decimal(trimmed(number))
