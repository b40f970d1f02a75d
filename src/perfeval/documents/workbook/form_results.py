"""The rest of the form: headings that follow what is filled in, points, sums and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.documents.form.asides import CONFIRMED, AsideName
from perfeval.documents.form.columns import texts_below
from perfeval.documents.form.unplaced import below_any, notes_below
from perfeval.documents.printed import UNSCORED
from perfeval.documents.workbook.execution import (
    BudgetCells,
    BudgetResult,
    base_of,
    percent_text,
    rate_text,
)
from perfeval.documents.workbook.form_page import FormPage
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    above,
    both,
    chosen,
    differs,
    equal,
    exact,
    is_number,
    joined,
    number,
    plus,
    when,
    words,
)
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.methods import rounded_points
from perfeval.documents.workbook.page import Area, CellLook, Content, digits_format
from perfeval.documents.workbook.rows import COUNTED, JUDGED, RATED, UNAPPLIED, RowResult
from perfeval.documents.workbook.table_cells import LABEL, TableBlock, TableCell
from perfeval.documents.workbook.totals import Sums, summary, total_digits
from perfeval.numbers import ZERO, subtract, trimmed
from perfeval.rulebook.form import BudgetContent, HeaderField, IndicatorContent
from perfeval.scorecard import Line, Scorecard

_MERGED = (
    IndicatorContent.BLOCK_NAME,
    IndicatorContent.SECTION,
    IndicatorContent.ASPECT,
    BudgetContent.FUND_NAME,
)
_NIL = number(ZERO)
_MONEY = (BudgetContent.ORIGINAL, BudgetContent.FINAL, BudgetContent.SPENT)
_LABEL = CellLook("label")
_RESULT = CellLook("value")
_NOTE = CellLook("note", "left", has_border=False)
_TYPED_NOTE = _NOTE._replace(format="@", is_open=True)
_HINT = CellLook("hint", "left", has_border=False)
_HOW = "浅色的格由您填写，其余自动计算；不会填的，点一下格子看旁边的提示。打印时只印下面的表。"
_UNTOUCHED = "沿用上年、尚未确认的还有 "
_TOUCH = " 格（斜体）：核对后改写，或者在右边“上年内容”栏改选“已确认”。"
_ALL_TOUCHED = "沿用上年的内容已经全部改写或确认。"


class Results(NamedTuple):
    """What the hidden sheets have worked out."""

    rows: Sequence[RowResult]
    spent: BudgetResult
    sums: Sums


class ResultCells:
    """Writes results, headings and notes into the form."""

    def __init__(
        self, form_page: FormPage, card: Scorecard, results: Results, *, is_blank: bool
    ) -> None:
        self._form_page = form_page
        self._page = form_page.page
        self._card = card
        self._form = card.form
        self._book = card.rulebook
        self._rows, self._spent, self._sums = results
        self._is_blank = is_blank

    def write(self) -> None:
        """Write everything that is not filled in."""
        for item in self._form_page.table_cells:
            area = self._form_page.area(item)
            if (area.row, area.column) not in self._page.areas:
                content, look = self._content(item)
                self._page.write(area, content, look)
        self._write_heads()
        self._write_asides()
        self._mark_sections()
        self._write_below()

    # -- the table -----------------------------------------------------------------------------

    def _content(self, item: TableCell) -> tuple[Content, CellLook]:
        """Return content and look of a cell of the table."""
        if item.content == LABEL or item.block in (TableBlock.BUDGET_HEADING, TableBlock.HEADING):
            return self._label(item), _LABEL
        if item.content in _MERGED:
            return self._merged(item), _LABEL
        results: dict[str, Callable[[TableCell], tuple[Content, CellLook]]] = {
            HeaderField.TOTAL: self._total,
            HeaderField.GRADE: lambda _: (self._sums.grade, _RESULT),
            BudgetContent.RATE: self._rate,
            IndicatorContent.POINTS: self._points,
            IndicatorContent.COEFFICIENT: self._coefficient,
            IndicatorContent.COMPLETION: self._completion,
            IndicatorContent.ACTUAL: self._rate,
        }
        if (
            item.block
            in (TableBlock.FORM, TableBlock.BUDGET, TableBlock.INDICATOR, TableBlock.EXECUTION)
            and item.content in results
        ):
            return results[item.content](item)
        if item.block is TableBlock.FUND and item.content == BudgetContent.RATE:
            return self._rate(item)
        return self._static(item), _RESULT

    def _static(self, item: TableCell) -> Content:
        """Return the content of a cell that is no result: a fixed text, or a copy of an input."""
        if (
            item.block in (TableBlock.BUDGET, TableBlock.EXECUTION)
            and item.content == IndicatorContent.WEIGHT
        ):
            weight = self._card.execution.weight
            return "" if weight is None else weight
        known = self._known(item)
        return item.cell.text if known is None else known

    def _known(self, item: TableCell) -> Formula | None:
        """Return a reference to the input with the same content elsewhere in the form."""
        filled = self._form_page.filled
        if item.block is TableBlock.INDICATOR:
            source = filled.rows[item.number].get(item.content) if filled.rows else None
        else:
            source = {**filled.fields, **filled.money}.get(item.content)
        return None if source is None else when(equal(source, BLANK), BLANK, source)

    def _label(self, item: TableCell) -> Content:
        weights = self._book.weights
        rest = trimmed(subtract(weights.full, weights.execution))
        weight = rest if item.block is TableBlock.HEADING else trimmed(weights.execution)
        if item.content == IndicatorContent.BLOCK_NAME:
            return self._block_name(item)
        return self._form_page.text(item.template, {"分值": words(weight)})

    def _merged(self, item: TableCell) -> Content:
        if item.content == IndicatorContent.SECTION:
            return self._section_name(item)
        if item.content == IndicatorContent.BLOCK_NAME:
            return self._block_name(item)
        if item.block is TableBlock.BUDGET:
            return self._form_page.text(item.template, {})
        return item.cell.text

    def _goal_of(self, index: int) -> int | None:
        """Return the goal beside which a row stands, in a form that shows goals."""
        rows = self._card.sheet.indicators
        if self._form.goal_heading is None or not rows:
            return None
        goal = rows[index].goal
        return goal if goal is not None and goal <= len(self._card.sheet.goals) else None

    def _block_name(self, item: TableCell) -> Content:
        """Return 栏名: of all indicators, or of one goal with its weight."""
        weights = self._book.weights
        goal = self._goal_of(item.number)
        if goal is None:
            rest = words(trimmed(subtract(weights.full, weights.execution)))
            return self._form_page.text(item.template, {"分值": rest})
        weight = self._form_page.filled.goals[goal - 1]
        more = {"序号": words(str(goal)), "分值": weight}
        return self._form_page.text(self._form.goal_heading, more)

    def _section_name(self, item: TableCell) -> Content:
        """Return a section with the sum of its weights."""
        section = self._card.sheet.indicators[item.number].section
        goal = self._goal_of(item.number)
        weight = self._sums.weights[section.key]
        if goal is not None:
            weight = self._sums.goal_weights[goal, section.key]
        label = words(section.label)
        more = {"一级指标": label, "分值": weight}
        heading = self._form.section_heading
        if "\n" not in heading:  # the column is narrow, and no program breaks the line here
            heading = heading.replace("（{分值}", "\n（{分值}")
        filled = self._form_page.text(heading, more)
        if not isinstance(filled, Formula):
            return filled
        return when(above(weight, _NIL), filled, label)

    # -- points --------------------------------------------------------------------------------

    def _total(self, _: TableCell) -> tuple[Content, CellLook]:
        total = self._sums.total
        shown = when(is_number(total), total, words(UNSCORED))
        engine = UNSCORED if self._card.total is None else self._card.total
        content = shown if self._is_blank else shown.showing(engine)
        return content, CellLook("result", format=digits_format(total_digits(self._book)))

    def _points(self, item: TableCell) -> tuple[Content, CellLook]:
        if item.block in (TableBlock.BUDGET, TableBlock.EXECUTION):
            return self._shown(self._spent.points, self._card.execution, BLANK)
        return self._row_points(item.number)

    def _row_points(self, index: int) -> tuple[Content, CellLook]:
        row = self._rows[index]
        left_out = when(equal(row.way, words(UNAPPLIED)), words(UNAPPLIED), BLANK)
        return self._shown(row.points, self._card.lines[index], left_out)

    def _shown(self, points: Formula, line: Line, otherwise: Formula) -> tuple[Content, CellLook]:
        """Return points as the form prints them; the cached value is the engine's."""
        printing = self._book.rounding.printed
        limit = number(ZERO if line.weight is None else line.weight)
        rounding = printing or self._book.rounding.row
        shown = points if printing is None else rounded_points(points, limit, printing)
        formula = when(equal(points, BLANK), otherwise, shown)
        if not self._is_blank and line.shown is not None:
            formula = formula.showing(line.shown)
        return formula, CellLook("result", format=digits_format(rounding.digits))

    def _coefficient(self, item: TableCell) -> tuple[Content, CellLook]:
        """Return 得分系数: the points before rounding in percent of the weight."""
        points, weight = self._spent.exact, number(self._book.weights.execution)
        if item.block is TableBlock.INDICATOR:
            points, weight = self._rows[item.number].exact, self._rows[item.number].weight
        share = percent_text(points, weight, self._form.rate_digits)
        positive = when(above(weight, _NIL), share, BLANK)
        return when(equal(points, BLANK), BLANK, positive), _RESULT

    def _completion(self, item: TableCell) -> tuple[Content, CellLook]:
        """Return 完成率: the actual in percent of the target."""
        if item.block is not TableBlock.INDICATOR:
            return item.cell.text, _RESULT
        row = self._rows[item.number]
        digits = self._form.rate_digits
        whole = number(100)
        figures = when(above(row.target, _NIL), percent_text(row.actual, row.target, digits), BLANK)
        return chosen(
            [
                (equal(row.way, words(COUNTED)), figures),
                (equal(row.way, words(RATED)), percent_text(row.actual, whole, digits)),
            ],
            BLANK,
        ), _RESULT

    def _rate(self, item: TableCell) -> tuple[Content, CellLook]:
        """Return 执行率 of the whole amount, or of one kind of money."""
        digits = self._form.rate_digits
        if item.block is not TableBlock.FUND:
            return rate_text(self._spent.base, self._spent.spent, digits), _RESULT
        cells = self._form_page.filled.funds.get(item.number, {})
        money = BudgetCells(*(cells.get(name, BLANK) for name in _MONEY))
        return rate_text(base_of(money), money.spent, digits), _RESULT

    # -- above, beside and below ---------------------------------------------------------------

    def _write_heads(self) -> None:
        """Write the lines above the table, and its title."""
        width = len(self._form.indicators)
        book = self._book
        caveat = f"{self._card.sheet.caveat}。" if self._card.sheet.unconfirmed else ""
        how = f"{caveat}{_HOW}评分办法：{book.name}（{book.id} {book.version}）"
        self._page.write(Area(0, 0, 1, width), how, _HINT)
        sections = [part.name for part in self._card.sheet.sections.values()]
        said = summary(self._sums, self._spent, book, sections)
        status = Area(1, 0, 1, width)
        self._page.write(status, said, CellLook("status", "left", "panel", has_border=False))
        self._page.mark(status, differs(self._sums.misfit, BLANK), "alert")
        top = self._form_page.top
        title = self._form_page.text(self._form.title, {})
        self._page.write(Area(top, 0, 1, width), title, CellLook("title", has_border=False))
        half = max(width // 2, 1)
        left = self._form_page.text(self._form.above_left, {})
        self._page.write(
            Area(top + 1, 0, 1, half), left, CellLook("line", "left", has_border=False)
        )
        if width > half:
            right = self._form_page.text(self._form.above_right, {})
            self._page.write(
                Area(top + 1, half, 1, width - half),
                right,
                CellLook("line", "right", has_border=False),
            )

    def _write_asides(self) -> None:
        """Write the headings and results beside the table."""
        heads = [item for item in self._form_page.table_cells if item.block is TableBlock.HEADING]
        first = self._form_page.area(heads[0]).row
        last = self._form_page.area(heads[-1]).row
        for aside in self._form_page.asides_needed():
            area = Area(first, self._form_page.asides[aside.content], last - first + 1)
            self._page.write(area, aside.heading, CellLook("label", fill="panel"))
        column = self._form_page.asides[AsideName.REMARK]
        for index, row in enumerate(self._rows):
            at = self._form_page.rows[index]
            self._page.write(Area(at, column), row.remark, CellLook("hint", "left"))
            self._mark_row(index, row, Area(at, column))
            if IndicatorContent.POINTS in self._form_page.asides:
                content, look = self._row_points(index)
                self._page.write(
                    Area(at, self._form_page.asides[IndicatorContent.POINTS]), content, look
                )
        self._write_budget_reason(column)

    def _mark_row(self, index: int, row: RowResult, remark: Area) -> None:
        """Mark a row that is filled in and has no points, and a judgement that does not count."""
        cells = self._form_page.filled.rows[index]
        is_lacking = both(
            equal(row.is_open, number(1)), differs(cells[IndicatorContent.ACTUAL], BLANK)
        )
        self._page.mark(remark, is_lacking, "alert")
        judged = cells[IndicatorContent.FILED]
        is_idle = both(differs(judged, BLANK), differs(row.way, words(JUDGED)))
        self._page.mark(self._form_page.area_of(judged), is_idle, "idle")

    def _write_budget_reason(self, column: int) -> None:
        for item in self._form_page.table_cells:
            if item.block in (TableBlock.BUDGET, TableBlock.EXECUTION):
                first = min(self._form_page.asides.values())
                area = Area(self._form_page.area(item).row, first, 1, column - first + 1)
                self._page.write(area, self._spent.reason, _HINT)
                self._page.mark(area, is_number(self._spent.spent), "alert")
                return

    def _mark_sections(self) -> None:
        """Mark the name of a section in red while its weights do not add up."""
        for item in self._form_page.table_cells:
            if item.block is TableBlock.INDICATOR and item.content == IndicatorContent.SECTION:
                section = self._card.sheet.indicators[item.number].section
                fault = self._sums.faults[section.key]
                self._page.mark(self._form_page.area(item), differs(fault, _NIL), "alert")

    def _write_below(self) -> None:
        """Write why there is no total, how it came about, notes, reasons without a cell, names."""
        width = len(self._form.indicators)
        row = self._form_page.below
        typed = (*texts_below(self._card, self._form), *below_any(self._card))
        self._form_page.typed_below = typed
        lines: list[tuple[Content, CellLook]] = [
            (self._why_line(), _NOTE),
            (joined(self._sums.remark, self._original_note()), _NOTE),
            *((self._form_page.text(note, {}), _NOTE) for note in notes_below(self._card)),
            *((text, _TYPED_NOTE) for text in typed),
        ]
        self._page.mark(Area(row, 0, 1, width), differs(self._sums.misfit, BLANK), "alert")
        for content, look in lines:
            self._page.write(Area(row, 0, 1, width), content, look)
            row += 1
        self._write_signatures(row)

    def _why_line(self) -> Formula:
        return when(equal(self._sums.why, BLANK), BLANK, joined(self._sums.why, words("。")))

    def _original_note(self) -> Formula:
        """Say that the budget is the original one, where the form shows it as the final one."""
        budget = self._card.sheet.budget
        contents = {column.content for column in self._form.budget}
        is_original = budget.final is None and budget.original is not None
        cell = self._form_page.filled.money.get(BudgetContent.FINAL)
        if not is_original or cell is None or BudgetContent.ORIGINAL in contents:
            return BLANK
        return when(equal(cell, number(_amount(cell))), words("注：预算数为年初预算数。"), BLANK)

    def _write_signatures(self, row: int) -> None:
        who = self._form.signatures
        width = len(self._form.indicators)
        for place, text in enumerate(who[:width]):
            start, end = (width * at // len(who[:width]) for at in (place, place + 1))
            content = self._form_page.text(text, {})
            look = CellLook("line", "left", has_border=False, is_open=True)
            self._page.write(Area(row, start, 1, end - start), content, look)


def _amount(cell: Formula) -> Decimal:
    return cell.value if isinstance(cell.value, Decimal) else ZERO


def mark_suggestions(
    form_page: FormPage, sheet: HiddenSheet, suggested: Sequence[frozenset[str]]
) -> None:
    """Mark what was taken over from last year until it is changed or confirmed, and count it."""
    counts: list[Formula] = []
    for index, contents in enumerate(suggested):
        cells = form_page.filled.rows[index]
        untouched = []
        for content in sorted(contents & cells.keys()):
            counted = _mark(form_page, sheet, index, content, cells)
            untouched.append(counted)
        if untouched:
            counts.append(sheet.put(index, "未确认", plus(_NIL, *untouched)))
    left = sheet.append("未确认的格数", plus(_NIL, *counts))
    said = joined(words(_UNTOUCHED), left, words(_TOUCH))
    line = when(equal(left, _NIL), words(_ALL_TOUCHED), said)
    area = Area(2, 0, 1, len(form_page.page.widths) - len(form_page.asides) - 1)
    form_page.page.write(area, line, CellLook("suggested", "left", has_border=False))


def _mark(
    form_page: FormPage, sheet: HiddenSheet, index: int, content: str, cells: Mapping[str, Formula]
) -> Formula:
    """Mark one cell; return a formula that is 1 until it is changed or confirmed."""
    kept = sheet.keep(index, f"上年{content}", form_page.filled.shown[index][content])
    is_same = both(
        differs(cells[AsideName.CONFIRMED], words(CONFIRMED)), exact(cells[content], kept)
    )
    form_page.page.mark(form_page.area_of(cells[content]), is_same, "suggested")
    return when(is_same, number(1), _NIL)
