"""Puts a form together: what is filled in, the hidden sheets that compute, and the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfeval._resources import __version__
from perfeval.cells.comparison import Outcome
from perfeval.cells.levels import Section
from perfeval.documents.form.asides import ABOUT, LISTS, ROWS, SUMS, UNITS, AsideName
from perfeval.documents.form.grid import Table
from perfeval.documents.workbook.aggregation import unit_figures, weighted
from perfeval.documents.workbook.blank import Start
from perfeval.documents.workbook.enclosing import enclosing_sheet
from perfeval.documents.workbook.execution import BudgetCells, BudgetResult, score_budget
from perfeval.documents.workbook.form_page import FormPage
from perfeval.documents.workbook.form_results import ResultCells, Results, mark_suggestions
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    Span,
    Value,
    above,
    both,
    equal,
    joined,
    number,
    plus,
    when,
    words,
)
from perfeval.documents.workbook.gaps import Columns
from perfeval.documents.workbook.hidden_sheet import HEADINGS, HiddenSheet
from perfeval.documents.workbook.page import VisibleSheet, value_of
from perfeval.documents.workbook.reading import kept_reading
from perfeval.documents.workbook.row_kinds import (
    AS_IT_WAS,
    MEAN,
    TYPED,
    PlannedRow,
    RowKind,
    planned,
    vocabulary,
)
from perfeval.documents.workbook.row_plan import COLUMNS, known
from perfeval.documents.workbook.rows import SETTLED, WORD_LISTS, RowResult, Vocabulary
from perfeval.documents.workbook.settled import EngineResult, settled
from perfeval.documents.workbook.totals import FEW, Summing, Sums
from perfeval.documents.workbook.writer import Printed
from perfeval.methods.graded import GradedWords
from perfeval.methods.lateness import Lateness
from perfeval.rulebook import Rulebook
from perfeval.rulebook.form import BudgetContent, IndicatorContent
from perfeval.scorecard import Scorecard
from perfeval.scoring.aggregates import unit_points
from perfeval.scoring.standards import held_by
from perfeval.sheet import Indicator, Sheet


class Building:
    """One form.

    Attributes:
        page: The sheet that is filled in.
        hidden: The hidden sheets.
        printed: What of it is printed.
        title: The title of the document.
        names: The ranges that formulas know by a name.
    """

    def __init__(
        self, card: Scorecard, table: Table, start: Start, carried_sheet: Sheet | None = None
    ) -> None:
        self._card = card
        self._book: Rulebook = card.rulebook
        self._rows, self._sums = HiddenSheet(ROWS, COLUMNS), HiddenSheet(SUMS)
        self._lists, self._about = HiddenSheet(LISTS), HiddenSheet(ABOUT)
        self._held = held_by(card.sheet, self._book)
        self._plans: dict[RowKind, PlannedRow] = {}
        self._vocabularies: dict[int, Vocabulary] = {}
        self._names: list[Formula] = []
        self._places = {key: Decimal(at) for at, key in enumerate(card.sheet.sections, 1)}
        self._is_blank = start.is_blank
        self._form = FormPage(card, table, start, self._lists)
        self._units = HiddenSheet(UNITS)
        results = self._compute()
        ResultCells(self._form, card, results, is_blank=start.is_blank).write()
        if any(start.suggested):
            mark_suggestions(self._form, self._rows, start.suggested)
        self.names = self._named_lists()
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
        names = self._names_of_open(rows)
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
        """Write what an indicator is filled with, and the formulas of its kind."""
        cells = self._form.filled.rows[index]
        goal = cells.get(AsideName.GOAL, BLANK)
        inputs: dict[str, Formula | Value] = {
            "一级指标": self._places[indicator.section.key],
            "所属目标": when(equal(goal, BLANK), BLANK, goal),
            **{
                heading: _repeated(cells[content])
                for heading, content in TYPED.items()
                if content in cells
            },
            **self._kept(index, indicator),
        }
        kept = self._settled(index)
        inputs |= kept
        planned_row = self._planned(index, inputs, is_settled=bool(kept))
        return self._write(index, planned_row, inputs)

    def _write(
        self, index: int, planned_row: PlannedRow, inputs: Mapping[str, Formula | Value]
    ) -> RowResult:
        """Write a row into the hidden sheet: what is given, then what is computed."""
        plan, result, _ = planned_row
        row = plan.write(self._rows, index, inputs)
        line = HEADINGS + index + 1
        self._names.append(known(plan.given("填名称"), ROWS, line, row))
        return RowResult._make(known(one, ROWS, line, row) for one in result)

    def _kept(self, index: int, indicator: Indicator) -> dict[str, Formula | Value]:
        """Return the readings that a row brought along, as cells."""
        shown = self._form.filled.shown[index]
        kept: dict[str, Formula | Value] = {
            **kept_reading("目标值", shown[IndicatorContent.TARGET], indicator.target),
            **kept_reading("完成值", shown[IndicatorContent.ACTUAL], indicator.actual),
        }
        if IndicatorContent.UNIT in self._form.filled.rows[index]:
            kept["单位原文"] = shown.get(IndicatorContent.UNIT, "")
        kept["单位原意"] = indicator.unit or ""
        if indicator.deduction and self._book.deductions is not None:
            kept["扣减分数"] = indicator.deduction
        return kept | self._of_units(index, indicator)

    def _of_units(self, index: int, row: Indicator) -> dict[str, Formula | Value]:
        """Let the numbers and the judgement of a row be computed from those of its units."""
        if not row.units:
            return {}
        found: dict[str, Formula | Value] = {}
        for word, one in zip(("目标值", "完成值"), row.aggregates, strict=True):
            figure = unit_figures(self._units, index, word, row, one)
            if figure is not None:
                found[f"{word}原数"] = figure
        mean = self._unit_words(index)
        return found if mean is None else {**found, MEAN: mean}

    def _unit_words(self, index: int) -> Formula | None:
        """Return the judgements of a row's units as one; ``None`` for any other row."""
        line, held = self._card.lines[index], self._held[index]
        row = line.indicator
        if row.comparison.outcome is not Outcome.WORDS:
            return None
        graded = held.method if held and isinstance(held.method, GradedWords) else None
        is_kept = line.points is not None  # in full, whatever is stated
        if held is not None and graded is None and not is_kept:
            return None
        if line.points is None:
            return BLANK
        points = unit_points(line, self._book, graded or self._book.qualitative)
        money = [one.money for one in row.units]
        return weighted(self._units, f"第{index + 1}行评定", points, money)

    def _planned(
        self, index: int, inputs: Mapping[str, Formula | Value], *, is_settled: bool
    ) -> PlannedRow:
        """Return the plan of a row's kind."""
        held = None if MEAN in inputs else self._held[index]
        kind = RowKind(
            given=frozenset(inputs),
            is_of_satisfaction=self._is_of_satisfaction(index),
            is_settled=is_settled,
            method=0 if held is None else id(held.method),
            standard=0 if held is None else id(held.standard),
        )
        if kind not in self._plans:
            method = None if held is None else held.method
            words_ = self._vocabulary(method if isinstance(method, GradedWords) else None)
            self._plans[kind] = planned(self._book, kind, words_, held)
        return self._plans[kind]

    def _is_of_satisfaction(self, index: int) -> bool:
        section = self._card.sheet.indicators[index].section
        return section.group is Section.SATISFACTION

    def _vocabulary(self, graded: GradedWords | None) -> Vocabulary:
        """Return the words by which rows are judged: the rulebook's, or those of a standard."""
        key = 0 if graded is None else id(graded)
        if key not in self._vocabularies:
            bands = self._book.qualitative.bands if graded is None else graded.bands
            mark = "" if graded is None else f"_{len(self._vocabularies) + 1}"
            self._vocabularies[key] = vocabulary(self._book, bands, mark)
        return self._vocabularies[key]

    def _result(self, index: int) -> EngineResult | None:
        """Return the engine's result of a row that only the engine can read."""
        line = self._card.lines[index]
        if self._is_blank or line.indicator.units or not self._book.weights.scored:
            return None
        held = self._held[index]
        is_late = held is not None and isinstance(held.method, Lateness)
        return settled(line, self._book, is_late=is_late)

    def _settled(self, index: int) -> dict[str, Formula | Value]:
        """Return the engine's result of a row, and what was filled in when it was given."""
        result = self._result(index)
        if result is None:
            return {}
        shown = self._form.filled.shown[index]
        cells = self._form.filled.rows[index]
        return {
            **{
                AS_IT_WAS[heading]: shown.get(content, "")
                for heading, content in TYPED.items()
                if heading in AS_IT_WAS and content in cells
            },
            "原得分": "" if result.points is None else result.points,
            "原因": result.reason if result.points is None else SETTLED,
        }

    def _names_of_open(self, rows: Sequence[RowResult]) -> Formula:
        """Write the names of the rows that lack points, of the first few below each other."""
        names: Formula = BLANK
        count: Formula = number(0)
        for index, (row, name) in enumerate(zip(rows, self._names, strict=True)):
            called = when(equal(name, BLANK), words(f"第{index + 1}个指标"), name)
            mark = when(equal(names, BLANK), BLANK, words("、"))
            is_named = both(equal(row.is_open, number(1)), above(number(FEW), count))
            added = when(is_named, joined(mark, called), BLANK)
            names = self._rows.put(index, "缺分的指标", joined(names, added))
            count = self._rows.put(index, "缺分序数", plus(count, row.is_open))
        return names

    def _named_lists(self) -> dict[str, str]:
        """Write the lists of words that formulas look into; return where each name stands."""
        spans = [span for one in self._vocabularies.values() for span in one]
        names = {name for one in self._plans.values() for name in one.lists}
        used = [one for one in WORD_LISTS if one.name in names]
        spans += [Span(one.name, one.words) for one in used]
        return {span.text: self._lists.listed(span.text, span.values).text for span in spans}

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


def _repeated(cell: Formula) -> Formula:
    """Return what a cell of the form holds; a reference alone would turn a blank into 0."""
    return Formula(f'IF({cell.text}="","",{cell.text})', cell.value)
