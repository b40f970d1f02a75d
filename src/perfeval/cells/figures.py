"""An actual against a figure: in one unit, as a completion rate, as growth or as deviation."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.measures import UNIT, Mismatch, is_ratio, unit_of
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.outcomes import (
    AT_LEAST,
    AT_MOST,
    BARE_TARGET,
    COMPOUND,
    DATE,
    FIGURES,
    INTERVAL,
    NONE,
    NUMBER,
    PERCENT,
    RATE_FOR_FIGURE,
    RATIO,
    STORED_FROM,
    TEXT,
    UNCLEAR,
    Comparison,
    Outcome,
    Sides,
    as_figure,
    assumed_notes,
    bare_notes,
    figure_of,
    in_hundredths,
    is_in_part,
    may_be_stored,
    met_by,
    no_comparison,
    units_differ,
    unread_cell,
)
from perfeval.cells.phrases import trend_in
from perfeval.cells.ranges import against_ratio, bounds_of
from perfeval.cells.reading import numbers_in
from perfeval.cells.signs import Sign
from perfeval.cells.units import in_common_unit
from perfeval.cells.values import Cell, Trend
from perfeval.cells.vocabulary import names_change, names_level
from perfeval.cells.worded import completion, word_for_figure, word_for_share
from perfeval.later import regex
from perfeval.numbers import HUNDRED, ZERO, multiply, total, trimmed


def against_figure(sides: Sides) -> Comparison:
    """Compare an actual with a target that is a figure."""
    target, actual = sides.target, sides.actual
    if actual.kind in (COMPOUND, RATIO, UNCLEAR):
        is_share = actual.facts.is_share and target.kind is PERCENT
        return against_ratio(sides) if is_share else unread_cell(actual)
    if actual.kind is DATE:
        return no_comparison(NoteKind.ONE_DATE, *sides.texts)
    if actual.kind is TEXT:
        return word_for_share(sides) or word_for_figure(sides)
    if not target.number and target.kind is NUMBER and target.unit != actual.unit:
        return _against_zero(sides)
    if actual.kind is INTERVAL or actual.sign is not None:
        return _open_actual(sides)
    if target.kind is actual.kind or (is_ratio(target.unit) and is_ratio(actual.unit)):
        return in_one_unit(sides)
    if actual.kind is PERCENT:
        return _percent_for_figure(sides)
    return _figure_for_percent(sides)


def _against_zero(sides: Sides) -> Comparison:
    """Compare with a target of 0, whatever its unit: of nothing there is none in any unit."""
    target, actual = sides.target, sides.actual
    if actual.kind is INTERVAL or (actual.sign is not None and not actual.facts.is_zero):
        return _open_actual(sides)
    if actual.kind is PERCENT:
        if _is_below_ceiling(sides):
            return _below_ceiling(sides)
        if actual.number:
            return no_comparison(NoteKind.RATE_FOR_CEILING, *sides.texts)
        note = Note(RATE_FOR_FIGURE, sides.texts)
        return met_by(note, *assumed_notes(target, actual))
    if not actual.number:
        nothing = actual._replace(sign=None, unit=target.unit)
        return two_figures(sides._replace(actual=nothing), (ZERO, ZERO))
    return in_one_unit(sides)


def in_one_unit(sides: Sides) -> Comparison:
    """Compare two figures of one kind, once they are in one unit."""
    target, actual = sides.target, sides.actual
    pair = in_common_unit(target, actual)
    if pair is Mismatch.UNITS:
        found = _per_by_name(sides) or _without_per(sides) or _in_all(sides)
        return found or units_differ(target, actual)
    if isinstance(pair, Mismatch):
        return _other_counters(sides)
    if pair.leaves_out:
        return _leaving_out(sides, (pair.left, pair.right))
    result = two_figures(sides, (pair.left, pair.right))
    if not pair.is_taken or target.given or actual.given or result.outcome is NONE:
        return result
    bare, other = (target, actual) if actual.unit else (actual, target)
    note = Note(NoteKind.BARE_UNIT, (bare.text, other.unit))
    return result._replace(notes=(*result.notes, note))


def _leaving_out(sides: Sides, pair: tuple[Decimal, Decimal]) -> Comparison:
    """Compare two figures of which one says more: 3个社区 and 3个, 1期/年 and 1期."""
    one, other = (unit_of(cell.unit) for cell in (sides.target, sides.actual))
    if len(one.per) == len(other.per):
        return two_figures(sides, pair, Note(NoteKind.OTHER_COUNTER, sides.texts))
    yearly = sides.target if len(one.per) > len(other.per) else sides.actual
    said = f"“{yearly.text}”里的一年就是本年度"
    result = two_figures(sides, pair, Note(NoteKind.READING, (said,)))
    return result._replace(is_measured=False)


_NAMED_PER = regex(
    rf"(?P<before>[年月日]?)(?:每个?(?P<each>{UNIT})|(?!平均)(?P<mean>{UNIT})均)每?(?P<behind>[年月日]?)"
)
"""How a row's name says what its figure is for each of: 每平方米成本, 户均增收, 人均月收入."""


