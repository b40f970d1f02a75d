"""汇总表 as an Excel workbook (.xlsx): a row for each project, and one that adds up the money.

Amounts stand in one unit, converted exactly.  Rates, differences and sums are formulas, each with
its exact value beside it; what a sheet does not have stays blank and is never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perfeval.cells.units import MoneyUnit
from perfeval.documents.department.summary_list.columns import (
    FIRST,
    ListColumn,
    columns_of,
    quotient,
)
from perfeval.documents.department.summary_list.notes import notes_of
from perfeval.documents.department.summary_list.projects import (
    ListedProject,
    amounts_of,
    comparable,
    is_project,
    project_of,
)
from perfeval.documents.department.summary_list.styles import CellStyle, styles_of
from perfeval.documents.findings.inspections import version_text
from perfeval.documents.formats.spreadsheet import (
    SpreadsheetCell,
    Value,
    Worksheet,
    letter,
    row_of,
    workbook,
)
from perfeval.errors import RenderError
from perfeval.numbers import (
    total,
)
from perfeval.scorecard import Scorecard

_NAMES = 2
"""How many columns are frozen: the number and the name of a project."""
_TITLE_HEIGHT, _HEAD_HEIGHT, _ROW_HEIGHT = 34, 18, 21  # points
_SMALLER = 3
"""How many characters more than elsewhere fit into a line of a remark, which is set smaller."""
_NAME = "绩效自评汇总表"
_GAP = "\u3000"
_SIGNATURES = (10 * _GAP).join(
    ("单位负责人：", "财务负责人：", "填表人：", f"填表日期：{3 * _GAP}年{2 * _GAP}月{2 * _GAP}日")
)


def summary_workbook(name: str, year: str, money_unit: str, cards: Sequence[Scorecard]) -> bytes:
    """Write the 汇总表 of a department as an Excel workbook.

    Args:
        name: The department.
        year: The year.
        money_unit: ``万元`` or ``元``; the amounts of all sheets are converted to it.
        cards: The scorecards; the sheets of a whole department and of other years are
            named below and not added up.

    Returns:
        The workbook; the same bytes for the same scorecards.

    Raises:
        RenderError: There is no project, or no such unit of money.
    """
    if money_unit not in tuple(MoneyUnit):
        raise RenderError(f"汇总表的金额单位只能是{'或'.join(MoneyUnit)}，不能是“{money_unit}”")
    unit = MoneyUnit(money_unit)
    projects = [project_of(card, unit) for card in cards if is_project(card, year)]
    if not projects:
        raise RenderError("没有可以汇总的项目自评表")
    title = f"{year}年度{name}{_NAME}"
    columns = columns_of(projects, unit)
    left_out = [card for card in cards if not is_project(card, year)]
    notes = list(notes_of(projects, left_out, unit))
    units = (f"填报单位：{name}", f"金额单位：{unit}")
    sheet = _sheet(title, units, columns, projects, notes)
    stamp = "; ".join((version_text(), *sorted({card.stamp for card in cards})))
    return workbook(title, stamp, styles_of(projects), [sheet])


def _sheet(
    title: str,
    units: tuple[str, str],
    columns: Sequence[ListColumn],
    projects: Sequence[ListedProject],
    notes: Sequence[str],
) -> Worksheet:
    """Lay out the list: title, headings, projects, their sum, notes, signatures."""
    widths = tuple(column.width for column in columns)
    whole = len(columns) - 1
    rows = [
        _spread(Value(CellStyle.TITLE, title), widths, _TITLE_HEIGHT),
        row_of(
            [
                Value(CellStyle.LEFT, units[0]),
                *[Value(CellStyle.LEFT)] * (whole - 1),
                Value(CellStyle.RIGHT, units[1]),
            ],
            [100] * (whole + 1),
        ),
        *_headings(columns),
        *(
            _body_row([column.value(row, item) for column in columns], widths)
            for row, item in enumerate(projects, FIRST)
        ),
        _body_row(list(_sums(columns, projects)), widths),
        *(_spread(Value(CellStyle.NOTE, note), widths) for note in notes),
        _spread(Value(CellStyle.SIGNATURE, _SIGNATURES), widths, _TITLE_HEIGHT),
    ]
    end = FIRST + len(projects)
    alone = (1, *range(end + 1, len(rows) + 1))
    merged = (
        *_merged_headings(columns),
        f"A{end}:B{end}",
        *(f"A{row}:{letter(whole)}{row}" for row in alone),
    )
    head = (FIRST - 2, FIRST - 1)
    return Worksheet(_NAME, widths, rows, head, _NAMES, merged=merged, is_first=True)


def _body_row(values: Sequence[Value], widths: Sequence[int]) -> tuple[int, list[SpreadsheetCell]]:
    """Return a row of the table; more of the small letters of a remark go into a line."""
    height, cells = row_of(values, [*widths[:-1], widths[-1] + _SMALLER])
    return max(height, _ROW_HEIGHT), cells


def _spread(
    value: Value, widths: Sequence[int], height: int | None = None
) -> tuple[int, list[SpreadsheetCell]]:
    """Return a row that is merged into one cell."""
    blanks = [Value(value.style)] * (len(widths) - 1)
    needed, cells = row_of([value, *blanks], widths, sum(widths))
    return height or needed, cells


def _headings(columns: Sequence[ListColumn]) -> Iterator[tuple[int, list[SpreadsheetCell]]]:
    """Yield the two rows of headings; a column without a group has one cell in both."""
    starts = {at for at, _, _ in _groups(columns)}
    upper = [
        (column.group if at in starts else "") or (column.heading if not column.group else "")
        for at, column in enumerate(columns)
    ]
    lower = [column.heading if column.group else "" for column in columns]
    for texts, height in ((upper, _HEAD_HEIGHT), (lower, 2 * _HEAD_HEIGHT)):
        values = [Value(CellStyle.HEAD, text) for text in texts]
        yield height, row_of(values, [column.width for column in columns])[1]


def _groups(columns: Sequence[ListColumn]) -> Iterator[tuple[int, int, str]]:
    """Yield the first and the last column of each group, and its heading."""
    at = 0
    for group, members in groupby(columns, key=lambda column: column.group):
        count = len(list(members))
        if group:
            yield at, at + count - 1, group
        at += count


def _merged_headings(columns: Sequence[ListColumn]) -> Iterator[str]:
    """Yield the merged areas of the headings."""
    upper, lower = FIRST - 2, FIRST - 1
    for first, last, _ in _groups(columns):
        yield f"{letter(first)}{upper}:{letter(last)}{upper}"
    for at, column in enumerate(columns):
        if not column.group:
            yield f"{letter(at)}{upper}:{letter(at)}{lower}"


def _sums(columns: Sequence[ListColumn], projects: Sequence[ListedProject]) -> Iterator[Value]:
    """Yield the cells of the sum: amounts, and the rate of the projects that state both amounts."""
    last = FIRST + len(projects) - 1
    yield from (Value(CellStyle.SUM_LABEL, "合计"), Value(CellStyle.SUM_LABEL))
    for at, amounts in enumerate(amounts_of(projects), _NAMES):
        span = f"{letter(at)}{FIRST}:{letter(at)}{last}"
        known = [amount for amount in amounts if amount is not None]
        value = total(known) if known else ""
        yield Value(CellStyle.SUM_MONEY, value, f'IF(COUNT({span})>0,SUM({span}),"")')
    yield Value(CellStyle.SUM_RATE, quotient(*comparable(projects)), _rate_of_sums(last))
    for _ in columns[_NAMES + 4 :]:
        yield Value(CellStyle.SUM_LABEL)


def _rate_of_sums(last: int) -> str:
    """Return the formula of the rate over the projects that have budget and spending."""
    original, final, spent = (f"{name}${FIRST}:{name}${last}" for name in ("$C", "$D", "$E"))
    either = f'{original},">=0",{final},"="'
    part = f'(SUMIFS({spent},{final},">=0")+SUMIFS({spent},{either}))'
    base = f'(SUMIFS({final},{spent},">=0")+SUMIFS({original},{either},{spent},">=0"))'
    return f'IF({base}>0,{part}/{base},"")'
