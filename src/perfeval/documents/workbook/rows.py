"""A row of the form: how target and actual compare, what it scores, or why it has no points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfeval.cells.levels import Section
from perfeval.cells.notes import NoteKind
from perfeval.cells.outcomes import STORED_FROM
from perfeval.cells.signs import Sign
from perfeval.cells.vocabulary import GRADES, Words
from perfeval.cells.vocabulary import words as names_of
from perfeval.documents.workbook.bands import Judged, awarded, noted, outside
from perfeval.documents.workbook.formula import (
    BLANK,
    NO,
    Formula,
    ListedWords,
    Span,
    above,
    at_least,
    both,
    chosen,
    differs,
    either,
    equal,
    exact,
    first,
    has_listed,
    is_listed,
    is_number,
    is_one_of,
    joined,
    largest,
    negated,
    number,
    of_rule,
    rank_of,
    rounded,
    size,
    smallest,
    stripped,
    times,
    when,
    words,
)
from perfeval.documents.workbook.methods import figure_points, rounded_points
from perfeval.documents.workbook.reading import (
    FIGURE,
    PERCENT,
    SEVERAL,
    UNCLEAR,
    WORDS,
    Pin,
    Reader,
    Reading,
)
from perfeval.documents.workbook.reading import WORD_LISTS as READING_LISTS
from perfeval.documents.workbook.row_plan import RowPlan
from perfeval.documents.workbook.settled import LEFT_OPEN
from perfeval.documents.workbook.units import CellReading, base_of, conversion, named, scale_of
from perfeval.methods import bands, completion_rate
from perfeval.methods.deduction import LEFT
from perfeval.methods.expression import Expression
from perfeval.numbers import HUNDRED, ONE, ZERO, RoundingMode
from perfeval.rulebook import Band, Rulebook
from perfeval.rulebook.indicators import CompletionRate
from perfeval.rulebook.weights import Inapplicable
from perfeval.scorecard import Basis

COUNTED, RATED, SPOKEN, JUDGED, UNAPPLIED = "数", "率", "语", "定性", "不适用"
"""The codes of the ways to score a row; any other code says why it is unscored."""
SETTLED, COPIED = "定", "同"
"""The codes of a result that the engine gave, and of a target that was copied."""
WITHOUT_POINTS = Basis.WITHOUT_POINTS.value
"""The code of every row where the rulebook gives no points, and the reason that is shown."""
YES = "是"
_NIL, _ONE, _TEN, _WHOLE = number(ZERO), number(ONE), number(10), number(HUNDRED)
_SIGNS = ListedWords("词_符号", tuple(sign.value for sign in Sign))
_REVERSE = tuple(sign.value for sign in Sign if sign.is_reverse)
_UNIT_DIGITS = 6
_HALF_UP = RoundingMode.HALF_UP
_SCALES = ListedWords("词_量表", names_of(Words.SCALE))
_NONE = tuple("无未不没零")
_NOTHING = ListedWords("词_没有", _NONE)
"""Characters of words that say that there is none of something."""
_NUMERALS = tuple("一二两三四五六七八九十百千万半壹贰叁肆伍陆柒捌玖拾佰仟")
"""Characters with which words may be a figure."""
_FIGURES = ListedWords("词_数字或没有", (*_NONE, *_NUMERALS))
_WORD_DIGITS = ListedWords("词_数字或日期", (*"年月季日旬号", *_NUMERALS, "以上", "不低于", "优于"))
"""What may make words a date, a figure, or a grade that others reach as well."""
_PARTS = ListedWords("词_比例", ("百分", "‰", "％", "%", "/万", "/千"))
"""What in a unit may make it a part of a whole."""
_PERCENT_SPELT = ("％", "百分比", "百分率", "百分点", "个百分点", "个百分比")
_DECLINES = ListedWords("词_下降", names_of(Words.DECLINE))
_LEVELS = ListedWords("词_水平", names_of(Words.LEVEL))
_BAD = ListedWords("词_坏事", names_of(Words.BAD))
_MOMENT = ListedWords("词_时点", names_of(Words.MOMENT))
_GRADED = ListedWords("词_等级", GRADES)
WORD_LISTS = (
    *(_SIGNS, _SCALES, _NOTHING, _FIGURES, _WORD_DIGITS, _PARTS, _LEVELS, _BAD, _MOMENT, _GRADED),
    _DECLINES,
    *READING_LISTS,
)
"""The lists of words by which rows are read and compared."""
_NOT_A_SIGN = "符号请从下拉的 ≥ ＞ ＝ ＜ ≤ 定性 中选"


class InputCells(NamedTuple):
    """What somebody fills in for one indicator, as references to the cells of the form.

    Attributes:
        name, weight, sign, target, actual: The columns of these names.
        unit: 单位; blank where the form has no such column.
        target_given, actual_given: The numbers that count, where they are stated apart.
        judged: 评定得分.
        unapplied: 不适用.
        section: The group of 一级指标, which nobody fills in.
        cut: 扣减分数, where there is one that counts; else blank.
    """

    name: Formula
    weight: Formula
    sign: Formula
    target: Formula
    actual: Formula
    unit: Formula
    target_given: Formula
    actual_given: Formula
    judged: Formula
    unapplied: Formula
    section: Section | None
    cut: Formula = BLANK


class OriginalReadings(NamedTuple):
    """The readings that a row brought along, and the unit that the form only shows."""

    target: Pin
    actual: Pin
    unit_shown: Formula
    unit: Formula


class SettledRow(NamedTuple):
    """The engine's result of a row, and whether all is still as it was.

    Attributes:
        holds: Nothing was changed.
        points: The points, or blank.
        way: Their code, or why there are none; a cell, for it may quote what was filed.
    """

    holds: Formula
    points: Formula
    way: Formula


class Vocabulary(NamedTuple):
    """The rulebook's words on a hidden sheet: those of the bands, and those that say achieved."""

    bands: Span
    ranks: Span
    achieved: Span
    flags: Span


