"""评分标准: rows that score otherwise than the rest, by their sheet or by the rulebook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.comparison import Comparison, Outcome
from perfeval.cells.lateness import late_by
from perfeval.cells.measures import Relation, is_ratio, relate
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.outcomes import STORED_FROM, may_be_stored
from perfeval.cells.signs import Sign
from perfeval.cells.units import spelt_out
from perfeval.cells.values import Cell, Kind, Nuance
from perfeval.clauses import Contradiction
from perfeval.methods import bands
from perfeval.methods.all_or_nothing import AllOrNothing
from perfeval.methods.expression import Branch, Constant, Expression, case_of
from perfeval.methods.graded import GradedWords
from perfeval.methods.inputs import JUDGED
from perfeval.methods.lateness import Lateness
from perfeval.methods.proportional import Proportional
from perfeval.methods.standard import DirectedMethod, GroupStandard, RowMethod, Standard
from perfeval.methods.step_deduction import StepDeduction, StepMeasure
from perfeval.methods.value_ladder import LadderMeasure, ValueLadder
from perfeval.numbers import HUNDRED, ZERO, Exact, multiply, plain, subtract, trimmed
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Basis, IndicatorLine, Rule
from perfeval.scoring.aggregates import exactly, judged_units
from perfeval.scoring.lines import LineMaker
from perfeval.sheet import Indicator, Sheet

_BLOCK = "评分标准"
_OWN = "本表"
_WITH_FIGURES = (Outcome.RATE, Outcome.READINGS)
_IN_PART = Nuance(is_partial=True)


class Held(NamedTuple):
    """The way of scoring that holds for a row.

    Attributes:
        method: The way of scoring.
        standard: The sheet's own standard; ``None`` where it is the rulebook's.
    """

    method: RowMethod
    standard: Standard | None = None

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where the sheet's own standard contradicts itself; a rulebook's never does."""
        return self.standard.contradictions if self.standard else ()

    @property
    def is_of_the_row(self) -> bool:
        """The row itself states it, and no group of rows."""
        return self.standard is not None and not isinstance(self.standard, GroupStandard)

    def fault(self, weight: Decimal) -> str:
        """Say why no row of this weight scores by it; empty where one does."""
        if self.contradictions:
            return self.contradictions[0].message
        rung = self.method.dearest if isinstance(self.method, ValueLadder) else None
        if rung is None or rung.points is None or rung.points <= weight:
            return ""
        return f"{rung.too_much}{trimmed(weight)}"


def held_by(sheet: Sheet, rulebook: Rulebook) -> tuple[Held | None, ...]:
    """Return for each indicator the way of scoring that is stated for it, if any."""
    return tuple(
        _held(indicator, own, rulebook)
        for indicator, own in zip(sheet.indicators, sheet.own_standards, strict=True)
    )


def _held(indicator: Indicator, own: Standard | None, rulebook: Rulebook) -> Held | None:
    return _ruled(indicator, rulebook) if own is None else Held(own.method, own)


def _ruled(indicator: Indicator, rulebook: Rulebook) -> Held | None:
    if rulebook.standards is None:
        return None
    item = rulebook.standards.for_row(indicator.section, indicator.aspect, indicator.name)
    return None if item is None else Held(item.method)


