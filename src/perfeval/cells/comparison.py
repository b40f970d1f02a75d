"""How a target and an actual compare: two figures, a completion rate, a word, or not at all.

This is reading, not scoring: it knows no rulebook.  What cannot be compared says why.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.cells.dates import Days, may_be_date
from perfeval.cells.deadlines import Timing, days_done, due_day, timing_of
from perfeval.cells.grades import Reached, compared
from perfeval.cells.measures import Mismatch, is_ratio, unit_of
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.phrases import percent_unit, trend_in
from perfeval.cells.reading import numbers_in
from perfeval.cells.signs import Sign
from perfeval.cells.units import in_common_unit
from perfeval.cells.values import Cell, Kind, Nuance, Trend
from perfeval.cells.vocabulary import (
    Words,
    is_ordinal,
    is_scale,
    names_bad,
    names_change,
    names_level,
    names_moment,
    says_none,
    words,
)
from perfeval.cells.wholes import says_all
from perfeval.numbers import HUNDRED, ONE, ZERO, multiply, plain, total, trimmed


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
_BARE_TARGET = Note(NoteKind.BARE_TARGET)
_WORDS = Comparison(Outcome.WORDS, QUALITATIVE)
_COUNTABLE = (NUMBER, PERCENT)
_FIGURES, _RATE, _NONE = Outcome.FIGURES, Outcome.RATE, Outcome.NONE
_RATE_FOR_FIGURE = NoteKind.RATE_FOR_FIGURE
_STORED_FROM = Decimal(10)
"""Up to this target in percent, a bare actual from 0 to 1 may be percent as it stands."""


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
        return _none(NoteKind.NO_TARGET)
    if actual is None or actual.kind is BLANK:
        return _none(NoteKind.NO_ACTUAL)
    if not unit and _may_be_date(target, sign, name):
        target = target._replace(kind=UNCLEAR)
    if _is_grade(target, unit, name) or _is_grade(actual, unit, name):
        return _grades(target, actual, sign, name)
    return _compared(target, actual, sign, unit, name)


def _compared(
    target: Cell, actual: Cell, sign: Sign | None, unit: str | None, name: str
) -> Comparison:
    """Compare two cells that are filled and no grades."""
    if sign is not QUALITATIVE and _are_usual(target, actual):
        return _figures(Sides(target, actual, sign, name), (_number(target), _number(actual)))
    for cell in (target, actual):
        if cell.kind is UNCLEAR and cell.facts.is_refused:
            return _unread(cell)
    same = _same(target, actual)
    if same is not None:
        return same
    if actual.facts.is_planned:
        return _none(NoteKind.UNCLEAR, actual.text)
    if unit:
        target, actual = _with_unit(target, unit), _with_unit(actual, unit)
    sides = Sides(target, actual, sign, name)
    if target.facts.span is not None and actual.facts.span is not None:
        return _of_dates(sides)
    if sides.sign is QUALITATIVE:
        return _qualitative(sides)
    sides = _zeros(sides)
    return _AGAINST.get(sides.target.kind, _against_words)(sides)


def _may_be_date(target: Cell, sign: Sign | None, name: str) -> bool:
    """Tell whether a bare number may be a date: 12.31 or 45291 as 完成时限."""
    if target.kind is not NUMBER or target.unit or target.given or target.detail is not None:
        return False
    if not names_moment(name):
        return False
    is_bounded = (sign or target.sign) is not None
    return may_be_date(plain(_number(target)), is_bounded=is_bounded)


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
        return _met(Note(NoteKind.SAME_WORDS))
    return _same(wanted, reached) or _against_words(Sides(wanted, reached, sign, name))


def _is_same_grade(target: Cell, actual: Cell) -> bool:
    """Tell whether two cells say one grade: 3类及以上 and 三类水."""
    kinds = {cell.unit[:1] for cell in (target, actual) if cell.unit}
    is_whole = target.kind is actual.kind is NUMBER and actual.detail is None
    return is_whole and target.number == actual.number and len(kinds) < 2


def _are_usual(target: Cell, actual: Cell) -> bool:
    """Tell whether two cells are plain figures in one unit, as most are."""
    return (
        target.kind is actual.kind
        and target.unit == actual.unit
        and target.detail is None
        and actual.detail is None
        and actual.sign is None
        and target.kind in _COUNTABLE
        and bool(target.number)
        and not (target.given and actual.given)
        and target.sign is not QUALITATIVE
    )


def _none(kind: NoteKind, *values: str) -> Comparison:
    return Comparison(_NONE, notes=(Note(kind, values),))


def _met(*notes: Note, is_measured: bool = False, sign: Sign = AT_LEAST) -> Comparison:
    return Comparison(Outcome.MET, sign, notes=notes, is_measured=is_measured)


def _with_unit(cell: Cell, unit: str) -> Cell:
    """Give a bare number the unit of its row."""
    if cell.unit or cell.kind not in (NUMBER, INTERVAL):
        return cell
    percent = percent_unit(unit)
    if percent is None:
        return cell._replace(unit=unit)
    return cell._replace(kind=PERCENT if cell.kind is NUMBER else INTERVAL, unit=percent)


# -- the same text on both sides ---------------------------------------------------------------


def _same(target: Cell, actual: Cell) -> Comparison | None:
    """Take a copied target for a claim that it is met, unless it is one figure."""
    if target.text != actual.text:
        wanted, reached = _folded(target.text), _folded(actual.text)
        if wanted not in (reached, _WAS_DONE.sub("", reached)):
            return None
    if _is_one_figure(target) and _is_one_figure(actual):
        return None
    text = actual.text
    if is_scale(text):
        return _none(NoteKind.SCALE_NAME, text)
    if target.kind is TEXT and says_none(text) is not None:
        return None
    return _met(Note(NoteKind.SAME_WORDS))


_WAS_DONE = re.compile("^(?:均已|全部已|已全部|已|均)")
"""What says of the same words that they came true."""


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _is_one_figure(cell: Cell) -> bool:
    """Tell whether a cell is one figure with at most a unit."""
    if cell.given:
        return len(numbers_in(cell.text)) < 2
    return (
        cell.kind in _COUNTABLE
        and cell.sign is None
        and cell.detail is None
        and not cell.assumptions
    )


# -- words -------------------------------------------------------------------------------------


def _qualitative(sides: Sides) -> Comparison:
    """Compare what the author calls 定性."""
    actual = sides.actual
    if is_scale(actual.text):
        return _none(NoteKind.SCALE_NAME, actual.text)
    if actual.kind is PERCENT and sides.target.kind is TEXT:
        return _portion(sides)
    return _graded(sides) or _WORDS


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
    return _met(Note(NoteKind.READING, (said,)))


_NO_GRADE = (Sign.AT_MOST, Sign.BELOW, Sign.ABOVE)
"""Signs with which a grade is no floor that it reaches by itself."""


def _zeros(sides: Sides) -> Sides:
    """Read words that say that something bad does not happen as the figure 0."""
    target, actual = sides.target, sides.actual
    if target.kind is TEXT and _says_zero(target, sides.name):
        target = _zero(target, AT_MOST)
    elif target.kind is NUMBER and not target.number and sides.sign is None:
        target = _aimed_at_none(target, sides.name)
    if actual.kind is TEXT and target.kind in _COUNTABLE and says_none(actual.text) is not None:
        sign = sides.stated or target.sign
        if not target.number or (sign is not None and sign.is_reverse):
            actual = _zero(actual)
    return sides._replace(target=target, actual=actual)


def _says_zero(cell: Cell, name: str) -> bool:
    said = says_none(cell.text)
    return said is not None and (said.is_sure or names_bad(name))


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


def _against_words(sides: Sides) -> Comparison:
    """Compare an actual with a target that is words, or more than one number."""
    target, actual = sides.target, sides.actual
    if target.kind is UNCLEAR or actual.kind is UNCLEAR:
        return _unread(target if target.kind is UNCLEAR else actual)
    if target.text in _ONE_WAY and actual.facts.trend is not None and actual.number:
        return _in_its_way(sides, _ONE_WAY[target.text])
    if actual.kind is PERCENT and target.kind is TEXT:
        return _portion(sides)
    if actual.kind is PERCENT and not target.unit:
        return _rate(sides)
    if actual.kind is TEXT:
        if is_scale(actual.text):
            return _none(NoteKind.SCALE_NAME, actual.text)
        return _word(sides) if target.kind is COMPOUND else _graded(sides) or _WORDS
    if target.kind is COMPOUND or actual.kind is COMPOUND:
        return _unread(target if target.kind is COMPOUND else actual)
    kind = NoteKind.ONE_DATE if actual.kind is DATE else NoteKind.FIGURE_FOR_WORDS
    return _none(kind, *sides.texts)


_ONE_WAY = dict.fromkeys(words(Words.ONLY_DOWN), Trend.DECLINE) | dict.fromkeys(
    words(Words.ONLY_UP), Trend.GROWTH
)
"""Which way a figure must go by words that hold no figure: 只减不增."""


def _in_its_way(sides: Sides, wanted: Trend) -> Comparison:
    """Compare a growth or a decline with the only way in which a figure may go."""
    if sides.actual.facts.trend is wanted and _number(sides.actual) > ZERO:
        return _met(*_assumed(sides.target, sides.actual))
    note = Note(NoteKind.OPPOSITE_TREND, sides.texts)
    return Comparison(Outcome.MISSED, notes=(note,))


def _unread(cell: Cell) -> Comparison:
    """Say why a cell is no figure: it is badly written, unclear, or holds several numbers."""
    if cell.facts.is_refused:
        return _none(NoteKind.NUMBER_FORM, cell.text)
    kind = NoteKind.UNCLEAR if cell.kind is UNCLEAR else NoteKind.TWO_NUMBERS
    return _none(kind, cell.text)


def _portion(sides: Sides, *notes: Note) -> Comparison:
    """Take a percentage for how far something in words was done; a rulebook knows which words."""
    actual = sides.actual
    rate = in_percent(actual)
    if actual.sign is not None or (actual.detail is not None and actual.facts.trend is not None):
        return _none(NoteKind.NO_DEGREE, *sides.texts)
    if rate > HUNDRED:
        return _none(NoteKind.NO_DEGREE, *sides.texts)
    notes = notes or (Note(_RATE_FOR_FIGURE, sides.texts),)
    return Comparison(Outcome.PORTION, AT_LEAST, HUNDRED, rate, notes)


def in_percent(cell: Cell) -> Decimal:
    """Return the number of a percentage, ‰ converted."""
    number = ZERO if cell.number is None else cell.number
    return number if cell.unit == "%" else multiply(number, _PER_MILLE)


_PER_MILLE = Decimal("0.1")


def _word(sides: Sides) -> Comparison:
    """Keep a word that stands in place of a figure; only a rulebook knows what it means."""
    actual = sides.actual
    if is_scale(actual.text):
        return _none(NoteKind.SCALE_NAME, actual.text)
    note = Note(NoteKind.WORD_FOR_FIGURE, (actual.text,))
    if sides.target.kind is DATE:
        note = Note(NoteKind.NO_DATE, sides.texts)
    return Comparison(Outcome.WORD, notes=(note,))


def _word_for_share(sides: Sides) -> Comparison | None:
    """Take words for a share where they say that all of it was done, or less than all of it."""
    target, actual = sides.target, sides.actual
    number = _number(target)
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


# -- dates -------------------------------------------------------------------------------------


def _of_dates(sides: Sides) -> Comparison:
    """Compare two dates; what is a number as well (2023.12) is a date beside one."""
    target, actual = sides.target, sides.actual
    if target.kind is actual.kind is NUMBER:
        if target.unit or actual.unit:
            return _in_one_unit(sides)
        if not _is_day(target) or not _is_day(actual):
            return _none(NoteKind.UNCLEAR, target.text)
    wanted, reached = (
        cell
        if cell.kind is DATE
        else cell._replace(kind=DATE, assumptions=(f"“{cell.text}”按日期理解",))
        for cell in (target, actual)
    )
    return _against_date(sides._replace(target=wanted, actual=reached))


def _is_day(cell: Cell) -> bool:
    span = cell.facts.span
    return span is not None and span.first == span.last


def _against_date(sides: Sides) -> Comparison:
    """Compare an actual with a deadline."""
    target, actual = sides.target, sides.actual
    if actual.kind is TEXT:
        return _word(sides)
    if actual.kind is PERCENT:
        kind = NoteKind.NO_DATE if in_percent(actual) == HUNDRED else NoteKind.DATE_LEFT_OUT
        return _portion(sides, Note(kind, sides.texts))
    deadline, done = target.facts.span, actual.facts.span
    if deadline is None or done is None:
        return _none(NoteKind.ONE_DATE, *sides.texts)
    result = _timed(sides, deadline, done)
    return result._replace(due=due_day(deadline), done=days_done(done))


def _timed(sides: Sides, deadline: Days, done: Days) -> Comparison:
    """Compare the days of what was done with those of its deadline."""
    target, actual = sides.target, sides.actual
    timing = timing_of(deadline, done, sides.stated)
    notes = _assumed(target, actual)
    if timing is Timing.IN_TIME:
        return _met(*notes, is_measured=not done.is_until)
    if timing is Timing.LATE:
        note = Note(NoteKind.LATE, (actual.text, target.text))
        return Comparison(Outcome.LATE, notes=(note, *notes))
    if timing is Timing.SENSELESS:
        return _none(NoteKind.DATE_AT_LEAST, target.text)
    earlier = deadline.earlier
    if timing is Timing.TWO_ENDS and earlier is not None:
        return _none(NoteKind.TWO_ENDS, target.text, earlier.text, deadline.last.text)
    return _none(NoteKind.DAY_UNKNOWN, actual.text, target.text)


# -- ranges and ratios -------------------------------------------------------------------------


def _against_range(sides: Sides) -> Comparison:
    """Compare an actual with a range: its ends belong to it, and outside no figure says how far."""
    target, actual = sides.target, sides.actual
    if target.facts.is_about or sides.stated not in (None, Sign.EQUAL):
        return _none(NoteKind.UNCLEAR, target.text)
    if actual.kind is TEXT:
        return _word(sides)
    lower, upper = target.facts.lower, target.facts.upper
    if actual.kind not in (*_COUNTABLE, INTERVAL) or lower is None or upper is None:
        return _none(NoteKind.UNCLEAR, actual.text)
    ends = [_as_figure(target, end) for end in (lower, upper)]
    if actual.kind is NUMBER and not actual.unit and target.unit == "%":
        return (
            _none(NoteKind.UNCLEAR, actual.text)
            if actual.number and _may_be_stored(actual)
            else _in_range(sides, ends, actual._replace(kind=PERCENT, unit="%"))
        )
    if actual.kind is PERCENT and not target.unit:
        ends = [end._replace(kind=PERCENT, unit=actual.unit) for end in ends]
    return _in_range(sides, ends, actual)


def _may_be_stored(cell: Cell) -> bool:
    return cell.number is not None and ZERO <= cell.number <= ONE


def _as_figure(cell: Cell, number: Decimal) -> Cell:
    kind = NUMBER if percent_unit(cell.unit) is None else PERCENT
    return Cell(cell.text, kind, number, cell.unit)


def _in_range(sides: Sides, ends: list[Cell], actual: Cell) -> Comparison:
    """Tell whether all that an actual may be lies between two ends."""
    low, high = bounds_of(actual)
    if low is None or high is None:
        return _none(NoteKind.ACTUAL_OPEN, actual.text, sides.target.text)
    first = in_common_unit(ends[0], _as_figure(actual, low))
    last = in_common_unit(ends[1], _as_figure(actual, high))
    if isinstance(first, Mismatch) or isinstance(last, Mismatch):
        return _different_units(sides.target, actual)
    is_inside = first.left <= first.right and last.right <= last.left
    is_exact = low == high and actual.sign is None
    notes = _assumed(sides.target, actual)
    if is_inside:
        said = () if is_exact else (Note(NoteKind.ABOUT_ACTUAL, (actual.text,)),)
        is_measured = is_exact and not _is_partial(sides)
        return _met(*said, *notes, is_measured=is_measured)
    if not is_exact:
        return _none(NoteKind.ACTUAL_OPEN, actual.text, sides.target.text)
    note = Note(NoteKind.OUTSIDE_RANGE, (actual.text, sides.target.text))
    return Comparison(Outcome.MISSED, notes=(note, *notes))


def bounds_of(cell: Cell) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the greatest value that an actual allows; ``None`` is without end."""
    if cell.kind is INTERVAL:
        return cell.facts.lower, cell.facts.upper
    if cell.sign is None or cell.sign is Sign.EQUAL:
        return cell.number, cell.number
    return (None, cell.number) if cell.sign.is_reverse else (cell.number, None)


