"""What comes of comparing a target with an actual, and what all ways of comparing share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.phrases import percent_unit
from perfeval.cells.signs import Sign
from perfeval.cells.values import Cell, Kind
from perfeval.numbers import HUNDRED, ONE, ZERO, multiply, trimmed


class Outcome(Enum):
    """What kind of comparison a row allows.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.sheet.indicators[0].comparison.outcome is Outcome.FIGURES
    True
    """

    FIGURES = "two figures of one kind"
    MET = "the target is met, whatever the figures are"
    MISSED = "the target is missed, and no figure says by how much"
    LATE = "the date is later than the deadline"
    RATE = "a completion rate against a figure of something else"
    PORTION = "a completion rate against words or a deadline"
    WORD = "a word against something that is counted, or a deadline"
    WORDS = "words on both sides"
    READINGS = "two readings of one cell, each a comparison"
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
        readings: The comparisons of which one holds, each with its name as its first note.
        due: For a deadline the last day that still meets it, the end of its month, quarter or year;
            ``None`` where no single day is that.
        done: The first and the last day that the actual may mean; the same day where it names one.

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
    readings: tuple[Comparison, ...] = ()
    due: date | None = None
    done: tuple[date, date] | None = None

    @property
    def misses_target(self) -> bool:
        """The figures miss the target, whatever points a rulebook gives for that."""
        if self.actual == self.target:
            return self.sign in (Sign.ABOVE, Sign.BELOW)
        if self.sign.is_reverse:
            return self.actual > self.target
        return self.actual < self.target


# Enum members bound once: looking one up on its class costs as much as the comparison.
NUMBER, PERCENT, INTERVAL, RATIO, DATE, COMPOUND, UNCLEAR, TEXT, BLANK = (
    Kind.NUMBER,
    Kind.PERCENT,
    Kind.INTERVAL,
    Kind.RATIO,
    Kind.DATE,
    Kind.COMPOUND,
    Kind.UNCLEAR,
    Kind.WORDS,
    Kind.BLANK,
)


AT_LEAST, AT_MOST, QUALITATIVE = Sign.AT_LEAST, Sign.AT_MOST, Sign.QUALITATIVE


BARE_TARGET = Note(NoteKind.BARE_TARGET)


BOTH_WORDS = Comparison(Outcome.WORDS, QUALITATIVE)


COUNTABLE = (NUMBER, PERCENT)


FIGURES, RATE, NONE = Outcome.FIGURES, Outcome.RATE, Outcome.NONE


RATE_FOR_FIGURE = NoteKind.RATE_FOR_FIGURE


class Sides(NamedTuple):
    """What is compared: both cells, the sign that is stated beside them, and the row's name."""

    target: Cell
    actual: Cell
    stated: Sign | None
    name: str

    @property
    def sign(self) -> Sign | None:
        """The sign that counts."""
        return self.stated or self.target.sign

    @property
    def texts(self) -> tuple[str, str]:
        """What is printed on both sides."""
        return self.target.text, self.actual.text


def no_comparison(kind: NoteKind, *values: str) -> Comparison:
    """Return that two cells cannot be compared, and why."""
    return Comparison(NONE, notes=(Note(kind, values),))


def met_by(*notes: Note, is_measured: bool = False, sign: Sign = AT_LEAST) -> Comparison:
    """Return that a target is met, whatever the figures are."""
    return Comparison(Outcome.MET, sign, notes=notes, is_measured=is_measured)


def unread_cell(cell: Cell) -> Comparison:
    """Say why a cell is no figure: it is badly written, unclear, or holds several numbers."""
    if cell.facts.is_refused:
        return no_comparison(NoteKind.NUMBER_FORM, cell.text)
    kind = NoteKind.UNCLEAR if cell.kind is UNCLEAR else NoteKind.TWO_NUMBERS
    return no_comparison(kind, cell.text)


def in_percent(cell: Cell) -> Decimal:
    """Return the number of a percentage, ‰ converted."""
    number = ZERO if cell.number is None else cell.number
    return number if cell.unit == "%" else multiply(number, _PER_MILLE)


_PER_MILLE = Decimal("0.1")


STORED_FROM = Decimal(10)
"""Up to this target in percent, a bare actual from 0 to 1 may be percent as it stands."""


def may_be_stored(cell: Cell) -> bool:
    """Tell whether a number may be the stored fraction of a percentage (0.96)."""
    return cell.number is not None and ZERO <= cell.number <= ONE


def in_hundredths(fraction: Decimal) -> Decimal:
    """Return a stored fraction in percent, with no zeros that nobody wrote: 92 for 0.92."""
    return Decimal(trimmed(multiply(fraction, HUNDRED)))


def as_figure(cell: Cell, number: Decimal) -> Cell:
    """Return one end of a range, or what an actual allows at most, as a figure of its unit."""
    kind = NUMBER if percent_unit(cell.unit) is None else PERCENT
    return Cell(cell.text, kind, number, cell.unit)


def units_differ(target: Cell, actual: Cell) -> Comparison:
    """Return that two figures are in units that do not meet."""
    return no_comparison(
        NoteKind.DIFFERENT_UNITS, target.unit or "（未写）", actual.unit or "（未写）"
    )


def bare_notes(sides: Sides) -> tuple[Note, ...]:
    """Say that a target without a sign is taken for a floor."""
    return (BARE_TARGET,) if sides.sign is None else ()


def assumed_notes(target: Cell, actual: Cell) -> tuple[Note, ...]:
    """Return what the readings of two cells assume."""
    if not target.assumptions and not actual.assumptions:  # as a rule
        return ()
    said = (*target.assumptions, *actual.assumptions)
    return tuple([Note(NoteKind.READING, (text,)) for text in said])


def is_in_part(sides: Sides) -> bool:
    """Tell whether a part of either cell was left out."""
    return sides.target.facts.is_partial or sides.actual.facts.is_partial


def figure_of(cell: Cell) -> Decimal:
    """Return the number of a cell; 0 where it has none, as words for nothing have."""
    return ZERO if cell.number is None else cell.number