class StandardScorer:
    """Scores the rows for which a way of scoring is stated; safe to share between threads."""

    def __init__(self, maker: LineMaker) -> None:
        self._maker = maker
        self._book = maker.book
        self._row = maker.book.rounding.row

    def apply(
        self, standards: Sequence[Standard | None], lines: tuple[IndicatorLine, ...]
    ) -> tuple[IndicatorLine, ...]:
        """Return the lines, those scored by it for which the sheet or the rulebook has a standard.

        Args:
            standards: The sheet's own standard for each line.
            lines: The lines.
        """
        if self._book.standards is None and not any(standards):
            return lines
        return tuple(
            self._by_standard(line, own) for line, own in zip(lines, standards, strict=True)
        )

    def _by_standard(self, line: IndicatorLine, own: Standard | None) -> IndicatorLine:
        held = _held(line.indicator, own, self._book)
        return line if held is None else self._line(line, held)

    def _line(self, line: IndicatorLine, held: Held) -> IndicatorLine:
        """Score one row; without a weight, or where it does not apply, there is nothing to do."""
        if line.weight is None or line.basis is Basis.NOT_APPLICABLE:
            return line
        fault = held.fault(line.weight)
        if fault:
            return self._maker.opened(line, Note(NoteKind.FAULTY_STANDARD, (fault,)))
        if isinstance(held.method, GradedWords):
            return self._words(line, line.weight, held, held.method)
        if isinstance(held.method, Lateness):
            return self._late(line, line.weight, held, held.method)
        method = held.method
        if isinstance(method, ValueLadder):
            readings = _readings(line.indicator, method)
            if readings:
                return self._either(line, line.weight, held, method.expression, readings)
        pair = self._figures_of(line, method)
        if pair is None and self._is_failed(line, method):
            return self._failed(line, held, line.weight)
        if pair is None:
            return self._without_figures(line, held)
        return self._figures(line, line.weight, held, method, pair)

    # -- figures -------------------------------------------------------------------------------

    def _figures_of(self, line: IndicatorLine, method: RowMethod) -> Comparison | None:
        """Return the figures by which a row scores; ``None`` where there are none."""
        pair, actual = line.indicator.comparison, line.indicator.actual
        if pair.outcome is Outcome.FIGURES:
            return pair
        if pair.outcome is Outcome.RATE:
            return pair if takes_rates(method) else None
        target = line.indicator.target
        if actual is None or not (target is None or target.kind is Kind.BLANK):
            return None
        if not isinstance(method, ValueLadder) or method.measure is LadderMeasure.RATE:
            return None
        if actual.number is None or actual.kind not in (Kind.NUMBER, Kind.PERCENT):
            return None
        if actual.detail not in (None, _IN_PART):
            return None
        # the steps themselves are the target of such a row
        is_measured = actual.sign is None and actual.detail is None
        return Comparison(Outcome.FIGURES, actual=actual.number, is_measured=is_measured)

    def _figures(
        self,
        line: IndicatorLine,
        weight: Decimal,
        held: Held,
        method: DirectedMethod | ValueLadder,
        pair: Comparison,
    ) -> IndicatorLine:
        row = line.indicator
        figures: dict[str, Decimal] = {
            "weight": weight,
            "target": pair.target,
            "actual": pair.actual,
        }
        points = self._expression(method, pair)
        if points is None:
            note = Note(NoteKind.STANDARD_MISFIT, (method.method, pair.sign.value))
            return self._maker.opened(line, note)
        if isinstance(method, ValueLadder):
            if method.measure is LadderMeasure.ACTUAL and _is_converted(row, pair):
                return self._misfit(line, held)
            undefined = method.undefined
            if undefined is not None and undefined.holds(figures):
                return self._maker.opened(line, Note(NoteKind.NO_RATE_OF_ZERO))
        elif _steps_in_own_unit(method) and not _is_met(pair) and _is_converted(row, pair):
            return self._misfit(line, held)
        branch = case_of(exactly(points, row, pair), figures)
        basis = Basis.MEASURED if pair.is_measured else Basis.CLAIMED
        return self._scored(line, weight, held, branch, branch.exact(figures), basis, pair.notes)

    def _either(
        self,
        line: IndicatorLine,
        weight: Decimal,
        held: Held,
        points: Expression,
        readings: Sequence[_Reading],
    ) -> IndicatorLine:
        """Place 0.85 on steps in percent as it stands and as 85 %: equal points, or their range."""
        lines = []
        for reading in readings:
            figures = {"weight": weight, "target": ZERO, "actual": reading.number}
            branch = case_of(points, figures)
            exact = branch.exact(figures)
            lines.append(self._scored(line, weight, held, branch, exact, Basis.CLAIMED, ()))
        low, high = sorted(one.low for one in lines)
        if low == high:
            return lines[0]
        told = [
            f"{reading.said}，得 {plain(one.low)} 分"
            for reading, one in zip(readings, lines, strict=True)
        ]
        note = Note(NoteKind.READINGS, tuple(told))
        return self._maker.opened(line, note)._replace(low=low, high=high)

    def _expression(
        self, method: DirectedMethod | ValueLadder, pair: Comparison
    ) -> Expression | None:
        """Return the points by a way of scoring; ``None`` where it fits no such sign."""
        if isinstance(method, ValueLadder):
            is_ceiling = method.measure is LadderMeasure.RATE and pair.sign.is_reverse
            return None if is_ceiling else method.expression
        return self._book.quantitative.points_by(method, pair.sign)

    def _scored(
        self,
        line: IndicatorLine,
        weight: Decimal,
        held: Held,
        branch: Branch,
        exact: Exact,
        basis: Basis,
        notes: tuple[Note, ...],
    ) -> IndicatorLine:
        if branch.note is not None:
            notes = (*notes, branch.note)
        return self._maker.rescored(line, weight, exact)._replace(
            basis=basis,
            rule=self._cited(held, branch.sentence),
            notes=(*notes, *self._told(line, held)),
            is_best=False,
        )

    def _is_failed(self, line: IndicatorLine, method: RowMethod) -> bool:
        """Tell whether a word says that a target was missed, which is then all that counts."""
        row = line.indicator
        return (
            isinstance(method, AllOrNothing)
            and row.comparison.outcome in (Outcome.WORD, Outcome.WORDS, Outcome.MISSED)
            and row.actual is not None
            and row.actual.text in self._book.quantitative.failed_words
        )

    def _failed(self, line: IndicatorLine, held: Held, weight: Decimal) -> IndicatorLine:
        branch = Branch(Constant(ZERO), AllOrNothing.sentence)
        exact = branch.exact({"weight": weight})
        return self._scored(line, weight, held, branch, exact, Basis.CLAIMED, ())

    def _without_figures(self, line: IndicatorLine, held: Held) -> IndicatorLine:
        """Keep what a claim or a blank gives; a figure of another kind cannot be placed."""
        if line.points is None and line.indicator.comparison.outcome not in _WITH_FIGURES:
            return line
        if line.points is not None and line.is_full:
            return line
        return self._misfit(line, held)

    def _misfit(self, line: IndicatorLine, held: Held) -> IndicatorLine:
        """Leave a row open whose figures are not those that its standard speaks of."""
        row = line.indicator
        target = "" if row.target is None else row.target.text
        actual = "" if row.actual is None else row.actual.text
        values = (held.method.method, target, actual)
        return self._maker.opened(line, Note(NoteKind.STANDARD_NEEDS_FIGURES, values))

    # -- words ---------------------------------------------------------------------------------

    def _words(
        self, line: IndicatorLine, weight: Decimal, held: Held, method: GradedWords
    ) -> IndicatorLine:
        """Judge a row by bands of its own."""
        row = line.indicator
        if row.actual is None or row.comparison.outcome in (Outcome.NONE, Outcome.MET):
            return line
        if row.units and row.actual.kind is Kind.WORDS:
            judged = judged_units(line, self._maker, method)
            rule = self._cited(held, method.sentence)
            return judged._replace(rule=rule, notes=(*judged.notes, *self._told(line, held)))
        if row.actual.kind is not Kind.WORDS:
            note = Note(NoteKind.STANDARD_NEEDS_WORDS, (method.method, row.actual.text))
            return self._maker.opened(line, note)
        achieved = self._book.quantitative.achieved_words
        judgement = bands.judge(method, row.actual.text, row.filed, weight, achieved, self._row)
        if judgement is None:
            return self._maker.opened(line, Note(NoteKind.UNKNOWN_WORDS, (row.actual.text,)))
        branch = Branch(JUDGED, method.sentence)
        if judgement.exact is None:
            left = self._maker.opened(line, *judgement.notes)
            rule = self._cited(held, method.sentence)
            return left._replace(low=judgement.low, high=judgement.high, rule=rule)
        scored = self._scored(
            line, weight, held, branch, judgement.exact, Basis.JUDGED, judgement.notes
        )
        return scored._replace(is_best=judgement.is_best)

    # -- dates ---------------------------------------------------------------------------------

    def _late(
        self, line: IndicatorLine, weight: Decimal, held: Held, method: Lateness
    ) -> IndicatorLine:
        """Deduct for lateness: of a date after its deadline, or of a term that is exceeded.

        A rule for a group of rows is silent on those of them that have neither.
        """
        pair = line.indicator.comparison
        if pair.outcome is Outcome.FIGURES:
            return self._exceeded(line, weight, held, method, pair)
        if pair.outcome is not Outcome.LATE:
            return self._without_figures(line, held) if held.is_of_the_row else line
        if pair.due is None or pair.done is None:
            return line
        lates = [method.counted(late_by(pair.due, day, method.unit)) for day in pair.done]
        branch = Branch(method.points, method.sentence)
        exact = [branch.exact({"weight": weight, "late": late}) for late in lates]
        most, least = (self._maker.rounded(one, weight) for one in exact)
        span = "～".join(dict.fromkeys(map(trimmed, lates)))
        notes = (*pair.notes, Note(NoteKind.LATE_BY, (span, method.unit)))
        if least == most:
            return self._scored(line, weight, held, branch, exact[0], Basis.MEASURED, notes)
        return self._maker.opened(line, *notes)._replace(low=least, high=most)

    def _exceeded(
        self,
        line: IndicatorLine,
        weight: Decimal,
        held: Held,
        method: Lateness,
        pair: Comparison,
    ) -> IndicatorLine:
        """Deduct for a term that is exceeded: 35天 against ≤30天 is 5 days late."""
        if not pair.sign.is_reverse:
            note = Note(NoteKind.STANDARD_MISFIT, (method.method, pair.sign.value))
            return self._maker.opened(line, note) if held.is_of_the_row else line
        if pair.actual <= pair.target:
            return line
        row = line.indicator
        if not all(_is_in(cell, row, method.unit) for cell in (row.target, row.actual)):
            return self._misfit(line, held)
        figures = {"weight": weight, "target": pair.target, "actual": pair.actual}
        branch = Branch(exactly(method.exceeded, row, pair), method.sentence)
        late = Note(NoteKind.LATE_BY, (trimmed(subtract(pair.actual, pair.target)), method.unit))
        basis = Basis.MEASURED if pair.is_measured else Basis.CLAIMED
        exact = branch.exact(figures)
        return self._scored(line, weight, held, branch, exact, basis, (*pair.notes, late))

    # -- what all have in common ---------------------------------------------------------------

    def _told(self, line: IndicatorLine, held: Held) -> tuple[Note, ...]:
        """Say that the sheet's own standard was used, where the rulebook says otherwise."""
        if held.standard is None:
            return ()
        ruled = _ruled(line.indicator, self._book)
        if ruled is not None and ruled.method == held.method:
            return ()
        return (Note(NoteKind.OWN_STANDARD, (held.standard.basis,)),)

    def _cited(self, held: Held, sentence: str) -> Rule:
        """Return the rule of a sentence, with what it rests on."""
        clause = self._book.standards
        own = held.standard
        if own is None and clause is not None:
            where, said, source, seen = self._book.id, clause.clause, clause.source, clause.seen
        else:
            where, said = _OWN, None
            source = "" if own is None else own.basis
            seen = self._book.quantitative.seen
        return Rule(
            rulebook=where,
            block=_BLOCK,
            sentence=sentence,
            clause=said,
            source=source,
            seen=seen,
            digits=self._row.digits,
            mode=self._row.mode,
        )


