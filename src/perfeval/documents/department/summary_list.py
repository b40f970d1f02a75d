"""汇总表 as an Excel workbook (.xlsx): a row for each project, and one that adds up the money.

Amounts stand in one unit, converted exactly.  Rates, differences and sums are formulas, each with
its exact value beside it; what a sheet does not have stays blank and is never 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from perfeval.documents.findings.inspections import version_text
from perfeval.documents.formats.spreadsheet import Cell, Sheet, Value, letter, row_of, workbook
from perfeval.documents.templates import markup_template
from perfeval.errors import RenderError
from perfeval.numbers import (
    MAX_DIGITS,
    ZERO,
    Exact,
    RoundingMode,
    percent,
    plain,
    round_exact,
    subtract,
    total,
    trimmed,
)
from perfeval.scorecard import Scorecard
from perfeval.units import in_money
from perfeval.words import Section

_UNITS = ("万元", "元")
_FIRST = 5
"""The first row of a project, below the title, the unit of money and two rows of headings."""
_NAMES = 2
"""The columns that stay in sight: the number and the name of a project."""
_CACHED_DIGITS = MAX_DIGITS - 1
_USUAL_DIGITS = 2
_TITLE_HEIGHT, _HEAD_HEIGHT, _ROW_HEIGHT = 34, 18, 21  # points
_SMALLER = 3
"""How many more characters go into a line of a remark, whose letters are small."""
_NAME = "绩效自评汇总表"
_GAP = "\u3000"
_SPACE = "_ "
"""Keeps a number away from the border of its cell."""
_SIGNATURES = (10 * _GAP).join(
    ("单位负责人：", "财务负责人：", "填表人：", f"填表日期：{3 * _GAP}年{2 * _GAP}月{2 * _GAP}日")
)
_MEANINGS = (
    "“有据可算”是目标值和完成值同类、可以复算的得分；“依填报认定”是依填报的用语、完成率或评定分数"
    "认定的得分。差额＝已填报总分－总分。"
)


class _Style(IntEnum):
    """The styles of cells, by their order in summary_styles.xml."""

    TITLE = 1
    LEFT = 2
    RIGHT = 3
    HEAD = 4
    TEXT = 5
    MIDDLE = 6
    POSITION = 7
    MONEY = 8
    RATE = 9
    POINTS = 10
    TOTAL = 11
    REMARK = 12
    SUM_LABEL = 13
    SUM_MONEY = 14
    SUM_RATE = 15
    NOTE = 16
    SIGNATURE = 17


class _Project(NamedTuple):
    """A project, its amounts in the unit of the list."""

    card: Scorecard
    original: Decimal | None
    final: Decimal | None
    spent: Decimal | None

    @property
    def base(self) -> Decimal | None:
        """What execution is measured against."""
        return self.original if self.final is None else self.final

    @property
    def is_comparable(self) -> bool:
        """Budget and spending are both known."""
        return self.base is not None and self.spent is not None


class _Column(NamedTuple):
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
    value: Callable[[int, _Project], Value]


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
    if money_unit not in _UNITS:
        raise RenderError(f"汇总表的金额单位只能是{'或'.join(_UNITS)}，不能是“{money_unit}”")
    projects = [_project(card, money_unit) for card in cards if _is_project(card, year)]
    if not projects:
        raise RenderError("没有可以汇总的项目自评表")
    title = f"{year}年度{name}{_NAME}"
    columns = _columns(projects, money_unit)
    left_out = [card for card in cards if not _is_project(card, year)]
    notes = list(_notes(projects, left_out, money_unit))
    units = (f"填报单位：{name}", f"金额单位：{money_unit}")
    sheet = _sheet(title, units, columns, projects, notes)
    stamp = "; ".join((version_text(), *sorted({card.stamp for card in cards})))
    return workbook(title, stamp, _styles(projects), [sheet])


def _is_project(card: Scorecard, year: str) -> bool:
    return card.sheet.kind == "项目支出" and str(card.sheet.year) == year


def _project(card: Scorecard, money_unit: str) -> _Project:
    budget, unit = card.sheet.budget, card.sheet.money_unit
    amounts = (budget.original, budget.final, budget.spent)
    return _Project(card, *(_in_unit(amount, unit, money_unit) for amount in amounts))


def _in_unit(amount: Decimal | None, unit: str, wanted: str) -> Decimal | None:
    """Convert an amount exactly; in its own unit it keeps its digits."""
    return None if amount is None else in_money(amount, unit, wanted)


# -- columns -----------------------------------------------------------------------------------


def _columns(projects: Sequence[_Project], money_unit: str) -> list[_Column]:
    """Return the columns; there is one for each section that a project has."""
    used = {part.section for item in projects for part in item.card.subtotals}
    before = (
        *_NAME_COLUMNS,
        *(column._replace(width=_money_width(projects)) for column in _MONEY_COLUMNS),
        *_EXECUTION_COLUMNS,
        *(_section(part) for part in Section if part in used),
    )
    places = {column.heading: at for at, column in enumerate((*before, *_RESULT_COLUMNS))}
    difference = letter(places["已填报总分"]), letter(places["总分"])
    return [
        *before,
        *_RESULT_COLUMNS,
        _Column("填报情况", "差额", 9, lambda row, item: _difference(row, item, *difference)),
        _Column("", "备注", 32, lambda _, item: _remark(item, money_unit)),
    ]


def _section(section: Section) -> _Column:
    """Return the column of a section's subtotal."""

    def points(_: int, item: _Project) -> Value:
        found = [part.points for part in item.card.subtotals if part.section is section]
        return Value(_Style.POINTS, found[0] if found else None)

    return _Column("得分", section.label, 11, points)


