"""Tables whose content is known, written by other libraries than the carriers read with."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from perfeval.carriers import CarriedDocument, CarriedGrid, Refusal, carry


@dataclass(frozen=True)
class Made:
    """A cell as it was written: a text, or a figure with its number format."""

    text: str
    number: Decimal | None = None
    format: str = ""
    rows: int = 1
    columns: int = 1


MadeTable = dict[tuple[int, int], Made]
WORDS = [
    *("产出指标", "数量指标", "养老机构床位数", "享受运营补贴线下服务网点数量", "≥95%", "391张"),
    *("42（3）", "优良", "/", "—", "☑", "<b>&amp;", "”引号“"),
]
FORMATS = {
    "0.00": lambda number: f"{number:.2f}",
    "0.00%": lambda number: f"{number * 100:.2f}%",
    '0"张"': lambda number: f"{number:.0f}张",
    "#,##0.00": lambda number: f"{number:,.2f}",
}


def table(seed: int, *, are_figures: bool = True) -> MadeTable:
    """Draw a table of 3 to 9 rows and 3 to 7 columns, with merged areas that do not overlap."""
    draw = random.Random(seed)
    height, width = draw.randint(3, 9), draw.randint(3, 7)
    made: MadeTable = {}
    taken: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            rows, columns = _span(draw, row, column, height, width, taken)
            taken |= area(row, column, rows, columns)
            made[row, column] = _cell(draw, rows, columns, are_figures=are_figures)
    return made


def area(row: int, column: int, rows: int, columns: int) -> set[tuple[int, int]]:
    return {(r, c) for r in range(row, row + rows) for c in range(column, column + columns)}


def _span(
    draw: random.Random, row: int, column: int, height: int, width: int, taken: set[tuple[int, int]]
) -> tuple[int, int]:
    rows = columns = 1
    if draw.random() < 0.3:
        rows = draw.randint(1, min(3, height - row))
        columns = draw.randint(1, min(3, width - column))
        if area(row, column, rows, columns) & taken or (rows == height and columns == width):
            return 1, 1
    return rows, columns


def _cell(draw: random.Random, rows: int, columns: int, *, are_figures: bool) -> Made:
    if are_figures and draw.random() < 0.4:
        form = draw.choice(list(FORMATS))
        digits = draw.choice([0, 2, 4]) if form != '0"张"' else 0
        # Figures that lie half way between two that can be shown are left to other tests.
        number = Decimal(draw.randint(0, 10**6) * 10 + 3).scaleb(-digits)
        return Made(FORMATS[form](number), number, form, rows, columns)
    words = draw.choice(WORDS) + draw.choice(["", "", draw.choice(WORDS)])
    return Made("" if draw.random() < 0.1 else words, None, "", rows, columns)


def carried(raw: bytes) -> CarriedDocument:
    """Return what was read, which must not be a refusal."""
    document = carry(raw)
    assert not isinstance(document, Refusal), document
    return document


def grid_of(raw: bytes) -> CarriedGrid:
    """Return the only grid of a file."""
    (grid,) = carried(raw).grids
    return grid


def refused(raw: bytes) -> Refusal:
    """Return why a file was refused, which it must be."""
    refusal = carry(raw)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.message
    assert refusal.hint
    (refusal.message + refusal.hint).encode("gbk")
    return refusal


def differences(made: MadeTable, grid: CarriedGrid, *, numbers: bool = True) -> list[str]:
    """Return where a grid is not what was written; blanks count where nothing was."""
    found = []
    for (row, column), cell in made.items():
        got = grid.at(row, column)
        expected = (cell.text, cell.number if numbers else None, cell.rows, cell.columns)
        actual = (got.text, got.number if numbers else None, got.rows, got.columns)
        if expected != actual:
            found.append(f"{got.place}: {expected} → {actual}")
        if (got.row, got.column) != (row, column):
            found.append(f"{got.place}: begins elsewhere")
    return found
