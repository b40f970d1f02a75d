"""自评表 in the columns of the national system's import (一体化系统导入表), as an Excel workbook.

One sheet for each project, its rows where the import looks for them, and behind them a sheet that
lists what the import would refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from perfeval._resources import data_dir
from perfeval.cells.signs import Sign
from perfeval.documents.department.exchange import is_unconfirmed
from perfeval.documents.department.national import (
    national_actual,
    national_indicator,
    national_rate,
    national_rows,
)
from perfeval.documents.file_names import Names
from perfeval.documents.findings.inspections import version_text
from perfeval.documents.form.columns import INDICATOR_COLUMNS, Entry
from perfeval.documents.formats.spreadsheet import (
    SpreadsheetCell,
    Value,
    Worksheet,
    letter,
    row_of,
    workbook,
)
from perfeval.documents.inputs.national_words import national_words
from perfeval.errors import RenderError
from perfeval.numbers import ONE, parse_number
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import IndicatorLine, Scorecard
from perfeval.sheet import Budget, FundRow, Sheet

_HEAD, _TEXT, _MIDDLE, _NUMBER = 1, 2, 3, 11  # the styles of cells in styles.xml
_PLAIN = 0
_NOTES = "导入前要看的"
_NOTE_WIDTHS = {"项目": 28, "哪一行": 28, "要看什么": 60}
_PERCENT = "%％"
_LONGEST_NAME = 25
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
_BLANK = Value(_PLAIN)

NamedValues = tuple[int, list[SpreadsheetCell]]


def national_workbook(cards: Sequence[Scorecard]) -> bytes:
    """Write scorecards as the workbook that the national system imports (.xlsx).

    Args:
        cards: The scorecards.

    Returns:
        The workbook; the same bytes for the same scorecards.

    Raises:
        RenderError: What does not fit into the fields of the system, all of it at once.
    """
    national_rows(cards)  # refuses what does not fit
    _refuse_more_funds(cards)
    names = Names()
    names.give(_NOTES)
    sheets = [_sheet(card, names.give(_sheet_name(card.sheet))) for card in cards]
    notes = [note for card in cards for note in _notes(card)]
    if notes:
        sheets.append(_list_of(notes))
    sheets[0] = sheets[0]._replace(is_first=True)
    stamp = "; ".join((version_text(), *sorted({card.stamp for card in cards})))
    styles = (data_dir("templates") / "excel/styles.xml").read_text(encoding="utf-8")
    return workbook(_words()["标题"], stamp, styles, sheets)


def _words() -> dict[str, Any]:
    words: dict[str, Any] = national_words()["导入表"]
    return words


def _refuse_more_funds(cards: Sequence[Scorecard]) -> None:
    """Refuse sheets with more kinds of money than the import has rows for.

    Raises:
        RenderError: They have.
    """
    most = int(_words()["最多资金行"]) - 1
    names = [card.sheet.name for card in cards if len(card.sheet.budget.funds) > most]
    if names:
        listed = "、".join(f"“{name}”" for name in names)
        said = f"导入表的资金只有总额和 {most} 行来源，装不下：{listed}；请合并资金构成"
        raise RenderError(f"{said}，或者输出 .json")


def _sheet_name(sheet: Sheet) -> str:
    """Return the name of a project as a name of a sheet: short, and without forbidden signs."""
    return sheet.bare_name.translate(_FORBIDDEN)[:_LONGEST_NAME].strip() or _words()["标题"]


def _sheet(card: Scorecard, name: str) -> Worksheet:
    """Lay out one project: its rows begin where the import looks for them."""
    words, widths = _words(), tuple(map(int, _words()["栏宽"]))
    rows = [row_of(values, widths) for values in _head(card)]
    _fill(rows, int(words["资金行"]) - 2, widths)
    rows += [row_of(values, widths) for values in _funds(card)]
    _fill(rows, int(words["目标行"]) - 1, widths)
    rows.append(row_of(_goals(card.sheet), widths))
    rows += [row_of(values, widths) for values in _indicators(card)]
    head = int(words["指标行"]) - 1
    goals, last = words["目标行"], letter(len(widths) - 1)
    merged = (f"A1:{last}1", f"A2:{last}2", f"B{goals}:D{goals}", f"F{goals}:{last}{goals}")
    return Worksheet(name, widths, rows, (head, head), merged=merged)


def _fill(rows: list[NamedValues], until: int, widths: Sequence[int]) -> None:
    """Add blank rows; there are not more than so many above."""
    while len(rows) < until:
        rows.append(row_of(_row_of_values(), widths))


def _row_of_values(*values: Value) -> list[Value]:
    """Return the cells of a row, those that it does not name blank."""
    return [*values, *[_BLANK] * (len(_words()["栏宽"]) - len(values))]


def _head(card: Scorecard) -> Iterator[list[Value]]:
    """Yield the rows above the money."""
    sheet, words = card.sheet, _words()
    yield _row_of_values(Value(_MIDDLE, words["标题"]))
    yield _row_of_values(Value(_MIDDLE, f"（{sheet.year}年度）"))
    pairs = (
        ("项目名称", sheet.name),
        ("项目编码", sheet.project_code),
        ("主管部门", sheet.department),
        ("实施单位", sheet.unit),
    )
    for (label, text), (other, more) in zip(pairs[::2], pairs[1::2], strict=True):
        yield _row_of_values(
            Value(_HEAD, label), Value(_TEXT, text), Value(_HEAD, other), Value(_TEXT, more)
        )
    yield _row_of_values(
        Value(_HEAD, "金额单位"),
        Value(_TEXT, sheet.money_unit.value),
        Value(_HEAD, "模板"),
        Value(_TEXT, words["模板"]),
    )


def _funds(card: Scorecard) -> Iterator[list[Value]]:
    """Yield the headings of the money, its sum, and its kinds."""
    yield _row_of_values(*(Value(_HEAD, heading) for heading in _words()["资金栏"]))
    line, budget = card.execution, card.sheet.budget
    whole = national_words()["资金总额"]
    yield _fund(whole, budget, line.weight, line.shown)
    for fund in budget.funds:
        yield _fund(fund.name, fund, fund.filed.weight, fund.filed.points)


def _fund(
    name: str, row: Budget | FundRow, weight: Decimal | None, points: Decimal | None
) -> list[Value]:
    figures = (row.original, row.final, row.spent, weight, national_rate(row), points)
    return _row_of_values(Value(_TEXT, name), *(Value(_NUMBER, figure) for figure in figures))


def _goals(sheet: Sheet) -> list[Value]:
    planned, done = _words()["目标"]
    aims = sheet.goal or "\n".join(goal.text for goal in sheet.goals)
    reached = sheet.goal_actual or "\n".join(goal.actual or "" for goal in sheet.goals).strip()
    return [
        Value(_HEAD, planned),
        Value(_TEXT, aims),
        *[_BLANK] * 2,
        Value(_HEAD, done),
        Value(_TEXT, reached),
        *[_BLANK] * 2,
    ]


def _indicators(card: Scorecard) -> Iterator[list[Value]]:
    """Yield the headings of the indicators, and a row for each."""
    yield [Value(_HEAD, heading) for heading in _words()["指标栏"]]
    for line in card.lines:
        row = line.indicator
        texts = (row.section.label, row.aspect.label, line.name, _target(line), _actual(line))
        reasons = national_indicator(line, row)["kpi_remark"]
        yield [
            *(Value(_TEXT, text) for text in texts),
            Value(_NUMBER, line.weight),
            Value(_NUMBER, line.shown),
            Value(_TEXT, reasons),
        ]


def _target(line: IndicatorLine) -> str:
    """Return the target with its sign and unit, which have no column here."""
    entry = Entry(line, line.indicator, frozenset(), 0)
    return INDICATOR_COLUMNS[IndicatorContent.TARGET].text(entry)


def _actual(line: IndicatorLine) -> str | None:
    """Return the figure that was achieved; the import takes it without its unit.

    A percent up to 1 keeps its sign: without it nobody can tell it from a fraction.
    """
    row = line.indicator
    unit = national_indicator(line, row)["meterunit"] or ""
    bare = national_actual(row, unit)
    number = parse_number(bare or "")
    if unit and unit in _PERCENT and number is not None and number.copy_abs() <= ONE:
        return row.actual.text if row.actual is not None else bare
    return bare


def _notes(card: Scorecard) -> Iterator[tuple[str, str, str]]:
    """Yield what the import would refuse or take for something else: project, row, why."""
    name = card.sheet.name
    if is_unconfirmed(card.sheet):
        yield name, "", card.sheet.caveat
    if card.sheet.budget.reason:
        yield name, national_words()["资金总额"], "预算执行的偏差原因，导入表里没有这一栏"
    seen: set[tuple[str, str, str]] = set()
    for line in card.lines:
        row = line.indicator
        key = (row.section.key, row.aspect.key, line.name)
        if key in seen:
            yield name, line.name, "同一级下有同名的指标，系统按名称对应，会对错行"
        seen.add(key)
        fault = _fault(line)
        if fault:
            yield name, line.name, fault


def _fault(line: IndicatorLine) -> str:
    """Say what the import would refuse in a row, or return an empty text."""
    actual, words = _actual(line), _words()["定性完成值"]
    if actual is None:
        return "没有实际完成值"
    if line.indicator.sign is Sign.QUALITATIVE:
        return "" if actual in words else f"定性指标的完成值只收{'、'.join(words)}"
    if parse_number(actual) is None:
        return "完成值不是数：定量指标只收数，定性指标只收" + "、".join(words)
    return ""


def _list_of(notes: Sequence[tuple[str, str, str]]) -> Worksheet:
    widths = tuple(_NOTE_WIDTHS.values())
    rows = [row_of([Value(_HEAD, heading) for heading in _NOTE_WIDTHS], widths)]
    rows += [row_of([Value(_TEXT, text) for text in note], widths) for note in notes]
    return Worksheet(_NOTES, widths, rows, filtered=len(rows))
