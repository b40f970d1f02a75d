"""Grades: which of two is the better, where the words or the row's name say which way they run.

A grade by number runs either way: the best hospital is of the third grade, the best water of the
first class.  So two such grades have an order only where the scale is known by what is graded; that
one grade reaches itself needs no scale.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import NamedTuple

from perfeval.cells.numerals import small_number
from perfeval.cells.signs import one_of
from perfeval.cells.vocabulary import Words, any_of
from perfeval.later import regex


class Reached(Enum):
    """Whether a grade reaches the one that was wanted."""

    SAME = "the same grade"
    BETTER = "a better grade"
    SHORT = "a worse grade"


_FLOOR = regex(
    rf"(?:{any_of(Words.REACHES)}|(?P<floor>{any_of(Words.FLOOR)}))?(?P<grade>[^以及或]+?)"
    r"(?P<above>[及或]?以上)?(?:等次)?"
)
_BETTER = regex(rf"{any_of(Words.BETTER)}(?P<grade>.+)")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_NUMBERED = regex(
    rf"(?P<worse>劣?)(?:(?P<digit>[1-9])|(?P<cn>[一二三四五六七八九])|(?P<roman>{one_of(_ROMAN)}))"
    rf"(?P<kind>[类级等])(?P<thing>(?:{any_of(Words.GRADED_THING)})?)"
)
_LETTERED = regex("(?:(?P<times>[2-5])(?=A级?$))?(?P<letter>[A-D])(?P<more>(?P=letter){0,4})级?")
_STRENGTH = regex("C(?P<strength>[1-9][0-9])")
_BEST_FIRST = {
    "类": regex(any_of(Words.FIRST_CLASS_IS_BEST)),
    "级": regex(any_of(Words.FIRST_IS_BEST)),
}
_LETTERS_ARE_NAMES = regex(any_of(Words.LETTERS_ARE_NAMES))
"""Of what A is not the best, or only one of several: a 密级, a 户型."""
_BY_STRENGTH = regex(any_of(Words.STRENGTH))
_ENDS = "。. "
_LETTERS = "A"
"""The kind of grades by letter: 危房 of B级 may be what is wanted, and A级 is then no better."""


class _Grade(NamedTuple):
    """A grade: of what kind, its place in the order, and whether the order is known."""

    kind: str
    place: tuple[int, int]
    is_ordered: bool


def floor_of(target: str) -> str:
    """Return the grade that is enough for a target: 良好 for 良好及以上 and 不低于良好.

    >>> floor_of("良好及以上"), floor_of("不低于良好"), floor_of("良好")
    ('良好', '良好', '良好')
    """
    match = _FLOOR.fullmatch(target.strip(_ENDS))
    return target if match is None else match["grade"]


def compared(target: str, actual: str, name: str) -> Reached | None:
    """Tell whether one grade reaches another; ``None`` where that is not known.

    >>> compared("Ⅲ类及以上", "Ⅱ类", "水质").name, compared("A级", "B级", "").name
    ('BETTER', 'SHORT')
    >>> compared("三级", "二级", "医院等级") is None
    True
    """
    target, actual = (unicodedata.normalize("NFKC", text).strip(_ENDS) for text in (target, actual))
    better = _BETTER.fullmatch(target)
    floor, done = _FLOOR.fullmatch(target), _FLOOR.fullmatch(actual)
    if done is None or done["floor"] or done["above"]:  # an actual that stands for several grades
        return None
    wanted = _grade_of(floor_of(target) if better is None else better["grade"], name)
    reached = _grade_of(done["grade"], name)
    if wanted is None or reached is None or wanted.kind != reached.kind:
        return None
    if wanted.place == reached.place:
        return Reached.SAME if better is None else None
    if not (wanted.is_ordered or reached.is_ordered):
        return None
    if reached.place > wanted.place:
        return Reached.SHORT
    is_floor = better is not None or (floor is not None and bool(floor["floor"] or floor["above"]))
    return Reached.BETTER if is_floor or wanted.kind != _LETTERS else None


def _grade_of(text: str, name: str) -> _Grade | None:
    """Read a grade; the best has the least place."""
    match = _NUMBERED.fullmatch(text)
    if match is not None:
        number = int(match["digit"] or 0) or _ROMAN.get(match["roman"] or "", 0)
        place = number or small_number(match["cn"]), int(bool(match["worse"]))
        order, said = _BEST_FIRST.get(match["kind"]), f"{name}{match['kind']}{match['thing']}"
        is_ordered = order is not None and order.search(said) is not None
        return _Grade(match["kind"], place, is_ordered)
    match = _LETTERED.fullmatch(text)
    if match is not None:
        more = int(match["times"] or 1) - 1 + len(match["more"])  # 4A is AAAA
        is_ordered = _LETTERS_ARE_NAMES.search(name) is None
        return _Grade(_LETTERS, (ord(match["letter"]), -more), is_ordered)
    match = _STRENGTH.fullmatch(text)
    if match is not None:
        return _Grade("C", (-int(match["strength"]), 0), _BY_STRENGTH.search(name) is not None)
    return None