def _per_by_name(sides: Sides) -> Comparison | None:
    """Take 465元 for 465元/平方米 where the other side says so, and the row's name does."""
    named = _NAMED_PER.search(sides.name)
    if named is None:
        return None
    bare, other = sides.target, sides.actual
    if unit_of(bare.unit).per:
        bare, other = other, bare
    per = [part for part in named.groups() if part]
    for parts in (per, [part for part in per if part != _OF_THE_YEAR]):
        full = bare._replace(unit="/".join((bare.unit, *parts)))
        is_target = bare is sides.target
        pair = in_common_unit(full, other) if is_target else in_common_unit(other, full)
        if not isinstance(pair, Mismatch) and not pair.leaves_out and bare.unit:
            note = Note(NoteKind.PER_LEFT_OUT, (bare.text, other.text))
            return two_figures(sides, (pair.left, pair.right), note)._replace(is_measured=False)
    return None


_OF_THE_YEAR = "年"
"""What a sheet is of anyway, so that the other side may leave it out."""


def _without_per(sides: Sides) -> Comparison | None:
    """Take 300元 for 300元/人/月 where it is the same amount, or not above a ceiling."""
    target, actual = sides.target, sides.actual
    one, other = unit_of(target.unit), unit_of(actual.unit)
    if other.per or one._replace(per=()) != other or target.detail or actual.detail:
        return None
    if one.measures[0].kind != _MONEY_KIND:
        return None
    is_reverse = sides.sign is not None and sides.sign.is_reverse
    is_met = (
        figure_of(actual) <= figure_of(target) if is_reverse else actual.number == target.number
    )
    if not is_met or figure_of(actual) < ZERO:
        return None
    note = Note(NoteKind.PER_LEFT_OUT, (actual.text, target.text))
    return met_by(note, *bare_notes(sides), *assumed_notes(target, actual))


_MONEY_KIND = unit_of("元").measures[0].kind


