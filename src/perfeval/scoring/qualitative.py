"""定性: words pick a band, and the filed points inside the band are the judgement."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.notes import Note, NoteKind
from perfeval.numbers import (
    HUNDRED,
    Exact,
    RoundingMode,
    multiply,
    plain,
    round_exact,
    round_number,
    whole,
)
from perfeval.rulebook import Band, Rounding, Rulebook

_EXCLUDED = "（不含）"
SENTENCE = "按用语归档，在该档分值区间内评定"


class Judgement(NamedTuple):
    """Points judged inside a band (or fixed by it), or the bounds within which they must lie."""

    exact: Exact | None
    low: Decimal
    high: Decimal
    notes: tuple[Note, ...]
    is_reached: bool = False
    """The words are those of the best band: the target is met."""


def judge(
    target: str, actual: str, filed: Decimal | None, weight: Decimal, rulebook: Rulebook
) -> Judgement | None:
    """Judge a qualitative indicator.

    Args:
        target: The target's words.
        actual: The words that say what was achieved.
        filed: The points that were judged.
        weight: Full points (分值).
        rulebook: Its bands, words and rounding.

    Returns:
        The judgement, or ``None`` where the words fit no band.

    Source:
        财预〔2020〕10号; the notes printed under the Hubei project form.
    """
    band, notes = _band_of(target, actual, rulebook)
    if band is None:
        return None
    low, high = _bounds(band, weight, rulebook.rounding.row)
    is_best = band is rulebook.qualitative.bands[0]
    if band.fixed is not None:
        product = multiply(weight, band.fixed)
        exact = Exact(product, HUNDRED, "{} × {} ÷ {}", (weight, band.fixed, HUNDRED))
        return Judgement(exact, low, high, notes, is_best)
    if filed is not None and _is_inside(filed, weight, band):
        exact = _kept(filed, low, high, rulebook.rounding.row)
        return Judgement(exact, low, high, notes, is_best)
    ends = (
        plain(low) + ("" if band.includes_lower else _EXCLUDED),
        plain(high) + ("" if band.includes_upper else _EXCLUDED),
    )
    note = Note(NoteKind.NO_JUDGEMENT, (band.name, *ends))
    if filed is not None:
        note = Note(NoteKind.OUTSIDE_BAND, (band.name, *ends, plain(filed)))
    return Judgement(None, low, high, (*notes, note))


def _kept(filed: Decimal, low: Decimal, high: Decimal, rounding: Rounding) -> Exact:
    """Return the judged points with the digits that are kept, still inside the band."""
    rounded = round_number(filed, rounding.digits, rounding.mode)
    inside = min(max(rounded, low), high)
    return whole(filed if inside == filed else inside)


def _bounds(band: Band, weight: Decimal, rounding: Rounding) -> tuple[Decimal, Decimal]:
    """Return the ends of a band in points, rounded inwards so that they can be awarded."""
    low, high = (
        round_exact(Exact(multiply(weight, share), HUNDRED), rounding.digits, mode)
        for share, mode in ((band.lower, RoundingMode.UP), (band.upper, RoundingMode.DOWN))
    )
    return min(low, high), high


def _band_of(target: str, actual: str, rulebook: Rulebook) -> tuple[Band | None, tuple[Note, ...]]:
    bands = rulebook.qualitative.bands
    for band in bands:
        if actual in band.words:
            return band, ()
    if actual == target:
        return bands[0], (Note(NoteKind.SAME_WORDS),)
    if actual in rulebook.quantitative.achieved_words:
        return bands[0], ()
    return None, ()


def _is_inside(filed: Decimal, weight: Decimal, band: Band) -> bool:
    points = multiply(filed, HUNDRED)
    low, high = multiply(weight, band.lower), multiply(weight, band.upper)
    above = points >= low if band.includes_lower else points > low
    below = points <= high if band.includes_upper else points < high
    return above and below
