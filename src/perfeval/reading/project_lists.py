"""Lists of projects (.xlsx, .csv …): their columns are known by the words at their heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfeval.carriers import LIMITS, CarriedCell, CarriedGrid, Refusal, carry
from perfeval.cells.tables import words_data
from perfeval.cells.units import MoneyUnit
from perfeval.opening import NotRegularError, read_regular, system_reason
from perfeval.reading.contents import is_unfilled, joined, number_in
from perfeval.reading.labels import unit_stated
from perfeval.rulebook.form_faults import heading_key

PROJECT, MONEY, RISK = "project", "money", "findings"
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_UNIT = re.compile("[十百千万亿]*元")
_UNIT_ALONE = re.compile(rf"[(（]?({_UNIT.pattern})[)）]?")
_SUMS = "sums"
"""The list of the words with which a row begins that adds up others."""


class ProjectListRow(NamedTuple):
    """A row of a list.

    Attributes:
        number: Which row of its sheet it is, from 1.
        texts: What stands in it, by the English name of the column.
        money: Its money; ``None`` where the cell holds no number.
        risk: The points that hang on it; ``None`` where the cell holds no number.
    """

    number: int
    texts: Mapping[str, str]
    money: Decimal | None
    risk: Decimal | None = None


class ProjectList(NamedTuple):
    """A list of projects that was read.

    Attributes:
        rows: Its rows.
        columns: The columns that were recognised, and the words at their heads.
        money_unit: The unit of its money; empty where the list does not say it, or says another
            than 元 and 万元, of which no money is read.
        notes: What was not read, and what is to be known.
        fault: Why there is no list; empty where there is one.
    """

    rows: tuple[ProjectListRow, ...] = ()
    columns: Mapping[str, str] = {}
    money_unit: str = ""
    notes: tuple[str, ...] = ()
    fault: str = ""


def read_project_list(path: str) -> ProjectList:
    """Read the list in a file; a fault of it is told, never raised.

    Args:
        path: The file: a workbook, a Word file, a page or CSV.

    Raises:
        MissingExtraError: It needs a package of the extra ``office`` that is not installed.
    """
    try:
        raw = read_regular(path, LIMITS.file + 1)
    except FileNotFoundError:
        return ProjectList(fault=f"没有这个文件“{path}”")
    except NotRegularError:
        return ProjectList(fault=f"“{path}”不是普通文件")
    except OSError as error:
        return ProjectList(fault=f"“{path}”打不开（{system_reason(error)}）")
    except ValueError:
        return ProjectList(fault="文件名里有不能用的字符")
    return project_list(raw, path)


def project_list(raw: bytes, name: str) -> ProjectList:
    r"""Read the list that the bytes of a file hold; see `read_project_list`.

    >>> found = project_list("项目名称,资金（万元）\n养老服务,12.5\n".encode(), "名单.csv")
    >>> found.rows[0].texts["project"], found.rows[0].money, found.money_unit
    ('养老服务', Decimal('12.5'), '万元')
    """
    carried = carry(raw)
    if isinstance(carried, Refusal):
        return ProjectList(fault=f"“{name}”：{carried.message}")
    found = [
        one for grid in carried.grids if not grid.is_hidden and (one := _list_in(grid)) is not None
    ]
    if not found:
        return ProjectList(fault=f"“{name}”里没有名单：没有一行有“项目名称”这一栏")
    others = (f"另有 {len(found) - 1} 张表也像名单，只读了第一张",) if len(found) > 1 else ()
    return found[0]._replace(notes=(*found[0].notes, *others))


@cache
def _columns() -> dict[str, str]:
    """Return the column that each heading is known for."""
    columns = {name: words for name, words in _words().items() if name != _SUMS}
    return {heading_key(word): name for name, words in columns.items() for word in words}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    data = words_data(__package__, "list_columns.json")
    return {name: tuple(words) for name, words in data.items()}


def _list_in(grid: CarriedGrid) -> ProjectList | None:
    rows = _rows(grid)
    for at, row in enumerate(rows):
        heads = _heads(row)
        if PROJECT in heads:
            above = [cell.text for earlier in rows[:at] for cell in earlier]
            return _read(rows[at + 1 :], heads, above)
    return None


def _rows(grid: CarriedGrid) -> list[list[CarriedCell]]:
    rows: dict[int, list[CarriedCell]] = {}
    for cell in grid.cells:
        if cell.text.strip() and not cell.is_hidden:
            rows.setdefault(cell.row, []).append(cell)
    return [rows[number] for number in sorted(rows)]


def _heads(row: Iterable[CarriedCell]) -> dict[str, CarriedCell]:
    """Return the columns of a row of headings; the first of several for one is taken."""
    found: dict[str, CarriedCell] = {}
    for cell in row:
        key = heading_key(joined(cell.text))
        name = _columns().get(key) or _columns().get(heading_key(_BRACKETS.sub("", key)))
        if name is not None:
            found.setdefault(name, cell)
    return found


def _read(
    rows: Sequence[Sequence[CarriedCell]], heads: Mapping[str, CarriedCell], above: Sequence[str]
) -> ProjectList:
    at = {cell.column: name for name, cell in heads.items()}
    notes: list[str] = []
    read: list[ProjectListRow] = []
    for row in rows:
        cells = {at[cell.column]: cell for cell in row if cell.column in at}
        number = row[0].row + 1
        if any(joined(cell.text).startswith(_words()[_SUMS]) for cell in cells.values()):
            continue
        if PROJECT not in cells or is_unfilled(cells[PROJECT].text):
            notes += _left_out(cells.values(), number)
            continue
        read.append(_row(cells, number, notes))
    unit = _unit(heads, above) if MONEY in heads else ""
    if unit and unit not in frozenset(MoneyUnit):
        notes.append(f"金额单位写的是{unit}，只认元或万元，各项金额没有读")
        read, unit = [row._replace(money=None) for row in read], ""
    elif MONEY in heads and not unit:
        notes.append(f"“{heads[MONEY].text}”没有写单位（元、万元），金额不与表比较，抽样时照原数")
    words = {name: joined(cell.text) for name, cell in heads.items()}
    return ProjectList(tuple(read), words, unit, tuple(notes))


def _left_out(cells: Iterable[CarriedCell], number: int) -> Iterator[str]:
    """Say of a row without a project that it was left out; a blank row needs no word."""
    if any(not is_unfilled(cell.text) for cell in cells):
        yield f"第 {number} 行没有项目名称，没有算"


def _row(cells: Mapping[str, CarriedCell], number: int, notes: list[str]) -> ProjectListRow:
    texts = {name: joined(cell.text) for name, cell in cells.items()}
    money, risk = (_number(cells, name, number, notes) for name in (MONEY, RISK))
    return ProjectListRow(number, texts, money, risk)


def _number(
    cells: Mapping[str, CarriedCell], name: str, row: int, notes: list[str]
) -> Decimal | None:
    """Return the number of a column, as the cell holds it; say where it holds another thing."""
    if name not in cells or is_unfilled(cells[name].text):
        return None
    cell = cells[name]
    found = cell.number if cell.number is not None else number_in(joined(cell.text))
    if found is None:
        what = _words()[name][0]
        notes.append(f"第 {row} 行的{what}不是数，没有读：{joined(cell.text)}")
    return found


def _unit(heads: Mapping[str, CarriedCell], above: Iterable[str]) -> str:
    """Return the unit of money: that of its heading, else the one that stands above the table.

    A place's name above the table states none: 广元市, 三元区.
    """
    in_head = _UNIT.search(heading_key(heads[MONEY].text))
    if in_head is not None:
        return in_head[0]
    for text in above:
        alone = _UNIT_ALONE.fullmatch(heading_key(text))
        unit = unit_stated(text) if alone is None else alone[1]
        if unit:
            return unit
    return ""
