"""Words on one side or on both: what they say of a figure, a deadline, a grade or a share."""

from __future__ import annotations

from perfeval.cells.grades import Reached, compared
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.outcomes import (
    AT_LEAST,
    AT_MOST,
    BOTH_WORDS,
    COMPOUND,
    COUNTABLE,
    DATE,
    NUMBER,
    PERCENT,
    RATE,
    RATE_FOR_FIGURE,
    TEXT,
    UNCLEAR,
    Comparison,
    Outcome,
    Sides,
    assumed_notes,
    figure_of,
    in_percent,
    met_by,
    no_comparison,
    unread_cell,
)
from perfeval.cells.sayings import compared_sayings
from perfeval.cells.signs import Sign
from perfeval.cells.values import Cell, Nuance, Trend
from perfeval.cells.vocabulary import Words, is_scale, names_bad, says_none, words
from perfeval.cells.wholes import says_all
from perfeval.numbers import HUNDRED, ZERO


def qualitative(sides: Sides) -> Comparison:
    """Compare what the author calls 定性."""
    actual = sides.actual
    if is_scale(actual.text):
        return no_comparison(NoteKind.SCALE_NAME, actual.text)
    if actual.kind is PERCENT and sides.target.kind is TEXT:
        return portion_done(sides)
    return compared_sayings(sides) or _graded(sides) or BOTH_WORDS


def _graded(sides: Sides) -> Comparison | None:
    """Compare one grade with another, where it is known which of the two is the better."""
    target, actual = sides.target, sides.actual
    if sides.sign in _NO_GRADE or target.kind is not TEXT or actual.kind is not TEXT:
        return None
    reached = compared(target.text, actual.text, sides.name)
    if reached is None:
        return None
    if reached is Reached.SHORT:
        note = Note(NoteKind.LOWER_GRADE, (actual.text, target.text))
        return Comparison(Outcome.MISSED, notes=(note,))
    said = f"“{actual.text}”达到“{target.text}”的等次"
    return met_by(Note(NoteKind.READING, (said,)))


_NO_GRADE = (Sign.AT_MOST, Sign.BELOW, Sign.ABOVE)
"""Signs with which a grade is no floor that it reaches by itself."""


def with_zeros(sides: Sides) -> Sides:
    """Read words that say that something bad does not happen as the figure 0."""
    target, actual = sides.target, sides.actual
    if target.kind is TEXT and _says_zero(target, sides.name):
        target = _zero(target, AT_MOST)
    elif _is_bare_zero(target) and sides.sign is None:
        target = _aimed_at_none(target, sides.name)
    if actual.kind is TEXT and target.kind in COUNTABLE and says_none(actual.text) is not None:
        sign = sides.stated or target.sign
        if not target.number or (sign is not None and sign.is_reverse):
            actual = _zero(actual)
    return sides._replace(target=target, actual=actual)


def _says_zero(cell: Cell, name: str) -> bool:
    said = says_none(cell.text)
    return said is not None and (said.is_sure or names_bad(name))


def _is_bare_zero(cell: Cell) -> bool:
    """Tell whether a cell is 0 of something, in percent or not, and no growth of 0."""
    return cell.kind in COUNTABLE and not cell.number and cell.facts.trend is None


def _aimed_at_none(cell: Cell, name: str) -> Cell:
    """Return a zero with the sign ≤, where the cell or the row's name says that it is of a bad."""
    if cell.facts.is_zero:
        return cell._replace(sign=AT_MOST)
    if not names_bad(name):
        return cell
    note = f"“{name}”越少越好，“{cell.text}”按 ≤ 理解"
    return cell._replace(sign=AT_MOST, assumptions=(*cell.assumptions, note))


def _zero(cell: Cell, sign: Sign | None = None) -> Cell:
    note = f"“{cell.text}”按 0 理解"
    return Cell(
        text=cell.text,
        kind=NUMBER,
        number=ZERO,
        sign=sign,
        assumptions=(note,),
        detail=Nuance(is_zero=True, is_partial=True),
    )