def _against_ratio(sides: Sides) -> Comparison:
    """Compare two ratios crosswise: 3:1 and 4:1 as 3 × 1 and 4 × 1."""
    target, actual = sides.target, sides.actual
    if actual.kind is TEXT:
        return _word(sides)
    is_share = target.facts.is_share or actual.facts.is_share
    wanted, reached = (_ratio_of(cell, is_share=is_share) for cell in (target, actual))
    if wanted is None or reached is None or actual.sign is not None:
        other = actual if actual.kind in (COMPOUND, RATIO) else target
        return _none(NoteKind.TWO_NUMBERS, other.text)
    (one, per_one), (two, per_two) = wanted, reached
    left, right = multiply(one, per_two), multiply(two, per_one)
    if sides.sign is None and left != right and not is_share:
        return _none(NoteKind.NO_DIRECTION, *sides.texts)
    notes = (*(_bare(sides) if is_share else ()), *_assumed(target, actual))
    is_measured = not _is_partial(sides)
    return Comparison(_FIGURES, sides.sign or AT_LEAST, left, right, notes, is_measured=is_measured)


def _ratio_of(cell: Cell, *, is_share: bool) -> tuple[Decimal, Decimal] | None:
    """Return a ratio; beside a part of a whole (三分之二) a percentage is one too."""
    if not is_share:
        return cell.facts.ratio
    if cell.kind is PERCENT and cell.detail is None and _number(cell) >= ZERO:
        return in_percent(cell), HUNDRED
    return cell.facts.ratio if cell.facts.is_share else None


