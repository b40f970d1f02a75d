"""The form itself: the printed table with cells to fill in, and beside it what the form lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from perfeval.cells.numerals import parse_money
from perfeval.documents.form.asides import ASIDES, UNCONFIRMED, Aside, AsideName
from perfeval.documents.form.columns import LONG_FIELDS
from perfeval.documents.form.grid import Role, Table
from perfeval.documents.printed import boxes
from perfeval.documents.workbook.blank import Start
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    words,
)
from perfeval.documents.workbook.help import HelpPage
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.page import Area, CellLook, Content, DataValidation, VisibleSheet
from perfeval.documents.workbook.table_cells import LABEL, TableBlock, TableCell, table_cells_of
from perfeval.documents.workbook.texts import gap_first, live, or_gap
from perfeval.numbers import plain, trimmed
from perfeval.rulebook.form import BudgetContent, HeaderField, IndicatorContent
from perfeval.rulebook.weights import Inapplicable
from perfeval.scorecard import Scorecard
from perfeval.sheet import Indicator

NAME = "自评表"
_GAP_MM, _LABEL_MM, _FIELD_MM = 3, 34, 110
_WIDE = 4
"""A blank cell that spans more columns than this is set as running text."""
_MONEY = (
    BudgetContent.ORIGINAL,
    BudgetContent.FINAL,
    BudgetContent.ARRIVED,
    BudgetContent.SPENT,
)
_REPORTERS = (HeaderField.REPORTER, HeaderField.DEPARTMENT, HeaderField.UNIT)
MONEY_UNIT = "金额单位"
"""The name of the field above the table that holds the unit of all amounts."""
_RISKY = tuple("=+-@")
_INPUT = "input"
_STRIP_LABEL = CellLook("label", "left", has_border=False)


@dataclass
class FormInputs:
    """The cells of the form that are filled in, as references.

    Attributes:
        fields: The fields above, below and around the table.
        money: The amounts of the budget.
        funds: The amounts of each kind of money.
        rows: For each indicator the cells by their content.
        goals: The weights or shares of the annual goals.
        shown: For each indicator what its cells showed first.
    """

    fields: dict[str, Formula] = field(default_factory=dict)
    money: dict[str, Formula] = field(default_factory=dict)
    funds: dict[int, dict[str, Formula]] = field(default_factory=dict)
    rows: list[dict[str, Formula]] = field(default_factory=list)
    goals: list[Formula] = field(default_factory=list)
    shown: list[dict[str, str]] = field(default_factory=list)


class FormPage:
    """Lays the form out: first the inputs, then, once results refer to them, everything else.

    Attributes:
        page: The sheet.
        filled: What is filled in.
        table_cells: The cells of the table.
        asides: The columns beside it, and where they stand.
        rows: The row of each indicator.
        typed_below: The texts below the table that may be written anew.
    """

    def __init__(self, card: Scorecard, table: Table, start: Start, lists: HiddenSheet) -> None:
        self._card = card
        self._table = table
        self._start = start
        self._lists = lists
        self._form = card.form
        self._help = HelpPage(card.rulebook)
        self._unit = self._form.money_unit or card.sheet.money_unit
        self.table_cells = tuple(table_cells_of(table, self._form, card.sheet))
        needed, beside = self.asides_needed(), len(table.widths) + 1
        self.asides = {aside.content: beside + at for at, aside in enumerate(needed)}
        widths = (*table.widths, _GAP_MM, *(aside.width for aside in needed))
        self.page = VisibleSheet(NAME, widths)
        rows = len(card.sheet.indicators)
        self.filled = FormInputs(rows=[{} for _ in range(rows)], shown=[{} for _ in range(rows)])
        self.rows: list[int] = [0] * rows
        self.typed_below: tuple[str, ...] = ()
        self._strip = 2 + any(start.suggested)
        self._top = self._write_strip()
        self._write_inputs()

    @property
    def top(self) -> int:
        """The first row that is printed: the title."""
        return self._top

    @property
    def body(self) -> int:
        """The first row of the table."""
        return self._top + 2

    @property
    def below(self) -> int:
        """The first row under the table."""
        return self.body + len(self._table.rows)

    # -- which columns the form lacks ----------------------------------------------------------

    def asides_needed(self) -> tuple[Aside, ...]:
        """Return the columns that must stand beside the form."""
        contents: set[str] = {column.content for column in self._form.indicators}
        return tuple(
            aside
            for aside in ASIDES
            if aside.content not in contents and self._is_needed(aside.content, contents)
        )

    def _is_needed(self, content: str, contents: set[str]) -> bool:
        rows = self._card.sheet.indicators
        may_leave_out = self._card.rulebook.weights.not_applicable != Inapplicable.FORBIDDEN
        needed: dict[str, bool] = {
            AsideName.CLASS: not {IndicatorContent.SECTION, IndicatorContent.ASPECT} <= contents,
            IndicatorContent.UNIT: any(row.unit for row in rows),
            IndicatorContent.POINTS: self._card.rulebook.weights.scored,
            AsideName.NOT_APPLICABLE: may_leave_out or any(row.not_applicable for row in rows),
            AsideName.GOAL: bool(self._card.sheet.goals),
            AsideName.CONFIRMED: any(self._start.suggested),
        }
        return needed.get(content, True)

    # -- above the table -----------------------------------------------------------------------

    def _write_strip(self) -> int:
        """Write the fields that the form has no cell for; return the row of the title."""
        row = self._strip
        for name in self._strip_fields():
            label, cell = self._strip_areas(row)
            self.page.write(label, name, _STRIP_LABEL)
            self._strip_input(name, cell)
            row += 1
        for number, goal in enumerate(self._card.sheet.goals, 1):
            label, cell = self._strip_areas(row)
            self.page.write(label, f"年度目标{number}的分值", _STRIP_LABEL)
            weight: Content = "" if goal.weight is None else goal.weight
            check = self._help.goal_weight()
            self.filled.goals.append(self._input(cell, weight, check, align="left"))
            row += 1
        return row + 1

    def _strip_areas(self, row: int) -> tuple[Area, Area]:
        """Return the areas of a label and of the input beside it, as many columns as they need."""
        label = self._columns_of(0, _LABEL_MM)
        rest = self._columns_of(label, _FIELD_MM)
        return Area(row, 0, 1, label), Area(row, label, 1, rest)

    def _columns_of(self, start: int, width: int) -> int:
        total, count = 0, 0
        while total < width and start + count < len(self.page.widths):
            total += self.page.widths[start + count]
            count += 1
        return max(count, 1)

    def _strip_fields(self) -> Iterator[str]:
        """Yield the fields that texts or formulas refer to and that the table has no cell for."""
        there = {
            item.content
            for item in self.table_cells
            if item.block in (TableBlock.FORM, TableBlock.BUDGET)
        }
        texts = [
            self._form.title,
            self._form.above_left,
            self._form.above_right,
            *self._form.notes,
            *self._form.signatures,
            *(item.template for item in self.table_cells),
        ]
        for name in (HeaderField.YEAR, HeaderField.NAME):
            if name not in there:
                yield name
        reporter = f"{{{HeaderField.REPORTER}}}"
        if HeaderField.REPORTER not in there and any(reporter in (text or "") for text in texts):
            yield HeaderField.REPORTER
        if self._form.money_unit is None:
            yield MONEY_UNIT
        for amount in (BudgetContent.FINAL, BudgetContent.SPENT):
            if amount not in there:
                yield amount

    def _strip_input(self, name: str, area: Area) -> None:
        if name in _MONEY:
            budget = self._card.sheet.budget
            amount = budget.base if name == BudgetContent.FINAL else budget.spent
            content: Content = "" if amount is None else amount
            check = self._help.money(name, self._unit)
            self.filled.money[name] = self._input(area, content, check, align="left")
            return
        values: dict[str, Content] = {
            HeaderField.YEAR: self._year(),
            HeaderField.NAME: self._card.sheet.name,
            HeaderField.REPORTER: self._card.sheet.reporter or "",
            MONEY_UNIT: self._unit,
        }
        checks = {
            HeaderField.YEAR: self._help.year(),
            MONEY_UNIT: self._help.choice(MONEY_UNIT, '"万元,元"'),
        }
        check_ = checks.get(name, DataValidation("any", title=name, help="印在表的上方。"))
        self.filled.fields[name] = self._input(area, values[name], check_, align="left")

    def _year(self) -> Content:
        year = self._card.sheet.year
        return Decimal(year) if year else ""

    # -- what is filled in ---------------------------------------------------------------------

    def _input(
        self,
        area: Area,
        content: Content,
        check: DataValidation | None = None,
        *,
        align: str = "center",
        has_border: bool = True,
        is_long: bool = False,
        is_money: bool = False,
    ) -> Formula:
        """Write a cell that is filled in."""
        is_text = check is None or check.kind in ("any", "list")
        pattern = _digits_of(content, is_grouped=self._form.grouped_digits and is_money)
        look = CellLook(
            "long" if is_long else "value",
            align,
            _INPUT,
            has_border,
            "@" if is_text and not is_long else pattern,
            is_open=True,
            is_quoted=isinstance(content, str) and content.startswith(_RISKY),
        )
        if check is not None:
            self.page.check(area, check)
        return self.page.write(area, content, look)

    def area(self, item: TableCell) -> Area:
        """Return where a cell of the table stands in the sheet."""
        cell = item.cell
        return Area(self.body + cell.row, cell.column, cell.rowspan, cell.colspan)

    def area_of(self, cell: Formula) -> Area:
        """Return where a cell that was written stands."""
        return self.page.corners[cell.text.partition("!")[2]]

    def _write_inputs(self) -> None:
        writers = self._writers()
        for item in self.table_cells:
            write = writers.get(item.block)
            if write is not None:
                write(item)
        for index, indicator in enumerate(self._card.sheet.indicators):
            self._write_asides(index, indicator)

    def _writers(self) -> dict[TableBlock, Callable[[TableCell], None]]:
        return {
            TableBlock.BOXES: self._boxes_input,
            TableBlock.FORM: self._field_input,
            TableBlock.BUDGET: self._money_input,
            TableBlock.FUND: self._money_input,
            TableBlock.INDICATOR: self._row_input,
            TableBlock.CHILD: self._part_input,
            TableBlock.EXECUTION: self._reason_input,
        }

    def _boxes_input(self, item: TableCell) -> None:
        """Write boxes: the choices are the printed line with one box ticked after another."""
        options = self._form.options_at(self._card.sheet.place)[item.content]
        choices = [boxes(options, option) for option in options]
        span = self._lists.listed(item.content, choices)
        check = self._help.choice(item.content, span.text)
        self.filled.fields[item.content] = self._input(
            self.area(item), item.cell.text, check, align="left"
        )

    def _field_input(self, item: TableCell) -> None:
        content = item.content
        if (
            content in (LABEL, HeaderField.FULL, HeaderField.TOTAL, HeaderField.GRADE)
            or content in self.filled.fields
        ):
            return
        value: Content = self._year() if content == HeaderField.YEAR else item.cell.text
        check = self._help.year() if content == HeaderField.YEAR else None
        is_long = content in LONG_FIELDS or (
            content == HeaderField.BLANK and item.cell.colspan > _WIDE
        )
        align = "left" if is_long else "center"
        cell = self._input(self.area(item), value, check, align=align, is_long=is_long)
        if content != HeaderField.BLANK:
            self.filled.fields[content] = cell

    def _money_input(self, item: TableCell) -> None:
        is_fund = item.block is TableBlock.FUND
        known = self.filled.funds.setdefault(item.number, {}) if is_fund else self.filled.money
        if item.content in _MONEY and item.content not in known:
            amount = parse_money(item.cell.text)
            content: Content = "" if amount is None else amount
            check = self._help.money(item.content, self._unit)
            known[item.content] = self._input(self.area(item), content, check, is_money=True)
        elif item.content in (BudgetContent.BLANK, BudgetContent.REASON):
            self._input(self.area(item), item.cell.text, align=_side(item))

    def _row_input(self, item: TableCell) -> None:
        cells = self.filled.rows[item.number] if self.filled.rows else {}
        if item.content == IndicatorContent.NAME:
            self.rows[item.number] = self.body + item.cell.row
        if item.content in cells or item.content not in _ROW_INPUTS:
            return
        content = self._row_content(item.content, item.number, item.cell.text)
        cell = self._row_cell(item.content, item.number, self.area(item), content, _side(item))
        if item.content != IndicatorContent.BLANK:
            cells[item.content] = cell

    def _row_content(self, content: str, index: int, text: str) -> Content:
        """Return what a cell of an indicator shows first; amounts are numbers."""
        row = self._card.sheet.indicators[index]
        numbers: dict[str, Decimal | None] = {
            IndicatorContent.WEIGHT: row.weight,
            IndicatorContent.FILED: row.filed,
        }
        if content in numbers:
            value = numbers[content]
            return "" if value is None else value
        return text

    def _row_cell(
        self, content: str, index: int, area: Area, value: Content, align: str
    ) -> Formula:
        weight = self.filled.rows[index].get(IndicatorContent.WEIGHT)
        check = self._row_check(content, weight)
        shown = trimmed(value) if isinstance(value, Decimal) else str(value)
        self.filled.shown[index][content] = shown
        return self._input(area, value, check, align=align)

    def _row_check(self, content: str, weight: Formula | None) -> DataValidation | None:
        """Return what may be typed into a cell of an indicator."""
        given = self._help
        if content == IndicatorContent.FILED:
            full = trimmed(self._card.rulebook.weights.full)
            return given.judged(weight.text if weight else full)
        checks: dict[str, Callable[[], DataValidation]] = {
            IndicatorContent.NAME: given.name,
            IndicatorContent.WEIGHT: given.weight,
            IndicatorContent.SIGN: given.sign,
            IndicatorContent.TARGET: given.target,
            IndicatorContent.ACTUAL: lambda: given.actual(self._words()),
            AsideName.TARGET_AS: lambda: given.given(IndicatorContent.TARGET),
            AsideName.ACTUAL_AS: lambda: given.given(IndicatorContent.ACTUAL),
            AsideName.NOT_APPLICABLE: given.unapplied,
            AsideName.CONFIRMED: given.confirmed,
            AsideName.GOAL: lambda: given.goal(len(self._card.sheet.goals)),
        }
        return checks[content]() if content in checks else None

    def _words(self) -> str:
        """Return the words that the drop-down of 完成值 offers."""
        bands = self._card.rulebook.qualitative.bands
        return self._lists.listed(
            "完成值用语", [band.words[0] for band in bands if band.words] or [""]
        ).text

    def _part_input(self, item: TableCell) -> None:
        if item.content not in (
            IndicatorContent.POINTS,
            IndicatorContent.COMPLETION,
            IndicatorContent.COEFFICIENT,
        ):
            self._input(self.area(item), item.cell.text, align=_side(item))

    def _reason_input(self, item: TableCell) -> None:
        if item.content in (
            IndicatorContent.REASON,
            IndicatorContent.REASON_AND_MEASURE,
            IndicatorContent.BLANK,
        ):
            self._input(self.area(item), item.cell.text, align=_side(item))

    # -- beside the table ----------------------------------------------------------------------

    def _write_asides(self, index: int, indicator: Indicator) -> None:
        cells = self.filled.rows[index]
        for content, column in self.asides.items():
            if content in (IndicatorContent.POINTS, AsideName.REMARK):
                continue
            area = Area(self.rows[index], column)
            if content == AsideName.CLASS:
                names = (indicator.section.label.removesuffix("指标"), indicator.aspect.label)
                kind = "·".join(filter(None, names))
                self.page.write(area, kind, CellLook("hint", "left"))
                continue
            value = self._aside_content(content, index, indicator)
            cells[content] = self._row_cell(content, index, area, value, "center")

    def _aside_content(self, content: str, index: int, row: Indicator) -> Content:
        sign = row.sign or (row.target.sign if row.target else None)
        values: dict[str, Content | None] = {
            IndicatorContent.WEIGHT: row.weight,
            IndicatorContent.SIGN: sign.value if sign else "",
            IndicatorContent.UNIT: row.unit,
            IndicatorContent.TARGET: row.target.text if row.target else "",
            IndicatorContent.ACTUAL: row.actual.text if row.actual else "",
            IndicatorContent.FILED: row.filed,
            AsideName.NOT_APPLICABLE: "是" if row.not_applicable else "",
            AsideName.GOAL: None if row.goal is None else Decimal(row.goal),
            AsideName.CONFIRMED: UNCONFIRMED if self._start.suggested[index] else "",
        }
        value = values.get(content)
        return "" if value is None else value

    # -- names ---------------------------------------------------------------------------------

    @property
    def names(self) -> dict[str, Formula]:
        """What the names in the form's texts stand for."""
        fields = self.filled.fields
        reporter = [fields[name] for name in _REPORTERS if name in fields]
        return {
            "年度": or_gap(fields[HeaderField.YEAR]),
            "项目名称": or_gap(fields[HeaderField.NAME]),
            "部门名称": gap_first(*reporter) if reporter else BLANK,
            "金额单位": fields.get(MONEY_UNIT, words(self._unit)),
            "满分": words(trimmed(self._card.rulebook.weights.full)),
        }

    def text(self, template: str | None, more: Mapping[str, Formula]) -> Content:
        """Return a text of the form, which follows what is filled in."""
        return live(template, {**self.names, **more})


_ROW_INPUTS = frozenset(
    {
        IndicatorContent.NAME,
        IndicatorContent.SIGN,
        IndicatorContent.TARGET,
        IndicatorContent.UNIT,
        IndicatorContent.ACTUAL,
        IndicatorContent.WEIGHT,
        IndicatorContent.FILED,
        IndicatorContent.REASON,
        IndicatorContent.MEASURE,
        IndicatorContent.REASON_AND_MEASURE,
        IndicatorContent.BLANK,
    }
)


def _side(item: TableCell) -> str:
    return "left" if item.cell.role is Role.TEXT else "center"


def _digits_of(content: Content, *, is_grouped: bool) -> str:
    """Return the number format that shows a number with the digits it was written with."""
    if not isinstance(content, Decimal):
        return "#,##0.00" if is_grouped else "General"
    digits = len(plain(content).partition(".")[2])
    if not digits:  # what somebody types over it may have decimals
        return "#,##0" if is_grouped else "General"
    return f"{'#,##0' if is_grouped else '0'}.{'0' * digits}"
