"""Words for words: what is denied both times, or stands beside last year, an average, a rank.

不拖欠 / 未拖欠        不低于上年 / 持平        前3名 / 第2名        高于全国平均2个百分点
"""

from __future__ import annotations

import re
from typing import NamedTuple

from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.numerals import NUMERALS, small_number
from perfeval.cells.outcomes import (
    PERCENT,
    UNCLEAR,
    Comparison,
    Outcome,
    Sides,
    figure_of,
    met_by,
)
from perfeval.cells.reading import read_cell
from perfeval.cells.signs import BEFORE, GLYPHS, Sign, one_of, parse_sign
from perfeval.cells.values import Cell, Trend
from perfeval.cells.vocabulary import Words, any_of
from perfeval.cells.wholes import are_in_time
from perfeval.later import regex
from perfeval.numbers import ZERO

_ENDS = "。.；; "


def compared_sayings(sides: Sides) -> Comparison | None:
    """Compare two sayings of one kind; ``None`` where they are none, or nothing follows."""
    one, other = (text.strip(_ENDS) for text in sides.texts)
    if _are_denied(one, other) or are_in_time(one, other):
        return _met(sides)
    return _standing(sides, one, other) or _ranked(sides, one, other)


def _met(sides: Sides) -> Comparison:
    said = f"“{sides.actual.text}”合乎“{sides.target.text}”"
    return met_by(Note(NoteKind.READING, (said,)))


_DENIED = regex(rf"{any_of(Words.DENIED)}(?P<thing>[^，,。；;、]{{2,}})")


def _are_denied(one: str, other: str) -> bool:
    """Tell whether two texts deny the same: 不拖欠 and 未拖欠."""
    things = [match and match["thing"] for match in map(_DENIED.fullmatch, (one, other))]
    return things[0] is not None and things[0] == things[1]


# -- beside last year, an average, a plan --------------------------------------------------------


class _Standing(NamedTuple):
    """How something stands beside something else."""

    sign: Sign
    beside: str


_LAST_YEAR = rf"{any_of(Words.LAST_YEAR)}(?:同期)?"
_LEVEL = "(?:的?水平)?"
_BESIDE = regex(
    rf"(?P<sign>{one_of((*GLYPHS, *BEFORE))})"
    rf"(?:(?P<year>{_LAST_YEAR})|(?P<thing>[^，,。；;、]{{2,12}}?)){_LEVEL}"
)
_WITH = regex(
    rf"(?:[与和同较](?:(?P<year>{_LAST_YEAR})|(?P<thing>[^，,。；;、]{{2,12}}?)){_LEVEL})?"
    rf"{any_of(Words.LEVEL_WITH)}"
)
_MOVED = regex(
    rf"(?:[较比]{_LAST_YEAR}|同比)?(?:有所)?"
    rf"(?:(?P<up>{any_of(Words.GROWTH)})|{any_of(Words.DECLINE)})"
)
_OF_LAST_YEAR = "上年"


def _read_standing(text: str) -> _Standing | None:
    """Read how something stands; 持平 alone is level with whatever the other side names."""
    match = _BESIDE.fullmatch(text)
    sign = None if match is None else parse_sign(match["sign"])
    if match is not None and sign is not None:
        return _Standing(sign, match["thing"] or _OF_LAST_YEAR)
    match = _WITH.fullmatch(text)
    if match is not None:
        return _Standing(Sign.EQUAL, match["thing"] or (_OF_LAST_YEAR if match["year"] else ""))
    match = _MOVED.fullmatch(text)
    if match is not None:
        return _Standing(Sign.ABOVE if match["up"] else Sign.BELOW, _OF_LAST_YEAR)
    return None


def _of_figure(cell: Cell) -> _Standing | None:
    """Return how a growth or a decline by a figure stands beside last year."""
    if (
        cell.kind is PERCENT
        and cell.detail is None
        and cell.sign is None
        and figure_of(cell) < ZERO
    ):
        return _Standing(Sign.BELOW, _OF_LAST_YEAR)
    trend, number = cell.facts.trend, figure_of(cell)
    if trend is None or cell.sign is not None or cell.facts.subject or number < ZERO:
        return None
    if not number:
        return _Standing(Sign.EQUAL, _OF_LAST_YEAR)
    return _Standing(Sign.ABOVE if trend is Trend.GROWTH else Sign.BELOW, _OF_LAST_YEAR)


