"""Rows as JSON Lines: one object each, under the English names of the fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from perfeval.rows import AnyRow, Row, row_data, row_from


def json_lines(rows: Iterable[Row]) -> bytes:
    """Return rows as lines of JSON, each with all fields; see `row_data`.

    >>> from perfeval import SheetRow
    >>> json_lines([SheetRow(project="养老")])[:52].decode()
    '{"file": null, "table": null, "problem": null, "proj'
    """
    lines = (json.dumps(row_data(row), ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode(errors="replace")


def rows_of_lines(lines: Iterable[bytes | str], kind: type[AnyRow]) -> Iterator[AnyRow]:
    """Yield the rows that `json_lines` wrote.

    Args:
        lines: The lines; empty ones are no rows.
        kind: The kind of rows.

    Raises:
        ValueError: A line is no such row.

    >>> from perfeval import SheetRow
    >>> [row.project for row in rows_of_lines(['{"project": "养老"}'], SheetRow)]
    ['养老']
    """
    for line in lines:
        if line.strip():
            values = json.loads(line)
            if not isinstance(values, dict):
                raise ValueError(f"{line!r} is no row")
            yield row_from(kind, values)
