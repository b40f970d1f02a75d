"""The hidden sheets of a workbook: formulas by name, each computed once and then referred to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from perfeval.documents.workbook.formula import BLANK, Formula, Span, Value

HEADINGS = 1
"""The rows above the first row of a hidden sheet."""


@cache
def letters(column: int) -> str:
    """Return the name of a column, counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, column: int) -> str:
    """Return the name of a cell, row and column counted from 0.

    >>> address(1, 2)
    'C2'
    """
    return f"{letters(column)}{row + 1}"


class Shared(NamedTuple):
    """A formula that all rows of a kind have in this column, and its value in one of them.

    Attributes:
        text: The formula, with a mark for the number of the row.
        value: Its value.
    """

    text: str
    value: Value


class HiddenSheet:
    """A hidden sheet: a column for each name, a row for each thing that is computed.

    Attributes:
        name: The sheet's name.
        columns: The columns by their headings.
        cells: What stands in each row and column; a `Formula` computes, alone or `Shared` with
            other rows, any other value is kept.
    """

    def __init__(self, name: str, columns: Mapping[str, int] = MappingProxyType({})) -> None:
        self.name = name
        self.columns: dict[str, int] = dict(columns)
        self.cells: dict[tuple[int, int], Formula | Shared | Value] = {}

    def keep(self, row: int, heading: str, value: Value) -> Formula:
        """Put a constant into the sheet; return the reference to it.

        A reference to an empty cell would count as 0, so a blank is written as a formula.
        """
        return self._put(row, heading, BLANK if value == "" else value, value)

    def put(self, row: int, heading: str, formula: Formula) -> Formula:
        """Put a formula into the sheet; return the reference to it."""
        return self._put(row, heading, formula, formula.value)

    def append(self, name: str, formula: Formula) -> Formula:
        """Put a result below all others, its name in front; return the reference to it."""
        row = max((row for row, _ in self.cells), default=0)
        self.keep(row, "项目", name)
        return self.put(row, "结果", formula)

    def _put(self, row: int, heading: str, content: Formula | Value, value: Value) -> Formula:
        column = self.columns.setdefault(heading, len(self.columns))
        self.cells[HEADINGS + row, column] = content
        return Formula(f"{self.name}!{address(HEADINGS + row, column)}", value)

    def shared(self, row: int, column: int, formula: Formula, value: Value) -> None:
        """Put a formula into the sheet that other rows have as well."""
        self.cells[HEADINGS + row, column] = Shared(formula.text, value)

    def constant(self, row: int, column: int, value: Value) -> None:
        """Put a constant into the sheet, as `keep` does, in a column that is known."""
        self.cells[HEADINGS + row, column] = BLANK if value == "" else value

    def column(self, heading: str) -> dict[int, Value]:
        """Return the values of a column by their rows, counted from 0."""
        at = self.columns[heading]
        return {row - HEADINGS: self._value(row, at) for row, column in self.cells if column == at}

    def listed(self, heading: str, values: Sequence[Value]) -> Span:
        """Put constants below each other, from the first row on; return their range."""
        column = self.columns.setdefault(heading, len(self.columns))
        for row, value in enumerate(values):
            self.cells[HEADINGS + row, column] = BLANK if value == "" else value
        return self.span(heading, len(values))

    def span(self, heading: str, rows: int) -> Span:
        """Return the first rows of a column, and one where there are none."""
        column = self.columns.setdefault(heading, len(self.columns))
        count = max(rows, 1)
        texts = [f"${letters(column)}${HEADINGS + 1 + row}" for row in (0, count - 1)]
        values = tuple(self._value(HEADINGS + row, column) for row in range(count))
        return Span(f"{self.name}!{':'.join(texts)}", values)

    def _value(self, row: int, column: int) -> Value:
        content = self.cells.get((row, column), "")
        return content.value if isinstance(content, Formula | Shared) else content
