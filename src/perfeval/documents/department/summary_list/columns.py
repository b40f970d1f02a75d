"""The columns of the list: what each shows for a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.levels import Section, SectionName
from perfeval.cells.units import MoneyUnit
from perfeval.documents.department.summary_list.projects import ListedProject, amounts_of
from perfeval.documents.department.summary_list.styles import CellStyle, decimals
from perfeval.documents.formats.spreadsheet import Value, letter
from perfeval.numbers import (
    MAX_DIGITS,
    ZERO,
    Exact,
    RoundingMode,
    plain,
    round_exact,
    subtract,
    total,
)
from perfeval.scorecard import Scorecard

FIRST = 5
"""The first row of a project, below the title, the unit of money and two rows of headings."""
_CACHED_DIGITS = MAX_DIGITS - 1


class ListColumn(NamedTuple):
    """A column of the list.

    Attributes:
        group: The heading that it shares with its neighbours, or empty.
        heading: Its own heading.
        width: Its width in characters.
        value: What it shows for the project with this number.
    """

    group: str
    heading: str
    width: int
    value: Callable[[int, ListedProject], Value]


def columns_of(projects: Sequence[ListedProject], money_unit: MoneyUnit) -> list[ListColumn]:
    """Return the columns; one for each section that a project has, and codes if there are any."""
    used = {part.section.key: part.section for item in projects for part in item.card.subtotals}
    before = (
        *_NAME_COLUMNS,
        *(column._replace(width=_money_width(projects)) for column in _MONEY_COLUMNS),
        *_EXECUTION_COLUMNS,
        *map(_section, sorted(used.values(), key=_order)),
    )
    places = {column.heading: at for at, column in enumerate((*before, *_RESULT_COLUMNS))}
    difference = letter(places["已填报总分"]), letter(places["总分"])
    has_codes = any(item.card.sheet.project_code for item in projects)
    return [
        *before,
        *_RESULT_COLUMNS,
        ListColumn("填报情况", "差额", 9, lambda row, item: _difference(row, item, *difference)),
        *((_CODE_COLUMN,) if has_codes else ()),
        ListColumn("", "备注", 32, lambda _, item: _remark(item, money_unit)),
    ]


def _order(section: SectionName) -> int:
    """Return where a section's column stands: the standard groups first, in their order."""
    groups = tuple(Section)
    return len(groups) if section.group is None else groups.index(section.group)


def _section(section: SectionName) -> ListColumn:
    """Return the column of a section's subtotal."""

    def points(_: int, item: ListedProject) -> Value:
        found = [part.points for part in item.card.subtotals if part.section.key == section.key]
        return Value(CellStyle.POINTS, found[0] if found else None)

    return ListColumn("得分", section.label or "各项指标", 11, points)


def _measured(_: int, item: ListedProject) -> Value:
    return Value(CellStyle.POINTS, _if_total(item.card, item.card.measured))


def _claimed(_: int, item: ListedProject) -> Value:
    return Value(CellStyle.POINTS, _if_total(item.card, item.card.claimed))


def _if_total(card: Scorecard, points: Decimal) -> Decimal | None:
    """Return what a total is made of, where there is a total."""
    return None if card.total is None else points


def _rate(row: int, item: ListedProject) -> Value:
    """Return the execution rate, by the budget, or the original one where there is no other."""
    base = f"IF(ISNUMBER(D{row}),D{row},C{row})"
    formula = f'IF(ISNUMBER(E{row}),IF({base}>0,E{row}/{base},""),"")'
    return Value(CellStyle.RATE, quotient(item.spent, item.base), formula)


def quotient(part: Decimal | None, base: Decimal | None) -> Decimal | str:
    """Return the cached value of a division, or the empty text where its formula gives none."""
    if part is None or base is None or base <= ZERO:
        return ""
    return round_exact(Exact(part, base), _CACHED_DIGITS, RoundingMode.HALF_UP)


def _difference(row: int, item: ListedProject, filed: str, points: str) -> Value:
    """Return by how much the filed total is above the total."""
    claimed, given = item.card.filed_total, item.card.total
    formula = f'IF(COUNT({filed}{row},{points}{row})=2,{filed}{row}-{points}{row},"")'
    value = "" if claimed is None or given is None else subtract(claimed, given)
    return Value(CellStyle.POINTS, value, formula)


def _remark(item: ListedProject, money_unit: MoneyUnit) -> Value:
    """Say why there is no total, what it was made of, and what else differs from the list."""
    card = item.card
    texts = [card.sheet.caveat, _unscored(card), *card.steps]
    if card.execution.weight is not None:
        texts += (note.message for note in card.execution.notes)
    if card.sheet.money_unit != money_unit:
        texts.append(f"原表金额单位为{card.sheet.money_unit}")
    return Value(CellStyle.REMARK, "；".join(filter(None, texts)))


def _unscored(card: Scorecard) -> str:
    """Say why there is no total, with its bounds where it has any."""
    if card.total is not None or card.low is None or card.high is None:
        return card.why_unscored
    return f"{card.why_unscored}，最低 {plain(card.low)}，最高 {plain(card.high)}"


def _money_width(projects: Sequence[ListedProject]) -> int:
    """Return the width of a column of amounts: their sums are the longest numbers in it."""
    amounts = [[amount or ZERO for amount in column] for column in amounts_of(projects)]
    longest = max(len(f"{total(column):,.{decimals(column)}f}") for column in amounts)
    return max(longest + 4, 13)


_MONEY = "预算执行情况"
_NAME_COLUMNS = (
    ListColumn("", "序号", 6, lambda row, _: Value(CellStyle.POSITION, row - FIRST + 1)),
    ListColumn("", "项目名称", 29, lambda _, item: Value(CellStyle.TEXT, item.card.sheet.name)),
)
_CODE_COLUMN = ListColumn(
    "", "项目编码", 24, lambda _, item: Value(CellStyle.TEXT, item.card.sheet.project_code)
)
_MONEY_COLUMNS = (
    ListColumn(_MONEY, "年初预算数", 13, lambda _, item: Value(CellStyle.MONEY, item.original)),
    ListColumn(_MONEY, "全年预算数", 13, lambda _, item: Value(CellStyle.MONEY, item.final)),
    ListColumn(_MONEY, "执行数", 13, lambda _, item: Value(CellStyle.MONEY, item.spent)),
)
_EXECUTION_COLUMNS = (
    ListColumn(_MONEY, "执行率", 10, _rate),
    ListColumn(
        "得分",
        "预算执行得分",
        8,
        lambda _, item: Value(CellStyle.POINTS, item.card.execution.shown),
    ),
)
_RESULT_COLUMNS = (
    ListColumn("得分", "总分", 10, lambda _, item: Value(CellStyle.TOTAL, item.card.total)),
    ListColumn("", "等级", 6, lambda _, item: Value(CellStyle.MIDDLE, item.card.grade)),
    ListColumn("总分构成", "有据可算", 10, _measured),
    ListColumn("总分构成", "依填报认定", 12, _claimed),
    ListColumn(
        "填报情况", "已填报总分", 12, lambda _, item: Value(CellStyle.POINTS, item.card.filed_total)
    ),
)
