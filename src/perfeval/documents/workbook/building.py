"""Puts a form together: what is filled in, the hidden sheets that compute, and the results."""

from __future__ import annotations

from decimal import Decimal

from perfeval._resources import __version__
from perfeval.cells.comparison import Outcome
from perfeval.documents.form.asides import AsideName
from perfeval.documents.form.grid import Table
from perfeval.documents.workbook.aggregation import UnitWordsRow, unit_figures, weighted
from perfeval.documents.workbook.blank import Start
from perfeval.documents.workbook.enclosing import enclosing_sheet
from perfeval.documents.workbook.execution import BudgetCells, BudgetResult, score_budget
from perfeval.documents.workbook.form_page import FormPage
from perfeval.documents.workbook.form_results import ResultCells, Results, mark_suggestions
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    Value,
    both,
    equal,
    exact,
    joined,
    number,
    when,
    words,
)
from perfeval.documents.workbook.gaps import Columns
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.page import VisibleSheet, value_of
from perfeval.documents.workbook.reading import Pin, pin
from perfeval.documents.workbook.rows import (
    SETTLED,
    InputCells,
    OriginalReadings,
    RowFormulas,
    RowResult,
    SettledRow,
    Vocabulary,
)
from perfeval.documents.workbook.settled import settled
from perfeval.documents.workbook.standards import StandardRowFormulas
from perfeval.documents.workbook.totals import Summing, Sums
from perfeval.documents.workbook.writer import Printed
from perfeval.methods.bands import Banded
from perfeval.methods.graded import GradedWords
from perfeval.methods.lateness import Lateness
from perfeval.rulebook import Band, Rulebook
from perfeval.rulebook.form import BudgetContent, IndicatorContent
from perfeval.scorecard import Scorecard
from perfeval.scoring.aggregates import unit_points
from perfeval.scoring.standards import held_by
from perfeval.sheet import Indicator, Sheet

ROWS, SUMS, LISTS, ABOUT, UNITS = "计算", "合计", "选项", "perfeval", "分单位"
"""The hidden sheets: one row for each indicator; sums; drop-downs and words; what this form is;
what several units planned and did for one row, where there are such rows."""


