"""The 自评表 as a grid, laid out by the form (表式) of the rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perfeval._resources import __version__
from perfeval.documents import printed
from perfeval.documents.charts import points_chart
from perfeval.documents.form.columns import (
    LONG_FIELDS,
    budget_text,
    fund_text,
    header_text,
    texts_below,
)
from perfeval.documents.form.grid import GridPart, GridRow, Role, Table, place
from perfeval.documents.form.indicator_rows import IndicatorRows
from perfeval.documents.form.unplaced import notes_below, unplaced
from perfeval.numbers import trimmed
from perfeval.rulebook import BudgetColumn, FormCell
from perfeval.rulebook.form import BoxName, BudgetContent
from perfeval.scorecard import Scorecard
from perfeval.sheet import FundRow


def lay_out(scorecard: Scorecard, *, charts: bool = False) -> Table:
    """Lay out the 自评表.

    Args:
        scorecard: The points, with their sheet; its form says which cells the table has.
        charts: Whether the points of the sections are drawn below it.

    Returns:
        The table.

    Raises:
        RenderError: A row of the form does not fill the table's width.
    """
    table = _Layout(scorecard).table()
    return table._replace(chart=points_chart(scorecard)) if charts else table


class _FundLine(NamedTuple):
    """A row of the budget block: a kind of money, or the heading of a division of the money."""

    name: str
    fund: FundRow | None = None
    is_heading: bool = False


class _Layout:
    """One sheet in one form."""

    def __init__(self, scorecard: Scorecard) -> None:
        self._scorecard = scorecard
        self._sheet = scorecard.sheet
        self._weights = scorecard.rulebook.weights
        self._form = scorecard.form
        full = trimmed(self._weights.full)
        self._names = {**printed.names(scorecard.sheet, self._form), "满分": full}

    def table(self) -> Table:
        """Return the whole table."""
        form = self._form
        rows = [
            *self._form_rows("表头", form.header),
            *self._budget_rows(),
            *self._form_rows("中部", form.middle),
            *IndicatorRows(self._scorecard, self._weights, form, self._names).rows(),
            *self._form_rows("表尾", form.footer),
        ]
        return Table(
            title=self._filled(form.title),
            above_left=self._filled(form.above_left),
            above_right=self._filled(form.above_right),
            widths=form.widths,
            rows=place(rows, len(form.indicators)),
            notes=(*map(self._filled, notes_below(self._scorecard)), *self._remarks()),
            signatures=tuple(map(self._filled, form.signatures)),
            landscape=form.landscape,
            stamp=f"perfeval {__version__}; {self._scorecard.stamp}",
            draft=self._sheet.caveat,
        )

    def _filled(self, text: str | None, **more: str) -> str:
        return printed.fill(text, self._names | more)

    # -- above and below the indicators --------------------------------------------------------

    def _form_rows(self, block: str, rows: Iterable[tuple[FormCell, ...]]) -> Iterator[GridRow]:
        for number, cells in enumerate(rows, 1):
            yield GridRow(f"{block}第 {number} 行", tuple(map(self._form_part, cells)))

    def _form_part(self, cell: FormCell) -> GridPart:
        if cell.label is not None:
            return GridPart(self._filled(cell.label), Role.LABEL, cell.span, cell.rows)
        if cell.boxes is not None:
            return GridPart(self._boxes(cell.boxes), Role.TEXT, cell.span, cell.rows)
        role = Role.TEXT if cell.field in LONG_FIELDS else Role.VALUE
        text = header_text(cell.field, self._scorecard, self._form)
        return GridPart(text, role, cell.span, cell.rows)

    def _boxes(self, kind: BoxName) -> str:
        sheet = self._sheet
        chosen = {
            BoxName.CATEGORY: sheet.category,
            BoxName.ATTRIBUTE: sheet.attribute,
            BoxName.TYPE: sheet.type,
        }
        options = self._form.options_at(sheet.place).get(kind, ())
        if chosen[kind] in self._form.options.get(kind, ()):
            options = self._form.options[kind] if chosen[kind] not in options else options
        return printed.boxes(options, chosen[kind])

    # -- the budget block ----------------------------------------------------------------------

    def _budget_rows(self) -> Iterator[GridRow]:
        """Yield the headings, the whole amount and its kinds; 栏名 stands beside them all."""
        columns = self._form.budget
        if not columns:
            return
        funds = tuple(self._funds())
        parts = (self._budget_heading(column, 2 + len(funds)) for column in columns)
        yield GridRow("预算栏标题", tuple(parts))
        amounts = [column for column in columns if column.content != BudgetContent.BLOCK_NAME]
        yield GridRow("预算栏", tuple(map(self._budget_part, amounts)))
        for fund in funds:
            parts = (self._fund_part(column, fund) for column in amounts)
            yield GridRow(f"资金“{fund.name}”", tuple(parts))

    def _funds(self) -> Iterator[_FundLine]:
        """Yield the kinds of money: those that the form prints, then the sheet's others.

        A sheet that divides its money by itself has no use for the form's empty rows.
        """
        if all(column.content != BudgetContent.FUND_NAME for column in self._form.budget):
            return
        left = list(self._sheet.budget.funds)
        is_divided = any(fund.split is not None for fund in left)
        for name in self._form.funds:
            names = self._names_of(name)
            mine = [fund for fund in left if fund.split is None and _bare(fund.name) in names]
            left = [fund for fund in left if fund not in mine]
            if not mine and not is_divided:
                yield _FundLine(name)
            for fund in mine:
                yield _FundLine(name, fund)
        split = None
        for fund in left:
            if fund.split != split and fund.split is not None:
                yield _FundLine(fund.split, is_heading=True)
            split = fund.split
            yield _FundLine(fund.name, fund)

    def _names_of(self, name: str) -> set[str]:
        """Return the names of the money that a row of the form is for."""
        own = _bare(name)
        groups = ({_bare(word) for word in group} for group in self._form.fund_aliases)
        return next((names for names in groups if own in names), {own})

    def _budget_heading(self, column: BudgetColumn, height: int) -> GridPart:
        text = self._filled(column.heading, 分值=trimmed(self._weights.execution))
        if column.content == BudgetContent.BLOCK_NAME:
            return GridPart(text, Role.LABEL, column.span, height)
        return GridPart(text, Role.HEADING, column.span)

    def _budget_part(self, column: BudgetColumn) -> GridPart:
        if column.content == BudgetContent.FUND_NAME:
            return GridPart(self._filled(self._form.budget_row), Role.LABEL, column.span)
        text = budget_text(column.content, self._scorecard, self._form)
        return GridPart(text, _role(column), column.span)

    def _fund_part(self, column: BudgetColumn, line: _FundLine) -> GridPart:
        if column.content == BudgetContent.FUND_NAME:
            return GridPart(line.name, Role.LABEL, column.span)
        text = fund_text(column.content, line.fund, self._sheet, self._form)
        text = "" if line.is_heading else text
        return GridPart(text, _role(column), column.span)

    # -- below the table -----------------------------------------------------------------------

    def _remarks(self) -> Iterator[str]:
        """Yield the remarks below the table: adjustments, a missing total, texts without a cell."""
        budget, columns = self._sheet.budget, self._form.budget
        is_original = budget.final is None and budget.original is not None
        if (
            columns
            and is_original
            and all(part.content != BudgetContent.ORIGINAL for part in columns)
        ):
            yield "注：预算数为年初预算数。"
        for remark in (*self._scorecard.steps, self._scorecard.why_unscored):
            if remark:
                yield f"注：{remark}。"
        yield from texts_below(self._scorecard, self._form)
        yield from unplaced(self._scorecard)


def _role(column: BudgetColumn) -> Role:
    return Role.TEXT if column.content == BudgetContent.REASON else Role.VALUE


def _bare(name: str) -> str:
    """Return the name of a kind of money without 其中, spaces and colons."""
    return "".join(name.split()).removeprefix("其中").strip("：:")
