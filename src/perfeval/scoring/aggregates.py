"""分单位汇总: rows of several units, whose figures or judgements were made one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfeval.cells.aggregation import Aggregate, mean_of, without_money
from perfeval.cells.comparison import Comparison, Outcome
from perfeval.cells.notes import Note, NoteKind
from perfeval.fields import word_of
from perfeval.methods import bands
from perfeval.methods.bands import Banded, Judgement
from perfeval.methods.expression import Expression, case_of
from perfeval.methods.substitution import filled
from perfeval.numbers import FINE_DIGITS, ZERO, RoundingMode, round_exact, whole
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Basis, IndicatorLine
from perfeval.scoring.lines import LineMaker
from perfeval.scoring.satisfaction import is_satisfaction_rate
from perfeval.sheet import Indicator


def exactly(rule: Expression, indicator: Indicator, pair: Comparison) -> Expression:
    """Return a rule in which figures that no cell can hold are exact.

    Args:
        rule: Points from weight, target and actual.
        indicator: The indicator, perhaps of several units.
        pair: Its figures, as they are compared.
    """
    if not indicator.units or pair.outcome is not Outcome.FIGURES:
        return rule
    target, actual = indicator.aggregates
    is_in_one_unit = _unit(target) == _unit(actual)
    given = {
        name: one.exact
        for name, one, figure in (("target", target, pair.target), ("actual", actual, pair.actual))
        if one.exact is not None and one.has_no_end and (is_in_one_unit or _is_read(one, figure))
    }
    return filled(rule, given) if given else rule


def _unit(one: Aggregate) -> str:
    return "" if one.cell is None else one.cell.unit


def _is_read(one: Aggregate, figure: Decimal) -> bool:
    """Tell whether a figure is compared as it is, and not in another unit."""
    return one.cell is not None and one.cell.number == figure


def score_units(lines: tuple[IndicatorLine, ...], maker: LineMaker) -> tuple[IndicatorLine, ...]:
    """Return the lines; those of several units by exact means, or by the units' judgements.

    Source:
        Notes printed under the Hubei form: figures are made one first and then scored; judged
        points are weighted by money.
    """
    if not any(line.indicator.units for line in lines):
        return lines
    return tuple(_line(line, maker) if line.indicator.units else line for line in lines)


def _line(line: IndicatorLine, maker: LineMaker) -> IndicatorLine:
    pair, weight, rulebook = line.indicator.comparison, line.weight, maker.book
    if weight is None or line.basis is Basis.NOT_APPLICABLE:
        return line
    if pair.outcome is Outcome.WORDS:
        return judged_units(line, maker, rulebook.qualitative)
    if pair.outcome is not Outcome.FIGURES or line.points is None:
        return line
    rule = _rule(line.indicator, rulebook, pair)
    exact = exactly(rule, line.indicator, pair)
    if exact is rule:
        return line
    figures = {"weight": weight, "target": pair.target, "actual": pair.actual}
    return maker.rescored(line, weight, case_of(exact, figures).exact(figures))


def _rule(indicator: Indicator, rulebook: Rulebook, pair: Comparison) -> Expression:
    steps = rulebook.quantitative.satisfaction
    if steps is not None and is_satisfaction_rate(indicator, pair.sign):
        return steps.points
    return rulebook.quantitative.points(pair.sign)


# -- words -----------------------------------------------------------------------------------------


def judged_units(line: IndicatorLine, maker: LineMaker, rule: Banded) -> IndicatorLine:
    """Return a line whose points are those judged for its units, weighted by their money."""
    row, weight, rulebook = line.indicator, line.weight or ZERO, maker.book
    lacking = without_money([(one.unit, one.money) for one in row.units])
    if lacking:
        return _open(line, maker, Note(NoteKind.UNIT_MONEY, (lacking,)))
    money = [one.money for one in row.units if one.money is not None]
    judged = [_judged(line, weight, rulebook, rule, at) for at in range(len(row.units))]
    known = [one for one in judged if one is not None]
    if len(known) < len(judged):
        unknown = (one.actual for one, by in zip(row.units, judged, strict=True) if by is None)
        words = "、".join(cell.text for cell in unknown if cell is not None)
        return _open(line, maker, Note(NoteKind.UNKNOWN_WORDS, (words,)))
    exact = [one.exact for one in known if one.exact is not None]
    if len(exact) < len(known):
        return _between(line, weight, known, money, maker)
    mean = mean_of(exact, money)
    note = Note(NoteKind.UNITS_JUDGED, (str(len(known)), str(mean)))
    scored = maker.rescored(line, weight, mean)
    is_best = all(one.is_best for one in known)
    clause = rulebook.qualitative
    cited = line.rule._replace(
        block=word_of(Rulebook, "qualitative"),
        sentence=bands.SENTENCE,
        clause=clause.clause,
        source=clause.source,
        seen=clause.seen,
    )
    notes = (*_notes(known), note)
    return scored._replace(basis=Basis.JUDGED, rule=cited, notes=notes, is_best=is_best)


def unit_points(line: IndicatorLine, rulebook: Rulebook, rule: Banded) -> list[Decimal]:
    """Return the points judged for the units of a line that has points, kept as a quotient is."""
    judged = [
        _judged(line, line.weight or ZERO, rulebook, rule, at)
        for at in range(len(line.indicator.units))
    ]
    return [
        round_exact(one.exact, FINE_DIGITS, RoundingMode.HALF_UP)
        for one in judged
        if one is not None and one.exact is not None
    ]


def _judged(
    line: IndicatorLine, weight: Decimal, rulebook: Rulebook, rule: Banded, at: int
) -> Judgement | None:
    """Judge one unit."""
    one = line.indicator.units[at]
    actual = "" if one.actual is None else one.actual.text
    own = "" if one.target is None else one.target.text  # the target's words say that it is met
    achieved = (*rulebook.quantitative.achieved_words, own)
    return bands.judge(rule, actual, one.filed, weight, achieved, rulebook.rounding.row)


def _between(
    line: IndicatorLine,
    weight: Decimal,
    known: Sequence[Judgement],
    money: Sequence[Decimal],
    maker: LineMaker,
) -> IndicatorLine:
    """Return a line without points, between the bounds of its units."""
    low, high = (
        maker.rounded(mean_of([whole(end) for end in ends], money), weight)
        for ends in ([_end(one, one.low) for one in known], [_end(one, one.high) for one in known])
    )
    return maker.opened(line, *_notes(known))._replace(low=low, high=high)


def _end(judgement: Judgement, end: Decimal) -> Decimal:
    """Return a bound of a unit's points; a judgement is both."""
    exact = judgement.exact
    return end if exact is None else exact.numerator


def _notes(known: Sequence[Judgement]) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(note for one in known for note in one.notes))


def _open(line: IndicatorLine, maker: LineMaker, *notes: Note) -> IndicatorLine:
    """Return a line without points; the bounds that its words had already stay."""
    opened = maker.opened(line, *notes)
    return opened if line.points is not None else opened._replace(low=line.low, high=line.high)
