"""Results under the field names of the national budget system (一体化系统), as CSV and JSON.

``docs/exchange.zh-CN.md`` describes every field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfeval.cells.comparison import Outcome
from perfeval.cells.signs import Sign
from perfeval.documents.department.exchange import (
    UNCONFIRMED,
    NamedValues,
    csv_bytes,
    is_unconfirmed,
    json_bytes,
    number_text,
    printed_columns,
)
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
)
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import Line, Scorecard
from perfeval.sheet import Budget, FundRow, Indicator

_SIGN_CODES = {
    Sign.AT_LEAST: "1",
    Sign.ABOVE: "2",
    Sign.EQUAL: "3",
    Sign.BELOW: "4",
    Sign.AT_MOST: "5",
    Sign.QUALITATIVE: "6",
}
_OWN = ("项目名称", "实施单位", "年度", "金额单位", UNCONFIRMED)
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


def national_rows(cards: Sequence[Scorecard]) -> list[NamedValues]:
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
    return csv_bytes((*_OWN, *_FIELDS), national_rows(cards))


def national_json(cards: Sequence[Scorecard]) -> bytes:
    """Write `national_rows` as JSON; its texts are as they are, without apostrophes."""
    return json_bytes(cards, {"rows": national_rows(cards)})


def _national_rows(card: Scorecard) -> Iterator[NamedValues]:
    sheet = card.sheet
    empty: NamedValues = dict.fromkeys((*_OWN, *_FIELDS))
    own = (sheet.name, sheet.unit, str(sheet.year), sheet.money_unit, is_unconfirmed(sheet))
    common = {**empty, **dict(zip(_OWN, own, strict=True))}
    yield {**common, **_fixed_row(card.execution, sheet.budget)}
    for line in card.lines:
        yield {**common, **national_indicator(line, line.indicator)}


def _fixed_row(line: Line, budget: Budget) -> NamedValues:
    """Return the fields of the budget row."""
    return {
        "datatype": _FIXED_ROW,
        "name": _FIXED_NAME,
        "actualweight": number_text(line.weight),
        "score": number_text(line.shown),
        "kpi_remark": budget.reason,
        "amt1": number_text(budget.original),
        "amt3": number_text(budget.final),
        "amt4": number_text(budget.spent),
        "bgtget": number_text(national_rate(budget)),
    }


def national_rate(budget: Budget | FundRow) -> Decimal | None:
    """Return 执行率 as the system has it: of the adjusted budget, and 0 where that is 0."""
    if budget.final is None or budget.spent is None:
        return None
    if budget.final == ZERO:
        return round_number(ZERO, _POINTS_DIGITS, RoundingMode.HALF_UP)
    rate = Exact(multiply(budget.spent, HUNDRED), budget.final)
    return round_exact(rate, _POINTS_DIGITS, RoundingMode.HALF_UP)


def national_indicator(line: Line, indicator: Indicator) -> NamedValues:
    """Return the fields of an indicator."""
    columns = printed_columns(line, indicator)
    return {
        "findex": indicator.section.label,
        "sindex": indicator.aspect.label,
        "name": line.name,
        "computesign": _sign_code(indicator),
        "indexval": columns[IndicatorContent.TARGET] or None,
        "meterunit": columns[IndicatorContent.UNIT] or None,
        "actualvalue": national_actual(indicator, columns[IndicatorContent.UNIT]),
        "actualweight": number_text(line.weight),
        "score": number_text(line.shown),
        "kpi_remark": columns[IndicatorContent.REASON_AND_MEASURE] or None,
    }


def _sign_code(indicator: Indicator) -> str | None:
    """Return the code of the sign that counts, where the row could be compared at all."""
    stated = indicator.sign or (indicator.target.sign if indicator.target else None)
    pair = indicator.comparison
    is_known = pair.outcome in (Outcome.FIGURES, Outcome.WORDS)
    sign = stated or (pair.sign if is_known else None)
    return None if sign is None else _SIGN_CODES[sign]


def national_actual(indicator: Indicator, unit: str) -> str | None:
    """Return what was achieved, less its unit where that is the unit of the row."""
    cell = indicator.actual
    if cell is None:
        return None
    figure = cell.text.removesuffix(unit).rstrip()
    return figure if parse_number(figure) is not None else cell.text


def _misfits(row: NamedValues) -> Iterator[str]:
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


def _fitted(row: NamedValues) -> NamedValues:
    """Write the points with the decimals of their field."""
    points = {field: row[field] for field in _POINTS}
    return {**row, **{field: _two_decimals(text) for field, text in points.items()}}


def _two_decimals(text: str | None) -> str | None:
    if text is None:
        return None
    return plain(round_number(Decimal(text), _POINTS_DIGITS, RoundingMode.DOWN))
