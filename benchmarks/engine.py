"""The engine with its full results, against a Decimal loop over plain tuples written by hand."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import cycle
from typing import NamedTuple

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from perfeval import Basis, IndicatorLine, Scorecard, Scorer, Sheet
from perfeval.readers.sheets import sheet_from_source
from perfeval.source import read_text

_CENT = Decimal("0.01")
_SHEETS = 50


class Row(NamedTuple):
    """What the hand-written loop needs to know of a row."""

    section: str
    weight: Decimal
    target: Decimal
    actual: Decimal
    is_reverse: bool
    is_measured: bool


class Figures(NamedTuple):
    """The figures of a scorecard, nothing explained."""

    points: list[Decimal]
    subtotals: list[Decimal]
    weights: list[Decimal]
    measured: Decimal
    claimed: Decimal
    total: Decimal


def benchmark() -> Benchmark:
    """Compare scorecards that explain themselves with a loop that gives their figures."""
    scorer, sheet, rows = Scorer(sample.rulebook()), sample.sheet(), _rows(sample.scorecard())
    if score_by_hand(rows) != _figures(scorer.score(sheet)):
        raise ValueError("the loop and the engine should give the same figures")
    return Benchmark(
        "engine: sheet → scorecard with derivations",
        "a `Decimal` loop over plain tuples",
        bar=3.5,
        numerator=lambda: scorer.score(sheet),
        denominator=lambda: score_by_hand(rows),
    )


def seen_once() -> Benchmark:
    """Compare the same on sheets that nobody has looked at: every row is compared anew.

    The sheets have the rows of one form and figures of their own, as those of one kind of project
    have; what a word of theirs means may be known from another sheet, no figure is.  Their cells
    were read before, which is part of reading; the loop is told how they compare.
    """
    scorer = Scorer(sample.rulebook())
    fresh = [_with_own_figures(number) for number in range(_SHEETS)]
    by_hand = [_rows(scorer.score(sheet)) for sheet in fresh]
    for sheet, rows in zip(fresh, by_hand, strict=True):
        if score_by_hand(rows) != _figures(scorer.score(sheet)):
            raise ValueError("the loop and the engine should give the same figures")
    sheets, known = cycle(fresh), cycle(by_hand)

    def score_fresh() -> Scorecard:
        sheet = next(sheets)
        for indicator in sheet.indicators:
            indicator.__dict__.pop("comparison", None)
        return scorer.score(sheet)

    return Benchmark(
        "engine: sheet seen once → scorecard",
        "a `Decimal` loop over plain tuples",
        bar=4,
        numerator=score_fresh,
        denominator=lambda: score_by_hand(next(known)),
        aim=2,
    )


_CELL = re.compile(r"(?m)^ +(?:目标值|完成值): .*$")
_NUMBER = re.compile(r"(?<![0-9.])[0-9]+(?![0-9.%])")


def _with_own_figures(number: int) -> Sheet:
    """Return the sheet with a number added to each figure of its cells that is no percentage."""

    def other(cell: re.Match[str]) -> str:
        return _NUMBER.sub(lambda found: str(int(found[0]) + number), cell[0])

    read = sheet_from_source(read_text(_CELL.sub(other, sample.text()), f"{number}.yaml"))
    if read.sheet is None:
        raise ValueError(*map(str, read.findings))
    return read.sheet


def score_by_hand(rows: list[Row]) -> Figures:
    """Score ratio methods as fast as plain Python can: exact, half up, and divided only if short.

    It gives the figures of a scorecard: rounded rows, subtotals and their weights, measured,
    claimed and total.  It has no rulebook and no bounds for unscored rows.
    """
    scored = []
    subtotals: dict[str, Decimal] = {}
    weights: dict[str, Decimal] = {}
    measured = claimed = Decimal(0)
    for section, weight, target, actual, is_reverse, is_measured in rows:
        if (actual <= target) if is_reverse else (actual >= target):
            points = weight.quantize(_CENT)
        else:
            part, base = (target, actual) if is_reverse else (actual, target)
            points = (weight * part * 200 + base) // (base + base) * _CENT
        scored.append(points)
        if is_measured:
            measured += points
        else:
            claimed += points
        if section in subtotals:
            subtotals[section] += points
            weights[section] += weight
        else:
            subtotals[section] = points
            weights[section] = weight
    sections = list(subtotals.values())
    return Figures(scored, sections, list(weights.values()), measured, claimed, measured + claimed)


def _figures(scorecard: Scorecard) -> tuple[object, ...]:
    subtotals = [scorecard.execution.points, *(part.points for part in scorecard.subtotals)]
    points = [line.points for line in scorecard.rows]
    weights = [scorecard.execution.weight, *(part.weight for part in scorecard.subtotals)]
    return points, subtotals, weights, scorecard.measured, scorecard.claimed, scorecard.total


def _rows(scorecard: Scorecard) -> list[Row]:
    """Return a sheet's rows as plain tuples; a row that claims its target meets it."""
    budget = scorecard.sheet.budget
    weight, amount, spent = scorecard.execution.weight, budget.final, budget.spent
    if weight is None or amount is None or spent is None:
        raise ValueError("the sheet's budget row should be complete")
    return [Row("", weight, amount, spent, False, True), *map(_row, scorecard.lines)]


def _row(line: IndicatorLine) -> Row:
    indicator, weight = line.indicator, line.weight
    if weight is None:
        raise ValueError(f"{line.name} should have a weight")
    section, target, actual = indicator.section.text, indicator.target, indicator.actual
    if line.basis is not Basis.MEASURED or target is None or actual is None:
        return Row(section, weight, weight, weight, False, False)
    if target.number is None or actual.number is None:
        raise ValueError(f"{line.name} should have two figures")
    is_reverse = bool(indicator.sign and indicator.sign.is_reverse)
    return Row(section, weight, target.number, actual.number, is_reverse, True)