# -- figures -----------------------------------------------------------------------------------


def _against_figure(sides: Sides) -> Comparison:
    """Compare an actual with a target that is a figure."""
    target, actual = sides.target, sides.actual
    if actual.kind in (COMPOUND, RATIO, UNCLEAR):
        is_share = actual.facts.is_share and target.kind is PERCENT
        return _against_ratio(sides) if is_share else _unread(actual)
    if actual.kind is DATE:
        return _none(NoteKind.ONE_DATE, *sides.texts)
    if actual.kind is TEXT:
        return _word_for_share(sides) or _word(sides)
    if not target.number and target.kind is NUMBER and target.unit != actual.unit:
        return _against_zero(sides)
    if actual.kind is INTERVAL or actual.sign is not None:
        return _open_actual(sides)
    if target.kind is actual.kind or (is_ratio(target.unit) and is_ratio(actual.unit)):
        return _in_one_unit(sides)
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
            return _none(NoteKind.RATE_FOR_CEILING, *sides.texts)
        note = Note(_RATE_FOR_FIGURE, sides.texts)
        return _met(note, *_assumed(target, actual))
    if not actual.number:
        nothing = actual._replace(sign=None, unit=target.unit)
        return _figures(sides._replace(actual=nothing), (ZERO, ZERO))
    return _in_one_unit(sides)


