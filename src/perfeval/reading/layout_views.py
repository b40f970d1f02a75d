"""What is known of a layout: by what it is told, who uses it, and as what its columns are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perfeval.readers.layouts import layout_ids
from perfeval.readers.rulebooks import layout_name, load_layout
from perfeval.reading.indicators import WORDS
from perfeval.reading.other_layouts import other_layouts
from perfeval.reading.table import rulebooks_of
from perfeval.reading.vocabulary import words
from perfeval.rulebook import Form
from perfeval.rulebook.form import BudgetContent, FormCell, HeaderField, IndicatorContent

_Content = IndicatorContent
_AS_INDICATOR = {
    **WORDS,
    _Content.SECTION: "一级指标",
    _Content.ASPECT: "二级指标",
    _Content.NAME: "名称",
    _Content.SIGN: "符号",
}
_AS_BUDGET = {
    BudgetContent.FUND_NAME: "资金构成的名称",
    BudgetContent.ORIGINAL: "年初预算数",
    BudgetContent.FINAL: "预算数",
    BudgetContent.ARRIVED: "资金到位",
    BudgetContent.SPENT: "执行数",
    BudgetContent.RATE: "已填报的执行率",
    BudgetContent.WEIGHT: "已填报的分值",
    BudgetContent.POINTS: "已填报的得分",
    BudgetContent.REASON: "偏差原因",
}
_FILLED_IN = re.compile(r"\{(\w+)\}")
_NO_FIELD = (HeaderField.BLANK, HeaderField.FULL)
_EMPTY = (_Content.BLANK, BudgetContent.BLANK)


class LayoutColumn(NamedTuple):
    """A column or a field of a layout: what is printed, and as what it is read; empty if it is not.

    Attributes:
        heading: What the layout prints, on one line.
        read_as: The word of the sheet.
        others: What other places print for the same.
    """

    heading: str
    read_as: str
    others: tuple[str, ...] = ()


class LayoutView(NamedTuple):
    """A layout, as it is shown.

    Attributes:
        id: Its id.
        name: The name of the rulebook with which it ships.
        title: What it prints as its title.
        extends: The layout on which it stands, or empty.
        signature: Words that together tell it from others.
        rulebooks: The rulebooks whose form it is, the one that is assumed first.
        fields: What stands above and below the indicators.
        budget: The columns of the budget.
        indicators: The columns of the indicators.
        example: A small table of it, row by row; of a layout that no rulebook prints.
    """

    id: str
    name: str
    title: str
    extends: str
    signature: tuple[str, ...]
    rulebooks: tuple[str, ...]
    fields: tuple[str, ...]
    budget: tuple[LayoutColumn, ...]
    indicators: tuple[LayoutColumn, ...]
    example: tuple[tuple[str, ...], ...] = ()


def layout_view(name: str) -> LayoutView:
    """Return a layout as it is shown.

    Raises:
        RenderError: No layout has this id.

    >>> view = layout_view("beijing")
    >>> view.rulebooks, view.indicators[4].heading, view.indicators[4].read_as
    (('beijing',), '全年实际值（B）', '完成值')
    """
    other = other_layouts().get(name)
    form = load_layout(name, tuple(other_layouts())) if other is None else other.form
    return LayoutView(
        id=name,
        name=layout_name(name) if other is None else other.name,
        title=_line(form.title),
        extends=form.extends or "",
        signature=tuple(map(_line, form.signature)),
        rulebooks=rulebooks_of(name),
        fields=tuple(dict.fromkeys(_fields(form))),
        budget=tuple(_budget(form)),
        indicators=tuple(_indicators(form)),
        example=() if other is None else other.example,
    )


def layout_views() -> Iterator[LayoutView]:
    """Yield every layout that ships, those last that are read and never printed."""
    return map(layout_view, (*layout_ids(), *other_layouts()))


def _line(text: str) -> str:
    """Return a text on one line; what is filled in stands in 〔〕."""
    return _FILLED_IN.sub(r"〔\1〕", "".join(text.split()))


def _fields(form: Form) -> Iterator[str]:
    """Yield the fields that stand above and below the indicators."""
    for _, rows in form.blocks:
        for row in rows:
            yield from filter(None, map(_field, row))


def _field(cell: FormCell) -> str:
    return str(cell.boxes or ("" if cell.field in _NO_FIELD else cell.field or ""))


def _budget(form: Form) -> Iterator[LayoutColumn]:
    for column in form.budget:
        if column.content is not BudgetContent.BLOCK_NAME and column.content not in _EMPTY:
            heading = _line(column.heading or column.content)
            read_as = _AS_BUDGET.get(column.content, "")
            yield LayoutColumn(heading, read_as, _others("预算", column.content, heading))


def _indicators(form: Form) -> Iterator[LayoutColumn]:
    for column in form.indicators:
        if column.content is not _Content.BLOCK_NAME and column.content not in _EMPTY:
            heading = _line(column.heading or column.content)
            read_as = _AS_INDICATOR.get(column.content, "")
            yield LayoutColumn(heading, read_as, _others("指标", column.content, heading))


def _others(block: str, content: BudgetContent | IndicatorContent, heading: str) -> tuple[str, ...]:
    """Return the headings that other forms have for a content."""
    known = words()[block].get(content.value, ())
    return tuple(word for word in known if word != heading)
