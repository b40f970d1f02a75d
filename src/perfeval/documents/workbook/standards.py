"""A row for which a way of scoring is stated (评分标准), in cells."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.cells.measures import spellings_of
from perfeval.cells.notes import NoteKind
from perfeval.cells.outcomes import STORED_FROM
from perfeval.cells.signs import Sign
from perfeval.documents.workbook.bands import Judged, noted
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    above,
    at_least,
    both,
    chosen,
    differs,
    either,
    equal,
    is_number,
    is_one_of,
    joined,
    negated,
    number,
    of_condition,
    of_rule,
    times,
    when,
    words,
)
from perfeval.documents.workbook.reading import FIGURE, PERCENT
from perfeval.documents.workbook.row_plan import RowPlan
from perfeval.documents.workbook.rows import (
    COUNTED,
    JUDGED,
    RATED,
    SPOKEN,
    UNAPPLIED,
    InputCells,
    Pair,
    RowFormulas,
    Vocabulary,
)
from perfeval.documents.workbook.settled import LEFT_OPEN
from perfeval.methods.bands import Band
from perfeval.methods.graded import GradedWords
from perfeval.methods.lateness import Lateness
from perfeval.methods.step_deduction import StepDeduction, StepMeasure
from perfeval.methods.value_ladder import LadderMeasure, ValueLadder
from perfeval.numbers import HUNDRED, ONE, ZERO
from perfeval.rulebook import Rulebook
from perfeval.scoring.standards import Held, takes_rates

_NIL, _ONE, _WHOLE = number(ZERO), number(ONE), number(HUNDRED)
_REVERSE = tuple(sign.value for sign in Sign if sign.is_reverse)


class StandardRowFormulas(RowFormulas):
    """Writes the formulas of rows that score by a standard of its own."""

    def __init__(
        self, plan: RowPlan, rulebook: Rulebook, vocabulary: Vocabulary, held: Held
    ) -> None:
        super().__init__(plan, rulebook, vocabulary)
        self._held = held

    @property
    def _bands(self) -> tuple[Band, ...]:
        method = self._held.method
        return method.bands if isinstance(method, GradedWords) else super()._bands

    def _way(
        self, typed: InputCells, used: Formula, weight: Formula, sign: Formula, pair: Pair
    ) -> Formula:
        """Return how the row is scored, or why it is not."""
        if self._held.contradictions:
            fault = self._held.contradictions[0].message
            message = noted(NoteKind.FAULTY_STANDARD, words(fault))
            return when(equal(used, _NIL), BLANK, message)
        way = super()._way(typed, used, weight, sign, pair)
        return self._unless_above(weight, self._by_method(way, pair))

    def _unless_above(self, weight: Formula, way: Formula) -> Formula:
        """Say of a row that a step of its ladder gives more points than it has."""
        method = self._held.method
        rung = method.dearest if isinstance(method, ValueLadder) else None
        if rung is None or rung.points is None:
            return way
        is_scored = both(is_number(weight), negated(is_one_of(way, ("", UNAPPLIED))))
        is_above = both(is_scored, above(number(rung.points), weight))
        said = noted(NoteKind.FAULTY_STANDARD, joined(words(rung.too_much), weight))
        return when(is_above, said, way)

    def _by_method(self, way: Formula, pair: Pair) -> Formula:
        """Return how a row is scored, as far as its way of scoring changes that."""
        method = self._held.method
        if isinstance(method, GradedWords):
            return self._judged_way(way, pair, method)
        if isinstance(method, ValueLadder) and method.measure is LadderMeasure.ACTUAL:
            alone = both(
                equal(way, words(NoteKind.NO_TARGET.value)),
                is_one_of(pair.one.kind, ("",)),
                is_one_of(pair.other.kind, (FIGURE, PERCENT)),
            )
            return when(alone, words(COUNTED), way)
        return way

    @staticmethod
    def _may_be_share(pair: Pair) -> Formula:
        """Tell whether a bare figure without a target may be a fraction of steps in percent."""
        figure = pair.other.number
        is_small = both(is_number(figure), above(figure, _NIL), at_least(_ONE, figure))
        is_bare = both(equal(pair.other.kind, words(FIGURE)), equal(pair.other.unit, BLANK))
        return both(is_one_of(pair.one.kind, ("",)), is_bare, is_small)

    @staticmethod
    def _judged_way(way: Formula, pair: Pair, method: GradedWords) -> Formula:
        needs_words = noted(NoteKind.STANDARD_NEEDS_WORDS, words(method.method), pair.other.text)
        return chosen(
            [
                (equal(way, words(SPOKEN)), words(JUDGED)),
                (is_one_of(way, (COUNTED, RATED)), needs_words),
            ],
            way,
        )

    def _figures(self, typed: InputCells, weight: Formula, sign: Formula, pair: Pair) -> Formula:
        method = self._held.method
        if isinstance(method, GradedWords):
            return BLANK
        if isinstance(method, Lateness):
            silent = (
                BLANK if self._held.is_of_the_row else super()._figures(typed, weight, sign, pair)
            )
            exceeded = self._exceeded(method, weight, pair)
            return when(is_one_of(sign, _REVERSE), exceeded, silent)
        if isinstance(method, ValueLadder):
            points = of_rule(method.expression, weight=weight, target=pair.left, actual=pair.right)
            if method.measure is LadderMeasure.RATE:  # a ceiling has no completion rate
                points = when(is_one_of(sign, _REVERSE), BLANK, points)
            elif STORED_FROM < method.highest <= HUNDRED:
                share = times(pair.right, _WHOLE)
                other = of_rule(method.expression, weight=weight, target=pair.left, actual=share)
                is_open = both(self._may_be_share(pair), differs(points, other))
                points = when(is_open, BLANK, points)
            if method.undefined is None:  # no step is in a unit into which the target is converted
                return when(equal(pair.left, pair.one.number), points, BLANK)
            return when(of_condition(method.undefined, target=pair.left), BLANK, points)
        rules = {kind: self._book.quantitative.points_by(method, kind) for kind in Sign}
        cases = [
            (
                equal(sign, words(kind.value)),
                self._stepped(
                    of_rule(rule, weight=weight, target=pair.left, actual=pair.right), kind, pair
                ),
            )
            for kind, rule in rules.items()
            if rule is not None and kind is not Sign.QUALITATIVE
        ]
        return chosen(cases, BLANK)

    @staticmethod
    def _exceeded(method: Lateness, weight: Formula, pair: Pair) -> Formula:
        """Return the points of a term, less what it was exceeded by in the unit of the rule."""
        spellings = ("", *spellings_of(method.unit))
        is_counted = both(
            *(
                both(is_one_of(side.unit, spellings), equal(side.kind, words(FIGURE)))
                for side in (pair.one, pair.other)
            )
        )
        left = of_rule(method.exceeded, weight=weight, target=pair.left, actual=pair.right)
        return chosen(
            [
                (above(_NIL, pair.right), _NIL),
                (at_least(pair.left, pair.right), weight),
                (is_counted, left),
            ],
            BLANK,
        )

    def _stepped(self, points: Formula, kind: Sign, pair: Pair) -> Formula:
        """Return points by steps only where the steps are in the unit that is compared."""
        method = self._held.method
        if not isinstance(method, StepDeduction) or method.measure is not StepMeasure.DIFFERENCE:
            return points
        ends = (pair.left, pair.right) if kind.is_reverse else (pair.right, pair.left)
        is_met = equal(*ends) if kind is Sign.EQUAL else at_least(*ends)
        return when(either(equal(pair.left, pair.one.number), is_met), points, BLANK)

    def _rated(self, weight: Formula, pair: Pair) -> Formula:
        full = super()._rated(weight, pair)
        if full is BLANK or isinstance(self._held.method, GradedWords):
            return BLANK
        if self._is_silent:
            return full
        reached = at_least(pair.other.number, _WHOLE)
        if not takes_rates(self._held.method):
            return when(reached, full, BLANK)
        rate = pair._replace(left=_WHOLE, right=pair.other.number)
        partly = self._figures_of_rate(weight, rate)
        if isinstance(self._held.method, ValueLadder):
            return partly
        return when(reached, full, partly)

    @property
    def _is_silent(self) -> bool:
        """A rule on lateness for a group says nothing of what is no date and no term."""
        return isinstance(self._held.method, Lateness) and not self._held.is_of_the_row

    def _figures_of_rate(self, weight: Formula, pair: Pair) -> Formula:
        method = self._held.method
        if isinstance(method, ValueLadder):
            rule = method.expression
        elif isinstance(method, GradedWords | Lateness):
            return BLANK
        else:
            found = self._book.quantitative.points_by(method, Sign.AT_LEAST)
            if found is None:
                return BLANK
            rule = found
        return of_rule(rule, weight=weight, target=pair.left, actual=pair.right)

    def _judged(self, judged: Formula, weight: Formula, band: Formula) -> Judged:
        """Return judged points; by a standard for figures only what has its points in full."""
        given = super()._judged(judged, weight, band)
        if isinstance(self._held.method, GradedWords) or self._is_silent:
            return given
        return given._replace(exact=when(equal(given.exact, weight), given.exact, BLANK))

    def _reason(
        self, way: Formula, pair: Pair, band: Formula, judged: Judged, typed: Formula
    ) -> Formula:
        """Say why a row has no points."""
        said = super()._reason(way, pair, band, judged, typed)
        needs_figures = self._needs_figures(pair)
        cases: Sequence[tuple[Formula, Formula]] = [
            (equal(way, words(COUNTED)), self._uncounted(pair)),
            (equal(way, words(RATED)), needs_figures),
        ]
        if not isinstance(self._held.method, GradedWords) and not self._is_silent:
            is_judged = both(equal(way, words(JUDGED)), negated(equal(judged.exact, BLANK)))
            cases = [*cases, (is_judged, needs_figures)]
        return chosen(cases, said)

    def _uncounted(self, pair: Pair) -> Formula:
        """Say why two figures have no points."""
        method = self._held.method
        printed = when(equal(pair.target.sign, BLANK), words(Sign.AT_LEAST.value), pair.target.sign)
        misfit = noted(NoteKind.STANDARD_MISFIT, words(method.method), printed)
        if isinstance(method, Lateness):
            return when(is_one_of(printed, _REVERSE), self._needs_figures(pair), misfit)
        if isinstance(method, ValueLadder) and method.measure is LadderMeasure.RATE:
            return when(is_one_of(printed, _REVERSE), misfit, words(NoteKind.NO_RATE_OF_ZERO.value))
        if isinstance(method, ValueLadder | StepDeduction):
            is_share = self._may_be_share(pair)
            return when(is_share, words(LEFT_OPEN), self._needs_figures(pair))
        return misfit

    def _needs_figures(self, pair: Pair) -> Formula:
        texts = (pair.one.text, pair.other.text)
        return noted(NoteKind.STANDARD_NEEDS_FIGURES, words(self._held.method.method), *texts)