class RowResult(NamedTuple):
    """A row's results, as references to the hidden sheet.

    Attributes:
        used: 1 where anything is filled in.
        weight: 分值, or blank.
        way: How it is scored, or why it is not.
        exact: The points before they are rounded, or blank.
        points: The points, or blank.
        reason: Why there are none, or blank.
        is_open: 1 where there should be points and are none.
        target, actual: The two figures of a row that is counted or rated, in one unit.
        remark: What is assumed about a row that has points, or blank.
    """

    used: Formula
    weight: Formula
    way: Formula
    exact: Formula
    points: Formula
    reason: Formula
    is_open: Formula
    target: Formula
    actual: Formula
    remark: Formula


class RowFormulas:
    """Writes the formulas of the rows of one kind."""

    def __init__(self, plan: RowPlan, rulebook: Rulebook, vocabulary: Vocabulary) -> None:
        self._plan = plan
        self._book = rulebook
        self._vocabulary = vocabulary
        self._settled: SettledRow | None = None

    def score(
        self, typed: InputCells, pinned: OriginalReadings, settled: SettledRow | None = None
    ) -> RowResult:
        """Write the formulas of such rows.

        Args:
            typed: What is filled in.
            pinned: What its texts mean as long as they are unchanged.
            settled: The engine's result, where formulas cannot decide the row.
        """
        self._settled = settled
        filled = (typed.name, typed.weight, typed.target, typed.actual, typed.judged)
        used = self._put(
            "填写", when(either(*(differs(cell, BLANK) for cell in filled)), _ONE, _NIL)
        )
        weight = self._put("分值", when(is_number(typed.weight), typed.weight, BLANK))
        target = Reader(self._plan, "目标值").read(typed.target, typed.target_given, pinned.target)
        actual = Reader(self._plan, "完成值").read(typed.actual, typed.actual_given, pinned.actual)
        sign = self._sign(typed, target)
        pair = self._pair(typed, pinned, target, actual)
        way = when(equal(used, _NIL), BLANK, words(WITHOUT_POINTS))
        if self._book.weights.scored:
            way = self._way(typed, used, weight, sign, pair)
        if settled is not None:
            way = when(settled.holds, settled.way, way)
        way = self._put("计分方式", way)
        return self._scored(typed, used, weight, sign, pair, way)

    @property
    def _bands(self) -> tuple[Band, ...]:
        """The bands by which words are judged."""
        return self._book.qualitative.bands

    def _put(self, step: str, formula: Formula) -> Formula:
        return self._plan.put(step, formula)

    def _sign(self, typed: InputCells, target: Reading) -> Formula:
        """Return the sign that counts: the one chosen, the one typed with the target, else ≥."""
        printed = when(equal(target.sign, BLANK), words(Sign.AT_LEAST.value), target.sign)
        return self._put("符号", when(equal(typed.sign, BLANK), printed, stripped(typed.sign)))

    # -- two cells in one unit -----------------------------------------------------------------

    def _pair(
        self, typed: InputCells, pinned: OriginalReadings, target: Reading, actual: Reading
    ) -> Pair:
        """Bring two readings to one unit, as `perfeval.cells.units` does."""
        as_ever = both(
            exact(typed.unit, pinned.unit_shown), exact(typed.target, pinned.target.text)
        )
        stated = stripped(typed.unit)
        spelt = when(is_one_of(stated, _PERCENT_SPELT), words("%"), stated)
        row_unit = self._put("单位", when(as_ever, pinned.unit, spelt))
        one, other = (
            self._with_unit(name, reading, row_unit)
            for name, reading in (("目标值", target), ("完成值", actual))
        )
        way = self._put("单位换算", conversion(one, other))
        left, right = (
            self._put(
                f"{name}计分数",
                when(
                    equal(way, words("换算")),
                    rounded(times(side.number, side.scale), _UNIT_DIGITS, _HALF_UP),
                    side.number,
                ),
            )
            for name, side in (("目标值", one), ("完成值", other))
        )
        return Pair(
            one=one, other=other, way=way, left=left, right=right, target=target, actual=actual
        )

    def _with_unit(self, name: str, reading: Reading, row_unit: Formula) -> CellReading:
        """Give a bare number the unit of its row."""
        is_bare = both(equal(reading.kind, words(FIGURE)), equal(reading.unit, BLANK))
        is_percent = both(is_bare, is_one_of(row_unit, ("%", "％")))
        kind = self._put(f"{name}归类", when(is_percent, words(PERCENT), reading.kind))
        unit = self._put(f"{name}计分单位", when(is_bare, row_unit, reading.unit))
        scale = self._put(f"{name}倍数", scale_of(unit))
        base = self._put(f"{name}本位", base_of(unit))
        return CellReading(
            kind=kind, number=reading.number, unit=unit, scale=scale, base=base, text=reading.text
        )

    # -- how it compares -----------------------------------------------------------------------

    def _way(
        self, typed: InputCells, used: Formula, weight: Formula, sign: Formula, pair: Pair
    ) -> Formula:
        """Return how the row is scored, or why it is not; `perfeval.cells.comparison` in cells."""
        target, actual = pair.one, pair.other
        is_counted = is_number(pair.left)
        counted = self._put("计数", when(is_counted, self._counted(typed, pair), BLANK))
        copied = self._put("照抄", self._copied(typed, pair, counted))
        is_qualitative = equal(sign, words(Sign.QUALITATIVE.value))
        is_figure = is_one_of(target.kind, (FIGURE, PERCENT))
        against = self._against_figure(typed, pair, counted)
        against_figure = self._put("与数比", when(is_figure, against, BLANK))
        unapplied = words(UNAPPLIED)
        if self._book.weights.not_applicable == Inapplicable.FORBIDDEN:
            unapplied = words(NoteKind.NOT_APPLICABLE_REFUSED.value)
        return chosen(
            [
                (equal(used, _NIL), BLANK),
                (equal(typed.unapplied, words(YES)), unapplied),
                (equal(weight, BLANK), words(NoteKind.NO_WEIGHT.value)),
                (equal(target.kind, BLANK), words(NoteKind.NO_TARGET.value)),
                (equal(actual.kind, BLANK), words(NoteKind.NO_ACTUAL.value)),
                (negated(is_listed(sign, _SIGNS)), words(_NOT_A_SIGN)),
                (self._is_for_engine(typed, pair), words(LEFT_OPEN)),
                (
                    both(exact(target.text, actual.text), pair.target.is_plain, is_qualitative),
                    words(LEFT_OPEN),
                ),
                (exact(target.text, actual.text), copied),
                (is_qualitative, words(JUDGED)),
                (is_figure, against_figure),
            ],
            _against_words(target, actual, pair.actual.sign),
        )

    @staticmethod
    def _is_for_engine(typed: InputCells, pair: Pair) -> Formula:
        """Tell whether only the engine knows what the two sides are of."""
        return either(
            _may_be_grade(pair),
            _may_be_date(typed, pair),
            _may_be_decline(typed, pair),
            _is_scaled_part(typed, pair),
        )

    @staticmethod
    def _copied(typed: InputCells, pair: Pair, counted: Formula) -> Formula:
        """Return how a target counts that is copied: met, but for one figure and for no choice."""
        is_stated = either(is_number(typed.target_given), is_number(typed.actual_given))
        is_plain = pair.target.is_plain
        unfilled = either(is_listed(pair.one.text, _SCALES), has_listed(pair.one.text, _NOTHING))
        return chosen(
            [
                (unfilled, words(LEFT_OPEN)),
                (both(is_stated, negated(is_plain)), words(LEFT_OPEN)),
                (is_plain, counted),
                (equal(pair.one.kind, words(WORDS)), words(COPIED)),
            ],
            words(LEFT_OPEN),
        )

    def _against_figure(self, typed: InputCells, pair: Pair, counted: Formula) -> Formula:
        target, actual = pair.one, pair.other
        differing = noted(NoteKind.DIFFERENT_UNITS, named(target.unit), named(actual.unit))
        is_bare_target = both(equal(pair.target.unit, BLANK), differs(pair.actual.unit, BLANK))
        apart = noted(
            NoteKind.DIFFERENT_UNITS,
            named(when(is_bare_target, BLANK, target.unit)),
            named(pair.actual.unit),
        )
        bare_percent = chosen(
            [
                (differs(actual.unit, BLANK), differing),
                (at_least(_ONE, actual.number), words(LEFT_OPEN)),
            ],
            counted,
        )
        return chosen(
            [
                (equal(actual.kind, BLANK), BLANK),  # said of the row before it is compared
                (equal(actual.kind, words(SEVERAL)), noted(NoteKind.TWO_NUMBERS, actual.text)),
                (equal(actual.kind, words(UNCLEAR)), noted(NoteKind.UNCLEAR, actual.text)),
                (equal(actual.kind, words(WORDS)), words(SPOKEN)),
                (self._is_fraction(pair), words(LEFT_OPEN)),
                (
                    equal(actual.kind, target.kind),
                    chosen(
                        [
                            (self._is_off_by_scale(pair), apart),
                            (equal(pair.way, words("不同")), differing),
                        ],
                        counted,
                    ),
                ),
                (equal(actual.kind, words(PERCENT)), self._rate_of_figure(typed, pair)),
            ],
            bare_percent,
        )

    @staticmethod
    def _is_off_by_scale(pair: Pair) -> Formula:
        """Tell whether a bare number of a row in 万 may be without it."""
        one, other = pair.one, pair.other
        is_bare = either(equal(pair.target.unit, BLANK), equal(pair.actual.unit, BLANK))
        sizes = [times(size(side.number), side.scale) for side in (one, other)]
        scale = when(equal(pair.target.unit, BLANK), one.scale, other.scale)
        far = at_least(times(_TEN, largest(*sizes)), times(scale, smallest(*sizes)))
        is_scaled = both(
            is_bare, above(scale, _ONE), is_number(one.number), is_number(other.number)
        )
        return both(is_scaled, above(smallest(*sizes), _NIL), far)

    @staticmethod
    def _is_fraction(pair: Pair) -> Formula:
        """Tell whether 0.96 beside 95 in a row of percent may be a stored fraction."""
        is_bare = both(
            equal(pair.actual.kind, words(FIGURE)), equal(pair.other.kind, words(PERCENT))
        )
        is_small = both(above(pair.actual.number, _NIL), at_least(_ONE, pair.actual.number))
        return both(is_bare, is_small, above(pair.one.number, number(STORED_FROM)))

    @staticmethod
    def _rate_of_figure(typed: InputCells, pair: Pair) -> Formula:
        """Return that a percentage is a completion rate, where it can be nothing else."""
        is_reverse = either(
            is_one_of(stripped(typed.sign), _REVERSE), is_one_of(pair.target.sign, _REVERSE)
        )
        is_doubtful = either(
            equal(pair.one.unit, BLANK),
            has_listed(pair.one.unit, _PARTS),
            has_listed(joined(typed.name, pair.one.text), _LEVELS),
            is_reverse,
            negated(above(pair.one.number, _NIL)),
            differs(pair.actual.sign, BLANK),
        )
        return when(is_doubtful, words(LEFT_OPEN), words(RATED))

    @staticmethod
    def _counted(typed: InputCells, pair: Pair) -> Formula:
        """Return that two figures count, unless sign and target contradict each other."""
        printed = pair.target.sign
        is_opposite = both(
            differs(typed.sign, BLANK),
            differs(printed, BLANK),
            differs(is_one_of(stripped(typed.sign), _REVERSE), is_one_of(printed, _REVERSE)),
        )
        return chosen(
            [
                (is_opposite, noted(NoteKind.OPPOSITE_SIGNS, typed.sign, pair.one.text)),
                (above(_NIL, pair.left), words(LEFT_OPEN)),
                (
                    both(
                        equal(pair.left, _NIL),
                        equal(typed.sign, BLANK),
                        equal(pair.target.sign, BLANK),
                    ),
                    words(LEFT_OPEN),
                ),
                (differs(pair.actual.sign, BLANK), words(LEFT_OPEN)),
                (
                    both(equal(pair.left, _NIL), has_listed(pair.one.unit, _BAD)),
                    words(LEFT_OPEN),
                ),
            ],
            words(COUNTED),
        )

    # -- what it scores ------------------------------------------------------------------------

    def _scored(
        self,
        typed: InputCells,
        used: Formula,
        weight: Formula,
        sign: Formula,
        pair: Pair,
        way: Formula,
    ) -> RowResult:
        band = self._put("档次", when(equal(way, words(JUDGED)), self._band(pair), _NIL))
        spoken = rank_of(pair.other.text, self._vocabulary.achieved, self._vocabulary.flags)
        achieved = self._put("达成", when(equal(way, words(SPOKEN)), spoken, _NIL))
        judged = self._judged(typed.judged, weight, band)
        exact_points = self._put(
            "未舍入", self._points(typed, weight, sign, pair, way, achieved, judged)
        )
        exact_points = self._deducted(exact_points, typed.cut)
        kept = rounded_points(exact_points, weight, self._book.rounding.row)
        points = self._put("得分", when(equal(exact_points, BLANK), BLANK, kept))
        why = self._reason(way, pair, band, judged, typed.judged)
        reason = self._put("未计分原因", when(differs(points, BLANK), BLANK, why))
        is_open = both(
            equal(used, _ONE),
            equal(points, BLANK),
            negated(is_one_of(way, (UNAPPLIED, WITHOUT_POINTS))),
            differs(weight, _NIL),
        )
        lacking = self._put("缺分", when(is_open, _ONE, _NIL))
        remark = self._put("说明", when(equal(points, BLANK), reason, _remark(way, pair)))
        return RowResult(
            used=used,
            weight=weight,
            way=way,
            exact=exact_points,
            points=points,
            reason=reason,
            is_open=lacking,
            target=pair.left,
            actual=pair.right,
            remark=remark,
        )

    def _deducted(self, points: Formula, cut: Formula) -> Formula:
        """Return points less what is deducted by hand."""
        if cut is BLANK:
            return points
        left = of_rule(LEFT, points=points, cut=cut)
        return self._put("扣减后", when(equal(points, BLANK), BLANK, left))

    def _points(
        self,
        typed: InputCells,
        weight: Formula,
        sign: Formula,
        pair: Pair,
        way: Formula,
        achieved: Formula,
        judged: Judged,
    ) -> Formula:
        """Return the points by the way in which a row is scored, not rounded."""
        return chosen(
            [
                *self._kept(way),
                (equal(way, words(COPIED)), weight),
                (equal(way, words(COUNTED)), self._figures(typed, weight, sign, pair)),
                (equal(way, words(RATED)), self._rated(weight, pair)),
                (equal(way, words(SPOKEN)), when(equal(achieved, _NIL), BLANK, weight)),
                (equal(way, words(JUDGED)), judged.exact),
            ],
            BLANK,
        )

    def _kept(self, way: Formula) -> list[tuple[Formula, Formula]]:
        """Return the engine's points, where it settled the row."""
        if self._settled is None:
            return []
        return [(equal(way, words(SETTLED)), self._settled.points)]

    def _figures(self, typed: InputCells, weight: Formula, sign: Formula, pair: Pair) -> Formula:
        rule = self._book.quantitative
        points = figure_points(rule, sign, weight, pair.left, pair.right)
        if rule.satisfaction is None or typed.section is not Section.SATISFACTION:
            return points
        stepped = of_rule(rule.satisfaction.points, weight=weight, actual=pair.right)
        is_stepped = both(
            equal(pair.actual.kind, words(PERCENT)),
            negated(is_one_of(sign, (Sign.AT_MOST.value, Sign.BELOW.value))),
        )
        return when(is_stepped, stepped, points)

    def _rated(self, weight: Formula, pair: Pair) -> Formula:
        if self._book.quantitative.completion_rate == CompletionRate.UNSCORED:
            return BLANK
        return of_rule(completion_rate.POINTS, weight=weight, rate=pair.other.number)

    def _band(self, pair: Pair) -> Formula:
        """Return the place of the band that the words of a row pick, or 0."""
        actual = pair.other.text
        known = rank_of(actual, self._vocabulary.bands, self._vocabulary.ranks)
        spoken = rank_of(actual, self._vocabulary.achieved, self._vocabulary.flags)
        as_planned = either(exact(actual, pair.one.text), above(spoken, _NIL))
        return chosen([(above(known, _NIL), known), (as_planned, _ONE)], _NIL)

    def _judged(self, judged: Formula, weight: Formula, band: Formula) -> Judged:
        """Write a band's ends in points, and the judgement where it lies between them."""
        rounding = self._book.rounding.row
        usable = [
            (both(equal(band, number(place)), is_number(weight)), kept)
            for place, kept in enumerate(self._bands, 1)
        ]
        high, low = (
            self._put(name, _by_case(ends, weight))
            for name, ends in (
                ("本档上限", [(case, kept.high(rounding)) for case, kept in usable]),
                ("本档下限", [(case, kept.low(rounding)) for case, kept in usable]),
            )
        )
        given = of_rule(bands.kept(rounding), judged=judged, low=low, high=high)
        points = chosen(
            [(case, awarded(kept, judged, weight, given)) for case, kept in usable], BLANK
        )
        return Judged(points, low, high)

    # -- why not -------------------------------------------------------------------------------

    def _reason(
        self, way: Formula, pair: Pair, band: Formula, judged: Judged, typed: Formula
    ) -> Formula:
        """Say why a row has no points."""
        target, actual = pair.one.text, pair.other.text
        word = chosen(
            [
                (equal(pair.one.kind, words(SEVERAL)), noted(NoteKind.TWO_NUMBERS, target)),
            ],
            noted(NoteKind.WORDS_FOR_FIGURE, target, actual),
        )
        return chosen(
            [
                (equal(way, words(RATED)), noted(NoteKind.RATE_NOT_SCORED, actual, target)),
                (equal(way, words(SPOKEN)), word),
                (
                    both(equal(way, words(JUDGED)), equal(band, _NIL)),
                    noted(NoteKind.UNKNOWN_WORDS, actual),
                ),
                (equal(way, words(JUDGED)), self._unjudged(band, judged, typed)),
            ],
            way,
        )

    def _unjudged(self, band: Formula, judged: Judged, typed: Formula) -> Formula:
        """Say within which points a row must be judged."""
        return chosen(
            [
                (equal(band, number(place)), outside(kept, judged, typed))
                for place, kept in enumerate(self._bands, 1)
            ],
            BLANK,
        )


