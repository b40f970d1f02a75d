"""An actual against a range or a ratio, and what an actual that is a range may be."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.measures import Mismatch
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.outcomes import (
    AT_LEAST,
    COMPOUND,
    COUNTABLE,
    FIGURES,
    INTERVAL,
    NUMBER,
    PERCENT,
    RATIO,
    STORED_FROM,
    TEXT,
    Comparison,
    Outcome,
    Sides,
    as_figure,
    assumed_notes,
    bare_notes,
    figure_of,
    in_hundredths,
    in_percent,
    is_in_part,
    may_be_stored,
    met_by,
    no_comparison,
    units_differ,
)
from perfeval.cells.signs import Sign
from perfeval.cells.units import in_common_unit
from perfeval.cells.values import Cell
from perfeval.cells.worded import word_for_figure
from perfeval.numbers import HUNDRED, ZERO, multiply, trimmed


def against_range(sides: Sides) -> Comparison:
    """Compare an actual with a range: its ends belong to it, and outside no figure says how far."""
    target, actual = sides.target, sides.actual
    if target.facts.about is not None:
        return _against_about(sides, target.facts.about)
    if sides.stated not in (None, Sign.EQUAL):
        return no_comparison(NoteKind.UNCLEAR, target.text)
    if actual.kind is TEXT:
        return word_for_figure(sides)
    lower, upper = target.facts.lower, target.facts.upper
    if actual.kind not in (*COUNTABLE, INTERVAL) or lower is None or upper is None:
        return no_comparison(NoteKind.UNCLEAR, actual.text)
    ends = [as_figure(target, end) for end in (lower, upper)]
    if actual.kind is NUMBER and not actual.unit and target.unit == "%":
        return _share_in_range(sides, ends, lower)
    if actual.kind is PERCENT and not target.unit:
        ends = [end._replace(kind=PERCENT, unit=actual.unit) for end in ends]
    return _in_range(sides, ends, actual)


def _share_in_range(sides: Sides, ends: list[Cell], lower: Decimal) -> Comparison:
    """Compare a number without a percent sign with a range in percent."""
    actual = sides.actual
    marked = actual._replace(kind=PERCENT, unit="%")
    if not actual.number or not may_be_stored(actual):
        return _in_range(sides, ends, marked)
    if lower <= STORED_FROM:
        return no_comparison(NoteKind.UNCLEAR, actual.text)
    percent = in_hundredths(actual.number)
    result = _in_range(sides, ends, marked._replace(number=percent))
    note = Note(NoteKind.STORED_FRACTION, (actual.text, trimmed(percent)))
    return result._replace(notes=(*result.notes, note))


def _against_about(sides: Sides, about: Decimal) -> Comparison:
    """Compare with a rounded target: from its figure on it is met, below nobody can tell."""
    target, actual = sides.target, sides.actual
    unclear = no_comparison(NoteKind.UNCLEAR, target.text)
    least, _ = bounds_of(actual) if actual.kind in (*COUNTABLE, INTERVAL) else (None, None)
    if least is None or sides.stated not in (None, AT_LEAST):
        return unclear
    pair = in_common_unit(as_figure(target, about), as_figure(actual, least))
    if isinstance(pair, Mismatch):
        return units_differ(target, actual)
    is_more = target.facts.lower == about  # 1200余人 is above 1200
    if pair.right < pair.left or (is_more and pair.right == pair.left):
        return unclear
    said = f"“{target.text}”是约数，完成值“{actual.text}”已经达到"
    notes = assumed_notes(target, actual)
    return met_by(Note(NoteKind.READING, (said,)), *bare_notes(sides), *notes)


def _in_range(sides: Sides, ends: list[Cell], actual: Cell) -> Comparison:
    """Tell whether all that an actual may be lies between two ends."""
    low, high = bounds_of(actual)
    if low is None or high is None:
        return no_comparison(NoteKind.ACTUAL_OPEN, actual.text, sides.target.text)
    first = in_common_unit(ends[0], as_figure(actual, low))
    last = in_common_unit(ends[1], as_figure(actual, high))
    if isinstance(first, Mismatch) or isinstance(last, Mismatch):
        return units_differ(sides.target, actual)
    is_inside = first.left <= first.right and last.right <= last.left
    is_exact = low == high and actual.sign is None
    notes = assumed_notes(sides.target, actual)
    if is_inside:
        said = () if is_exact else (Note(NoteKind.ABOUT_ACTUAL, (actual.text,)),)
        is_measured = is_exact and not is_in_part(sides)
        return met_by(*said, *notes, is_measured=is_measured)
    if not is_exact:
        return no_comparison(NoteKind.ACTUAL_OPEN, actual.text, sides.target.text)
    note = Note(NoteKind.OUTSIDE_RANGE, (actual.text, sides.target.text))
    return Comparison(Outcome.MISSED, notes=(note, *notes))


def bounds_of(cell: Cell) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the greatest value that an actual allows; ``None`` is without end."""
    if cell.kind is INTERVAL:
        return cell.facts.lower, cell.facts.upper
    if cell.sign is None or cell.sign is Sign.EQUAL:
        return cell.number, cell.number
    return (None, cell.number) if cell.sign.is_reverse else (cell.number, None)