def _in_one_unit(sides: Sides) -> Comparison:
    """Compare two figures of one kind, once they are in one unit."""
    target, actual = sides.target, sides.actual
    pair = in_common_unit(target, actual)
    if pair is Mismatch.UNITS:
        return _without_per(sides) or _different_units(target, actual)
    if isinstance(pair, Mismatch):
        return _other_counters(sides)
    if pair.leaves_out:
        return _leaving_out(sides, (pair.left, pair.right))
    result = _figures(sides, (pair.left, pair.right))
    if not pair.is_taken or target.given or actual.given or result.outcome is _NONE:
        return result
    bare, other = (target, actual) if actual.unit else (actual, target)
    note = Note(NoteKind.BARE_UNIT, (bare.text, other.unit))
    return result._replace(notes=(*result.notes, note))


def _leaving_out(sides: Sides, pair: tuple[Decimal, Decimal]) -> Comparison:
    """Compare two figures of which one says more: 3个社区 and 3个, 1期/年 and 1期."""
    one, other = (unit_of(cell.unit) for cell in (sides.target, sides.actual))
    if len(one.per) == len(other.per):
        return _figures(sides, pair, Note(NoteKind.OTHER_COUNTER, sides.texts))
    yearly = sides.target if len(one.per) > len(other.per) else sides.actual
    said = f"“{yearly.text}”里的一年就是本年度"
    result = _figures(sides, pair, Note(NoteKind.READING, (said,)))
    return result._replace(is_measured=False)


