"""One table of a file → a sheet: which layout it has, and what its blocks say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

from perfeval.carriers import CarriedLine
from perfeval.cells.units import MoneyUnit
from perfeval.numbers import ONE, parse_number, subtract
from perfeval.places import Place, TablePlace
from perfeval.readers.layouts import LAW, shipped_file, shipped_ids
from perfeval.reading.budget import BudgetBlock
from perfeval.reading.form_columns import form_headings
from perfeval.reading.indicators import IndicatorBlock
from perfeval.reading.labels import LabelBlock, years_in
from perfeval.reading.model import Gathered, ReadTable
from perfeval.reading.other_layouts import other_layouts
from perfeval.reading.region import Region, columns_in, key_of
from perfeval.reading.titles import is_title
from perfeval.reading.vocabulary import TableWords, forms, vocabulary, words
from perfeval.rulebook import Form
from perfeval.rulebook.form import BudgetContent, IndicatorContent, recognised
from perfeval.rulebook.form_faults import heading_key
from perfeval.sheet import INDICATORS, SheetKind

_YEAR, _NAME = ("年度",), ("项目名称",)
_AMOUNTS = (BudgetContent.ORIGINAL, BudgetContent.FINAL, BudgetContent.SPENT)


class Candidate(NamedTuple):
    """A part of a file that may be a table.

    Attributes:
        name: Where it stands, for messages.
        region: The rows.
        above: The lines above it, the title among them.
        is_form: Whether it is a form of ours, which computes points and rates by itself.
    """

    name: str
    region: Region
    above: tuple[CarriedLine, ...]
    is_form: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """All that stands in it and above it."""
        return (*(line.text for line in self.above), *self.region.texts)


def read_table(candidate: Candidate) -> ReadTable:
    """Read a table whose headings are there."""
    gathered = Gathered(is_form=candidate.is_form)
    form = _form(candidate, gathered)
    known = vocabulary(form)
    if candidate.is_form:
        known = replace(known, indicators={**known.indicators, **form_headings()})
    region = candidate.region
    indicators = IndicatorBlock(region, known, gathered)
    budget = _budget(region, known, gathered, indicators.first)
    labels = LabelBlock(region, known, gathered)
    for line in candidate.above:
        labels.line(line)
    indicators.read()
    _tell_joined(region, gathered)
    inside = {*range(indicators.first, indicators.end), *indicators.goal_rows}
    if budget is not None:
        inside |= set(range(budget.first, budget.end))
        budget.read(_unit(candidate, labels, budget, form, gathered))
    else:
        _without_budget(region, known, gathered, indicators.first)
    labels.read(row for row in region.rows if row not in inside)
    _without_values(form, indicators, gathered)
    labels.name_unknown(
        row for row in region.rows_from(region.first, indicators.first) if row not in inside
    )
    labels.tell_rows_below(region.rows_from(indicators.end))
    indicators.infer_weights()
    _year(candidate, gathered)
    _kind(candidate, gathered)
    books = rulebooks_of(form.id) if form is not None and form.id else ()
    return ReadTable(
        name=candidate.name,
        data=_ordered(gathered.data),
        places=gathered.places,
        layout=(form.id or "") if form is not None else "",
        rulebooks=books,
        assumptions=tuple(gathered.assumptions),
        unread=tuple(gathered.unread),
    )


def _without_values(form: Form | None, indicators: IndicatorBlock, gathered: Gathered) -> None:
    """Say that a layout has points only, of which no rulebook can tell how they came about."""
    other = other_layouts().get(form.id or "") if form is not None else None
    if other is not None and other.lacks_values:
        place = indicators.headings[0].headings[IndicatorContent.NAME].place
        said = "表上没有“目标值”“完成值”两栏，只读了各项的分值和得分"
        gathered.skip(said, place, (INDICATORS,))


def _form(candidate: Candidate, gathered: Gathered) -> Form | None:
    """Return the layout that the words of a table show."""
    found = recognised(forms(), candidate.texts)
    if not found:
        return None
    if len(found) > 1:
        found = tuple(sorted(found, key=lambda form: len(form.signature), reverse=True))
        others = "、".join(str(form.id) for form in found[1:])
        gathered.assume(f"表式按 {found[0].id} 读，也像 {others}", None)
    return found[0]


def _tell_joined(region: Region, gathered: Gathered) -> None:
    """Say of which tables of the file one was put together."""
    numbers: dict[int, Place] = {}
    for cell in region.grid.cells:
        if isinstance(cell.place, TablePlace):
            numbers.setdefault(cell.place.table, cell.place)
    first, *others = numbers or (0,)
    for other in others:
        said = f"第{other}张表栏名相同，没有标题，接在第{first}张表后面读"
        gathered.assume(said, numbers[other], ("指标",))


def _budget(
    region: Region, known: TableWords, gathered: Gathered, below: int
) -> BudgetBlock | None:
    """Return the block of the budget, where a table has one above its indicators."""
    above = Region(region.grid, region.first, below)
    for columns in columns_in(above, known.budget, BudgetContent.SPENT):
        if {BudgetContent.FINAL, BudgetContent.ORIGINAL} & columns.spans.keys():
            return BudgetBlock(above, columns, known, gathered)
    return None


def _without_budget(region: Region, known: TableWords, gathered: Gathered, below: int) -> None:
    """Say that amounts were not read, where a row names them without headings that are known."""
    for row in region.rows_from(region.first, below):
        for cell in region.beginning(row):
            if known.budget.get(key_of(cell)) in _AMOUNTS:
                said = "预算数、执行数等栏名认不全，预算没有读"
                gathered.skip(said, cell.place, ("预算",))
                return


def _unit(
    candidate: Candidate,
    labels: LabelBlock,
    budget: BudgetBlock,
    form: Form | None,
    gathered: Gathered,
) -> str:
    """Return the unit of money of a table: as the heading says, a line above, or its form."""
    region = candidate.region
    rows = map(region.beginning, region.rows_from(region.first, budget.first))
    stated = labels.unit(candidate.above) or labels.unit(
        CarriedLine(text, cell.place)
        for cells in rows
        for cell, beside in zip_longest(cells, cells[1:])
        for text in (cell.text, f"{cell.text.rstrip('：: ')}：{beside.text}" if beside else "")
    )
    if candidate.is_form and stated is not None:
        return stated  # the heading repeats it
    if budget.unit is not None:
        if budget.unit not in frozenset(MoneyUnit):
            return budget.unit
        gathered.put(("金额单位",), budget.unit, budget.place)
        if stated not in (None, budget.unit):
            said = f"表上写{stated}，预算一栏写{budget.unit}，按{budget.unit}读"
            gathered.assume(said, budget.place, ("金额单位",))
        return budget.unit
    if stated is not None:
        return stated
    usual = str((form.money_unit if form is not None else None) or words()["通常的金额单位"])
    gathered.put(("金额单位",), usual, budget.place)
    gathered.assume(f"表上没有写金额单位，按{usual}读", budget.place, ("金额单位",))
    return usual


def _year(candidate: Candidate, gathered: Gathered) -> None:
    """Read the year: of its own cell, of the title, or the one before it was filled in."""
    if gathered.get(_YEAR) is not None:
        return
    found = {
        year: line.place
        for line in candidate.above
        for year in years_in(line.text, is_title=is_title(line.text))
    }
    if len(found) == 1:
        gathered.put(("年度",), parse_number(next(iter(found))), next(iter(found.values())))
        return
    if found:
        said = f"表上有几个年度（{'、'.join(found)}），没有读"
        gathered.skip(said, next(iter(found.values())), ("年度",))
        return
    day = gathered.get(("填报日期",))
    if day is not None:
        place = gathered.places["填报日期",]
        year = subtract(Decimal(day[:4]), ONE)
        gathered.put(("年度",), year, place)
        gathered.assume(f"表上没有写年度，按填报日期的上一年 {year} 读", place, ("年度",))
        return
    gathered.skip("没有读到年度", None, ("年度",))


def _kind(candidate: Candidate, gathered: Gathered) -> None:
    """Tell the table of a whole department from that of a project."""
    marks = tuple(map(heading_key, words()["部门整体"]))
    title = next(
        (
            line
            for line in reversed(candidate.above)
            if any(mark in heading_key(line.text) for mark in marks)
        ),
        None,
    )
    if title is not None:
        gathered.put(("表种",), SheetKind.DEPARTMENT.value, title.place)
        name = gathered.get(("部门名称",)) or gathered.get(("主管部门",))
        if gathered.get(_NAME) is None and name:
            whole = f"{name}整体支出"
            gathered.put(("项目名称",), whole, title.place)
            gathered.assume(f"表上没有项目名称，按“{whole}”读", title.place, ("项目名称",))


def _ordered(data: dict[str, Any]) -> dict[str, Any]:
    """Return a sheet with its fields in the order in which they are written."""
    order = words()["次序"]
    return {key: data[key] for key in sorted(data, key=order.index)}


@cache
def rulebooks_of(layout: str) -> tuple[str, ...]:
    """Return the rulebooks whose form has a layout, that of the same name first.

    A layout that is read alone has those of the layout that it is like, or says its own.
    """
    other = other_layouts().get(layout)
    if other is not None:
        return rulebooks_of(other.base) if other.rulebooks is None else other.rulebooks
    found = [name for name in shipped_ids() if layout in _layouts_of(name)]
    return tuple(sorted(found, key=lambda name: (not layout.startswith(name), name)))


@cache
def _layouts_of(name: str) -> tuple[Any, ...]:
    """Return the layouts that a rulebook prints, its own or those that it inherits."""
    data: Mapping[str, Any] = shipped_file(name, LAW).data
    parent = data.get("继承")
    above = _layouts_of(parent) if isinstance(parent, str) else (None, None)
    own = (data.get("表式"), data.get("整体表式"))
    return tuple(one or inherited for one, inherited in zip(own, above, strict=True))