def _may_be_grade(pair: Pair) -> Formula:
    """Tell whether 级, 等 or 类 stands behind a number, which only the engine tells from a unit."""
    return either(*(is_listed(first(side.unit), _GRADED) for side in (pair.one, pair.other)))


def _may_be_decline(typed: InputCells, pair: Pair) -> Formula:
    """Tell whether -4% of a 下降率 may be a decline of 4 %."""
    number_ = pair.actual.number
    is_below = when(is_number(number_), above(_NIL, number_), NO)
    return both(is_below, has_listed(typed.name, _DECLINES))


def _is_scaled_part(typed: InputCells, pair: Pair) -> Formula:
    """Tell whether 1.2万 stands in a row of which the figures are parts of a whole."""
    sides = (pair.one, pair.other)
    is_scaled = either(*(both(differs(one.unit, BLANK), equal(one.base, BLANK)) for one in sides))
    return both(is_scaled, has_listed(typed.unit, _PARTS))


def _may_be_date(typed: InputCells, pair: Pair) -> Formula:
    """Tell whether a bare number of a row about a point in time may be a date."""
    is_bare = both(equal(pair.one.kind, words(FIGURE)), equal(pair.one.unit, BLANK))
    return both(is_bare, has_listed(typed.name, _MOMENT))


