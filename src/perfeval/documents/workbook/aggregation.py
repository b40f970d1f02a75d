"""分单位: the figures and judgements of several units, made one in cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfeval.cells.aggregation import Aggregate
from perfeval.cells.notes import NoteKind
from perfeval.documents.workbook.bands import Judged
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    Value,
    both,
    differs,
    exact,
    quotient,
    sum_of,
    times,
    when,
    words,
)
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.row_plan import RowPlan
from perfeval.documents.workbook.rows import (
    JUDGED,
    InputCells,
    OriginalReadings,
    Pair,
    RowFormulas,
    RowResult,
    SettledRow,
    Vocabulary,
)
from perfeval.rulebook import Rulebook
from perfeval.sheet import Indicator


def unit_figures(
    sheet: HiddenSheet, index: int, word: str, indicator: Indicator, one: Aggregate
) -> Formula | None:
    """Write the figures of a row's units, and return what makes them one; ``None`` for words.

    Args:
        sheet: The hidden sheet of units: a column for each row's figures.
        index: The row.
        word: What they are, 目标值 or 完成值.
        indicator: The indicator.
        one: The units' figures as one.
    """
    if one.exact is None:
        return None
    numbers: list[Value] = [*one.numbers]
    heading = f"第{index + 1}行{word}"
    figures = sheet.listed(heading, numbers)
    if all(note.kind is NoteKind.SUMMED for note in one.notes):
        return sum_of(figures)
    return weighted(sheet, heading, numbers, [part.money for part in indicator.units])


def weighted(
    sheet: HiddenSheet, heading: str, numbers: Sequence[Value], money: Sequence[Decimal | None]
) -> Formula:
    """Return the mean of numbers weighted by money, written below each other."""
    for row, (number, amount) in enumerate(zip(numbers, money, strict=True)):
        weight = sheet.keep(row, f"{heading}：资金", amount or Decimal(0))
        figure = sheet.keep(row, heading, number)
        sheet.put(row, f"{heading}×资金", times(figure, weight))
    count = len(numbers)
    above, below = (sheet.span(f"{heading}{mark}", count) for mark in ("×资金", "：资金"))
    return quotient(sum_of(above), sum_of(below))


class UnitWordsRow(RowFormulas):
    """Writes the formulas of a row whose units are judged by themselves.

    The judgements hold as long as what is printed of the units stays as it is.
    """

    def __init__(
        self,
        plan: RowPlan,
        rulebook: Rulebook,
        vocabulary: Vocabulary,
    ) -> None:
        super().__init__(plan, rulebook, vocabulary)
        self._mean = plan.given("评定均值")
        self._is_as_ever = BLANK

    def score(
        self, typed: InputCells, pinned: OriginalReadings, settled: SettledRow | None = None
    ) -> RowResult:
        """Write the formulas of a row; see `RowFormulas.score`."""
        self._is_as_ever = exact(typed.actual, pinned.actual.text)
        return super().score(typed, pinned, settled)

    def _way(
        self, typed: InputCells, used: Formula, weight: Formula, sign: Formula, pair: Pair
    ) -> Formula:
        way = super()._way(typed, used, weight, sign, pair)
        lacks_weight = words(NoteKind.NO_WEIGHT.value)
        is_judged = both(self._is_as_ever, differs(way, BLANK), differs(way, lacks_weight))
        return when(is_judged, words(JUDGED), way)

    def _judged(self, judged: Formula, weight: Formula, band: Formula) -> Judged:
        given = super()._judged(judged, weight, band)
        return given._replace(exact=when(self._is_as_ever, self._mean, given.exact))
