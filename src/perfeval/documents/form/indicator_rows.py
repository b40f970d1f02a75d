"""The rows of indicators: headings, a row for each, and the cells merged beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from perfeval.cells.levels import SectionName
from perfeval.documents import printed
from perfeval.documents.form.columns import INDICATOR_COLUMNS, Entry, execution_text, part_text
from perfeval.documents.form.grid import GridPart, GridRow, Role
from perfeval.numbers import ZERO, subtract, total, trimmed
from perfeval.rulebook import Form, IndicatorColumn, Weights
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import Scorecard
from perfeval.sheet import Indicator
from perfeval.sheet import SubIndicator as ChildRow

_NAMES = frozenset({IndicatorContent.SECTION, IndicatorContent.ASPECT, IndicatorContent.NAME})
_Runs = dict[IndicatorContent, list[int]]


class IndicatorRows:
    """The indicators of one sheet in one form."""

    def __init__(
        self, scorecard: Scorecard, weights: Weights, form: Form, names: Mapping[str, str]
    ) -> None:
        self._scorecard = scorecard
        self._weights = weights
        self._form = form
        self._names = names
        self._lines = scorecard.lines
        self._indicators = scorecard.sheet.indicators
        self._printers = [
            (column, INDICATOR_COLUMNS.get(column.content)) for column in form.indicators
        ]
        self._splits = form.goal_heading is not None and any(
            row.goal is not None for row in self._indicators
        )

    def rows(self) -> Iterator[GridRow]:
        """Yield the headings and a row for each indicator; 栏名 stands beside all of them."""
        columns = self._form.indicators
        beside = self._beside()
        yield from self._headings(beside[IndicatorContent.BLOCK_NAME][0])
        beside[IndicatorContent.BLOCK_NAME][0] = 0  # it began at the headings
        if not self._indicators:
            width = sum(column.content != IndicatorContent.BLOCK_NAME for column in columns)
            yield GridRow("指标", (GridPart("未公布绩效指标", Role.VALUE, width),))
        contents = frozenset(column.content for column in columns)
        for number, (line, row) in enumerate(zip(self._lines, self._indicators, strict=True)):
            form = self._form
            entry = Entry(line, row, contents, form.rate_digits, form.omitted_signs)
            yield GridRow(f"指标“{line.name}”", tuple(self._parts(entry, beside, number)))
            yield from map(self._child_row, row.parts)
        if self._form.execution_row is not None:
            yield GridRow("执行率行", tuple(self._execution_parts(self._form.execution_row)))

    def _goal(self, row: Indicator) -> int | None:
        return row.goal if self._splits else None

    def _beside(self) -> _Runs:
        """Return over how many rows the cells merged beside each indicator reach."""
        rows = list(self._indicators)
        goals = _runs(rows, self._goal) or [1]
        if self._form.execution_row is not None:
            last = max(position for position, height in enumerate(goals) if height)
            goals[last] += 1
        return {
            IndicatorContent.BLOCK_NAME: goals,
            IndicatorContent.SECTION: _runs(rows, lambda row: (self._goal(row), row.section.key)),
            IndicatorContent.ASPECT: _runs(
                rows, lambda row: (self._goal(row), row.section.key, row.aspect.key)
            ),
        }

    # -- headings ------------------------------------------------------------------------------

    def _headings(self, height: int) -> Iterator[GridRow]:
        """Yield one row of headings, or two where columns share a heading above their own."""
        columns = self._form.indicators
        depth = 2 if any(column.group for column in columns) else 1
        parts: list[GridPart] = []
        for group, run in groupby(columns, lambda column: column.group):
            members = list(run)
            if group is None:
                parts += (self._heading(column, height, depth) for column in members)
            else:
                parts.append(GridPart(self._filled(group), Role.HEADING, len(members)))
        yield GridRow("指标栏标题", tuple(parts))
        if depth > 1:
            below = [column for column in columns if column.group is not None]
            yield GridRow("指标栏标题", tuple(self._heading(column, height, 1) for column in below))

    def _heading(self, column: IndicatorColumn, height: int, depth: int) -> GridPart:
        if column.content == IndicatorContent.BLOCK_NAME:
            first = self._indicators[0] if self._indicators else None
            return GridPart(self._block_name(column, first), Role.LABEL, rowspan=height + depth)
        return GridPart(self._filled(column.heading), Role.HEADING, rowspan=depth)

    def _block_name(self, column: IndicatorColumn, row: Indicator | None) -> str:
        """Return 栏名: of all indicators, or of the goal to which a row belongs."""
        goals = self._scorecard.sheet.goals
        number = self._goal(row) if row is not None else None
        if number is None or number > len(goals):
            return self._filled(column.heading)
        if (heading := goals[number - 1].heading) is not None:
            return heading
        if goals[number - 1].weight is None:
            return self._filled(column.heading)
        more = {"序号": str(number), "分值": printed.weight(goals[number - 1].weight)}
        return printed.fill(self._form.goal_heading, {**self._names, **more})

    def _filled(self, text: str | None) -> str:
        weight = subtract(self._weights.full, self._weights.execution)
        return printed.fill(text, {**self._names, "分值": trimmed(weight)})

    # -- rows ----------------------------------------------------------------------------------

    def _parts(self, entry: Entry, beside: _Runs, number: int) -> Iterator[GridPart]:
        """Yield the cells of an indicator, and the merged cells that begin beside it."""
        for column, printer in self._printers:
            if printer is not None:
                yield GridPart(printer.text(entry), printer.role)
            elif height := beside[column.content][number]:
                text = self._merged(column, entry.indicator)
                yield GridPart(text, Role.LABEL, rowspan=height)

    def _merged(self, column: IndicatorColumn, row: Indicator) -> str:
        """Return the text of a section (一级指标) with its weight, an aspect or a goal."""
        if column.content == IndicatorContent.BLOCK_NAME:
            return self._block_name(column, row)
        if column.content == IndicatorContent.ASPECT:
            return row.aspect.label
        weight = self._section_weight(self._goal(row), row.section)
        if not weight or not row.section.label:
            return row.section.label
        names = {**self._names, "一级指标": row.section.label, "分值": trimmed(weight)}
        return printed.fill(self._form.section_heading, names)

    def _section_weight(self, goal: int | None, section: SectionName) -> Decimal:
        if not self._splits:
            return self._scorecard.sheet.sections[section.key].weight
        return total(
            row.weight or ZERO
            for row in self._indicators
            if row.goal == goal and row.section.key == section.key
        )

    def _child_row(self, child: ChildRow) -> GridRow:
        """Return a child row (其中); the cells merged above reach down over it."""
        parts = (
            GridPart(part_text(column.content, child), printer.role)
            for column, printer in self._printers
            if printer is not None
        )
        return GridRow(f"其中“{child.name}”", tuple(parts))

    def _execution_parts(self, name: str) -> Iterator[GridPart]:
        """Yield the budget as the last row: its name over the columns of names, then figures."""
        columns = (
            column
            for column in self._form.indicators
            if column.content != IndicatorContent.BLOCK_NAME
        )
        for is_name, run in groupby(columns, lambda column: column.content in _NAMES):
            members = list(run)
            if is_name:
                weight = trimmed(self._scorecard.rulebook.weights.execution)
                text = printed.fill(name, {**self._names, "分值": weight})
                yield GridPart(text, Role.LABEL, len(members))
                continue
            for column in members:
                text = execution_text(column.content, self._scorecard, self._form)
                yield GridPart(text, INDICATOR_COLUMNS[column.content].role)


def _height(row: Indicator) -> int:
    return 1 + len(row.parts)


def _runs(rows: list[Indicator], key: Callable[[Indicator], object]) -> list[int]:
    """Return the height of the merged cell that begins at each indicator; 0 inside one."""
    heights: list[int] = []
    for _, run in groupby(rows, key):
        members = list(run)
        heights += [sum(map(_height, members)), *[0] * (len(members) - 1)]
    return heights