def _without_per(sides: Sides) -> Comparison | None:
    """Take 300元 for 300元/人/月 where it is the same amount, or not above a ceiling."""
    target, actual = sides.target, sides.actual
    one, other = unit_of(target.unit), unit_of(actual.unit)
    if other.per or one._replace(per=()) != other or target.detail or actual.detail:
        return None
    if one.measures[0].kind != _MONEY_KIND:
        return None
    is_reverse = sides.sign is not None and sides.sign.is_reverse
    is_met = _number(actual) <= _number(target) if is_reverse else actual.number == target.number
    if not is_met or _number(actual) < ZERO:
        return None
    note = Note(NoteKind.PER_LEFT_OUT, (actual.text, target.text))
    return _met(note, *_bare(sides), *_assumed(target, actual))


_MONEY_KIND = unit_of("元").measures[0].kind


def _other_counters(sides: Sides) -> Comparison:
    """Compare counts of things that are counted by different words."""
    target, actual = sides.target, sides.actual
    is_upward = sides.sign is None or not sides.sign.is_reverse
    if is_upward and not target.detail and not actual.detail and _number(actual) >= _number(target):
        return _met(Note(NoteKind.OTHER_COUNTER, sides.texts))
    return _different_units(target, actual)


def _different_units(target: Cell, actual: Cell) -> Comparison:
    return _none(NoteKind.DIFFERENT_UNITS, target.unit or "（未写）", actual.unit or "（未写）")


