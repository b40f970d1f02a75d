"""定性: words pick a band, and the filed points inside the band are the judgement."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.notes import Note, NoteKind
from perfeval.numbers import HUNDRED, Exact, multiply, plain, whole
from perfeval.rulebook import Band, Rulebook
from perfeval.scoring.rounding import rounded_points

SENTENCE = "按用语归档，在该档分值区间内评定"


class Judgement(NamedTuple):
    """Points judged inside a band (or fixed by it), or the bounds within which they must lie."""

    exact: Exact | None
    low: Decimal
    high: Decimal
    notes: tuple[Note, ...]


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
    rounding = rulebook.rounding.row
    low, high = (
        rounded_points(Exact(multiply(weight, share), HUNDRED), weight, rounding)
        for share in (band.lower, band.upper)
    )
    if band.fixed is not None:
        product = multiply(weight, band.fixed)
        exact = Exact(product, HUNDRED, "{} × {} ÷ {}", (weight, band.fixed, HUNDRED))
        return Judgement(exact, low, high, notes)
    if filed is None:
        note = Note(NoteKind.NO_JUDGEMENT, (band.name, plain(low), plain(high)))
        return Judgement(None, low, high, (*notes, note))
    if not _is_inside(filed, weight, band):
        values = (band.name, plain(low), plain(high), plain(filed))
        return Judgement(None, low, high, (*notes, Note(NoteKind.OUTSIDE_BAND, values)))
    return Judgement(whole(filed), low, high, notes)


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