class Building:
    """One form.

    Attributes:
        page: The sheet that is filled in.
        hidden: The hidden sheets.
        printed: What of it is printed.
        title: The title of the document.
    """

    def __init__(
        self, card: Scorecard, table: Table, start: Start, carried_sheet: Sheet | None = None
    ) -> None:
        self._card = card
        self._book: Rulebook = card.rulebook
        self._rows, self._sums = HiddenSheet(ROWS), HiddenSheet(SUMS)
        self._lists, self._about = HiddenSheet(LISTS), HiddenSheet(ABOUT)
        self._words = _vocabulary(self._book, self._book.qualitative.bands, self._lists)
        self._held = held_by(card.sheet, self._book)
        self._is_blank = start.is_blank
        self._form = FormPage(card, table, start, self._lists)
        self._units = HiddenSheet(UNITS)
        results = self._compute()
        ResultCells(self._form, card, results, is_blank=start.is_blank).write()
        if any(start.suggested):
            mark_suggestions(self._form, self._rows, start.suggested)
        self._describe()
        units = (self._units,) if self._units.cells else ()
        carried = enclosing_sheet(card.rulebook, carried_sheet, self._form)
        self.hidden = (self._rows, self._sums, self._lists, self._about, *units, carried)
        self.page: VisibleSheet = self._form.page
        self.page.number_rows()
        last = max(row for row, _ in self.page.cells)
        form = card.form
        self.printed = Printed(self._form.top, last, len(form.indicators), form.landscape)
        content, _ = self.page.cells[self._form.top, 0]
        self.title = str(value_of(content))

    # -- computing -----------------------------------------------------------------------------

    def _compute(self) -> Results:
        indicators = self._card.sheet.indicators
        rows = [self._row(index, row) for index, row in enumerate(indicators)]
        names: Formula = BLANK
        for index, row in enumerate(rows):
            names = self._named(index, row, names)
        filled = self._form.filled.money
        money = BudgetCells(
            *(
                filled.get(name, BLANK)
                for name in (BudgetContent.ORIGINAL, BudgetContent.FINAL, BudgetContent.SPENT)
            )
        )
        stated = self._card.sheet.budget.weight
        spent = score_budget(self._sums, self._book, money, stated)
        return Results(rows, spent, self._sum_up(rows, spent, names))

    def _sum_up(self, rows: list[RowResult], spent: BudgetResult, names: Formula) -> Sums:
        sections = tuple(part.name for part in self._card.sheet.sections.values())
        stated = self._card.sheet.budget.weight
        summing = Summing(self._sums, self._book, sections, self._form.filled.goals, stated)
        columns = Columns(
            sections=self._rows.span("一级指标", len(rows)),
            goals=self._rows.span("所属目标", len(rows)),
            used=self._rows.span("填写", len(rows)),
            weights=self._rows.span("分值", len(rows)),
            points=self._rows.span("得分", len(rows)),
            ways=self._rows.span("计分方式", len(rows)),
            open=self._rows.span("缺分", len(rows)),
            places={part.key: number(at) for at, part in enumerate(sections, 1)},
        )
        return summing.sum_up(columns, spent, names)

    def _row(self, index: int, indicator: Indicator) -> RowResult:
        """Write the formulas of one indicator."""
        cells = self._form.filled.rows[index]
        goal = cells.get(AsideName.GOAL, BLANK)
        self._rows.keep(index, "一级指标", self._place_of(indicator))
        self._rows.put(index, "所属目标", when(equal(goal, BLANK), BLANK, goal))
        typed = InputCells(
            name=cells[IndicatorContent.NAME],
            weight=cells[IndicatorContent.WEIGHT],
            sign=cells[IndicatorContent.SIGN],
            target=cells[IndicatorContent.TARGET],
            actual=cells[IndicatorContent.ACTUAL],
            unit=cells.get(IndicatorContent.UNIT, BLANK),
            target_given=cells[AsideName.TARGET_AS],
            actual_given=cells[AsideName.ACTUAL_AS],
            judged=cells[IndicatorContent.FILED],
            unapplied=cells.get(AsideName.NOT_APPLICABLE, BLANK),
            section=indicator.section.group,
            goal=goal,
            cut=self._cut(index, indicator),
        )
        return self._formulas(index).score(
            typed, self._pinned(index, indicator), self._settled(index, typed)
        )

    def _cut(self, index: int, indicator: Indicator) -> Formula:
        """Return what is deducted from a row by hand, where that counts."""
        if not indicator.deduction or self._book.deductions is None:
            return BLANK
        return self._rows.keep(index, "扣减分数", indicator.deduction)

    def _formulas(self, index: int) -> RowFormulas:
        """Return what writes the formulas of an indicator, by the way in which it scores."""
        held, known = self._held[index], self._words
        graded = held.method if held and isinstance(held.method, GradedWords) else None
        mean = self._unit_words(index, graded or self._book.qualitative)
        is_kept = self._card.lines[index].points is not None  # in full, whatever is stated
        if mean is not None and (held is None or graded is not None or is_kept):
            return UnitWordsRow(self._rows, index, self._book, known, mean)
        if held is None:
            return RowFormulas(self._rows, index, self._book, known)
        if isinstance(held.method, GradedWords):
            known = _vocabulary(self._book, held.method.bands, self._lists, f"（第{index + 1}行）")
        return StandardRowFormulas(self._rows, index, self._book, known, held)

    def _place_of(self, indicator: Indicator) -> Decimal:
        """Return the place of an indicator's section: a number, which no formula misreads."""
        return Decimal(1 + list(self._card.sheet.sections).index(indicator.section.key))

    def _settled(self, index: int, typed: InputCells) -> SettledRow | None:
        """Keep the engine's result of a row that only the engine can read."""
        line = self._card.lines[index]
        held = self._held[index]
        is_late = held is not None and isinstance(held.method, Lateness)
        result = settled(line, self._book, is_late=is_late) if self._book.weights.scored else None
        if result is None or self._is_blank or line.indicator.units:
            return None
        shown = self._form.filled.shown[index]
        kept: dict[str, Formula] = {
            IndicatorContent.WEIGHT: typed.weight,
            IndicatorContent.SIGN: typed.sign,
            IndicatorContent.TARGET: typed.target,
            IndicatorContent.ACTUAL: typed.actual,
            IndicatorContent.UNIT: typed.unit,
            AsideName.TARGET_AS: typed.target_given,
            AsideName.ACTUAL_AS: typed.actual_given,
            IndicatorContent.FILED: typed.judged,
            AsideName.NOT_APPLICABLE: typed.unapplied,
        }
        same = [
            exact(cell, self._rows.keep(index, f"原{name}", shown.get(name, "")))
            for name, cell in kept.items()
        ]
        points = "" if result.points is None else result.points
        return SettledRow(
            self._rows.put(index, "照旧", both(*same)),
            self._rows.keep(index, "原得分", points),
            self._rows.keep(index, "原因", result.reason if result.points is None else SETTLED),
        )

    def _pinned(self, index: int, indicator: Indicator) -> OriginalReadings:
        shown = self._form.filled.shown[index]
        keep = self._rows.keep
        target, actual = (
            pin(self._rows, index, "目标值", shown[IndicatorContent.TARGET], indicator.target),
            pin(self._rows, index, "完成值", shown[IndicatorContent.ACTUAL], indicator.actual),
        )
        if indicator.units:
            target, actual = self._of_units(index, indicator, (target, actual))
        return OriginalReadings(
            target,
            actual,
            keep(index, "单位原文", shown.get(IndicatorContent.UNIT, "")),
            keep(index, "单位原意", indicator.unit or ""),
        )

    def _of_units(self, index: int, row: Indicator, pins: tuple[Pin, Pin]) -> tuple[Pin, Pin]:
        """Let the numbers of a row be computed from those of its units."""
        found = []
        for word, one, kept in zip(("目标值", "完成值"), row.aggregates, pins, strict=True):
            figure = unit_figures(self._units, index, word, row, one)
            number_ = figure and self._rows.put(index, f"{word}原数", figure)
            found.append(kept if number_ is None else kept._replace(number=number_))
        return found[0], found[1]

    def _unit_words(self, index: int, rule: Banded) -> Formula | None:
        """Return the judgements of a row's units as one; ``None`` for any other row."""
        line = self._card.lines[index]
        row = line.indicator
        if not row.units or row.comparison.outcome is not Outcome.WORDS:
            return None
        if line.points is None:
            return BLANK
        points = unit_points(line, self._book, rule)
        money = [one.money for one in row.units]
        return weighted(self._units, f"第{index + 1}行评定", points, money)

    def _named(self, index: int, row: RowResult, before: Formula) -> Formula:
        """Add the name of a row that lacks points to the list of them."""
        name = self._form.filled.rows[index][IndicatorContent.NAME]
        called = when(equal(name, BLANK), words(f"第{index + 1}个指标"), name)
        mark = when(equal(before, BLANK), BLANK, words("、"))
        added = when(equal(row.is_open, number(1)), joined(mark, called), BLANK)
        return self._rows.put(index, "缺分的指标", joined(before, added))

    # -- what this form is ---------------------------------------------------------------------

    def _describe(self) -> None:
        """Write on a hidden sheet what is needed to read the form back: rulebook, year, cells."""
        book, sheet = self._book, self._card.sheet
        known: dict[str, Value] = {
            "perfeval": __version__,
            "评分办法": book.id,
            "版本": book.version,
            "校验": book.digest,
            "表种": sheet.kind,
            "金额单位": self._card.form.money_unit or sheet.money_unit,
        }
        filled = self._form.filled
        known |= {name: cell.text for name, cell in {**filled.fields, **filled.money}.items()}
        known |= {f"年度目标{at}的分值": cell.text for at, cell in enumerate(filled.goals, 1)}
        for row, (name, value) in enumerate(known.items()):
            self._about.keep(row, "名称", name)
            self._about.keep(row, "内容", value)
        for index, indicator in enumerate(sheet.indicators):
            self._describe_row(index, indicator)

    def _describe_row(self, index: int, row: Indicator) -> None:
        """Say which cells belong to an indicator, and under which key it is known."""
        key = "/".join((row.section.text, row.aspect.text, str(index + 1), row.name))
        self._about.keep(index, "指标", key)
        for content, cell in self._form.filled.rows[index].items():
            self._about.keep(index, f"{content}所在", cell.text.partition("!")[2])


def _vocabulary(
    book: Rulebook, bands: tuple[Band, ...], lists: HiddenSheet, of: str = ""
) -> Vocabulary:
    """Put the words of bands, and those that say achieved, on a hidden sheet."""
    pairs = [
        (word, number(place).value) for place, band in enumerate(bands, 1) for word in band.words
    ] or [("", number(0).value)]
    achieved = book.quantitative.achieved_words or ("",)
    return Vocabulary(
        lists.listed(f"用语{of}", [word for word, _ in pairs]),
        lists.listed(f"档次{of}", [place for _, place in pairs]),
        lists.listed(f"达成用语{of}", list(achieved)),
        lists.listed(f"达成{of}", [number(1 if word else 0).value for word in achieved]),
    )