_FLOOR, _CEILING = (Sign.AT_LEAST, Sign.ABOVE), (Sign.AT_MOST, Sign.BELOW)
_MEETS = {
    Sign.AT_LEAST: (*_FLOOR, Sign.EQUAL),
    Sign.ABOVE: (Sign.ABOVE,),
    Sign.EQUAL: (Sign.EQUAL,),
    Sign.BELOW: (Sign.BELOW,),
    Sign.AT_MOST: (*_CEILING, Sign.EQUAL),
}
"""What meets a standing that is wanted."""
_DENIES = {
    Sign.AT_LEAST: (Sign.BELOW,),
    Sign.ABOVE: (*_CEILING, Sign.EQUAL),
    Sign.BELOW: (*_FLOOR, Sign.EQUAL),
    Sign.AT_MOST: (Sign.ABOVE,),
}
"""What cannot be where it is met."""


def _standing(sides: Sides, one: str, other: str) -> Comparison | None:
    """Compare how something stands with how it should: 不低于上年 and 持平."""
    wanted = _read_standing(one)
    if wanted is None or not wanted.beside:
        return None
    reached = _of_figure(sides.actual) or _read_standing(other)
    if reached is None or reached.beside not in ("", wanted.beside):
        return None
    if reached.sign in _MEETS[wanted.sign]:
        return _met(sides)
    if reached.sign not in _DENIES.get(wanted.sign, ()):
        return None
    note = Note(NoteKind.SHORT_IN_WORDS, (sides.actual.text, sides.target.text))
    return Comparison(Outcome.MISSED, notes=(note,))


# -- ranks ---------------------------------------------------------------------------------------

_RANK = regex(
    rf"(?P<among>[^0-9第前，。；]{{0,12}}?)(?P<ranked>{any_of(Words.RANKING)})?(?:并列)?"
    rf"(?P<order>[第前])(?P<place>[1-9][0-9]{{0,2}}|[{NUMERALS}]{{1,3}})(?P<counted>[名位]?)",
    re.ASCII,
)


class _Rank(NamedTuple):
    """A rank, or the last of several (前3名)."""

    among: str
    place: int
    is_several: bool


def _read_rank(text: str) -> _Rank | None:
    match = _RANK.fullmatch(text)
    if match is None or not (match["ranked"] or match["counted"]):
        return None
    place = match["place"]
    number = int(place) if place.isdecimal() else small_number(place)
    return _Rank(match["among"], number, match["order"] == _SEVERAL)


_SEVERAL = "前"


def _ranked(sides: Sides, one: str, other: str) -> Comparison | None:
    """Compare two ranks among the same: the first is the best."""
    wanted, reached = _read_rank(one), _read_rank(other)
    if wanted is None or reached is None or reached.among not in ("", wanted.among):
        return None
    if reached.place <= wanted.place:
        return _met(sides)
    if reached.is_several:  # 前5名 may be the second
        return None
    note = Note(NoteKind.LOWER_GRADE, (sides.actual.text, sides.target.text))
    return Comparison(Outcome.MISSED, notes=(note,))


# -- by how much ---------------------------------------------------------------------------------

_APART = regex(
    rf"(?P<beside>{any_of(Words.APART)}[^0-9≥≤＞＜＝<>=，。；不]{{2,12}}?)(?P<rest>[0-9].*)",
    re.ASCII,
)


def by_how_much(sides: Sides) -> Sides | None:
    """Return two figures that say by how much something is above or below the same thing.

    高于全国平均2个百分点 beside 高于全国平均3个百分点 is 2 beside 3.
    """
    if sides.target.kind is not UNCLEAR or sides.actual.kind is not UNCLEAR:
        return None
    one, other = (_APART.fullmatch(text.strip(_ENDS)) for text in sides.texts)
    if one is None or other is None or one["beside"] != other["beside"]:
        return None
    target, actual = (
        read_cell(match["rest"])._replace(text=cell.text)
        for match, cell in ((one, sides.target), (other, sides.actual))
    )
    if target.sign is not None and target.sign.is_reverse:
        return None
    return sides._replace(target=target, actual=actual)
