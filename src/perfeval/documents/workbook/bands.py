"""The bands of words: the points between their ends, and what is said where there are none."""

from __future__ import annotations

from typing import NamedTuple

from perfeval.cells.notes import NoteKind
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    both,
    is_number,
    joined,
    number,
    of_condition,
    of_rule,
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
    """Return the message of a note as a formula, with cells in place of its values."""
    pieces = kind.value.split("{}")
    parts = [words(pieces[0])]
    for value, piece in zip(values, pieces[1:], strict=True):
        parts += (value, words(piece))
    return joined(*parts)


def awarded(band: Band, judged: Formula, weight: Formula, given: Formula) -> Formula:
    """Return the points of a band: fixed, or judged between its ends, or blank."""
    if band.points is not None:
        return of_rule(band.points, weight=weight)
    inside = both(*(of_condition(end, judged=judged, weight=weight) for end in band.inside))
    return when(is_number(judged), when(inside, given, BLANK), BLANK)


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