def against_words(sides: Sides) -> Comparison:
    """Compare an actual with a target that is words, or more than one number."""
    target, actual = sides.target, sides.actual
    if target.kind is UNCLEAR or actual.kind is UNCLEAR:
        return unread_cell(target if target.kind is UNCLEAR else actual)
    if target.text in _ONE_WAY and actual.facts.trend is not None and actual.number:
        return _in_its_way(sides, _ONE_WAY[target.text])
    if actual.kind is PERCENT and target.kind is TEXT:
        return portion_done(sides)
    if actual.kind is PERCENT and not target.unit:
        return completion(sides)
    if actual.kind is TEXT:
        if is_scale(actual.text):
            return no_comparison(NoteKind.SCALE_NAME, actual.text)
        return word_for_figure(sides) if target.kind is COMPOUND else _graded(sides) or BOTH_WORDS
    if target.kind is COMPOUND or actual.kind is COMPOUND:
        return unread_cell(target if target.kind is COMPOUND else actual)
    kind = NoteKind.ONE_DATE if actual.kind is DATE else NoteKind.FIGURE_FOR_WORDS
    return no_comparison(kind, *sides.texts)


_ONE_WAY = dict.fromkeys(words(Words.ONLY_DOWN), Trend.DECLINE) | dict.fromkeys(
    words(Words.ONLY_UP), Trend.GROWTH
)
"""Which way a figure must go by words that hold no figure: 只减不增."""


def _in_its_way(sides: Sides, wanted: Trend) -> Comparison:
    """Compare a growth or a decline with the only way in which a figure may go."""
    if sides.actual.facts.trend is wanted and figure_of(sides.actual) > ZERO:
        said = f"“{sides.actual.text}”合乎“{sides.target.text}”"
        return met_by(Note(NoteKind.READING, (said,)), *assumed_notes(sides.target, sides.actual))
    note = Note(NoteKind.OPPOSITE_TREND, sides.texts)
    return Comparison(Outcome.MISSED, notes=(note,))


def portion_done(sides: Sides, *notes: Note) -> Comparison:
    """Take a percentage for how far something in words was done; a rulebook knows which words."""
    actual = sides.actual
    rate = in_percent(actual)
    if actual.sign is not None or (actual.detail is not None and actual.facts.trend is not None):
        return no_comparison(NoteKind.NO_DEGREE, *sides.texts)
    if rate > HUNDRED:
        return no_comparison(NoteKind.NO_DEGREE, *sides.texts)
    notes = notes or (Note(RATE_FOR_FIGURE, sides.texts),)
    return Comparison(Outcome.PORTION, AT_LEAST, HUNDRED, rate, notes)


def word_for_figure(sides: Sides) -> Comparison:
    """Keep a word that stands in place of a figure; only a rulebook knows what it means."""
    actual = sides.actual
    if is_scale(actual.text):
        return no_comparison(NoteKind.SCALE_NAME, actual.text)
    note = Note(NoteKind.WORD_FOR_FIGURE, (actual.text,))
    if sides.target.kind is DATE:
        note = Note(NoteKind.NO_DATE, sides.texts)
    return Comparison(Outcome.WORD, notes=(note,))


def word_for_share(sides: Sides) -> Comparison | None:
    """Take words for a share where they say that all of it was done, or less than all of it."""
    target, actual = sides.target, sides.actual
    number = figure_of(target)
    is_reverse = sides.sign is not None and sides.sign.is_reverse
    if target.kind is not PERCENT or target.detail is not None or is_reverse:
        return None
    is_whole = in_percent(target) == HUNDRED
    if not number or in_percent(target) > HUNDRED or (sides.sign is Sign.EQUAL and not is_whole):
        return None
    said = says_all(actual.text, sides.name)
    if said:
        note = Note(NoteKind.ALL_IN_WORDS, (actual.text,))
        return Comparison(Outcome.WORD, notes=(note,))
    if said is None or not is_whole:
        return None
    note = Note(NoteKind.SHORT_IN_WORDS, (actual.text, target.text))
    return Comparison(Outcome.MISSED, notes=(note,))


def completion(sides: Sides) -> Comparison:
    """Take a percentage for the completion rate of whatever the target counts."""
    actual = sides.actual
    if actual.sign is not None or actual.facts.trend is not None or actual.facts.is_within:
        return no_comparison(NoteKind.ACTUAL_OPEN, actual.text, sides.target.text)
    note = Note(RATE_FOR_FIGURE, sides.texts)
    return Comparison(RATE, AT_LEAST, HUNDRED, in_percent(actual), (note,))