def _percent_for_figure(sides: Sides) -> Comparison:
    """Compare a percentage with a figure that is none."""
    target = sides.target
    number = _number(target)
    is_ceiling = (sides.sign is not None and sides.sign.is_reverse) or target.facts.is_within
    is_change = _is_change(sides)
    may_lack_mark = not target.unit and ZERO < number <= HUNDRED
    if is_ceiling or is_change or number <= ZERO:
        if not may_lack_mark:
            return _none(NoteKind.RATE_FOR_CEILING, *sides.texts)
        return _with_mark(sides)
    if not may_lack_mark:
        return _rate(sides)
    return _either(_with_mark(sides), _rate(sides))


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
    return _figures(sides._replace(target=marked), (_number(target), _number(actual)), note)


def _rate(sides: Sides) -> Comparison:
    """Take a percentage for the completion rate of whatever the target counts."""
    actual = sides.actual
    if actual.sign is not None or actual.facts.trend is not None or actual.facts.is_within:
        return _none(NoteKind.ACTUAL_OPEN, actual.text, sides.target.text)
    note = Note(_RATE_FOR_FIGURE, sides.texts)
    return Comparison(_RATE, AT_LEAST, HUNDRED, in_percent(actual), (note,))


def _either(*readings: Comparison) -> Comparison:
    """Return the comparison of a row whose cells can be read in two ways."""
    if any(reading.outcome is _NONE for reading in readings):
        return next(reading for reading in readings if reading.outcome is _NONE)
    return Comparison(Outcome.READINGS, readings=readings)


def _figure_for_percent(sides: Sides) -> Comparison:
    """Compare a number without a percent sign with a target in percent."""
    target, actual = sides.target, sides.actual
    if actual.unit:
        return _different_units(target, actual)
    number = _number(actual)
    if target.unit != "%":
        marked = actual._replace(kind=PERCENT, unit=target.unit)
        note = Note(NoteKind.BARE_UNIT, (actual.text, target.unit))
        return _figures(sides._replace(actual=marked), (_number(target), number), note)
    marked = actual._replace(kind=PERCENT, unit="%")
    as_printed = sides._replace(actual=marked)
    printed = _figures(
        as_printed,
        (_number(target), number),
        Note(NoteKind.BARE_PERCENT, (actual.text, trimmed(number))),
    )
    if not _may_be_stored(actual) or not number:
        return printed
    share = multiply(number, HUNDRED)
    stored = _figures(
        sides._replace(actual=marked._replace(number=share)),
        (_number(target), share),
        Note(NoteKind.STORED_FRACTION, (actual.text, trimmed(share))),
    )
    return stored if _number(target) > _STORED_FROM else _either(printed, stored)


