"""What each column of a form prints, by the content that the rulebook gives the column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from perfeval.cells.comparison import Outcome
from perfeval.cells.phrases import percent_word
from perfeval.cells.reading import read_cell
from perfeval.cells.signs import Sign, parse_sign
from perfeval.cells.values import Cell, CellError
from perfeval.documents import printed
from perfeval.documents.form.grid import Role
from perfeval.numbers import ZERO, percent, plain
from perfeval.rulebook import Form
from perfeval.rulebook.form import BudgetContent, HeaderField, IndicatorContent
from perfeval.scorecard import Line, Scorecard
from perfeval.sheet import Budget, FundRow, Indicator, Sheet, SubIndicator


class Entry(NamedTuple):
    """A row of indicators as a form shows it.

    Attributes:
        line: Its points.
        indicator: The indicator.
        contents: The contents of all the form's indicator columns.
        rate_digits: Decimals of a printed rate.
        omitted_signs: Signs for which the column of signs stays empty.
    """

    line: Line
    indicator: Indicator
    contents: frozenset[IndicatorContent]
    rate_digits: int
    omitted_signs: tuple[Sign | None, ...] = ()


class FormColumn(NamedTuple):
    """How a column prints a row of indicators."""

    role: Role
    text: Callable[[Entry], str]


def completion(indicator: Indicator, digits: int) -> str:
    """Return 完成率: the actual in percent of the target, blank where there is none."""
    pair = indicator.comparison
    if pair.outcome not in (Outcome.FIGURES, Outcome.RATE) or pair.target <= ZERO:
        return ""
    return percent(pair.actual, pair.target, digits)


def _sign(indicator: Indicator) -> Sign | None:
    """Return the sign that the author states, else the one printed with the target."""
    return indicator.sign or (indicator.target.sign if indicator.target else None)


def _target(entry: Entry) -> str:
    """Return the target as printed, less the sign and unit that have a column of their own."""
    cell = entry.indicator.target
    if cell is None:
        return ""
    text = cell.text
    if IndicatorContent.SIGN in entry.contents:
        text = _without_sign(cell, _sign(entry.indicator))
    if IndicatorContent.UNIT in entry.contents and not entry.indicator.unit:
        text = text.removesuffix(_printed_unit(cell)) or text
    return text


def _without_sign(cell: Cell, sign: Sign | None) -> str:
    """Return a target without its sign, a glyph (≥95%) or words (不低于95%, 95%以上)."""
    if sign is None:
        return cell.text
    figure = _without_words(cell) if cell.sign is sign else None
    if figure is not None:
        return figure
    for length in (3, 2, 1):
        if parse_sign(cell.text[:length]) is sign:
            return cell.text[length:].lstrip() or cell.text
    return cell.text


def _without_words(cell: Cell) -> str | None:
    """Return the figure of ``95%以上``, or ``None`` where its words say more than the sign."""
    if cell.number is None:
        return None
    figure = plain(cell.number) + cell.unit
    before, found, after = cell.text.partition(figure)
    if not found:
        return None
    try:
        words = read_cell(f"{before}1{after}")
    except CellError:  # a printed text that is no plain cell, beside a number that was given
        return None
    says_more = words.sign is not cell.sign or words.unit or len(words.assumptions) > bool(after)
    return None if says_more else figure


def _actual(entry: Entry) -> str:
    return entry.indicator.actual.text if entry.indicator.actual else ""


def _unit(entry: Entry) -> str:
    row = entry.indicator
    return row.unit or (_printed_unit(row.target) if row.target else "")


def _printed_unit(cell: Cell) -> str:
    """Return the unit as its cell has it: 个百分点, which is read as %, stays what it is."""
    is_printed = cell.unit in cell.text
    return cell.unit if is_printed else percent_word(cell.text) or cell.unit


def _symbol(entry: Entry) -> str:
    sign = _sign(entry.indicator)
    return "" if sign is None or sign in entry.omitted_signs else sign.value


def _reason_and_measure(entry: Entry) -> str:
    return "\n".join(filter(None, (entry.indicator.reason, entry.indicator.measure)))


INDICATOR_COLUMNS: dict[IndicatorContent, FormColumn] = {
    IndicatorContent.NAME: FormColumn(Role.TEXT, lambda entry: entry.indicator.name),
    IndicatorContent.SIGN: FormColumn(Role.VALUE, _symbol),
    IndicatorContent.TARGET: FormColumn(Role.VALUE, _target),
    IndicatorContent.UNIT: FormColumn(Role.VALUE, _unit),
    IndicatorContent.ACTUAL: FormColumn(Role.VALUE, _actual),
    IndicatorContent.COMPLETION: FormColumn(
        Role.VALUE, lambda entry: completion(entry.indicator, entry.rate_digits)
    ),
    IndicatorContent.WEIGHT: FormColumn(
        Role.VALUE, lambda entry: printed.weight(entry.line.weight)
    ),
    IndicatorContent.POINTS: FormColumn(Role.VALUE, lambda entry: printed.points(entry.line)),
    IndicatorContent.COEFFICIENT: FormColumn(
        Role.VALUE, lambda row: printed.coefficient(row.line, row.rate_digits)
    ),
    IndicatorContent.FILED: FormColumn(Role.VALUE, lambda entry: printed.amount(entry.line.filed)),
    IndicatorContent.REASON: FormColumn(Role.TEXT, lambda entry: entry.indicator.reason or ""),
    IndicatorContent.MEASURE: FormColumn(Role.TEXT, lambda entry: entry.indicator.measure or ""),
    IndicatorContent.REASON_AND_MEASURE: FormColumn(Role.TEXT, _reason_and_measure),
    IndicatorContent.BLANK: FormColumn(Role.VALUE, lambda _: ""),
}
"""The columns that print a cell for every indicator; 栏名, 一级指标 and 二级指标 merge cells."""


_PART_COLUMNS: dict[IndicatorContent, Callable[[SubIndicator], str]] = {
    IndicatorContent.NAME: lambda part: f"其中：{part.name}",
    IndicatorContent.TARGET: lambda part: part.target.text if part.target else "",
    IndicatorContent.ACTUAL: lambda part: part.actual.text if part.actual else "",
    IndicatorContent.WEIGHT: lambda part: printed.weight(part.weight),
    IndicatorContent.FILED: lambda part: printed.amount(part.filed),
}


def part_text(content: IndicatorContent, part: SubIndicator) -> str:
    """Return what a column prints for a child row (其中), which has no points of its own."""
    return _PART_COLUMNS[content](part) if content in _PART_COLUMNS else ""


def budget_text(content: BudgetContent, scorecard: Scorecard, form: Form) -> str:
    """Return what a column of the budget block prints in the row of the whole amount."""
    line, budget = scorecard.execution, scorecard.sheet.budget
    texts: dict[BudgetContent, Callable[[], str]] = {
        BudgetContent.WEIGHT: lambda: printed.weight(line.weight),
        BudgetContent.POINTS: lambda: printed.points(line),
        BudgetContent.REASON: lambda: budget.reason or "",
    }
    return texts[content]() if content in texts else _money(content, budget, scorecard.sheet, form)


def fund_text(content: BudgetContent, fund: FundRow | None, sheet: Sheet, form: Form) -> str:
    """Return what a column of the budget block prints for a kind of money, if there is any."""
    if content in (BudgetContent.WEIGHT, BudgetContent.POINTS):
        return form.no_points or ""
    return "" if fund is None else _money(content, fund, sheet, form)


def _money(content: BudgetContent, row: Budget | FundRow, sheet: Sheet, form: Form) -> str:
    """Return an amount of a row, or its execution rate.

    A form without a column for 年初预算数 prints it as the budget where there is no other.
    """
    if content == BudgetContent.RATE:
        return printed.execution_rate(row, form.rate_digits)
    has_original = any(column.content == BudgetContent.ORIGINAL for column in form.budget)
    planned = row.original if row.final is None and not has_original else row.final
    amounts = {
        BudgetContent.ORIGINAL: row.original,
        BudgetContent.FINAL: planned,
        BudgetContent.ARRIVED: row.arrived,
        BudgetContent.SPENT: row.spent,
    }
    return printed.money(amounts.get(content), sheet, form)


def execution_text(content: IndicatorContent, scorecard: Scorecard, form: Form) -> str:
    """Return what a column of indicators prints where the budget is the last of their rows."""
    line, budget = scorecard.execution, scorecard.sheet.budget
    texts: dict[IndicatorContent, Callable[[], str]] = {
        IndicatorContent.ACTUAL: lambda: printed.execution_rate(budget, form.rate_digits),
        IndicatorContent.WEIGHT: lambda: printed.weight(line.weight),
        IndicatorContent.POINTS: lambda: printed.points(line),
        IndicatorContent.COEFFICIENT: lambda: printed.coefficient(line, form.rate_digits),
        IndicatorContent.FILED: lambda: printed.amount(line.filed),
        IndicatorContent.REASON: lambda: budget.reason or "",
        IndicatorContent.REASON_AND_MEASURE: lambda: budget.reason or "",
    }
    return texts[content]() if content in texts else ""


def header_text(field: HeaderField | None, scorecard: Scorecard, form: Form) -> str:
    """Return a field that stands above or below the indicators."""
    sheet = scorecard.sheet
    texts: dict[HeaderField, Callable[[], str | None]] = {
        HeaderField.NAME: lambda: sheet.name,
        HeaderField.DEPARTMENT: lambda: sheet.department,
        HeaderField.UNIT: lambda: sheet.unit,
        HeaderField.YEAR: lambda: str(sheet.year),
        HeaderField.REPORTER: lambda: printed.reporter(sheet),
        HeaderField.GOAL: lambda: printed.goals(sheet),
        HeaderField.GOAL_ACTUAL: lambda: printed.results(sheet),
        HeaderField.REASON: lambda: reasons(scorecard, form),
        HeaderField.MEASURE: lambda: measures(sheet, form),
        HeaderField.FULL: lambda: printed.full(scorecard),
        HeaderField.CODE: lambda: sheet.project_code,
        HeaderField.FILED_ON: lambda: sheet.filed_on,
        HeaderField.TOTAL: lambda: printed.total(scorecard),
        HeaderField.GRADE: lambda: scorecard.grade,
    }
    return (texts[field]() or "") if field in texts else ""


LONG_FIELDS = frozenset(
    {HeaderField.GOAL, HeaderField.GOAL_ACTUAL, HeaderField.REASON, HeaderField.MEASURE}
)
_REASONS = frozenset({IndicatorContent.REASON, IndicatorContent.REASON_AND_MEASURE})
_MEASURES = frozenset({IndicatorContent.MEASURE, IndicatorContent.REASON_AND_MEASURE})


def reasons(scorecard: Scorecard, form: Form) -> str:
    """Return 原因分析: the sheet's own, and those of rows for which the form has no column."""
    sheet = scorecard.sheet
    contents = {column.content for column in form.indicators}
    has_column = bool(_REASONS & contents)
    texts = [sheet.reason]
    in_budget = any(column.content == BudgetContent.REASON for column in form.budget)
    if sheet.budget.reason and not in_budget and not (form.execution_row and has_column):
        texts.append(f"{scorecard.execution.name}：{sheet.budget.reason}")
    if not has_column:
        texts += (f"{row.name}：{row.reason}" for row in sheet.indicators if row.reason)
    return "\n".join(filter(None, texts))


def measures(sheet: Sheet, form: Form) -> str:
    """Return 改进措施: the sheet's own, and those of rows for which the form has no column."""
    texts = [sheet.measure]
    if not _MEASURES & {column.content for column in form.indicators}:
        texts += (f"{row.name}：{row.measure}" for row in sheet.indicators if row.measure)
    return "\n".join(filter(None, texts))


def texts_below(scorecard: Scorecard, form: Form) -> Iterator[str]:
    """Yield the reasons and measures for which a form has no cell; they stand below its table."""
    fields = {cell.field for _, rows in form.blocks for cells in rows for cell in cells}
    reason = "" if HeaderField.REASON in fields else reasons(scorecard, form)
    measure = "" if HeaderField.MEASURE in fields else measures(scorecard.sheet, form)
    for word, text in (("偏差原因分析", reason), ("改进措施", measure)):
        if text:
            yield f"{word}：{text}"
