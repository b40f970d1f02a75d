"""Results as data for other tools: CSV for spreadsheets, and JSON.

Numbers are numbers with the digits they have, texts are texts that no spreadsheet takes for a
formula, and what is not known is empty.  ``docs/exchange.zh-CN.md`` describes every column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from perfeval._resources import SCHEMA, __version__
from perfeval.cells.levels import Section
from perfeval.cells.values import Cell
from perfeval.documents.as_json import Data, json_text, scorecard_data
from perfeval.documents.form.columns import INDICATOR_COLUMNS, Entry
from perfeval.documents.printed import execution_rate
from perfeval.fields import word_of
from perfeval.numbers import (
    parse_number,
    plain,
    subtract,
    total,
)
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import Line, Scorecard
from perfeval.sheet import Indicator, Sheet

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
    return csv_bytes(_SCORECARD_HEADINGS, map(_scorecard_row, cards))


def rows_csv(cards: Sequence[Scorecard]) -> bytes:
    """Write a row for each indicator; the budget row stands in `scorecards_csv`.

    Args:
        cards: The scorecards.

    Returns:
        CSV in UTF-8 with a byte order mark, lines ending as on Windows.
    """
    rows = (_indicator_row(card, line, line.indicator) for card in cards for line in card.lines)
    return csv_bytes(_ROW_HEADINGS, rows)


def csv_bytes(headings: Sequence[str], rows: Iterable[Row]) -> bytes:
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


UNCONFIRMED = word_of(Sheet, "unconfirmed")
"""The column that says of each row whether somebody has confirmed its sheet."""


def is_unconfirmed(sheet: Sheet) -> str | None:
    """Return 是 for a sheet that was read from a file and that nobody has confirmed."""
    return "是" if sheet.unconfirmed else None


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
        number_text(budget.original),
        number_text(budget.final),
        number_text(budget.spent),
        rate.removesuffix("%"),
        number_text(card.execution.weight),
        number_text(card.execution.shown),
        *(_subtotal(card, section) for section in (*Section, None)),
        number_text(card.total),
        number_text(card.low),
        number_text(card.high),
        card.grade,
        number_text(card.measured),
        number_text(card.claimed),
        number_text(card.filed_total),
        number_text(_excess(card)),
        card.why_unscored,
        is_unconfirmed(sheet),
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
    UNCONFIRMED,
)


def _subtotal(card: Scorecard, group: Section | None) -> str | None:
    """Return the points of a standard group's sections, or of those that stand beside all."""
    parts = [part.points for part in card.subtotals if part.section.group is group]
    points = [number for number in parts if number is not None]
    return number_text(total(points)) if parts and len(points) == len(parts) else None


def _excess(card: Scorecard) -> Decimal | None:
    """Return by how much the filed total is above the total."""
    if card.filed_total is None or card.total is None:
        return None
    return subtract(card.filed_total, card.total)


def number_text(number: Decimal | None) -> str | None:
    """Return a number with the digits it has."""
    return None if number is None else plain(number)


def _indicator_row(card: Scorecard, line: Line, indicator: Indicator) -> Row:
    sheet, derivation = card.sheet, line.derivation
    columns = printed_columns(line, indicator)
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
        number_text(line.weight),
        number_text(line.shown),
        number_text(line.low),
        number_text(line.high),
        number_text(line.filed),
        number_text(line.excess),
        line.basis.value,
        None if derivation is None else derivation.formula,
        line.explain(),
        indicator.reason,
        indicator.measure,
        is_unconfirmed(sheet),
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
    UNCONFIRMED,
)
_APART = frozenset({IndicatorContent.SIGN, IndicatorContent.UNIT})
"""Contents that have columns of their own, so that targets are written without them."""


def printed_columns(line: Line, indicator: Indicator) -> dict[IndicatorContent, str]:
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
    return json_bytes(cards, {"scorecards": list(map(scorecard_data, cards))})


def json_bytes(cards: Sequence[Scorecard], data: Data) -> bytes:
    """Write data as JSON, with the version and the rulebooks that made them."""
    stamps = sorted({card.stamp for card in cards})
    whole = {"perfeval": __version__, "schema": SCHEMA, "stamps": stamps, **data}
    return f"{json_text(whole)}\n".encode()