def _measured(_: int, item: _Project) -> Value:
    return Value(_Style.POINTS, _if_total(item.card, item.card.measured))


def _claimed(_: int, item: _Project) -> Value:
    return Value(_Style.POINTS, _if_total(item.card, item.card.claimed))


def _if_total(card: Scorecard, points: Decimal) -> Decimal | None:
    """Return what a total is made of, where there is a total."""
    return None if card.total is None else points


def _rate(row: int, item: _Project) -> Value:
    """Return the execution rate, by the budget, or the original one where there is no other."""
    base = f"IF(ISNUMBER(D{row}),D{row},C{row})"
    formula = f'IF(ISNUMBER(E{row}),IF({base}>0,E{row}/{base},""),"")'
    return Value(_Style.RATE, _quotient(item.spent, item.base), formula)


def _quotient(part: Decimal | None, base: Decimal | None) -> Decimal | str:
    """Return the value of a formula that divides, or the empty text that it then gives."""
    if part is None or base is None or base <= ZERO:
        return ""
    return round_exact(Exact(part, base), _CACHED_DIGITS, RoundingMode.HALF_UP)


def _difference(row: int, item: _Project, filed: str, points: str) -> Value:
    """Return by how much the filed total is above the total."""
    claimed, given = item.card.filed_total, item.card.total
    formula = f'IF(COUNT({filed}{row},{points}{row})=2,{filed}{row}-{points}{row},"")'
    value = "" if claimed is None or given is None else subtract(claimed, given)
    return Value(_Style.POINTS, value, formula)


def _remark(item: _Project, money_unit: str) -> Value:
    """Say why there is no total, what it was made of, and what else differs from the list."""
    card = item.card
    texts = [_unscored(card), *card.adjustments]
    if card.execution.weight is not None:
        texts += (note.message for note in card.execution.notes)
    if card.sheet.money_unit != money_unit:
        texts.append(f"原表金额单位为{card.sheet.money_unit}")
    return Value(_Style.REMARK, "；".join(filter(None, texts)))


def _unscored(card: Scorecard) -> str:
    """Say why there is no total, with its bounds where it has any."""
    if card.total is not None or card.low is None or card.high is None:
        return card.unscored
    return f"{card.unscored}，最低 {plain(card.low)}，最高 {plain(card.high)}"


