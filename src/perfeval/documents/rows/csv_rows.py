"""Rows as CSV for spreadsheets: UTF-8 with a byte order mark, lines ending as on Windows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from perfeval.numbers import parse_number, plain
from perfeval.rows import Row, RowColumn

_STEERING = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""Characters at which a spreadsheet begins a formula, and the apostrophe that keeps it from it."""
_WIDE_STEERING = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
"""= + - @ in full width, which some spreadsheets take for a formula as well; a text of one such
character is a sign (符号) of the form and stays."""
BYTE_ORDER_MARK = "\ufeff".encode()
YES = "是"


def csv_heading(columns: Sequence[RowColumn]) -> bytes:
    """Return the line of headings; it follows the byte order mark."""
    return csv_lines([[column.word for column in columns]])


def csv_rows(rows: Iterable[Row], columns: Sequence[RowColumn]) -> bytes:
    """Return the lines of rows; every one has exactly these columns."""
    names = [column.name for column in columns]
    return csv_lines([cell_text(getattr(row, name)) for name in names] for row in rows)


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Return lines of CSV, each text kept from being taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow(map(safe_text, row))
    return text.getvalue().encode(errors="replace")


def cell_text(value: Any) -> str:
    """Return what a cell shows: a number with the digits it has, 是 or nothing for a flag.

    >>> cell_text(Decimal("20.00")), cell_text(True), cell_text(None), cell_text(2023)
    ('20.00', '是', '', '2023')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else ""
    return plain(value) if isinstance(value, Decimal) else str(value)


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
