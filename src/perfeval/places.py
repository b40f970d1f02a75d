"""Where a value stands: its path in the data, and its place in what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from perfeval.later import regex

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""

LINE_END = regex("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML counts as the end of a line."""

PlaceOrder = tuple[int, str, tuple[int, ...]]
"""By what places are sorted: kind, sheet, and the numbers in it."""


class _Printed:
    """What the four kinds of place have alike: how one is printed with its file, and sorted."""

    __slots__ = ()
    _kind: ClassVar[int]

    def in_file(self, file: str) -> str:
        """Print the place behind the name of its file."""
        return f"{file} {self}" if file else str(self)

    @property
    def order(self) -> PlaceOrder:
        """By what places are sorted: within one kind as they stand, kinds one after another."""
        group, numbers = self._sorted_by()
        return self._kind, group, numbers

    def _sorted_by(self) -> tuple[str, tuple[int, ...]]:
        raise NotImplementedError

    def __lt__(self, other: Any) -> bool:
        return self.order < other.order if isinstance(other, _Printed) else NotImplemented


@dataclass(frozen=True, slots=True)
class TextPlace(_Printed):
    """A place in a text; line and column count from 1, columns in characters.

    Attributes:
        line: The line, or the paragraph of a document that has no lines.
        column: The column.
        is_paragraph: Whether it is a paragraph. It is no part of what JSON stores.

    >>> print(TextPlace(41, 22), TextPlace(41, 22).in_file("养老.yaml"))
    41:22 养老.yaml:41:22
    >>> print(TextPlace(2, 1, is_paragraph=True).in_file("自评表.docx"))
    自评表.docx 第2段
    """

    line: int
    column: int
    is_paragraph: bool = field(default=False, compare=False, repr=False)
    _kind: ClassVar[int] = 0

    def __str__(self) -> str:
        return f"第{self.line}段" if self.is_paragraph else f"{self.line}:{self.column}"

    def in_file(self, file: str) -> str:
        """Print the place as compilers do, so that editors open it."""
        if self.is_paragraph:
            return f"{file} {self}" if file else str(self)
        return f"{file}:{self}" if file else str(self)

    def _sorted_by(self) -> tuple[str, tuple[int, ...]]:
        return "", (self.line, self.column)


_ADDRESS = regex("([A-Za-z]+)([0-9]+)")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class CellPlace(_Printed):
    """A cell of a workbook: the sheet's name and the cell's address.

    >>> print(CellPlace("自评表", "F12").in_file("自评表.xlsx"))
    自评表.xlsx 自评表!F12
    >>> CellPlace("自评表", "Z9") < CellPlace("自评表", "AA9") < CellPlace("自评表", "A10")
    True
    """

    sheet: str
    cell: str
    _kind: ClassVar[int] = 1

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"

    def _sorted_by(self) -> tuple[str, tuple[int, ...]]:
        found = _ADDRESS.fullmatch(self.cell)
        if found is None:
            return self.sheet, ()
        column = 0
        for letter in found[1].upper():
            column = column * _LETTERS + ord(letter) - ord("A") + 1
        return self.sheet, (int(found[2]), column)


@dataclass(frozen=True, slots=True)
class TablePlace(_Printed):
    """A cell of a table in a document; tables, rows and cells count from 1.

    >>> print(TablePlace(2, 7, 4).in_file("自评表.docx"))
    自评表.docx 第2张表 第7行第4格
    """

    table: int
    row: int
    cell: int
    _kind: ClassVar[int] = 2

    def __str__(self) -> str:
        return f"第{self.table}张表 第{self.row}行第{self.cell}格"

    def _sorted_by(self) -> tuple[str, tuple[int, ...]]:
        return "", (self.table, self.row, self.cell)


PageBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PagePlace(_Printed):
    """A line on a page; pages and lines count from 1.

    Attributes:
        page: The page.
        line: The line on it.
        box: The cell there: left, top, right and bottom as shares of the page; ``None`` for all of
            the line. It is no part of what JSON stores.

    >>> print(PagePlace(3, 12).in_file("决算.pdf"))
    决算.pdf 第3页 第12行
    """

    page: int
    line: int
    box: PageBox | None = field(default=None, compare=False, repr=False)
    _kind: ClassVar[int] = 3

    def __str__(self) -> str:
        return f"第{self.page}页 第{self.line}行"

    def _sorted_by(self) -> tuple[str, tuple[int, ...]]:
        return "", (self.page, self.line)


Place = TextPlace | CellPlace | TablePlace | PagePlace
"""Where something stands in what was read."""

PLACES: dict[str, type[Place]] = {
    "text": TextPlace,
    "cell": CellPlace,
    "table": TablePlace,
    "page": PagePlace,
}
"""The kinds of places by the words that JSON has for them."""
_NAMES_OF_KINDS = {kind: name for name, kind in PLACES.items()}


def place_data(place: Place) -> dict[str, Any]:
    """Return a place as plain data for JSON.

    >>> place_data(TextPlace(41, 22))
    {'kind': 'text', 'line': 41, 'column': 22}
    """
    stored = {one.name: getattr(place, one.name) for one in fields(place) if one.compare}
    return {"kind": _NAMES_OF_KINDS[type(place)], **stored}


def first_order(places: tuple[Place, ...]) -> PlaceOrder:
    """Return by what a thing is sorted that stands at these places; before all where at none."""
    return places[0].order if places else (-1, "", ())


NOTHING = object()
"""What `step_into` returns where the data goes no further."""


def step_into(data: Any, step: str | int) -> Any:
    """Return what plain data holds at one step of a path, or `NOTHING`."""
    if data.__class__ is dict:  # nearly always, and each place of a finding asks for it
        return data.get(step, NOTHING)
    if isinstance(data, Mapping):
        return data.get(step, NOTHING)
    if isinstance(data, list | tuple) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return NOTHING
