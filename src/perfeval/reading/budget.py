"""The block of the budget: the whole amount, the kinds of money, rate and points as printed."""

from __future__ import annotations

import re
from functools import cached_property

from perfeval.carriers import CarriedCell
from perfeval.cells.units import MoneyUnit
from perfeval.numbers import parse_number
from perfeval.places import Path, Place
from perfeval.reading.contents import CellReader, is_empty, is_unfilled, joined, shown
from perfeval.reading.model import Gathered
from perfeval.reading.region import HeadingColumns, Region, key_of
from perfeval.reading.unread_columns import tell_unread_columns
from perfeval.reading.vocabulary import TableWords, WordList, keys_of, words
from perfeval.rulebook.form import BudgetContent
from perfeval.rulebook.form_faults import heading_key

_AMOUNTS = (
    BudgetContent.ORIGINAL,
    BudgetContent.FINAL,
    BudgetContent.ARRIVED,
    BudgetContent.SPENT,
)
_FILED = {BudgetContent.WEIGHT: "分值", BudgetContent.POINTS: "得分"}
_COMPUTED = frozenset({BudgetContent.RATE, *_FILED})
"""What a form of ours works out by itself."""
_BRACKETED = re.compile(r"\(([0-9]+(?:\.[0-9]+)?)分\)")
_UNIT = re.compile(r"[(:,、/](?:人民币)?([十百千万亿]*元)(?=[):,、/\n]|$)")
_BUDGET = "预算"
_FUNDS = (_BUDGET, "资金构成")


