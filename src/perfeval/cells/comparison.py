"""How a target and an actual compare: two figures, a completion rate, a word, or not at all.

This is reading, not scoring: it knows no rulebook.  What cannot be compared says why.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.signs import Sign
from perfeval.cells.units import in_common_unit
from perfeval.cells.values import Cell, Kind
from perfeval.numbers import HUNDRED, ONE, ZERO, trimmed


class Outcome(Enum):
    """What kind of comparison a row allows.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.sheet.indicators[0].comparison.outcome is Outcome.FIGURES
    True
    """

    FIGURES = "two figures of one kind"
    RATE = "a completion rate against something else"
    WORD = "a word against something that is counted"
    WORDS = "words on both sides"
    NONE = "no comparison"
    UNAPPLIED = "an indicator that does not apply"


class Comparison(NamedTuple):
    """The result of comparing.

    Attributes:
        outcome: What kind of comparison there is.
        sign: The direction that counts.
        target, actual: The two figures in one unit; for a rate 100 and the rate, in percent.
        notes: What was assumed, or why there is no comparison.
        is_measured: The actual is a figure of the target's kind, not a claim.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> pair = report.scorecard["享受运营补贴线下服务网点数量"].indicator.comparison
    >>> pair.target, pair.actual, pair.is_measured
    (Decimal('32'), Decimal('26'), True)
    """

    outcome: Outcome
    sign: Sign = Sign.AT_LEAST
    target: Decimal = ZERO
    actual: Decimal = ZERO
    notes: tuple[Note, ...] = ()
    is_measured: bool = False

    @property
    def misses_target(self) -> bool:
        """The figures miss the target, whatever points a rulebook gives for that."""
        if self.actual == self.target:
            return self.sign in (Sign.ABOVE, Sign.BELOW)
        if self.sign.is_reverse:
            return self.actual > self.target
        return self.actual < self.target


# Enum members bound once: looking one up on its class costs as much as the comparison.
NUMBER, PERCENT, COMPOUND, UNCLEAR, TEXT, BLANK = (
    Kind.NUMBER,
    Kind.PERCENT,
    Kind.COMPOUND,
    Kind.UNCLEAR,
    Kind.WORDS,
    Kind.BLANK,
)
AT_LEAST, QUALITATIVE = Sign.AT_LEAST, Sign.QUALITATIVE
_BARE_TARGET = (Note(NoteKind.BARE_TARGET),)
_WORDS = Comparison(Outcome.WORDS, QUALITATIVE)
_FIGURES, _RATE, _NONE = Outcome.FIGURES, Outcome.RATE, Outcome.NONE
_RATE_FOR_FIGURE, _READING = NoteKind.RATE_FOR_FIGURE, NoteKind.READING


def compare(
    target: Cell | None, actual: Cell | None, sign: Sign | None, unit: str | None
) -> Comparison:
    """Compare a target with an actual.

    Args:
        target: 年度指标值, as printed and read.
        actual: 实际完成值.
        sign: The sign that the author states beside the cells; it goes before a printed one.
        unit: The unit that a column of the form states for bare numbers.

    Returns:
        The comparison; nothing is scored, and nothing is guessed.
    """
    if target is None or target.kind is BLANK:
        return _none(NoteKind.NO_TARGET)
    if actual is None or actual.kind is BLANK:
        return _none(NoteKind.NO_ACTUAL)
    if (sign or target.sign) is QUALITATIVE:
        return _WORDS
    if unit:
        target, actual = _with_unit(target, unit), _with_unit(actual, unit)
    kind = target.kind
    if kind is not NUMBER and kind is not PERCENT:
        return _against_words(target, actual)
    if kind is not actual.kind:
        return _against_figure(target, actual, sign)
    pair = in_common_unit(target, actual)
    if pair is None:
        return _different_units(target, actual)
    return _figures(target, actual, sign, pair)


def _none(kind: NoteKind, *values: str) -> Comparison:
    return Comparison(_NONE, notes=(Note(kind, values),))


def _with_unit(cell: Cell, unit: str) -> Cell:
    """Give a bare number the unit of its row."""
    if cell.unit or cell.kind is not NUMBER:
        return cell
    if unit in ("%", "％"):
        return cell._replace(kind=PERCENT, unit="%")
    return cell._replace(unit=unit)


def _against_figure(target: Cell, actual: Cell, sign: Sign | None) -> Comparison:
    """Compare an actual of another kind with a target that is a figure."""
    kind = actual.kind
    if kind is PERCENT:
        return _rate(target, actual)
    if kind is TEXT:
        return _word(actual)
    if kind is COMPOUND:
        return _none(NoteKind.TWO_NUMBERS, actual.text)
    if kind is UNCLEAR:
        return _none(NoteKind.UNCLEAR, actual.text)
    return _bare_percent(target, actual, sign)


def _against_words(target: Cell, actual: Cell) -> Comparison:
    """Compare an actual with a target that is words, or more than one number."""
    if target.kind is UNCLEAR:
        return _none(NoteKind.UNCLEAR, target.text)
    if actual.kind is UNCLEAR:
        return _none(NoteKind.UNCLEAR, actual.text)
    if actual.kind is PERCENT and not (target.kind is COMPOUND and target.unit):
        return _rate(target, actual)
    if actual.kind is TEXT:
        return _word(actual) if target.kind is COMPOUND else _WORDS
    if target.kind is COMPOUND:
        return _none(NoteKind.TWO_NUMBERS, target.text)
    if actual.kind is COMPOUND:
        return _none(NoteKind.TWO_NUMBERS, actual.text)
    return _none(NoteKind.FIGURE_FOR_WORDS, target.text, actual.text)


def _bare_percent(target: Cell, actual: Cell, sign: Sign | None) -> Comparison:
    """Compare a number without a percent sign with a target in percent."""
    number = _number(actual)
    if actual.unit:
        return _different_units(target, actual)
    if ZERO < number <= ONE:
        return _none(NoteKind.UNCLEAR_PERCENT, target.text, actual.text)
    note = Note(NoteKind.BARE_PERCENT, (actual.text, trimmed(number)))
    return _figures(target, actual, sign, (_number(target), number), (note,))


def _different_units(target: Cell, actual: Cell) -> Comparison:
    return _none(NoteKind.DIFFERENT_UNITS, target.unit or "（未写）", actual.unit or "（未写）")


def _rate(target: Cell, actual: Cell) -> Comparison:
    """Take a percentage for the completion rate of whatever the target counts."""
    note = Note(_RATE_FOR_FIGURE, (target.text, actual.text))
    return Comparison(_RATE, AT_LEAST, HUNDRED, _number(actual), (note,))


def _word(actual: Cell) -> Comparison:
    """Keep a word that stands in place of a figure; only a rulebook knows what it means."""
    note = Note(NoteKind.WORD_FOR_FIGURE, (actual.text,))
    return Comparison(Outcome.WORD, notes=(note,))


def _figures(
    target: Cell,
    actual: Cell,
    stated: Sign | None,
    pair: tuple[Decimal, Decimal],
    notes: tuple[Note, ...] = (),
) -> Comparison:
    """Compare two figures of one kind, already in one unit."""
    left, right = pair
    printed = target.sign
    if stated and printed and stated.is_reverse is not printed.is_reverse:
        return _none(NoteKind.OPPOSITE_SIGNS, stated.value, target.text)
    if left < ZERO:
        return _none(NoteKind.NEGATIVE_TARGET, target.text)
    sign = stated or printed
    if sign is None:
        sign = AT_LEAST
        notes += _BARE_TARGET
    readings = target.assumptions + actual.assumptions
    if readings:
        notes += tuple([Note(_READING, (text,)) for text in readings])
    if target.unit != actual.unit:
        notes += _bare_unit(target, actual)
    is_measured = actual.sign is None
    if not is_measured:
        notes = (*notes, Note(NoteKind.SIGN_IN_ACTUAL, (actual.text,)))
    return Comparison(_FIGURES, sign, left, right, notes, is_measured=is_measured)


def _bare_unit(target: Cell, actual: Cell) -> tuple[Note, ...]:
    """Return the note that one of two cells of a kind takes the other's unit."""
    if target.kind is not actual.kind or (target.unit and actual.unit):
        return ()
    bare, other = (target, actual) if actual.unit else (actual, target)
    if bare.given or other.given:
        return ()
    return (Note(NoteKind.BARE_UNIT, (bare.text, other.unit)),)


def _number(cell: Cell) -> Decimal:
    return ZERO if cell.number is None else cell.number