def _by_case(cases: Sequence[tuple[Formula, Expression]], weight: Formula) -> Formula:
    return chosen([(case, of_rule(rule, weight=weight)) for case, rule in cases], BLANK)


class Pair(NamedTuple):
    """Target and actual: with their units, how these meet, the figures, and as they were read."""

    one: CellReading
    other: CellReading
    way: Formula
    left: Formula
    right: Formula
    target: Reading
    actual: Reading


def _remark(way: Formula, pair: Pair) -> Formula:
    """Say on what the points of a row rest, where the row itself does not show it."""
    counted = [
        when(
            either(reading.is_plain, equal(way, words(JUDGED)), negated(is_number(number_))),
            BLANK,
            joined(words(f"{name}按 "), number_, words(" 计。")),
        )
        for name, reading, number_ in (
            ("目标值", pair.target, pair.left),
            ("完成值", pair.actual, pair.right),
        )
    ]
    way_said = chosen(
        [
            (equal(way, words(RATED)), words("按完成率计分。")),
            (equal(way, words(SPOKEN)), words("没有填数，按达成计满分。")),
        ],
        BLANK,
    )
    return joined(way_said, when(equal(way, words(COUNTED)), joined(*counted), BLANK))


def _against_words(target: CellReading, actual: CellReading, sign: Formula) -> Formula:
    """Return how an actual compares with a target that is no figure, or why it does not.

    Args:
        target: The target.
        actual: The actual.
        sign: The sign of the actual, which then stands for all that it allows.
    """
    several = equal(target.kind, words(SEVERAL))
    is_open = both(equal(actual.kind, words(PERCENT)), differs(sign, BLANK))
    is_rate = both(equal(actual.kind, words(PERCENT)), several, equal(target.unit, BLANK))
    is_all = both(equal(actual.kind, words(PERCENT)), negated(several))
    is_claim = both(equal(actual.number, _WHOLE), negated(has_listed(target.text, _FIGURES)))
    is_plain = negated(has_listed(target.text, _WORD_DIGITS))
    worded = when(is_plain, words(JUDGED), words(LEFT_OPEN))
    spoken = when(several, words(SPOKEN), worded)
    return chosen(
        [
            (equal(target.kind, words(UNCLEAR)), noted(NoteKind.UNCLEAR, target.text)),
            (equal(actual.kind, words(UNCLEAR)), noted(NoteKind.UNCLEAR, actual.text)),
            (is_open, words(LEFT_OPEN)),
            (is_rate, words(RATED)),
            (is_all, when(is_claim, words(RATED), words(LEFT_OPEN))),
            (equal(actual.kind, words(WORDS)), spoken),
            (several, noted(NoteKind.TWO_NUMBERS, target.text)),
            (equal(actual.kind, words(SEVERAL)), noted(NoteKind.TWO_NUMBERS, actual.text)),
        ],
        noted(NoteKind.FIGURE_FOR_WORDS, target.text, actual.text),
    )