def against_ratio(sides: Sides) -> Comparison:
    """Compare two ratios crosswise: 3:1 and 4:1 as 3 × 1 and 4 × 1."""
    target, actual = sides.target, sides.actual
    if actual.kind is TEXT:
        return word_for_figure(sides)
    is_share = target.facts.is_share or actual.facts.is_share
    actual, taken = _as_share(actual) if is_share else (actual, ())
    wanted, reached = (_ratio_of(cell, is_share=is_share) for cell in (target, actual))
    if is_share and actual.kind is NUMBER:
        unclear = no_comparison(NoteKind.UNCLEAR, actual.text)
        return units_differ(target, actual) if actual.unit else unclear
    if wanted is None or reached is None or actual.sign is not None:
        other = actual if actual.kind in (COMPOUND, RATIO) else target
        return no_comparison(NoteKind.TWO_NUMBERS, other.text)
    (one, per_one), (two, per_two) = wanted, reached
    left, right = multiply(one, per_two), multiply(two, per_one)
    if sides.sign is None and left != right and not is_share:
        return no_comparison(NoteKind.NO_DIRECTION, *sides.texts)
    notes = (*taken, *(bare_notes(sides) if is_share else ()), *assumed_notes(target, actual))
    is_measured = not is_in_part(sides)
    return Comparison(FIGURES, sides.sign or AT_LEAST, left, right, notes, is_measured=is_measured)


def _as_share(cell: Cell) -> tuple[Cell, tuple[Note, ...]]:
    """Take a bare number beside a part of a whole for a percentage, as beside one."""
    number = figure_of(cell)
    is_bare = cell.kind is NUMBER and not cell.unit and cell.detail is None
    if not is_bare or not ZERO <= number <= HUNDRED:
        return cell, ()
    kind = NoteKind.STORED_FRACTION if may_be_stored(cell) and number else NoteKind.BARE_PERCENT
    percent = in_hundredths(number) if kind is NoteKind.STORED_FRACTION else number
    note = Note(kind, (cell.text, trimmed(percent)))
    return cell._replace(kind=PERCENT, unit="%", number=percent), (note,)


def _ratio_of(cell: Cell, *, is_share: bool) -> tuple[Decimal, Decimal] | None:
    """Return a ratio; beside a part of a whole (三分之二) a percentage is one too."""
    if not is_share:
        return cell.facts.ratio
    if cell.kind is PERCENT and cell.detail is None and figure_of(cell) >= ZERO:
        return in_percent(cell), HUNDRED
    return cell.facts.ratio if cell.facts.is_share else None
