"""The HTML page, against f-strings that write the same table."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats.html import write_table

_VALUE, _TEXT, _HEADING = Role.VALUE, Role.TEXT, Role.HEADING


def benchmark() -> Benchmark:
    """Compare the template with f-strings; both begin with the grid and write the same bytes."""
    table = lay_out(sample.scorecard())
    before, start, rest = write_table(table).decode().partition("<thead>\n")
    _, end, after = rest.partition("</tbody>\n")
    before, after = before + start, end + after

    def write_by_hand() -> bytes:
        return f"{before}{''.join(rows_by_hand(table))}{after}".encode()

    if write_by_hand() != write_table(table):
        raise ValueError("the f-strings should write the same page")
    return Benchmark(
        "grid → HTML page",
        "f-strings that write the same bytes",
        bar=4,
        numerator=lambda: write_table(table),
        denominator=write_by_hand,
    )


def rows_by_hand(table: Table) -> Iterator[str]:
    """Yield the rows of the table; what stands before and after them is given."""
    for row in table.head:
        yield f"<tr>\n{''.join(map(_cell, row))}</tr>\n"
    yield "</thead>\n<tbody>\n"
    for row in table.body:
        yield f"<tr>\n{''.join(map(_cell, row))}</tr>\n"


def _cell(cell: GridCell) -> str:
    _, _, rowspan, colspan, text, role = cell
    text = escape(text, quote=False)
    if not text:
        role = _VALUE
    if rowspan == colspan == 1 and role is _VALUE:
        return f"<td>{text}</td>\n"
    spans = f' colspan="{colspan}"' if colspan != 1 else ""
    if rowspan != 1:
        spans += f' rowspan="{rowspan}"'
    if role is _VALUE:
        return f"<td{spans}>{text}</td>\n"
    if role is _TEXT:
        return f'<td class="text"{spans}>{text}</td>\n'
    if role is _HEADING:
        return f'<th scope="col"{spans}>{text}</th>\n'
    scope = "row" if rowspan == 1 else "rowgroup"
    return f'<th scope="{scope}"{spans}>{text}</th>\n'