class BudgetBlock:
    """The rows of the budget in a table."""

    def __init__(
        self,
        region: Region,
        columns: HeadingColumns[BudgetContent],
        vocabulary: TableWords,
        gathered: Gathered,
    ) -> None:
        self._region = region
        self._columns = columns
        self._vocabulary = vocabulary
        self._gathered = gathered
        self._cells = CellReader(gathered)
        self._count = 0
        self._split: CarriedCell | None = None
        self._has_known_unit = True

    @property
    def first(self) -> int:
        """The first row of the headings."""
        return self._columns.first

    @property
    def place(self) -> Place:
        """Where the headings begin."""
        return self._region.row(self._columns.first)[0].place

    @cached_property
    def heading(self) -> str:
        """The texts of the headings, as they are compared."""
        rows = range(self._columns.first, self._columns.end)
        cells = (cell for row in rows for cell in self._region.row(row))
        return "\n".join(heading_key(cell.text) for cell in cells)

    @cached_property
    def unit(self) -> str | None:
        """The unit of money that the headings print, or all of them."""
        return "、".join(dict.fromkeys(_UNIT.findall(self.heading))) or None

    @cached_property
    def end(self) -> int:
        """The row below the block."""
        totals = keys_of(WordList.WHOLE_AMOUNT)
        for row in self._region.rows_from(self._columns.end):
            keys = {key_of(cell) for cell in self._region.beginning(row)}
            known = keys & (self._vocabulary.labels | self._vocabulary.indicators.keys())
            if known - totals or (keys and not self._has_row(row)):
                return row
        return self._region.end

    def _has_row(self, row: int) -> bool:
        cells = self._region.beginning(row)
        return self._name(row) is not None or any(
            cell.column >= self._columns.start for cell in cells
        )

    def read(self, unit: str) -> None:
        """Read the block.

        Args:
            unit: The unit of money of the table; in another than 元 and 万元 no amount is read.
        """
        self._has_known_unit = unit in frozenset(MoneyUnit)
        if not self._has_known_unit:
            said = f"金额单位写的是{unit}，只认元或万元，各项金额没有读"
            self._gathered.skip(said, self.place, (_BUDGET,))
        below = self._region.rows_from(self._columns.end, self.end)
        rows = [row for row in below if self._region.beginning(row)]
        totals = [row for row in rows if self._is_total(row)]
        if rows and not totals:
            totals = rows[:1]
            if (name := self._name(rows[0])) is not None:
                said = f"“{shown(name.text)}”一行按资金总额读"
                self._gathered.assume(said, name.place, (_BUDGET,))
        for row in rows:
            if row in totals[:1]:
                self._amounts(row, (_BUDGET,), unit)
            elif row in totals:
                self._refuse(row, "资金总额不止一行")
            else:
                self._fund(row, unit)
        self._weight_above()
        tell_unread_columns(self._region, self._columns, rows, self._gathered)

    def _is_total(self, row: int) -> bool:
        name = self._name(row)
        return name is None or key_of(name) in keys_of(WordList.WHOLE_AMOUNT)

    def _name(self, row: int) -> CarriedCell | None:
        """Return the cell that names the money of a row."""
        names = self._names(row)
        return names[-1] if names else None

    def _names(self, row: int) -> list[CarriedCell]:
        first = self._columns.start
        return [cell for cell in self._region.beginning(row) if cell.column + cell.columns <= first]

    def _fund(self, row: int, unit: str) -> None:
        names = self._names(row)
        name = names[-1]
        text = _bare(name.text)
        if re.fullmatch(words()["分法"], text) and not self._has_figures(row):
            self._split = name
            return
        path = (*_FUNDS, self._count)
        before = len(self._gathered.places)
        self._amounts(row, path, unit)
        if len(self._gathered.places) == before:
            return
        self._gathered.put((*path, "名称"), text, name.place)
        split = next((cell for cell in names[:-1] if _bare(cell.text)), self._split)
        if split is not None:
            self._gathered.put((*path, "分法"), _bare(split.text), split.place)
        self._count += 1

    def _has_figures(self, row: int) -> bool:
        return any(
            cell.column >= self._columns.start and not is_unfilled(cell.text)
            for cell in self._region.beginning(row)
        )

    def _amounts(self, row: int, path: Path, unit: str) -> None:
        """Read the figures of a row."""
        is_fund = path != (_BUDGET,)
        for content in self._columns.spans:
            cell = self._one(row, content)
            if cell is None:
                continue
            what = joined(self._columns.headings[content].text)
            if content in _AMOUNTS:
                if self._has_known_unit:
                    self._cells.amount(cell, what, (*path, content.value), unit)
            elif self._gathered.is_form and content in _COMPUTED:
                continue
            elif content is BudgetContent.RATE:
                in_percent = "%" in heading_key(self._columns.headings[content].text)
                filed = (*path, "已填报", "执行率")
                self._cells.rate(cell, what, filed, in_percent=in_percent)
            elif content is BudgetContent.REASON and not is_fund:
                self._cells.text(cell, what, (*path, "偏差原因"))
            elif content in _FILED:
                self._cells.points(cell, what, (*path, "已填报", _FILED[content]))

    def _one(self, row: int, content: BudgetContent) -> CarriedCell | None:
        """Return the one cell of a row that stands below a heading and below no other."""
        found = [
            cell
            for cell in self._columns.cells(self._region, row, content)
            if cell.row == row and not is_empty(cell)
        ]
        for cell in found:
            if len(found) > 1 or len(self._columns.reached(cell)) > 1:
                heading = shown(self._columns.headings[content].text)
                message = f"看不出属于哪一栏（“{heading}”），没有读：{shown(cell.text)}"
                self._gathered.skip(message, cell.place)
                return None
        return found[0] if found else None

    def _refuse(self, row: int, reason: str) -> None:
        for cell in self._region.beginning(row):
            if not is_unfilled(cell.text):
                self._gathered.skip(f"{reason}，没有读：{shown(cell.text)}", cell.place)

    def _weight_above(self) -> None:
        """Read the weight that the heading prints in brackets, where there is no column for it."""
        path = (_BUDGET, "已填报", "分值")
        if self._gathered.is_form:
            return
        if BudgetContent.WEIGHT in self._columns.spans or self._gathered.get(path) is not None:
            return
        for cell in self._region.row(self._columns.first):
            found = _BRACKETED.search(heading_key(cell.text))
            if found is not None:
                self._gathered.put(path, parse_number(found[1]), cell.place)
                return


def _bare(name: str) -> str:
    """Return the name of a kind of money without 其中."""
    return heading_key(name).removeprefix(words()["子行"]).strip(":")
