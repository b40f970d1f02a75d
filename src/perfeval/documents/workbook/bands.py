"""The bands of words: the points between their ends, and what is said where there are none."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.notes import NoteKind
from perfeval.documents.workbook.formula import (
    BLANK,
    FINE_DIGITS,
    Formula,
    above,
    at_least,
    both,
    is_number,
    joined,
    minus,
    number,
    quotient,
    rounded,
    times,
    when,
    words,
)
from perfeval.numbers import HUNDRED, ZERO, RoundingMode
from perfeval.rulebook import Band

_NIL, _WHOLE = number(ZERO), number(HUNDRED)
_HALF_UP = RoundingMode.HALF_UP


class Judged(NamedTuple):
    """The points that were judged, and the ends between which they may lie."""

    exact: Formula
    low: Formula
    high: Formula


def noted(kind: NoteKind, *values: Formula) -> Formula:
    """Return the sentence of a note, with the values of cells."""
    pieces = kind.value.split("{}")
    parts = [words(pieces[0])]
    for value, piece in zip(values, pieces[1:], strict=True):
        parts += (value, words(piece))
    return joined(*parts)


def end_of(weight: Formula, share: Decimal, digits: int, mode: RoundingMode) -> Formula:
    """Return an end of a band: a share of the weight in percent."""
    return rounded(quotient(times(weight, number(share)), _WHOLE), digits, mode)


def awarded(band: Band, judged: Formula, weight: Formula, given: Formula) -> Formula:
    """Return the points of a band: fixed, or judged between its ends, or blank."""
    if band.fixed is not None:
        return quotient(times(weight, number(band.fixed)), _WHOLE)
    over, under = (
        rounded(minus(times(judged, _WHOLE), times(weight, number(share))), FINE_DIGITS, _HALF_UP)
        for share in (band.lower, band.upper)
    )
    above_low = at_least(over, _NIL) if band.includes_lower else above(over, _NIL)
    below_high = at_least(_NIL, under) if band.includes_upper else above(_NIL, under)
    return when(is_number(judged), when(both(above_low, below_high), given, BLANK), BLANK)


def outside(band: Band, judged: Judged, typed: Formula) -> Formula:
    """Say that the points of a band are missing, or lie outside it."""
    ends = [
        end if included else joined(end, words("（不含）"))
        for end, included in (
            (judged.low, band.includes_lower),
            (judged.high, band.includes_upper),
        )
    ]
    missing = noted(NoteKind.NO_JUDGEMENT, words(band.name), *ends)
    outside = noted(NoteKind.OUTSIDE_BAND, words(band.name), *ends, typed)
    return when(is_number(typed), outside, missing)
