"""What the rulebook's own form prints, and another place's form has no cell for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfeval.documents.form.columns import (
    INDICATOR_COLUMNS,
    Entry,
    budget_text,
    fund_text,
    header_text,
)
from perfeval.numbers import trimmed
from perfeval.rulebook import Form
from perfeval.rulebook.form import BudgetContent, HeaderField, IndicatorContent
from perfeval.scorecard import Scorecard
from perfeval.sheet import Indicator, UnitResult

_ELSEWHERE = {HeaderField.REASON, HeaderField.MEASURE, HeaderField.BLANK, HeaderField.FULL}
"""Texts that stand below any table that has no cell for them, and what is not the sheet's."""
_IN_TITLES = {
    HeaderField.YEAR: "{年度}",
    HeaderField.NAME: "{项目名称}",
    HeaderField.REPORTER: "{部门名称}",
}
_HEADINGS = {IndicatorContent.SECTION, IndicatorContent.ASPECT}
_WITH_TARGET = {IndicatorContent.SIGN, IndicatorContent.UNIT}
"""A target prints its sign and its unit where these have no column."""
_BELOW = {
    IndicatorContent.REASON,
    IndicatorContent.MEASURE,
    IndicatorContent.REASON_AND_MEASURE,
}
_NO_CONTENT = {IndicatorContent.BLOCK_NAME, IndicatorContent.BLANK}
_CLOSING = {
    BudgetContent.RATE: IndicatorContent.ACTUAL,
    BudgetContent.WEIGHT: IndicatorContent.WEIGHT,
    BudgetContent.POINTS: IndicatorContent.POINTS,
}
"""Where the budget closes the list of indicators, the columns that hold its figures."""
_NO_AMOUNT = {
    BudgetContent.BLOCK_NAME,
    BudgetContent.FUND_NAME,
    BudgetContent.REASON,
    BudgetContent.BLANK,
}


def notes_below(card: Scorecard) -> tuple[str, ...]:
    """Return the notes of the form; rules of scoring are those by which the sheet was scored."""
    if card.layout is None or card.layout.id == card.own_form.id:
        return card.form.notes
    return (*card.own_form.rules_below, *card.layout.filling_notes)


def unplaced(card: Scorecard) -> Iterator[str]:
    """Yield lines for below the table: by what it was scored, and what found no place in it.

    Args:
        card: The points; its own form has a place for all but what `_without_column` yields.
    """
    lines = list(_without_column(card))
    if card.layout is not None:
        form = card.layout_name or card.layout.id
        yield f"注：得分按“{card.rulebook.name}”计算，表式用“{form}”所附的表。"
        lines = [*_header(card), *_budget(card), *_funds(card), *_indicators(card), *lines]
    yield from _headed(lines)


def below_any(card: Scorecard) -> Iterator[str]:
    """Yield what no form has a column for, for below the table of any."""
    yield from _headed(list(_without_column(card)))


def _headed(lines: list[str]) -> Iterator[str]:
    if lines:
        yield "注：表上没有下列内容的位置，列在这里："
        yield from lines


def _without_column(card: Scorecard) -> Iterator[str]:
    """Yield what a sheet may hold and no form has a column for: 复核分, 扣减分数, 分单位."""
    rows = card.sheet.indicators
    total = card.reviewed_total
    parts = [f"总分 {trimmed(total)}"] if total is not None else []
    points = ((line.name, line.reviewed) for line in card.rows)
    parts += (f"{name} {trimmed(value)}" for name, value in points if value is not None)
    if parts:
        yield f"复核分：{'；'.join(parts)}"
    parts = [f"{row.name} {trimmed(row.deduction)}" for row in rows if row.deduction is not None]
    if parts:
        yield f"扣减分数：{'；'.join(parts)}"
    for row in rows:
        if row.units:
            yield f"“{row.name}”分单位：{'；'.join(map(_unit_result, row.units))}"


def _unit_result(part: UnitResult) -> str:
    """Return what one unit planned and did."""
    figures = (
        ("资金", part.money is not None and trimmed(part.money)),
        ("目标值", part.target and part.target.text),
        ("完成值", part.actual and part.actual.text),
        ("已填报得分", part.filed is not None and trimmed(part.filed)),
    )
    told = (f"{word} {text}" for word, text in figures if text)
    return f"{part.unit}（{'，'.join(told)}）"


