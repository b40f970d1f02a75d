"""A small evaluator of spreadsheet formulas, with fractions instead of binary numbers.

It does not know the rounding that only clears what binary fractions leave behind: with fractions
there is nothing to clear.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from perfeval.numbers import FINE_DIGITS

_TOKEN = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|[A-Z]+[0-9]+|[A-Z]+|>=|[-+*/(),=>])", re.ASCII)
_COMPARING: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
}


def _round(value: Fraction, digits: Fraction) -> Fraction:
    if digits == FINE_DIGITS:
        return value
    return _away(value, digits, lambda size: math.floor(size + Fraction(1, 2)))


def _away(value: Fraction, digits: Fraction, to_whole: Callable[[Fraction], int]) -> Fraction:
    unit = Fraction(10) ** int(digits)
    size = Fraction(to_whole(abs(value) * unit)) / unit
    return -size if value < 0 else size


_FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "MIN": min,
    "MAX": max,
    "ABS": abs,
    "MOD": lambda value, base: value % base,
    "ROUND": _round,
    "ROUNDDOWN": lambda value, digits: _away(value, digits, math.floor),
    "ROUNDUP": lambda value, digits: _away(value, digits, math.ceil),
}


def evaluate(text: str, cells: Mapping[str, Fraction]) -> Fraction | None:
    """Evaluate a formula; ``None`` where it divides by zero."""
    tokens = _TOKEN.findall(text)
    assert "".join(tokens) == text.replace(" ", ""), text
    tokens.append("")
    value = _comparison(tokens, cells)
    assert tokens == [""], text
    return value


def _comparison(tokens: list[str], cells: Mapping[str, Fraction]) -> Fraction | None:
    left = _sum(tokens, cells)
    if tokens[0] not in _COMPARING:
        return left
    compare = _COMPARING[tokens.pop(0)]
    right = _sum(tokens, cells)
    return None if left is None or right is None else Fraction(compare(left, right))


def _sum(tokens: list[str], cells: Mapping[str, Fraction]) -> Fraction | None:
    value = _product(tokens, cells)
    while tokens[0] in ("+", "-"):
        sign, other = tokens.pop(0), _product(tokens, cells)
        if value is None or other is None:
            value = None
        else:
            value = value + other if sign == "+" else value - other
    return value


def _product(tokens: list[str], cells: Mapping[str, Fraction]) -> Fraction | None:
    value = _factor(tokens, cells)
    while tokens[0] in ("*", "/"):
        sign, other = tokens.pop(0), _factor(tokens, cells)
        if value is None or other is None or (sign == "/" and not other):
            value = None
        else:
            value = value * other if sign == "*" else value / other
    return value


def _factor(tokens: list[str], cells: Mapping[str, Fraction]) -> Fraction | None:
    token = tokens.pop(0)
    if token == "-":
        value = _factor(tokens, cells)
        return None if value is None else -value
    if token == "(":
        value = _comparison(tokens, cells)
        assert tokens.pop(0) == ")"
        return value
    if token == "IF" or token in _FUNCTIONS:
        return _call(token, tokens, cells)
    return cells[token] if token in cells else Fraction(token)


def _call(name: str, tokens: list[str], cells: Mapping[str, Fraction]) -> Fraction | None:
    assert tokens.pop(0) == "("
    values = [_comparison(tokens, cells)]
    while tokens[0] == ",":
        tokens.pop(0)
        values.append(_comparison(tokens, cells))
    assert tokens.pop(0) == ")"
    if name == "IF":
        return None if values[0] is None else values[1 if values[0] else 2]
    return None if None in values else _FUNCTIONS[name](*values)