def _open_actual(sides: Sides) -> Comparison:
    """Compare an actual that stands for more than one value: all of them meet, or it is open."""
    target, actual = sides.target, sides.actual
    is_open = _none(NoteKind.ACTUAL_OPEN, *reversed(sides.texts))
    if target.facts.trend is not actual.facts.trend or target.facts.is_within:
        return is_open
    low, high = bounds_of(actual)
    sign = sides.sign or AT_LEAST
    end = high if sign.is_reverse else low
    if end is None:
        return is_open
    pair = in_common_unit(target, _as_figure(actual, end))
    if pair is Mismatch.UNITS and target.unit and actual.unit:
        return _different_units(target, actual)
    is_same_kind = target.kind is _as_figure(actual, end).kind or not actual.unit
    if isinstance(pair, Mismatch) or not is_same_kind or (not actual.unit and target.unit == "%"):
        return is_open
    is_met = pair.right <= pair.left if sign.is_reverse else pair.right >= pair.left
    if not is_met:
        return is_open
    kind = NoteKind.ABOUT_ACTUAL if actual.kind is INTERVAL else NoteKind.SIGN_IN_ACTUAL
    notes = (*_bare(sides), *_assumed(target, actual), Note(kind, (actual.text,)))
    is_one = low == high
    return _met(*notes, sign=sign if sign is Sign.EQUAL and not is_one else AT_LEAST)


def _bare(sides: Sides) -> tuple[Note, ...]:
    return (_BARE_TARGET,) if sides.sign is None else ()


def _assumed(target: Cell, actual: Cell) -> tuple[Note, ...]:
    """Return what the readings of two cells assume."""
    if not target.assumptions and not actual.assumptions:  # as a rule
        return ()
    said = (*target.assumptions, *actual.assumptions)
    return tuple([Note(NoteKind.READING, (text,)) for text in said])


def _figures(sides: Sides, pair: tuple[Decimal, Decimal], *notes: Note) -> Comparison:
    """Compare two figures of one kind, already in one unit."""
    target, actual, stated, _ = sides
    if stated and target.sign and stated.is_reverse is not target.sign.is_reverse:
        return _none(NoteKind.OPPOSITE_SIGNS, stated.value, target.text)
    sign = stated or target.sign
    if target.detail is not None or actual.detail is not None:
        return _detailed(sides, pair, *notes)
    if pair[0] < ZERO:
        return _below_zero(sides, pair, *notes)
    if sign is None:
        sign = AT_LEAST
        notes = (*notes, _BARE_TARGET)
    notes = (*notes, *_assumed(target, actual))
    left, right = pair
    return Comparison(_FIGURES, sign, left, right, notes, is_measured=_is_measured(sides, notes))


def _is_measured(sides: Sides, notes: tuple[Note, ...]) -> bool:
    """Tell whether two figures rest on what was counted, with no part of a cell left out."""
    if any(note.kind is NoteKind.OTHER_COUNTER for note in notes):
        return False
    if _is_partial(sides):
        return False
    return all(not cell.given or _stands_in_text(cell) for cell in (sides.target, sides.actual))


def _is_partial(sides: Sides) -> bool:
    """Tell whether a part of either cell was left out."""
    return sides.target.facts.is_partial or sides.actual.facts.is_partial


def _stands_in_text(cell: Cell) -> bool:
    """Tell whether the number that an author states stands in the printed text, or is its sum."""
    shown = numbers_in(cell.text)
    number = _number(cell).copy_abs()
    return not shown or number in (*shown, total(shown))


