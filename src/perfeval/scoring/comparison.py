"""How a target and an actual compare: two figures, a completion rate, a word, or not at all."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.numbers import HUNDRED, ONE, ZERO, trimmed
from perfeval.rulebook import Quantitative
from perfeval.scorecard import Note, NoteKind
from perfeval.sheet import Indicator
from perfeval.values import Cell, Kind, Sign, in_common_unit


class Outcome(Enum):
    """What kind of comparison a row allows."""

    FIGURES = "two figures of one kind"
    RATE = "a completion rate against something else"
    MET = "a word that says the target is met"
    WORDS = "words on both sides"
    NONE = "no comparison"


class Comparison(NamedTuple):
    """The result of comparing; ``target`` and ``actual`` are in one unit.

    ``measured`` is false where the actual is not a measured figure.
    """

    outcome: Outcome
    sign: Sign
    target: Decimal
    actual: Decimal
    notes: tuple[Note, ...]
    measured: bool = True


_BARE_TARGET = (Note(NoteKind.BARE_TARGET),)
_COUNTABLE = (Kind.NUMBER, Kind.PERCENT)


def compare(indicator: Indicator, rule: Quantitative) -> Comparison:
    """Compare an indicator's target and actual.

    Args:
        indicator: The indicator.
        rule: What the rulebook says of rates and words in place of figures.

    Returns:
        The comparison; nothing is scored yet, and nothing is guessed: what cannot be compared
        says why.
    """
    target, actual = indicator.target, indicator.actual
    if target is None or target.kind is Kind.BLANK:
        return _none(NoteKind.NO_TARGET)
    if actual is None or actual.kind is Kind.BLANK:
        return _none(NoteKind.NO_ACTUAL)
    sign = indicator.sign or target.sign
    if sign is Sign.QUALITATIVE:
        return Comparison(Outcome.WORDS, sign, ZERO, ZERO, ())
    if indicator.unit:
        target, actual = _with_unit(target, indicator.unit), _with_unit(actual, indicator.unit)
    if target.kind in _COUNTABLE:
        if actual.kind in _COUNTABLE:
            if target.kind is Kind.NUMBER and actual.kind is Kind.PERCENT:
                return _rate(target, actual, rule)
            return _figures(indicator, target, actual, sign)
        if actual.kind is Kind.COMPOUND:
            return _none(NoteKind.TWO_NUMBERS, actual.text)
        return _word(target, actual, rule)
    if actual.kind is Kind.PERCENT:
        return _rate(target, actual, rule)
    if target.kind is Kind.COMPOUND:
        if actual.text in rule.achieved_words:
            return _word(target, actual, rule)
        return _none(NoteKind.TWO_NUMBERS, target.text)
    if actual.kind is Kind.WORDS:
        return Comparison(Outcome.WORDS, Sign.QUALITATIVE, ZERO, ZERO, ())
    if actual.kind is Kind.COMPOUND:
        return _none(NoteKind.TWO_NUMBERS, actual.text)
    return _none(NoteKind.FIGURE_FOR_WORDS, target.text, actual.text)


def _none(kind: NoteKind, *values: str) -> Comparison:
    return Comparison(Outcome.NONE, Sign.AT_LEAST, ZERO, ZERO, (Note(kind, values),))


def _with_unit(cell: Cell, unit: str) -> Cell:
    """Give a bare number the unit of its row."""
    if cell.unit or cell.kind is not Kind.NUMBER:
        return cell
    if unit in ("%", "％"):
        return cell._replace(kind=Kind.PERCENT, unit="%")
    return cell._replace(unit=unit)


def _figures(indicator: Indicator, target: Cell, actual: Cell, sign: Sign | None) -> Comparison:
    """Compare two countable cells; the actual is not a rate of something else."""
    notes: tuple[Note, ...] = ()
    if target.kind is not actual.kind:
        if actual.unit:
            return _none(NoteKind.DIFFERENT_UNITS, target.unit, actual.unit)
        if ZERO < _number(actual) <= ONE:
            return _none(NoteKind.UNCLEAR_PERCENT, target.text, actual.text)
        notes = (Note(NoteKind.BARE_PERCENT, (actual.text, trimmed(_number(actual)))),)
        pair: tuple[Decimal, Decimal] | None = (_number(target), _number(actual))
    else:
        pair = in_common_unit(target, actual)
    if pair is None:
        return _none(NoteKind.DIFFERENT_UNITS, target.unit, actual.unit)
    if indicator.sign and target.sign and indicator.sign.is_reverse is not target.sign.is_reverse:
        return _none(NoteKind.OPPOSITE_SIGNS, indicator.sign.value, target.text)
    if pair[0] < ZERO:
        return _none(NoteKind.NEGATIVE_TARGET, target.text)
    if sign is None:
        sign = Sign.AT_LEAST
        notes = (*notes, *_BARE_TARGET)
    if target.assumptions or actual.assumptions:
        notes = (*notes, *_readings(target, actual))
    if actual.sign is None:
        return Comparison(Outcome.FIGURES, sign, pair[0], pair[1], notes)
    notes = (*notes, Note(NoteKind.SIGN_IN_ACTUAL, (actual.text,)))
    return Comparison(Outcome.FIGURES, sign, pair[0], pair[1], notes, measured=False)


def _number(cell: Cell) -> Decimal:
    return ZERO if cell.number is None else cell.number


def _readings(*cells: Cell) -> tuple[Note, ...]:
    return tuple(Note(NoteKind.READING, (text,)) for cell in cells for text in cell.assumptions)


def _word(target: Cell, actual: Cell, rule: Quantitative) -> Comparison:
    """Take a word in place of a figure."""
    if actual.text not in rule.achieved_words:
        return _none(NoteKind.WORDS_FOR_FIGURE, target.text, actual.text)
    note = Note(NoteKind.WORD_FOR_FIGURE, (actual.text,))
    return Comparison(Outcome.MET, Sign.AT_LEAST, ZERO, ZERO, (note,), measured=False)


def _rate(target: Cell, actual: Cell, rule: Quantitative) -> Comparison:
    """Take a percentage in place of what the target counts: it is the completion rate."""
    if rule.completion_rate == "不计分":
        return _none(NoteKind.RATE_NOT_SCORED, actual.text, target.text)
    note = Note(NoteKind.RATE_FOR_FIGURE, (target.text, actual.text))
    return Comparison(
        Outcome.RATE, Sign.AT_LEAST, HUNDRED, _number(actual), (note,), measured=False
    )
