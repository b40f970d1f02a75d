"""How a target and an actual compare: two figures, a completion rate, a word, or not at all.

This is reading, not scoring: it knows no rulebook.  What cannot be compared says why.  Here it is
decided which way of comparing two cells ask for; each way is a module of its own.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from perfeval.cells.dated import against_date
from perfeval.cells.dates import may_be_date
from perfeval.cells.figures import against_figure, in_one_unit, two_figures
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.outcomes import (
    BLANK,
    COUNTABLE,
    DATE,
    INTERVAL,
    NUMBER,
    PERCENT,
    QUALITATIVE,
    RATIO,
    STORED_FROM,
    TEXT,
    UNCLEAR,
    Comparison,
    Outcome,
    Sides,
    figure_of,
    may_be_stored,
    met_by,
    no_comparison,
    units_differ,
    unread_cell,
)
from perfeval.cells.phrases import as_reached, percent_unit
from perfeval.cells.ranges import against_range, against_ratio
from perfeval.cells.reading import numbers_in
from perfeval.cells.sayings import by_how_much, compared_sayings
from perfeval.cells.signs import Sign
from perfeval.cells.units import are_off_by_scale
from perfeval.cells.values import Cell
from perfeval.cells.vocabulary import Words, any_of, is_ordinal, is_scale, names_moment, says_none
from perfeval.cells.worded import against_words, qualitative, with_zeros
from perfeval.later import regex
from perfeval.numbers import plain

__all__ = ("Comparison", "Outcome", "compare")


def compare(
    target: Cell | None, actual: Cell | None, sign: Sign | None, unit: str | None, name: str = ""
) -> Comparison:
    """Compare a target with an actual.

    Args:
        target: 年度指标值, as printed and read.
        actual: 实际完成值.
        sign: The sign that the author states beside the cells; it goes before a printed one.
        unit: The unit that a column of the form states for bare numbers.
        name: 三级指标, which may name the bad thing of which there should be none.

    Returns:
        The comparison; nothing is scored, and nothing is guessed.
    """
    if target is None or target.kind is BLANK:
        return no_comparison(NoteKind.NO_TARGET)
    if actual is None or actual.kind is BLANK:
        return no_comparison(NoteKind.NO_ACTUAL)
    if not unit and _may_be_date(target, sign, name):
        target = target._replace(kind=UNCLEAR)
    if _is_grade(target, unit, name) or _is_grade(actual, unit, name):
        return _grades(target, actual, sign, name)
    return _compared(target, actual, sign, unit, name)


def _compared(
    target: Cell, actual: Cell, sign: Sign | None, unit: str | None, name: str
) -> Comparison:
    """Compare two cells that are filled and no grades."""
    if sign is not QUALITATIVE and _are_usual(target, actual, unit):
        return two_figures(
            Sides(target, actual, sign, name), (figure_of(target), figure_of(actual))
        )
    decided = _decided(target, actual, unit)
    if decided is not None:
        return decided
    if actual.sign is not None:
        actual = as_reached(actual)
    sides = Sides(*_in_unit_of_row(target, actual, unit), sign, name)
    target, actual = sides.target, sides.actual
    if target.facts.span is not None and actual.facts.span is not None:
        return _of_dates(sides)
    if sides.sign is QUALITATIVE:
        return qualitative(sides)
    sides = by_how_much(sides) or with_zeros(sides)
    against = _AGAINST.get(sides.target.kind)
    if against is None:
        return compared_sayings(sides) or against_words(sides)
    return against(sides)


def _decided(target: Cell, actual: Cell, unit: str | None) -> Comparison | None:
    """Return what comes of two cells before they are compared: not readable, or the same text."""
    if target.kind is UNCLEAR or actual.kind is UNCLEAR:
        refused = [cell for cell in (target, actual) if cell.facts.is_refused]
        if refused:
            return unread_cell(refused[0])
    same = _same(target, actual)
    if same is not None:
        return same
    if actual.facts.is_planned:
        return no_comparison(NoteKind.UNCLEAR, actual.text)
    if unit and are_off_by_scale(target, actual, unit):
        of_row = target.unit or ("" if actual.unit else unit)
        return units_differ(target._replace(unit=of_row), actual)
    return None


def _may_be_date(target: Cell, sign: Sign | None, name: str) -> bool:
    """Tell whether a bare number may be a date: 12.31 or 45291 as 完成时限."""
    if target.kind is not NUMBER or target.unit or target.given or target.detail is not None:
        return False
    if not names_moment(name):
        return False
    is_bounded = (sign or target.sign) is not None
    return may_be_date(plain(figure_of(target)), is_bounded=is_bounded)


def _is_grade(cell: Cell, unit: str | None, name: str) -> bool:
    """Tell whether a cell is a grade by number (3类水, 2级): it says which, and not how many."""
    behind = cell.unit or unit
    if not behind or cell.kind is not NUMBER or cell.given:
        return False
    return is_ordinal(behind, name)


def _grades(target: Cell, actual: Cell, sign: Sign | None, name: str) -> Comparison:
    """Compare a grade by number as words: of itself it has no direction, but it is itself."""
    wanted, reached = (
        cell._replace(kind=TEXT, number=None, unit="") if cell.kind is NUMBER else cell
        for cell in (target, actual)
    )
    is_strict = (sign or target.sign) in (Sign.ABOVE, Sign.BELOW)
    if _is_same_grade(target, actual) and not is_strict:
        return met_by(Note(NoteKind.SAME_WORDS))
    return _same(wanted, reached) or against_words(Sides(wanted, reached, sign, name))


def _is_same_grade(target: Cell, actual: Cell) -> bool:
    """Tell whether two cells say one grade: 3类及以上 and 三类水."""
    kinds = {cell.unit[:1] for cell in (target, actual) if cell.unit}
    is_whole = target.kind is actual.kind is NUMBER and actual.detail is None
    return is_whole and target.number == actual.number and len(kinds) < 2


def _are_usual(target: Cell, actual: Cell, unit: str | None) -> bool:
    """Tell whether two cells are plain figures in one unit, as most are."""
    if unit and (
        _is_fraction(_with_unit(target, unit), actual) or are_off_by_scale(target, actual, unit)
    ):
        return False
    return (
        target.kind is actual.kind
        and target.unit == actual.unit
        and target.detail is None
        and actual.detail is None
        and actual.sign is None
        and target.kind in COUNTABLE
        and bool(target.number)
        and not (target.given and actual.given)
        and target.sign is not QUALITATIVE
    )


def _in_unit_of_row(target: Cell, actual: Cell, unit: str | None) -> tuple[Cell, Cell]:
    """Return two cells, bare numbers with the unit of their row."""
    if not unit:
        return target, actual
    target = _with_unit(target, unit)
    return target, actual if _is_fraction(target, actual) else _with_unit(actual, unit)


def _with_unit(cell: Cell, unit: str) -> Cell:
    """Give a bare number the unit of its row."""
    if cell.unit or cell.kind not in (NUMBER, INTERVAL):
        return cell
    percent = percent_unit(unit)
    if percent is None:
        return cell._replace(unit=unit)
    return cell._replace(kind=PERCENT if cell.kind is NUMBER else INTERVAL, unit=percent)


def _is_fraction(target: Cell, actual: Cell) -> bool:
    """Tell whether a bare actual is no percentage as it stands, though its row is in percent.

    0.96 beside 95 in a column of percent is 96 %; beside 5 it is what the column says.
    """
    if actual.kind is not NUMBER or actual.unit or not actual.number or target.unit != "%":
        return False
    least = target.number if target.kind is PERCENT else target.facts.lower
    return least is not None and least > STORED_FROM and may_be_stored(actual)


def _same(target: Cell, actual: Cell) -> Comparison | None:
    """Take a copied target for a claim that it is met, unless it is one figure."""
    if target.text != actual.text:
        wanted, reached = _folded(target.text), _folded(actual.text)
        if wanted != reached and not _came_true(wanted, reached):
            return None
    if _is_one_figure(target) and _is_one_figure(actual):
        return None
    text = actual.text
    if is_scale(text):
        return no_comparison(NoteKind.SCALE_NAME, text)
    if target.kind is TEXT and says_none(text) is not None:
        return None
    return met_by(Note(NoteKind.SAME_WORDS))


def _came_true(wanted: str, reached: str) -> bool:
    """Tell whether the same words are said to have come true; few texts even end alike."""
    return reached.endswith(wanted) and _WAS_DONE.sub("", reached) == wanted


_WAS_DONE = regex(rf"^{any_of(Words.CAME_TRUE)}")
"""What says of the same words that they came true."""


def _folded(text: str) -> str:
    """Return a text without what makes no difference: spaces, widths, how its parts are divided."""
    return _folded_anew(text) if len(text) > _LONG else _folded_cell(text)


_LONG = 100
"""A text of more characters is not remembered; the words of most cells come again."""


def _folded_anew(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_DIVIDERS).rstrip(",")


_folded_cell = lru_cache(maxsize=2_048)(_folded_anew)
_DIVIDERS = dict.fromkeys(map(ord, "、;。"), ",")
"""What divides a text as a comma does, or ends it; narrow already."""


def _is_one_figure(cell: Cell) -> bool:
    """Tell whether a cell is one figure with at most a unit."""
    if cell.given:
        return len(numbers_in(cell.text)) < 2
    return (
        cell.kind in COUNTABLE
        and cell.sign is None
        and cell.detail is None
        and not cell.assumptions
    )


def _of_dates(sides: Sides) -> Comparison:
    """Compare two dates; what is a number as well (2023.12) is a date beside one."""
    target, actual = sides.target, sides.actual
    if target.kind is actual.kind is NUMBER:
        if target.unit or actual.unit:
            return in_one_unit(sides)
        if not _is_day(target) or not _is_day(actual):
            return no_comparison(NoteKind.UNCLEAR, target.text)
    wanted, reached = (
        cell
        if cell.kind is DATE
        else cell._replace(kind=DATE, assumptions=(f"“{cell.text}”按日期理解",))
        for cell in (target, actual)
    )
    return against_date(sides._replace(target=wanted, actual=reached))


def _is_day(cell: Cell) -> bool:
    span = cell.facts.span
    return span is not None and span.first == span.last


_AGAINST = {
    NUMBER: against_figure,
    PERCENT: against_figure,
    DATE: against_date,
    INTERVAL: against_range,
    RATIO: against_ratio,
}
