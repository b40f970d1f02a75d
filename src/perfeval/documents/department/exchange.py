"""Results as data for other tools: CSV for spreadsheets, JSON, and the national system's fields.

Numbers are numbers with the digits they have, texts are texts that no spreadsheet takes for a
formula, and what is not known is empty.  ``docs/exchange.zh-CN.md`` describes every column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from perfeval._resources import __version__
from perfeval.cells.comparison import Outcome
from perfeval.cells.levels import Section
from perfeval.cells.signs import Sign
from perfeval.cells.values import Cell
from perfeval.documents.as_json import SCHEMA, Data, json_text, scorecard_data
from perfeval.documents.form.columns import INDICATOR_COLUMNS, Entry
from perfeval.documents.printed import execution_rate
from perfeval.errors import RenderError
from perfeval.numbers import (
    HUNDRED,
    ZERO,
    Exact,
    RoundingMode,
    multiply,
    parse_number,
    plain,
    round_exact,
    round_number,
    subtract,
    total,
)
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import Line, Scorecard
from perfeval.sheet import Budget, Indicator

Row = dict[str, str | None]

_STEERING = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""Characters at which a spreadsheet begins a formula, and the apostrophe that keeps it from it."""
_WIDE_STEERING = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
"""= + - @ in full width, which some spreadsheets take for a formula as well; a text of one such
character is a sign (符号) of the form and stays."""


# -- CSV ---------------------------------------------------------------------------------------


def scorecards_csv(cards: Sequence[Scorecard]) -> bytes:
    """Write a row for each project.

    Args:
        cards: The scorecards.

    Returns:
        CSV in UTF-8 with a byte order mark, lines ending as on Windows.
    """
    return _csv(_SCORECARD_HEADINGS, map(_scorecard_row, cards))


def rows_csv(cards: Sequence[Scorecard]) -> bytes:
    """Write a row for each indicator; the budget row stands in `scorecards_csv`.

    Args:
        cards: The scorecards.

    Returns:
        CSV in UTF-8 with a byte order mark, lines ending as on Windows.
    """
    rows = (_indicator_row(card, line, line.indicator) for card in cards for line in card.lines)
    return _csv(_ROW_HEADINGS, rows)