def _fields(form: Form) -> list[HeaderField]:
    """Return the fields above and below the indicators, as they stand."""
    cells = (cell for _, rows in form.blocks for cells in rows for cell in cells)
    return list(dict.fromkeys(cell.field for cell in cells if cell.field is not None))


def _header(card: Scorecard) -> Iterator[str]:
    own, form = card.own_form, card.form
    titles = "".join(filter(None, (form.title, form.above_left, form.above_right)))
    there = {*_fields(form), *_ELSEWHERE}
    there |= {field for field, mark in _IN_TITLES.items() if mark in titles}
    for field in _fields(own):
        text = "" if field in there else header_text(field, card, own)
        if text:
            yield f"{field.value}：{text}"
    sheet = card.sheet
    boxes = {cell.boxes for _, rows in form.blocks for cells in rows for cell in cells}
    ticked = zip(own.options, (sheet.category, sheet.attribute, sheet.type), strict=False)
    yield from (f"{name}：{value}" for name, value in ticked if value and name not in boxes)


def _missing(card: Scorecard) -> list[BudgetContent]:
    """Return what the own form prints of the budget, and the layout neither beside nor below."""
    form = card.form
    there = {column.content for column in form.budget} | _NO_AMOUNT
    if form.execution_row is not None:
        columns = {column.content for column in form.indicators}
        there |= {content for content, column in _CLOSING.items() if column in columns}
    if BudgetContent.FINAL in there:  # prints what was planned where there is no other column
        budget = card.sheet.budget
        there |= {BudgetContent.ORIGINAL} if budget.final is None else set()
    own = [*(column.content for column in card.own_form.budget), *_closing(card.own_form)]
    return [content for content in dict.fromkeys(own) if content not in there]


def _closing(form: Form) -> Iterator[BudgetContent]:
    if form.execution_row is not None:
        columns = {column.content for column in form.indicators}
        yield from (content for content, column in _CLOSING.items() if column in columns)


def _budget(card: Scorecard) -> Iterator[str]:
    for content in _missing(card):
        text = budget_text(content, card, card.own_form)
        if text:
            yield f"预算执行{content.value}：{text}"


def _funds(card: Scorecard) -> Iterator[str]:
    """Yield the amounts of each kind of money that the layout does not print."""
    form, own = card.form, card.own_form
    has_names = any(column.content == BudgetContent.FUND_NAME for column in form.budget)
    printed = {column.content for column in own.budget} - _NO_AMOUNT
    missing = _missing(card) if has_names else list(BudgetContent)
    for fund in card.sheet.budget.funds:
        texts = [
            f"{content.value} {text}"
            for content in missing
            if content in printed and content not in (BudgetContent.WEIGHT, BudgetContent.POINTS)
            if (text := fund_text(content, fund, card.sheet, own))
        ]
        if texts or not has_names:
            yield f"资金“{fund.name}”：{'，'.join(texts)}"


def _indicators(card: Scorecard) -> Iterator[str]:
    """Yield for each column that the layout lacks what it holds, indicator by indicator."""
    own = frozenset(column.content for column in card.own_form.indicators)
    there = {column.content for column in card.form.indicators}
    there |= _BELOW | _WITH_TARGET | _NO_CONTENT
    columns = [column.content for column in card.own_form.indicators]
    # a form that prints the weight of a section only would leave it out here
    for content in dict.fromkeys((*columns, IndicatorContent.WEIGHT, IndicatorContent.POINTS)):
        if content in there:
            continue
        texts = [
            f"{entry.indicator.name} {text}"
            for entry in _entries(card, own)
            if (text := _printer(content)(entry))
        ]
        if texts:
            yield f"{content.value}：{'；'.join(texts)}"


def _entries(card: Scorecard, contents: frozenset[IndicatorContent]) -> Iterator[Entry]:
    for line in card.lines:
        yield Entry(line, line.indicator, contents, card.own_form.rate_digits)


def _printer(content: IndicatorContent) -> Callable[[Entry], str]:
    if content in _HEADINGS:
        return lambda entry: _heading(content, entry.indicator)
    return INDICATOR_COLUMNS[content].text


def _heading(content: IndicatorContent, row: Indicator) -> str:
    return (row.section if content is IndicatorContent.SECTION else row.aspect).label
