"""The line of an indicator: its points rounded, printed and bounded, or left open, said once."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache, partial

from perfeval.cells.notes import Note
from perfeval.numbers import ZERO, Exact
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Basis, IndicatorLine, Rule
from perfeval.scoring.rounding import (
    below_full,
    full_points,
    printed_points,
    rounded_points,
    row_rounding,
)
from perfeval.sheet import Indicator


class LineMaker:
    """Makes the lines of indicators under one rulebook; safe to share between threads.

    Attributes:
        book: The rulebook.
    """

    def __init__(self, book: Rulebook, none: Rule) -> None:
        self.book = book
        self._none = none
        self._rounding = row_rounding(book.rounding.row)
        printing = book.rounding.printed
        self._printing = None if printing is None else row_rounding(printing)
        self._full_points = lru_cache(partial(full_points, rule=self._rounding))

    def rounded(self, exact: Exact, weight: Decimal) -> Decimal:
        """Return points as the rulebook rounds those of a row, never above the weight."""
        return rounded_points(exact, weight, self._rounding)

    def below_full(self, weight: Decimal) -> Decimal:
        """Return the most points that a row has which misses its target."""
        return below_full(weight, self._rounding)

    # -- new lines -----------------------------------------------------------------------------

    def full(
        self,
        indicator: Indicator,
        weight: Decimal,
        basis: Basis,
        rule: Rule,
        notes: tuple[Note, ...],
    ) -> IndicatorLine:
        """Return a line with its points in full."""
        points = self._full_points(weight)
        printed = printed_points(points, weight, self._printing)
        return IndicatorLine(
            indicator, weight, points, points, points, basis, rule, notes, None, printed
        )

    def scored(
        self,
        indicator: Indicator,
        weight: Decimal,
        exact: Exact,
        basis: Basis,
        rule: Rule,
        notes: tuple[Note, ...],
    ) -> IndicatorLine:
        """Return a line with points that are rounded here."""
        points = rounded_points(exact, weight, self._rounding)
        printed = printed_points(points, weight, self._printing)
        return IndicatorLine(
            indicator, weight, points, points, points, basis, rule, notes, exact, printed
        )

    def unscored(self, indicator: Indicator, notes: tuple[Note, ...]) -> IndicatorLine:
        """Return a line without points, which may have any from 0 to its weight."""
        weight = ZERO if indicator.weight is None else indicator.weight
        return IndicatorLine(
            indicator=indicator,
            weight=indicator.weight,
            points=None,
            low=self._full_points(ZERO),
            high=self._full_points(weight),
            basis=Basis.UNSCORED,
            rule=self._none,
            notes=notes,
        )

    # -- lines that are there ------------------------------------------------------------------

    def rescored(self, line: IndicatorLine, weight: Decimal, exact: Exact) -> IndicatorLine:
        """Return a line with other points; on what they rest is the caller's to say."""
        points = rounded_points(exact, weight, self._rounding)
        printed = printed_points(points, weight, self._printing)
        return line._replace(points=points, low=points, high=points, worked=exact, printed=printed)

    def opened(self, line: IndicatorLine, *notes: Note) -> IndicatorLine:
        """Return a line whose points are taken back: it may have any from 0 to its weight."""
        return line._replace(
            points=None,
            low=self._full_points(ZERO),
            high=self._full_points(line.weight or ZERO),
            basis=Basis.UNSCORED,
            notes=notes,
            worked=None,
            printed=None,
            is_best=False,
        )