def _csv(headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Write rows; every one has exactly the columns of the headings."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow(safe_text(row[heading] or "") for heading in headings)
    return text.getvalue().encode("utf-8-sig")


def safe_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could take for a formula.

    A number is left alone, also below 0.  A text that begins with an apostrophe gets another one,
    so that leaving out one apostrophe at the beginning always gives back what was there.

    >>> safe_text("=1+1"), safe_text("-5"), safe_text("-5%"), safe_text("'甲"), safe_text("＝")
    ("'=1+1", '-5', '-5%', "''甲", '＝')
    """
    if parse_number(text.removesuffix("%")) is not None:
        return text
    is_wide = len(text) > 1 and text.startswith(_WIDE_STEERING)
    return f"'{text}" if is_wide or text.startswith(_STEERING) else text


def _scorecard_row(card: Scorecard) -> Row:
    sheet, budget = card.sheet, card.sheet.budget
    rate = execution_rate(budget, card.form.rate_digits)
    values = (
        sheet.name,
        sheet.department,
        sheet.unit,
        str(sheet.year),
        sheet.kind,
        card.stamp,
        sheet.money_unit,
        _number(budget.original),
        _number(budget.final),
        _number(budget.spent),
        rate.removesuffix("%"),
        _number(card.execution.weight),
        _number(card.execution.shown),
        *(_subtotal(card, section) for section in (*Section, None)),
        _number(card.total),
        _number(card.low),
        _number(card.high),
        card.grade,
        _number(card.measured),
        _number(card.claimed),
        _number(card.filed_total),
        _number(_excess(card)),
        card.why_unscored,
    )
    return dict(zip(_SCORECARD_HEADINGS, values, strict=True))


_SCORECARD_HEADINGS = (
    "项目名称",
    "主管部门",
    "实施单位",
    "年度",
    "表种",
    "评分办法",
    "金额单位",
    "年初预算数",
    "全年预算数",
    "执行数",
    "执行率（%）",
    "预算执行分值",
    "预算执行得分",
    *(f"{section.label}得分" for section in Section),
    "其他指标得分",
    "总分",
    "总分下限",
    "总分上限",
    "等级",
    "有据可算",
    "依填报认定",
    "已填报总分",
    "差额",
    "未计总分的原因",
)


def _subtotal(card: Scorecard, group: Section | None) -> str | None:
    """Return the points of a standard group's sections, or of those that stand beside all."""
    parts = [part.points for part in card.subtotals if part.section.group is group]
    points = [number for number in parts if number is not None]
    return _number(total(points)) if parts and len(points) == len(parts) else None


def _excess(card: Scorecard) -> Decimal | None:
    """Return by how much the filed total is above the total."""
    if card.filed_total is None or card.total is None:
        return None
    return subtract(card.filed_total, card.total)


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _indicator_row(card: Scorecard, line: Line, indicator: Indicator) -> Row:
    sheet, derivation = card.sheet, line.derivation
    columns = _columns(line, indicator)
    values = (
        sheet.name,
        sheet.unit,
        str(sheet.year),
        indicator.section.label,
        indicator.aspect.label,
        line.name,
        columns[IndicatorContent.SIGN],
        _text(indicator.target),
        _text(indicator.actual),
        columns[IndicatorContent.UNIT],
        _number(line.weight),
        _number(line.shown),
        _number(line.low),
        _number(line.high),
        _number(line.filed),
        _number(line.excess),
        line.basis.value,
        None if derivation is None else derivation.formula,
        line.explain(),
        indicator.reason,
        indicator.measure,
    )
    return dict(zip(_ROW_HEADINGS, values, strict=True))


_ROW_HEADINGS = (
    "项目名称",
    "实施单位",
    "年度",
    "一级指标",
    "二级指标",
    "三级指标",
    "符号",
    "年度指标值",
    "实际完成值",
    "度量单位",
    "分值",
    "得分",
    "得分下限",
    "得分上限",
    "已填报得分",
    "多报",
    "计分依据",
    "算式",
    "计分说明",
    "偏差原因",
    "改进措施",
)
_APART = frozenset({IndicatorContent.SIGN, IndicatorContent.UNIT})
"""Contents that have columns of their own, so that targets are written without them."""


def _columns(line: Line, indicator: Indicator) -> dict[IndicatorContent, str]:
    """Return what a form with columns for sign and unit prints of a row."""
    entry = Entry(line, indicator, _APART, 0)
    wanted = (
        IndicatorContent.SIGN,
        IndicatorContent.TARGET,
        IndicatorContent.UNIT,
        IndicatorContent.REASON_AND_MEASURE,
    )
    return {name: INDICATOR_COLUMNS[name].text(entry) for name in wanted}


def _text(cell: Cell | None) -> str | None:
    return None if cell is None else cell.text


# -- JSON --------------------------------------------------------------------------------------


def scorecards_json(cards: Sequence[Scorecard]) -> bytes:
    """Write all that is known of the scorecards; ``docs/schema/scorecard.schema.json`` has it.

    Args:
        cards: The scorecards.

    Returns:
        JSON in UTF-8; figures are texts with the digits they have.
    """
    return _json(cards, {"scorecards": list(map(scorecard_data, cards))})


def _json(cards: Sequence[Scorecard], data: Data) -> bytes:
    stamps = sorted({card.stamp for card in cards})
    whole = {"perfeval": __version__, "schema": SCHEMA, "stamps": stamps, **data}
    return f"{json_text(whole)}\n".encode()


# -- the national system -----------------------------------------------------------------------

_SIGN_CODES = {
    Sign.AT_LEAST: "1",
    Sign.ABOVE: "2",
    Sign.EQUAL: "3",
    Sign.BELOW: "4",
    Sign.AT_MOST: "5",
    Sign.QUALITATIVE: "6",
}
_OWN = ("项目名称", "实施单位", "年度", "金额单位")
"""Columns that the national system does not have; they say which project a row belongs to."""
_FIELDS = (
    "datatype",
    "findex",
    "sindex",
    "name",
    "computesign",
    "indexval",
    "meterunit",
    "actualvalue",
    "actualweight",
    "score",
    "kpi_remark",
    "amt1",
    "amt3",
    "amt4",
    "bgtget",
)
_LENGTHS = {"indexval": 1000, "actualvalue": 1000, "kpi_remark": 2000}
_POINTS = ("actualweight", "score")
_POINTS_DIGITS, _POINTS_LIMIT = 2, Decimal(1000)
_FIXED_ROW, _FIXED_NAME = "selfframe", "预算执行率"


def national_rows(cards: Sequence[Scorecard]) -> list[Row]:
    """Return the rows of scorecards under the field names of the national budget system.

    For each project the fixed row of the budget, then its indicators.  What a sheet does not
    settle is ``None``; ``docs/exchange.zh-CN.md`` says which fields are left out.

    Args:
        cards: The scorecards.

    Returns:
        The rows, all with the same keys.

    Raises:
        RenderError: What does not fit into the fields of the system, all of it at once.
    """
    rows = [row for card in cards for row in _national_rows(card)]
    faults = [fault for row in rows for fault in _misfits(row)]
    if faults:
        listed = "\n".join(f"  {fault}" for fault in faults)
        raise RenderError(f"有 {len(faults)} 处装不进一体化系统的字段，没有导出：\n{listed}")
    return [_fitted(row) for row in rows]


def national_csv(cards: Sequence[Scorecard]) -> bytes:
    """Write `national_rows` as CSV; see `scorecards_csv` for its conventions."""
    return _csv((*_OWN, *_FIELDS), national_rows(cards))


def national_json(cards: Sequence[Scorecard]) -> bytes:
    """Write `national_rows` as JSON; its texts are as they are, without apostrophes."""
    return _json(cards, {"rows": national_rows(cards)})


def _national_rows(card: Scorecard) -> Iterator[Row]:
    sheet = card.sheet
    empty: Row = dict.fromkeys((*_OWN, *_FIELDS))
    own = (sheet.name, sheet.unit, str(sheet.year), sheet.money_unit)
    common = {**empty, **dict(zip(_OWN, own, strict=True))}
    yield {**common, **_fixed_row(card.execution, sheet.budget)}
    for line in card.lines:
        yield {**common, **_national_indicator(line, line.indicator)}


def _fixed_row(line: Line, budget: Budget) -> Row:
    """Return the fields of the budget row."""
    return {
        "datatype": _FIXED_ROW,
        "name": _FIXED_NAME,
        "actualweight": _number(line.weight),
        "score": _number(line.shown),
        "kpi_remark": budget.reason,
        "amt1": _number(budget.original),
        "amt3": _number(budget.final),
        "amt4": _number(budget.spent),
        "bgtget": _number(_national_rate(budget)),
    }


def _national_rate(budget: Budget) -> Decimal | None:
    """Return 执行率 as the system has it: of the adjusted budget, and 0 where that is 0."""
    if budget.final is None or budget.spent is None:
        return None
    if budget.final == ZERO:
        return round_number(ZERO, _POINTS_DIGITS, RoundingMode.HALF_UP)
    rate = Exact(multiply(budget.spent, HUNDRED), budget.final)
    return round_exact(rate, _POINTS_DIGITS, RoundingMode.HALF_UP)


def _national_indicator(line: Line, indicator: Indicator) -> Row:
    """Return the fields of an indicator."""
    columns = _columns(line, indicator)
    return {
        "findex": indicator.section.label,
        "sindex": indicator.aspect.label,
        "name": line.name,
        "computesign": _sign_code(indicator),
        "indexval": columns[IndicatorContent.TARGET] or None,
        "meterunit": columns[IndicatorContent.UNIT] or None,
        "actualvalue": _national_actual(indicator, columns[IndicatorContent.UNIT]),
        "actualweight": _number(line.weight),
        "score": _number(line.shown),
        "kpi_remark": columns[IndicatorContent.REASON_AND_MEASURE] or None,
    }


def _sign_code(indicator: Indicator) -> str | None:
    """Return the code of the sign that counts, where the row could be compared at all."""
    stated = indicator.sign or (indicator.target.sign if indicator.target else None)
    pair = indicator.comparison
    is_known = pair.outcome in (Outcome.FIGURES, Outcome.WORDS)
    sign = stated or (pair.sign if is_known else None)
    return None if sign is None else _SIGN_CODES[sign]


def _national_actual(indicator: Indicator, unit: str) -> str | None:
    """Return what was achieved, less its unit where that is the unit of the row."""
    cell = indicator.actual
    if cell is None:
        return None
    figure = cell.text.removesuffix(unit).rstrip()
    return figure if parse_number(figure) is not None else cell.text


def _misfits(row: Row) -> Iterator[str]:
    """Say which fields of a row do not fit into the system."""
    where = f"“{row['项目名称']}”的“{row['name']}”"
    for field, length in _LENGTHS.items():
        text = row[field] or ""
        if len(text) > length:
            yield f"{where}：{field} 有 {len(text)} 个字，最多 {length} 个字"
    for field in _POINTS:
        points = row[field]
        if points is not None and not _fits(Decimal(points)):
            yield f"{where}：{field} 是 {points}，整数部分最多三位，小数最多两位"


def _fits(points: Decimal) -> bool:
    """Tell whether points fit into N(5,2) without being rounded."""
    is_short = round_number(points, _POINTS_DIGITS, RoundingMode.DOWN) == points
    return is_short and points.copy_abs() < _POINTS_LIMIT


def _fitted(row: Row) -> Row:
    """Write the points with the decimals of their field."""
    points = {field: row[field] for field in _POINTS}
    return {**row, **{field: _two_decimals(text) for field, text in points.items()}}


def _two_decimals(text: str | None) -> str | None:
    if text is None:
        return None
    return plain(round_number(Decimal(text), _POINTS_DIGITS, RoundingMode.DOWN))