def _money_width(projects: Sequence[_Project]) -> int:
    """Return the width of a column of amounts: their sums are the longest numbers in it."""
    amounts = [[amount or ZERO for amount in column] for column in _amounts(projects)]
    longest = max(len(f"{total(column):,.{_decimals(column)}f}") for column in amounts)
    return max(longest + 4, 13)


_MONEY = "预算执行情况"
_NAME_COLUMNS = (
    _Column("", "序号", 6, lambda row, _: Value(_Style.POSITION, row - _FIRST + 1)),
    _Column("", "项目名称", 29, lambda _, item: Value(_Style.TEXT, item.card.sheet.name)),
)
_MONEY_COLUMNS = (
    _Column(_MONEY, "年初预算数", 13, lambda _, item: Value(_Style.MONEY, item.original)),
    _Column(_MONEY, "全年预算数", 13, lambda _, item: Value(_Style.MONEY, item.final)),
    _Column(_MONEY, "执行数", 13, lambda _, item: Value(_Style.MONEY, item.spent)),
)
_EXECUTION_COLUMNS = (
    _Column(_MONEY, "执行率", 10, _rate),
    _Column("得分", "预算执行得分", 8,
            lambda _, item: Value(_Style.POINTS, item.card.execution.shown)),
)  # fmt: skip
_RESULT_COLUMNS = (
    _Column("得分", "总分", 10, lambda _, item: Value(_Style.TOTAL, item.card.total)),
    _Column("", "等级", 6, lambda _, item: Value(_Style.MIDDLE, item.card.grade)),
    _Column("总分构成", "有据可算", 10, _measured),
    _Column("总分构成", "依填报认定", 12, _claimed),
    _Column("填报情况", "已填报总分", 12,
            lambda _, item: Value(_Style.POINTS, item.card.filed_total)),
)  # fmt: skip


# -- rows --------------------------------------------------------------------------------------


def _sheet(
    title: str, units: tuple[str, str], columns: Sequence[_Column],
    projects: Sequence[_Project], notes: Sequence[str],
) -> Sheet:  # fmt: skip
    """Lay out the list: title, headings, projects, their sum, notes, signatures."""
    widths = tuple(column.width for column in columns)
    whole = len(columns) - 1
    rows = [
        _spread(Value(_Style.TITLE, title), widths, _TITLE_HEIGHT),
        row_of([Value(_Style.LEFT, units[0]), *[Value(_Style.LEFT)] * (whole - 1),
                Value(_Style.RIGHT, units[1])], [100] * (whole + 1)),
        *_headings(columns),
        *(_body_row([column.value(row, item) for column in columns], widths)
          for row, item in enumerate(projects, _FIRST)),
        _body_row(list(_sums(columns, projects)), widths),
        *(_spread(Value(_Style.NOTE, note), widths) for note in notes),
        _spread(Value(_Style.SIGNATURE, _SIGNATURES), widths, _TITLE_HEIGHT),
    ]  # fmt: skip
    end = _FIRST + len(projects)
    alone = (1, *range(end + 1, len(rows) + 1))
    merged = (*_merged_headings(columns), f"A{end}:B{end}",
              *(f"A{row}:{letter(whole)}{row}" for row in alone))  # fmt: skip
    head = (_FIRST - 2, _FIRST - 1)
    return Sheet(_NAME, widths, rows, head, _NAMES, merged=merged, is_first=True)


def _body_row(values: Sequence[Value], widths: Sequence[int]) -> tuple[int, list[Cell]]:
    """Return a row of the table; more of the small letters of a remark go into a line."""
    height, cells = row_of(values, [*widths[:-1], widths[-1] + _SMALLER])
    return max(height, _ROW_HEIGHT), cells


def _spread(
    value: Value, widths: Sequence[int], height: int | None = None
) -> tuple[int, list[Cell]]:
    """Return a row whose cells are one."""
    blanks = [Value(value.style)] * (len(widths) - 1)
    needed, cells = row_of([value, *blanks], widths, sum(widths))
    return height or needed, cells


