"""The 自评表 as a grid, laid out by the form (表式) of the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from perfeval import __version__
from perfeval.documents import printed
from perfeval.documents.columns import (
    INDICATOR_COLUMNS,
    LONG_FIELDS,
    Entry,
    budget_text,
    fund_text,
    header_text,
    part_text,
)
from perfeval.documents.grid import Part, Role, Row, Table, place
from perfeval.numbers import subtract, trimmed
from perfeval.rulebook import BudgetColumn, FormCell, IndicatorColumn, Rulebook
from perfeval.scorecard import Scorecard
from perfeval.sheet import FundRow, Indicator
from perfeval.sheet import Part as ChildRow


def lay_out(scorecard: Scorecard, rulebook: Rulebook) -> Table:
    """Lay out the 自评表.

    Args:
        scorecard: The points, with their sheet.
        rulebook: Its form says which cells the table has.

    Returns:
        The table.

    Raises:
        RenderError: A row of the form does not fill the table's width.
    """
    return _Layout(scorecard, rulebook).table()


class _Layout:
    """One sheet in one form."""

    def __init__(self, scorecard: Scorecard, rulebook: Rulebook) -> None:
        self._scorecard = scorecard
        self._sheet = scorecard.sheet
        self._weights = rulebook.weights
        self._form = rulebook.form
        self._names = printed.names(scorecard.sheet)

    def table(self) -> Table:
        """Return the whole table."""
        form = self._form
        rows = [
            *self._form_rows("表头", form.header),
            *self._budget_rows(),
            *self._indicator_rows(),
            *self._form_rows("表尾", form.footer),
        ]
        return Table(
            title=self._filled(form.title),
            above_left=self._filled(form.above_left),
            above_right=self._filled(form.above_right),
            widths=tuple(column.width for column in form.indicators),
            rows=place(rows, len(form.indicators)),
            notes=(*map(self._filled, form.notes), *self._remarks()),
            signatures=form.signatures,
            landscape=form.landscape,
            stamp=f"perfeval {__version__}; {self._scorecard.stamp}",
        )

    def _filled(self, text: str | None, **more: str) -> str:
        return printed.fill(text, self._names | more)

    # -- above and below the indicators --------------------------------------------------------

    def _form_rows(self, block: str, rows: Iterable[tuple[FormCell, ...]]) -> Iterator[Row]:
        for number, cells in enumerate(rows, 1):
            yield Row(f"{block}第 {number} 行", tuple(map(self._form_part, cells)))

    def _form_part(self, cell: FormCell) -> Part:
        if cell.label is not None:
            return Part(self._filled(cell.label), Role.LABEL, cell.span)
        if cell.boxes is not None:
            return Part(self._boxes(cell.boxes), Role.TEXT, cell.span)
        role = Role.TEXT if cell.field in LONG_FIELDS else Role.VALUE
        return Part(header_text(cell.field, self._scorecard), role, cell.span)

    def _boxes(self, kind: str) -> str:
        sheet = self._sheet
        chosen = {"项目类别": sheet.category, "项目属性": sheet.attribute, "项目类型": sheet.type}
        return printed.boxes(self._form.options.get(kind, ()), chosen[kind])

    # -- the budget block ----------------------------------------------------------------------

    def _budget_rows(self) -> Iterator[Row]:
        """Yield the headings, the whole amount and its kinds; 栏名 stands beside them all."""
        columns = self._form.budget
        if not columns:
            return
        yield Row("预算栏标题", tuple(map(self._budget_heading, columns)))
        amounts = [column for column in columns if column.content != "栏名"]
        yield Row("预算栏", tuple(map(self._budget_part, amounts)))
        for fund in self._sheet.budget.funds:
            parts = (self._fund_part(column, fund) for column in amounts)
            yield Row(f"资金“{fund.name}”", tuple(parts))

    def _budget_heading(self, column: BudgetColumn) -> Part:
        text = self._filled(column.heading, 分值=trimmed(self._weights.execution))
        if column.content == "栏名":
            height = 2 + len(self._sheet.budget.funds)
            return Part(text, Role.LABEL, column.span, rowspan=height)
        return Part(text, Role.HEADING, column.span)

    def _budget_part(self, column: BudgetColumn) -> Part:
        if column.content == "资金名称":
            return Part(self._form.budget_row, Role.LABEL, column.span)
        text = budget_text(column.content, self._scorecard, self._form)
        return Part(text, Role.VALUE, column.span)

    def _fund_part(self, column: BudgetColumn, fund: FundRow) -> Part:
        if column.content == "资金名称":
            return Part(fund.name, Role.LABEL, column.span)
        return Part(fund_text(column.content, fund, self._form), Role.VALUE, column.span)

    # -- the indicators ------------------------------------------------------------------------

    def _indicator_rows(self) -> Iterator[Row]:
        """Yield the headings and a row for each indicator; 栏名 stands beside all of them."""
        columns = self._form.indicators
        rows = [line.indicator for line in self._scorecard.lines if line.indicator is not None]
        height = 1 + max(sum(map(_height, rows)), 1)
        yield Row("指标栏标题", tuple(self._heading(column, height) for column in columns))
        if not rows:
            width = sum(column.content != "栏名" for column in columns)
            yield Row("指标", (Part("未公布绩效指标", Role.VALUE, width),))
        sections = _runs(rows, lambda row: row.section)
        aspects = _runs(rows, lambda row: (row.section, row.aspect))
        contents = frozenset(column.content for column in columns)
        for line, row, section, aspect in zip(
            self._scorecard.lines, rows, sections, aspects, strict=True
        ):
            entry = Entry(line, row, contents, self._form.rate_digits)
            parts = self._indicator_parts(entry, {"一级指标": section, "二级指标": aspect})
            yield Row(f"指标“{line.name}”", tuple(parts))
            yield from map(self._child_row, row.parts)

    def _heading(self, column: IndicatorColumn, height: int) -> Part:
        weight = subtract(self._weights.full, self._weights.execution)
        text = self._filled(column.heading, 分值=trimmed(weight))
        if column.content == "栏名":
            return Part(text, Role.LABEL, rowspan=height)
        return Part(text, Role.HEADING)

    def _indicator_parts(self, entry: Entry, starts: dict[str, int]) -> Iterator[Part]:
        """Yield an indicator's cells; ``starts`` says how many rows a merged cell begins here."""
        for column in self._form.indicators:
            content = column.content
            if content in INDICATOR_COLUMNS:
                role, print_text = INDICATOR_COLUMNS[content]
                yield Part(print_text(entry), role)
            elif starts.get(content):
                text = self._merged(content, entry.indicator)
                yield Part(text, Role.LABEL, rowspan=starts[content])

    def _child_row(self, child: ChildRow) -> Row:
        """Return a child row (其中); the cells merged above reach down over it."""
        contents = (column.content for column in self._form.indicators)
        parts = (
            Part(part_text(content, child), INDICATOR_COLUMNS[content].role)
            for content in contents
            if content in INDICATOR_COLUMNS
        )
        return Row(f"其中“{child.name}”", tuple(parts))

    def _merged(self, content: str, indicator: Indicator) -> str:
        """Return the text of a section (一级指标) with its weight, or of an aspect (二级指标)."""
        if content == "二级指标":
            return indicator.aspect.label
        section = indicator.section
        weights = {part.section: part.weight for part in self._scorecard.subtotals}
        if not weights.get(section):
            return section.label
        heading = {"一级指标": section.label, "分值": trimmed(weights[section])}
        return printed.fill(self._form.section_heading, heading)

    # -- below the table -----------------------------------------------------------------------

    def _remarks(self) -> Iterator[str]:
        """Yield what a reader of the printed figures must know."""
        budget, columns = self._sheet.budget, self._form.budget
        is_original = budget.final is None and budget.original is not None
        if columns and is_original and all(part.content != "年初预算数" for part in columns):
            yield "注：预算数为年初预算数。"
        for remark in (*self._scorecard.adjustments, self._scorecard.unscored):
            if remark:
                yield f"注：{remark}。"


def _height(row: Indicator) -> int:
    return 1 + len(row.parts)


def _runs(rows: list[Indicator], key: Callable[[Indicator], object]) -> list[int]:
    """Return for each indicator how many rows of equal key begin with it, else 0."""
    heights: list[int] = []
    for _, run in groupby(rows, key):
        members = list(run)
        heights += [sum(map(_height, members)), *[0] * (len(members) - 1)]
    return heights