class _Reading(NamedTuple):
    """One reading of a figure that stands against steps without a target."""

    number: Decimal
    said: str


def _readings(row: Indicator, method: ValueLadder) -> tuple[_Reading, ...]:
    """Return the readings of a figure that stands against steps alone; none where it has but one.

    A bare 0.85 may be a fraction of steps in percent; no step says whether it is in ‰, or in 万.
    """
    actual, target = row.actual, row.target
    if method.measure is LadderMeasure.RATE:
        return ()
    if actual is None or not actual.number or not (target is None or target.kind is Kind.BLANK):
        return ()
    if actual.detail or actual.given or (row.unit and row.unit == actual.unit):
        return ()
    said = f"“{actual.text}”"
    as_it_is = _Reading(actual.number, f"{said}按原数")
    if actual.unit:
        other = spelt_out(actual)
        if other is None:
            return ()
        return as_it_is, _Reading(other, f"{said}即 {plain(other)}{'%' * is_ratio(actual.unit)}")
    is_percent = STORED_FROM < method.highest <= HUNDRED
    if row.unit or not is_percent or not may_be_stored(actual):
        return ()
    share = multiply(actual.number, HUNDRED)
    return as_it_is, _Reading(share, f"{said}是存成小数的百分数，即 {trimmed(share)}%")


def _is_in(cell: Cell | None, row: Indicator, unit: str) -> bool:
    """Tell whether a figure is in a unit, one row's unit standing for that of a bare number."""
    own = "" if cell is None else cell.unit
    return relate(own or row.unit or unit, unit) == Relation(1, 1)


def _is_met(pair: Comparison) -> bool:
    """Tell whether figures meet their target, so that no step is counted."""
    return pair.actual == pair.target if pair.sign is Sign.EQUAL else not pair.misses_target


def _steps_in_own_unit(method: DirectedMethod) -> bool:
    """Tell whether the steps of a deduction are in the unit of the target."""
    return isinstance(method, StepDeduction) and method.measure is StepMeasure.DIFFERENCE


def _is_converted(indicator: Indicator, pair: Comparison) -> bool:
    """Tell whether figures are compared in another unit than the target's, as steps are not."""
    target = indicator.target
    number = None if target is None else target.number
    return number is not None and number.copy_abs() != pair.target.copy_abs()


def takes_rates(method: RowMethod) -> bool:
    """Tell whether a completion rate scores as well as a figure: all is a share of the target."""
    if isinstance(method, ValueLadder):
        return method.measure is LadderMeasure.RATE
    return isinstance(method, Proportional | AllOrNothing)