def _below_zero(sides: Sides, pair: tuple[Decimal, Decimal], *notes: Note) -> Comparison:
    """Compare with a target below 0: it is met or not, and no proportion makes sense."""
    sign = sides.sign or AT_LEAST
    left, right = pair
    notes = (*notes, *_bare(sides), *_assumed(sides.target, sides.actual))
    is_met = right <= left if sign.is_reverse else right >= left
    if is_met:
        return _met(*notes, is_measured=_is_measured(sides, notes))
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
        is_measured = _is_measured(sides, notes)
        return Comparison(_FIGURES, AT_MOST, left, size, notes, is_measured=is_measured)
    if actual.facts.is_within:
        return _none(NoteKind.ACTUAL_OPEN, actual.text, target.text)
    if target.facts.is_level and sides.sign is None and right != left:
        return _none(NoteKind.NO_DIRECTION, *sides.texts)
    if target.facts.trend is not None or actual.facts.trend is not None:
        return _changes(sides, pair, *notes)
    plain = sides._replace(target=_bared(target), actual=_bared(actual))
    result = _figures(plain, pair, *notes)
    return result._replace(is_measured=result.is_measured and _is_measured(sides, result.notes))


def _bared(cell: Cell) -> Cell:
    return cell._replace(detail=None)


def _changes(sides: Sides, pair: tuple[Decimal, Decimal], *notes: Note) -> Comparison:
    """Compare growth with growth, decline with decline, and one with the other."""
    target, actual = sides.target, sides.actual
    wanted, reached = target.facts, actual.facts
    if wanted.subject and reached.subject and wanted.subject != reached.subject:
        return _none(NoteKind.OTHER_SUBJECT, *sides.texts)
    left, right = pair
    named = trend_in(sides.name) if wanted.trend is None else None
    if named is not None:
        if reached.trend is not named and right:
            return _opposite(sides, left, right, *notes)
    elif wanted.trend is None:
        if _is_below_ceiling(sides):
            return _below_ceiling(sides)
        if reached.trend is Trend.DECLINE:
            return _none(NoteKind.NO_DIRECTION, *sides.texts)
        notes = (*notes, Note(NoteKind.TREND_TAKEN, sides.texts))
    elif reached.trend is None:
        notes = (*notes, Note(NoteKind.TREND_TAKEN, tuple(reversed(sides.texts))))
        if wanted.trend is Trend.DECLINE:
            right = right.copy_abs()
    elif reached.trend is not wanted.trend and right:
        return _opposite(sides, left, right, *notes)
    plain = sides._replace(target=_bared(target), actual=_bared(actual))
    result = _figures(plain, (left, right), *notes)
    is_told = wanted.trend is not None or named is not None
    return result._replace(is_measured=is_told and _is_measured(sides, result.notes))


def _opposite(sides: Sides, left: Decimal, right: Decimal, *notes: Note) -> Comparison:
    """Compare a growth with a decline: where more is better, the target is missed."""
    if _is_below_ceiling(sides):
        return _below_ceiling(sides)
    sign = sides.sign or AT_LEAST
    if sign.is_reverse or left < ZERO or right < ZERO:
        return _none(NoteKind.NO_DIRECTION, *sides.texts)
    note = Note(NoteKind.OPPOSITE_TREND, sides.texts)
    opposite = right.copy_negate()
    notes = (*notes, *_bare(sides), note)
    is_measured = _is_measured(sides, notes)
    return Comparison(_FIGURES, sign, left, opposite, notes, is_measured=is_measured)


def _is_below_ceiling(sides: Sides) -> bool:
    """Tell whether a decline lies under a ceiling of growth (增长率 ≤3%, 变动率 ≤0).

    A 变动率 up to 5 % may bound the change both ways, so that only one of 0 is asked.
    """
    target, actual = sides.target, sides.actual
    sign, number = sides.sign, _number(target)
    if sign is None or not sign.is_reverse or target.detail is not None or number < ZERO:
        return False
    if actual.facts.trend is not Trend.DECLINE or _number(actual) <= ZERO:
        return False
    if trend_in(sides.name) is Trend.GROWTH:
        return True
    return not number and names_change(sides.name)


def _below_ceiling(sides: Sides) -> Comparison:
    target, actual = sides.texts
    said = f"“{actual}”低于增长的上限“{target}”，按达到理解"
    return _met(Note(NoteKind.READING, (said,)), *_assumed(sides.target, sides.actual))


def _number(cell: Cell) -> Decimal:
    return ZERO if cell.number is None else cell.number


_AGAINST = {
    NUMBER: _against_figure,
    PERCENT: _against_figure,
    DATE: _against_date,
    INTERVAL: _against_range,
    RATIO: _against_ratio,
}