def _headings(columns: Sequence[_Column]) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the two rows of headings; a column without a group has one cell in both."""
    starts = {at for at, _, _ in _groups(columns)}
    upper = [
        (column.group if at in starts else "") or (column.heading if not column.group else "")
        for at, column in enumerate(columns)
    ]
    lower = [column.heading if column.group else "" for column in columns]
    for texts, height in ((upper, _HEAD_HEIGHT), (lower, 2 * _HEAD_HEIGHT)):
        values = [Value(_Style.HEAD, text) for text in texts]
        yield height, row_of(values, [column.width for column in columns])[1]


def _groups(columns: Sequence[_Column]) -> Iterator[tuple[int, int, str]]:
    """Yield the first and the last column of each group, and its heading."""
    at = 0
    for group, members in groupby(columns, key=lambda column: column.group):
        count = len(list(members))
        if group:
            yield at, at + count - 1, group
        at += count


def _merged_headings(columns: Sequence[_Column]) -> Iterator[str]:
    """Yield the areas of headings that are one cell."""
    upper, lower = _FIRST - 2, _FIRST - 1
    for first, last, _ in _groups(columns):
        yield f"{letter(first)}{upper}:{letter(last)}{upper}"
    for at, column in enumerate(columns):
        if not column.group:
            yield f"{letter(at)}{upper}:{letter(at)}{lower}"


def _sums(columns: Sequence[_Column], projects: Sequence[_Project]) -> Iterator[Value]:
    """Yield the cells of the sum: the amounts, and the rate of what compares."""
    last = _FIRST + len(projects) - 1
    yield from (Value(_Style.SUM_LABEL, "合计"), Value(_Style.SUM_LABEL))
    for at, amounts in enumerate(_amounts(projects), _NAMES):
        span = f"{letter(at)}{_FIRST}:{letter(at)}{last}"
        known = [amount for amount in amounts if amount is not None]
        value = total(known) if known else ""
        yield Value(_Style.SUM_MONEY, value, f'IF(COUNT({span})>0,SUM({span}),"")')
    yield Value(_Style.SUM_RATE, _quotient(*_comparable(projects)), _rate_of_sums(last))
    for _ in columns[_NAMES + 4 :]:
        yield Value(_Style.SUM_LABEL)


def _amounts(projects: Sequence[_Project]) -> list[list[Decimal | None]]:
    """Return the columns of amounts: 年初预算数, 全年预算数, 执行数."""
    return [
        [item.original for item in projects],
        [item.final for item in projects],
        [item.spent for item in projects],
    ]


def _comparable(projects: Sequence[_Project]) -> tuple[Decimal, Decimal]:
    """Return spending and budget of the projects that have both."""
    both = [item for item in projects if item.is_comparable]
    return (
        total(item.spent for item in both if item.spent is not None),
        total(item.base for item in both if item.base is not None),
    )


def _rate_of_sums(last: int) -> str:
    """Return the formula of the rate over the projects that have budget and spending."""
    original, final, spent = (f"{name}${_FIRST}:{name}${last}" for name in ("$C", "$D", "$E"))
    either = f'{original},">=0",{final},"="'
    part = f'(SUMIFS({spent},{final},">=0")+SUMIFS({spent},{either}))'
    base = f'(SUMIFS({final},{spent},">=0")+SUMIFS({original},{either},{spent},">=0"))'
    return f'IF({base}>0,{part}/{base},"")'


# -- notes -------------------------------------------------------------------------------------


def _notes(
    projects: Sequence[_Project], left_out: Sequence[Scorecard], money_unit: str
) -> Iterator[str]:
    """Yield the notes below the list, numbered."""
    texts = (
        _of_points(projects), _of_sums(projects), _of_rate(projects, money_unit),
        _MEANINGS, _left_out(left_out), _rulebooks(projects),
    )  # fmt: skip
    for number, text in enumerate(filter(None, texts), 1):
        yield f"{'注：' if number == 1 else '　　'}{number}. {text}"


def _of_points(projects: Sequence[_Project]) -> str:
    """Say how many projects have a total, and with which grades."""
    scored = [item.card for item in projects if item.card.total is not None]
    grades = Counter(card.grade for card in scored if card.grade)
    found = "、".join(f"{grade} {count} 个" for grade, count in grades.items())
    text = f"共 {len(projects)} 个项目，有总分的 {len(scored)} 个" + (found and f"（{found}）")
    missing = len(projects) - len(scored)
    return f"{text}；没有总分的 {missing} 个，原因见备注。" if missing else f"{text}。"


def _of_sums(projects: Sequence[_Project]) -> str:
    """Say of how many projects the sums are made, where it is not all of them."""
    counts = [sum(amount is not None for amount in amounts) for amounts in _amounts(projects)]
    if min(counts) == len(projects):
        return ""
    names = ("年初预算数", "全年预算数", "执行数")
    parts = "，".join(f"{name} {count} 个" for name, count in zip(names, counts, strict=True))
    return f"没有公布或填报的数留空，不作 0 处理；合计只加有数的项目：{parts}。"


def _of_rate(projects: Sequence[_Project], money_unit: str) -> str:
    """Say what the rate of the sum is made of, where it is not the sums above it."""
    both = [item for item in projects if item.is_comparable]
    if len(both) == len(projects) and all(item.final is not None for item in both):
        return ""
    spent, base = map(trimmed, _comparable(projects))
    return (
        f"合计的执行率只计预算数、执行数都有的 {len(both)} 个项目：执行数 {spent}{money_unit} ÷ "
        f"预算数 {base}{money_unit}；没有全年预算数的，以年初预算数为分母。"
    )


def _left_out(cards: Sequence[Scorecard]) -> str:
    names = "、".join(f"“{card.sheet.name}”（{_why_left_out(card)}）" for card in cards)
    return names and f"不列入、不加入合计：{names}。"


def _why_left_out(card: Scorecard) -> str:
    is_project = card.sheet.kind == "项目支出"
    return f"{card.sheet.year}年度" if is_project else "部门整体支出自评表，不是项目"


def _rulebooks(projects: Sequence[_Project]) -> str:
    books = {item.card.rulebook.name: None for item in projects}
    return f"计分依据：{'；'.join(books)}。"


# -- number formats ----------------------------------------------------------------------------


def _styles(projects: Sequence[_Project]) -> str:
    """Return the styles, with as many decimals as the numbers have."""
    money = [amount for amounts in _amounts(projects) for amount in amounts if amount is not None]
    points = [number for item in projects for number in _points(item.card) if number is not None]
    pairs = [*((item.spent, item.base) for item in projects), _comparable(projects)]
    digits = max(item.card.form.rate_digits for item in projects)
    rate = max([digits, *(_rate_digits(part, base, digits) for part, base in pairs)])
    return markup_template("excel/summary_styles.xml.j2").render(
        money=_aligned("#,##0", money), points=_aligned("0", points),
        rate=f"0.{'0' * rate}%{_SPACE}" if rate else f"0%{_SPACE}",
    )  # fmt: skip


def _points(card: Scorecard) -> Iterator[Decimal | None]:
    yield from (card.execution.shown, card.total, card.measured, card.claimed, card.filed_total)
    yield from (part.points for part in card.subtotals)


def _aligned(whole: str, numbers: Sequence[Decimal]) -> str:
    """Return a format with two decimals, and with room for as many more as a number has.

    >>> _aligned("#,##0", [Decimal("50"), Decimal("207.4538")])
    '#,##0.00??_ '
    """
    return f"{whole}.00{'?' * (_decimals(numbers) - _USUAL_DIGITS)}{_SPACE}"


def _decimals(numbers: Sequence[Decimal]) -> int:
    """Return how many decimals the numbers need, at least the two that are usual."""
    return max([_USUAL_DIGITS, *(len(trimmed(item).partition(".")[2]) for item in numbers)])


def _rate_digits(part: Decimal | None, base: Decimal | None, digits: int) -> int:
    """Return how many decimals a rate needs, so that only a full one shows as 100 %."""
    if part is None or base is None or base <= ZERO:
        return 0
    return len(percent(part, base, digits).partition(".")[2].removesuffix("%"))
