"""The units of a row: what scales them, and how the figures of two sides meet."""

from __future__ import annotations

from typing import NamedTuple

from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    at_least,
    behind,
    both,
    chosen,
    differs,
    either,
    equal,
    exact,
    first,
    has,
    is_number,
    largest,
    negated,
    number,
    size,
    smallest,
    times,
    when,
    words,
)
from perfeval.numbers import ONE

_ONE, _FAR = number(ONE), number(10)
_SCALES = (("千万", 7), ("百万", 6), ("千元", 3), ("百元", 2), ("万", 4), ("亿", 8))


class CellReading(NamedTuple):
    """Target or actual: how it was read, its unit, and what of the unit scales it."""

    kind: Formula
    number: Formula
    unit: Formula
    scale: Formula
    base: Formula
    text: Formula


def named(unit: Formula) -> Formula:
    """Return a unit, or （未写） where it is blank."""
    return when(equal(unit, BLANK), words("（未写）"), unit)


def scale_of(unit: Formula) -> Formula:
    """Return by what a unit scales its figure: 10000 for 万元."""
    cases = [
        (equal(first(unit, len(word)), words(word)), number(10**power)) for word, power in _SCALES
    ]
    return chosen(cases, _ONE)


def base_of(unit: Formula) -> Formula:
    """Return a unit without the word that scales it."""
    cases = [
        (equal(first(unit, len(word)), words(word)), behind(unit, len(word.removesuffix("元"))))
        for word, _ in _SCALES
    ]
    return chosen(cases, unit)


def conversion(one: CellReading, other: CellReading) -> Formula:
    """Return 照写, 换算 or 不同, by the units of two sides."""
    bare = either(equal(one.unit, BLANK), equal(other.unit, BLANK))
    based = either(differs(one.base, BLANK), differs(other.base, BLANK))
    small = smallest(size(one.number), size(other.number))
    large = largest(size(one.number), size(other.number))
    is_near = either(equal(small, number(0)), at_least(times(_FAR, small), large))
    left, right = times(size(one.number), one.scale), times(size(other.number), other.scale)
    is_near_as_number = at_least(times(_FAR, smallest(left, right)), largest(left, right))
    taken = chosen(
        [
            (is_near, words("照写")),
            (based, words("不同")),
            (is_near_as_number, words("换算")),
        ],
        words("不同"),
    )
    countable = both(is_number(one.number), is_number(other.number))
    is_open = either(_scales_a_rate(one, other), _scales_a_rate(other, one))
    return chosen(
        [
            (exact(one.unit, other.unit), words("照写")),
            (is_open, words("不同")),
            (
                both(
                    differs(one.base, BLANK),
                    differs(other.base, BLANK),
                    negated(exact(one.base, other.base)),
                ),
                words("不同"),
            ),
            (equal(one.scale, other.scale), words("照写")),
            (negated(countable), words("不同")),
            (bare, taken),
        ],
        words("换算"),
    )


def _scales_a_rate(one: CellReading, other: CellReading) -> Formula:
    """Tell whether one side is in 万 alone and the other is of something for each of something."""
    return both(differs(one.unit, BLANK), equal(one.base, BLANK), has(other.base, "/", "每"))
