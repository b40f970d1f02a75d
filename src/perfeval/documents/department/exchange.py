"""Results as data for other tools: CSV for spreadsheets, and JSON.

Numbers are numbers with the digits they have, texts are texts that no spreadsheet takes for a
formula, and what is not known is empty.  ``docs/exchange.zh-CN.md`` describes every column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from perfeval._resources import SCHEMA, __version__
from perfeval.documents.as_json import Data, json_text, scorecard_data
from perfeval.documents.form.columns import INDICATOR_COLUMNS, Entry
from perfeval.documents.rows import indicator_rows, sheet_row
from perfeval.documents.rows.csv_rows import (
    BYTE_ORDER_MARK,
    YES,
    csv_heading,
    csv_lines,
    csv_rows,
)
from perfeval.documents.rows.flatten import APART
from perfeval.fields import word_of
from perfeval.numbers import plain
from perfeval.rows import IndicatorRow, RowColumn, SheetRow, columns_of
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import Line, Scorecard
from perfeval.sheet import Indicator, Sheet

NamedValues = dict[str, str | None]


# -- CSV ---------------------------------------------------------------------------------------

_OF_FILES = frozenset(
    (
        "file",
        "table",
        "problem",
        "place",
        "errors",
        "warnings",
        "infos",
        "waived",
        "stake",
        "sha256",
    )
)
"""Columns of rows that a scorecard alone does not fill."""


def _own_columns(kind: type[SheetRow | IndicatorRow]) -> tuple[RowColumn, ...]:
    return tuple(column for column in columns_of(kind) if column.name not in _OF_FILES)


def scorecards_csv(cards: Sequence[Scorecard]) -> bytes:
    """Write a row for each project.

    Args:
        cards: The scorecards.

    Returns:
        CSV in UTF-8 with a byte order mark, lines ending as on Windows.
    """
    columns = _own_columns(SheetRow)
    rows = csv_rows(map(sheet_row, cards), columns)
    return BYTE_ORDER_MARK + csv_heading(columns) + rows


def rows_csv(cards: Sequence[Scorecard]) -> bytes:
    """Write a row for each indicator; the budget row stands in `scorecards_csv`.

    Args:
        cards: The scorecards.

    Returns:
        CSV in UTF-8 with a byte order mark, lines ending as on Windows.
    """
    columns = _own_columns(IndicatorRow)
    rows = (row for card in cards for row in indicator_rows(card))
    return BYTE_ORDER_MARK + csv_heading(columns) + csv_rows(rows, columns)


def csv_bytes(headings: Sequence[str], rows: Iterable[NamedValues]) -> bytes:
    """Write rows; every one has exactly the columns of the headings."""
    lines = ([row[heading] or "" for heading in headings] for row in rows)
    return BYTE_ORDER_MARK + csv_lines([headings]) + csv_lines(lines)


UNCONFIRMED = word_of(Sheet, "unconfirmed")
"""The column that says of each row whether somebody has confirmed its sheet."""


def is_unconfirmed(sheet: Sheet) -> str | None:
    """Return 是 for a sheet that was read from a file and that nobody has confirmed."""
    return YES if sheet.unconfirmed else None


def number_text(number: Decimal | None) -> str | None:
    """Return a number with the digits it has."""
    return None if number is None else plain(number)


def printed_columns(line: Line, indicator: Indicator) -> dict[IndicatorContent, str]:
    """Return what a form with columns for sign and unit prints of a row."""
    entry = Entry(line, indicator, APART, 0)
    wanted = (
        IndicatorContent.SIGN,
        IndicatorContent.TARGET,
        IndicatorContent.UNIT,
        IndicatorContent.REASON_AND_MEASURE,
    )
    return {name: INDICATOR_COLUMNS[name].text(entry) for name in wanted}


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
