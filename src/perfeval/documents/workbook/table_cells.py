"""What each cell of the printed table is: a label, something to fill in, or a result."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from perfeval.documents.form.grid import GridCell, Table
from perfeval.rulebook import BudgetColumn, Form, FormCell, IndicatorColumn
from perfeval.rulebook.form import BudgetContent, HeaderField, IndicatorContent
from perfeval.sheet import Sheet

LABEL = "标签"
"""The content of a cell whose text the form itself gives."""
_NAMES = (IndicatorContent.SECTION, IndicatorContent.ASPECT, IndicatorContent.NAME)


class TableBlock(Enum):
    """The parts of the printed table, by what their cells hold."""

    FORM = "fields above, between and below"
    BOXES = "boxes to tick"
    BUDGET_HEADING = "headings of the budget"
    BUDGET = "the whole amount"
    FUND = "a kind of money"
    HEADING = "headings of the indicators"
    INDICATOR = "an indicator"
    CHILD = "a child row"
    EXECUTION = "the budget as the last row of the indicators"


class TableCell(NamedTuple):
    """A cell of the table, and what it is.

    Attributes:
        cell: Its place, text and role.
        block: The part of the table in which it stands.
        content: What the form puts there: `LABEL`, a field, or the content of a column.
        template: The text with names in braces, for labels and headings.
        number: Which indicator or kind of money it belongs to.
    """

    cell: GridCell
    block: TableBlock
    content: str
    template: str = ""
    number: int = 0


def table_cells_of(table: Table, form: Form, sheet: Sheet) -> Iterator[TableCell]:
    """Yield every cell of a table with what it is.

    Args:
        table: The table, laid out in the form.
        form: The form.
        sheet: The sheet that was laid out.
    """
    rows = iter(table.rows)
    for cells in form.header:
        yield from _form_cells(next(rows), cells)
    if form.budget:
        yield from _budget_cells(rows, form, _fund_rows(table, form, sheet))
    for cells in form.middle:
        yield from _form_cells(next(rows), cells)
    yield from _heading_cells(rows, form)
    yield from _indicator_cells(rows, form, sheet)
    if form.execution_row is not None:
        yield from _execution_cells(next(rows), form)
    for cells in form.footer:
        yield from _form_cells(next(rows), cells)


def _form_cells(
    cells: tuple[GridCell, ...], form_cells: tuple[FormCell, ...]
) -> Iterator[TableCell]:
    for cell, meant in zip(cells, form_cells, strict=True):
        if meant.label is not None:
            yield TableCell(cell, TableBlock.FORM, LABEL, meant.label)
        elif meant.boxes is not None:
            yield TableCell(cell, TableBlock.BOXES, meant.boxes)
        else:
            yield TableCell(cell, TableBlock.FORM, meant.field or HeaderField.BLANK)


def _fund_rows(table: Table, form: Form, sheet: Sheet) -> int:
    """Return how many kinds of money are printed: the rows that are nothing else."""
    indicators = sum(1 + len(row.parts) for row in sheet.indicators) or 1
    others = len(form.header) + len(form.middle) + len(form.footer)
    return len(table.rows) - others - indicators - 2 - _depth(form) - bool(form.execution_row)


def _depth(form: Form) -> int:
    return 2 if any(column.group for column in form.indicators) else 1


def _budget_cells(
    rows: Iterator[tuple[GridCell, ...]], form: Form, funds: int
) -> Iterator[TableCell]:
    for cell, column in zip(next(rows), form.budget, strict=True):
        yield TableCell(cell, TableBlock.BUDGET_HEADING, LABEL, column.heading or "")
    amounts = [column for column in form.budget if column.content != BudgetContent.BLOCK_NAME]
    for cell, column in zip(next(rows), amounts, strict=True):
        yield TableCell(cell, TableBlock.BUDGET, column.content, _row_name(column, form))
    for index in range(funds):
        for cell, column in zip(next(rows), amounts, strict=True):
            yield TableCell(cell, TableBlock.FUND, column.content, number=index)


def _row_name(column: BudgetColumn, form: Form) -> str:
    return form.budget_row if column.content == BudgetContent.FUND_NAME else ""


def _heading_cells(rows: Iterator[tuple[GridCell, ...]], form: Form) -> Iterator[TableCell]:
    for level in range(_depth(form)):
        for cell in next(rows):
            column = form.indicators[cell.column]
            is_group = level == 0 and column.group is not None
            text = column.group if is_group else column.heading
            content = column.content if column.content == IndicatorContent.BLOCK_NAME else LABEL
            yield TableCell(cell, TableBlock.HEADING, content, text or "")


def _indicator_cells(
    rows: Iterator[tuple[GridCell, ...]], form: Form, sheet: Sheet
) -> Iterator[TableCell]:
    if not sheet.indicators:
        for cell in next(rows):
            yield TableCell(cell, TableBlock.INDICATOR, LABEL, cell.text)
    for index, indicator in enumerate(sheet.indicators):
        for cell in next(rows):
            yield TableCell(
                cell, TableBlock.INDICATOR, _content(form, cell), _heading(form, cell), index
            )
        for _ in indicator.parts:
            for cell in next(rows):
                yield TableCell(cell, TableBlock.CHILD, _content(form, cell), number=index)


def _column(form: Form, cell: GridCell) -> IndicatorColumn:
    return form.indicators[cell.column]


def _content(form: Form, cell: GridCell) -> IndicatorContent:
    return _column(form, cell).content


def _heading(form: Form, cell: GridCell) -> str:
    return _column(form, cell).heading or ""


def _execution_cells(cells: tuple[GridCell, ...], form: Form) -> Iterator[TableCell]:
    for cell in cells:
        is_name = cell.colspan > 1 or _content(form, cell) in _NAMES
        content = LABEL if is_name else _content(form, cell)
        yield TableCell(
            cell, TableBlock.EXECUTION, content, form.execution_row or "" if is_name else ""
        )