def _in_all(sides: Sides) -> Comparison | None:
    """Take 26场 for enough where 每季度不少于6场 is wanted: it is as many as all quarters make.

    How they lie within the year is not shown, and fewer in all say not which was missed.
    """
    target, actual = sides.target, sides.actual
    one, other = unit_of(target.unit), unit_of(actual.unit)
    if len(one.per) != 1 or other.per or one.per[0].kind != _YEAR.kind:
        return None
    is_reverse = sides.sign is not None and sides.sign.is_reverse
    if is_reverse or sides.sign is Sign.EQUAL or one._replace(per=()) != other or actual.detail:
        return None
    periods = Decimal(_YEAR.factor // one.per[0].factor)
    if figure_of(actual) < multiply(figure_of(target), periods):
        return None
    said = f"“{actual.text}”够得上全年 {trimmed(periods)} 次“{target.text}”，各次做了多少没有写明"
    return met_by(Note(NoteKind.READING, (said,)), *assumed_notes(target, actual))


_YEAR = unit_of("年").measures[0]


def _other_counters(sides: Sides) -> Comparison:
    """Compare counts of things that are counted by different words."""
    target, actual = sides.target, sides.actual
    is_upward = sides.sign is None or not sides.sign.is_reverse
    if (
        is_upward
        and not target.detail
        and not actual.detail
        and figure_of(actual) >= figure_of(target)
    ):
        return met_by(Note(NoteKind.OTHER_COUNTER, sides.texts))
    return units_differ(target, actual)


def _percent_for_figure(sides: Sides) -> Comparison:
    """Compare a percentage with a figure that is none."""
    target = sides.target
    number = figure_of(target)
    is_ceiling = (sides.sign is not None and sides.sign.is_reverse) or target.facts.is_within
    is_change = _is_change(sides)
    may_lack_mark = not target.unit and ZERO < number <= HUNDRED
    if is_ceiling or is_change or number <= ZERO:
        if not may_lack_mark:
            return no_comparison(NoteKind.RATE_FOR_CEILING, *sides.texts)
        return _with_mark(sides)
    if not may_lack_mark:
        return completion(sides)
    return _either(_with_mark(sides), completion(sides))


def _is_change(sides: Sides) -> bool:
    """Tell whether a row is about growth, decline or a level."""
    if sides.target.facts.trend is not None or sides.actual.facts.trend is not None:
        return True
    return any(map(names_level, (sides.name, *sides.texts)))


def _with_mark(sides: Sides) -> Comparison:
    """Compare as if the target had a percent sign."""
    target, actual = sides.target, sides.actual
    note = Note(NoteKind.TARGET_PERCENT, (target.text,))
    marked = target._replace(kind=PERCENT, unit=actual.unit)
    return two_figures(sides._replace(target=marked), (figure_of(target), figure_of(actual)), note)


def _either(*readings: Comparison) -> Comparison:
    """Return the comparison of a row whose cells can be read in two ways."""
    if any(reading.outcome is NONE for reading in readings):
        return next(reading for reading in readings if reading.outcome is NONE)
    return Comparison(Outcome.READINGS, readings=readings)


def _figure_for_percent(sides: Sides) -> Comparison:
    """Compare a number without a percent sign with a target in percent."""
    target, actual = sides.target, sides.actual
    if actual.unit and not (target.number or actual.number):  # of nothing there is no part either
        return met_by(*bare_notes(sides), *assumed_notes(target, actual))
    if actual.unit:
        return units_differ(target, actual)
    number = figure_of(actual)
    if target.unit != "%":
        marked = actual._replace(kind=PERCENT, unit=target.unit)
        note = Note(NoteKind.BARE_UNIT, (actual.text, target.unit))
        return two_figures(sides._replace(actual=marked), (figure_of(target), number), note)
    marked = actual._replace(kind=PERCENT, unit="%")
    as_printed = sides._replace(actual=marked)
    printed = two_figures(
        as_printed,
        (figure_of(target), number),
        Note(NoteKind.BARE_PERCENT, (actual.text, trimmed(number))),
    )
    if not may_be_stored(actual) or not number:
        return printed
    share = in_hundredths(number)
    stored = two_figures(
        sides._replace(actual=marked._replace(number=share)),
        (figure_of(target), share),
        Note(NoteKind.STORED_FRACTION, (actual.text, trimmed(share))),
    )
    return stored if figure_of(target) > STORED_FROM else _either(printed, stored)


def _open_actual(sides: Sides) -> Comparison:
    """Compare an actual that stands for more than one value: all of them meet, or it is open."""
    target, actual = sides.target, sides.actual
    is_open = no_comparison(NoteKind.ACTUAL_OPEN, *reversed(sides.texts))
    if target.facts.trend is not actual.facts.trend or target.facts.is_within:
        return is_open
    low, high = bounds_of(actual)
    sign = sides.sign or AT_LEAST
    end = high if sign.is_reverse else low
    if end is None:
        return is_open
    pair = in_common_unit(target, as_figure(actual, end))
    if pair is Mismatch.UNITS and target.unit and actual.unit:
        return units_differ(target, actual)
    is_same_kind = target.kind is as_figure(actual, end).kind or not actual.unit
    if isinstance(pair, Mismatch) or not is_same_kind or (not actual.unit and target.unit == "%"):
        return is_open
    is_met = pair.right <= pair.left if sign.is_reverse else pair.right >= pair.left
    if not is_met:
        return is_open
    kind = NoteKind.ABOUT_ACTUAL if actual.kind is INTERVAL else NoteKind.SIGN_IN_ACTUAL
    notes = (*bare_notes(sides), *assumed_notes(target, actual), Note(kind, (actual.text,)))
    is_one = low == high
    return met_by(*notes, sign=sign if sign is Sign.EQUAL and not is_one else AT_LEAST)


def two_figures(sides: Sides, pair: tuple[Decimal, Decimal], *notes: Note) -> Comparison:
    """Compare two figures of one kind, already in one unit."""
    target, actual, stated, _ = sides
    if stated and target.sign and stated.is_reverse is not target.sign.is_reverse:
        return no_comparison(NoteKind.OPPOSITE_SIGNS, stated.value, target.text)
    sign = stated or target.sign
    if target.detail is not None or actual.detail is not None:
        return _detailed(sides, pair, *notes)
    if pair[0] < ZERO:
        return _below_zero(sides, pair, *notes)
    is_below = pair[1] < ZERO < pair[0] and not actual.given
    if is_below and trend_in(sides.name) is Trend.DECLINE:  # -4% may be a decline of 4 %
        return no_comparison(NoteKind.UNCLEAR, actual.text)
    if sign is None:
        sign = AT_LEAST
        notes = (*notes, BARE_TARGET)
    notes = (*notes, *assumed_notes(target, actual))
    left, right = pair
    return Comparison(FIGURES, sign, left, right, notes, is_measured=_is_measured(sides, notes))


def _is_measured(sides: Sides, notes: tuple[Note, ...]) -> bool:
    """Tell whether two figures rest on what was counted, with no part of a cell left out."""
    if any(note.kind is NoteKind.OTHER_COUNTER for note in notes):
        return False
    if is_in_part(sides):
        return False
    return is_shown(sides.target) and is_shown(sides.actual)


def is_shown(cell: Cell) -> bool:
    """Tell whether the number of a cell is not one that only its author states beside the text."""
    return not cell.given or _stands_in_text(cell)


def _stands_in_text(cell: Cell) -> bool:
    """Tell whether the number that an author states stands in the printed text, or is its sum."""
    shown = numbers_in(cell.text)
    number = figure_of(cell).copy_abs()
    return not shown or number in (*shown, total(shown))


def _below_zero(sides: Sides, pair: tuple[Decimal, Decimal], *notes: Note) -> Comparison:
    """Compare with a target below 0: it is met or not, and no proportion makes sense."""
    sign = sides.sign or AT_LEAST
    left, right = pair
    notes = (*notes, *bare_notes(sides), *assumed_notes(sides.target, sides.actual))
    is_met = right <= left if sign.is_reverse else right >= left
    if is_met:
        return met_by(*notes, is_measured=_is_measured(sides, notes))
    note = Note(NoteKind.NEGATIVE_TARGET, (sides.target.text,))
    return Comparison(Outcome.MISSED, notes=(note, *notes))


# -- growth, decline, deviation ----------------------------------------------------------------


def _detailed(sides: Sides, pair: tuple[Decimal, Decimal], *notes: Note) -> Comparison:
    """Compare two figures of which a phrase says more than a number."""
    target, actual = sides.target, sides.actual
    left, right = pair
    if target.facts.is_within:
        note = Note(NoteKind.WITHIN, (target.text,))
        size = right.copy_abs()
        notes = (note, *notes)
        if actual.facts.is_within:  # ±3% stands for all deviations up to it
            if size > left:
                return no_comparison(NoteKind.ACTUAL_OPEN, actual.text, target.text)
            return met_by(*notes, Note(NoteKind.SIGN_IN_ACTUAL, (actual.text,)))
        is_measured = _is_measured(sides, notes)
        return Comparison(FIGURES, AT_MOST, left, size, notes, is_measured=is_measured)
    if actual.facts.is_within:
        return no_comparison(NoteKind.ACTUAL_OPEN, actual.text, target.text)
    if target.facts.is_level and sides.sign is None and right != left:
        return no_comparison(NoteKind.NO_DIRECTION, *sides.texts)
    if target.facts.trend is not None or actual.facts.trend is not None:
        return _changes(sides, pair, *notes)
    plain = sides._replace(target=_bared(target), actual=_bared(actual))
    result = two_figures(plain, pair, *notes)
    return result._replace(is_measured=result.is_measured and _is_measured(sides, result.notes))


def _bared(cell: Cell) -> Cell:
    return cell._replace(detail=None)


def _changes(sides: Sides, pair: tuple[Decimal, Decimal], *notes: Note) -> Comparison:
    """Compare growth with growth, decline with decline, and one with the other."""
    target, actual = sides.target, sides.actual
    wanted, reached = target.facts, actual.facts
    if wanted.subject and reached.subject and wanted.subject != reached.subject:
        return no_comparison(NoteKind.OTHER_SUBJECT, *sides.texts)
    left, right = pair
    named = trend_in(sides.name) if wanted.trend is None else None
    if named is not None:
        if reached.trend is not named and right:
            return _opposite(sides, left, right, *notes)
    elif wanted.trend is None:
        if _is_below_ceiling(sides):
            return _below_ceiling(sides)
        if reached.trend is Trend.DECLINE:
            return no_comparison(NoteKind.NO_DIRECTION, *sides.texts)
        notes = (*notes, Note(NoteKind.TREND_TAKEN, sides.texts))
    elif reached.trend is None:
        notes = (*notes, Note(NoteKind.TREND_TAKEN, tuple(reversed(sides.texts))))
        if wanted.trend is Trend.DECLINE:
            right = right.copy_abs()
    elif reached.trend is not wanted.trend and right:
        return _opposite(sides, left, right, *notes)
    plain = sides._replace(target=_bared(target), actual=_bared(actual))
    result = two_figures(plain, (left, right), *notes)
    is_told = wanted.trend is not None or named is not None
    return result._replace(is_measured=is_told and _is_measured(sides, result.notes))


def _opposite(sides: Sides, left: Decimal, right: Decimal, *notes: Note) -> Comparison:
    """Compare a growth with a decline: where more is better, the target is missed."""
    if _is_below_ceiling(sides):
        return _below_ceiling(sides)
    sign = sides.sign or AT_LEAST
    if sign.is_reverse or left < ZERO or right < ZERO:
        return no_comparison(NoteKind.NO_DIRECTION, *sides.texts)
    note = Note(NoteKind.OPPOSITE_TREND, sides.texts)
    opposite = right.copy_negate()
    notes = (*notes, *bare_notes(sides), note)
    is_measured = _is_measured(sides, notes)
    return Comparison(FIGURES, sign, left, opposite, notes, is_measured=is_measured)


def _is_below_ceiling(sides: Sides) -> bool:
    """Tell whether a decline lies under a ceiling of growth (增长率 ≤3%, 变动率 ≤0).

    A 变动率 up to 5 % may bound the change both ways, so that only one of 0 is asked.
    """
    target, actual = sides.target, sides.actual
    sign, number = sides.sign, figure_of(target)
    if sign is None or not sign.is_reverse or target.detail is not None or number < ZERO:
        return False
    if actual.facts.trend is not Trend.DECLINE or figure_of(actual) <= ZERO:
        return False
    if trend_in(sides.name) is Trend.GROWTH:
        return True
    return not number and names_change(sides.name)


def _below_ceiling(sides: Sides) -> Comparison:
    target, actual = sides.texts
    said = f"“{actual}”低于增长的上限“{target}”，按达到理解"
    return met_by(Note(NoteKind.READING, (said,)), *assumed_notes(sides.target, sides.actual))
