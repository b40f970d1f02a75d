"""The grid: parts find their places, and a form that does not add up is refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval import RenderError
from perfeval.documents.form.grid import GridCell, GridPart, GridRow, Role, place
from tests.documents.reading import Seen, covers_exactly_once


def rows(*parts: tuple[GridPart, ...]) -> list[GridRow]:
    return [GridRow(f"第 {number} 行", cells) for number, cells in enumerate(parts, 1)]


def part(colspan: int = 1, rowspan: int = 1) -> GridPart:
    return GridPart("", Role.VALUE, colspan, rowspan)


def test_a_part_that_spans_rows_keeps_its_columns_in_the_rows_below() -> None:
    placed = place(rows((part(rowspan=2), part()), (part(),)), 2)
    assert [(cell.row, cell.column) for row in placed for cell in row] == [(0, 0), (0, 1), (1, 1)]


@pytest.mark.parametrize(
    "second", [(part(),), (part(3),), (part(2), part()), ()], ids=["short", "wide", "more", "none"]
)
def test_a_row_that_does_not_fill_the_width_is_refused_by_its_name(
    second: tuple[GridPart, ...],
) -> None:
    with pytest.raises(RenderError, match=r"第 2 行.*2 栏"):
        place(rows((part(2),), second), 2)


def test_a_part_beside_a_merged_one_must_fit_between() -> None:
    """Column 1 is taken from above, so a part of two columns has no place."""
    with pytest.raises(RenderError, match="第 2 行"):
        place(rows((part(), part(rowspan=2), part()), (part(2),)), 3)


def test_a_part_must_not_run_out_of_the_last_row() -> None:
    with pytest.raises(RenderError, match=r"第 1 行.*向下合并"):
        place(rows((part(rowspan=2), part(rowspan=2))), 2)


@st.composite
def tilings(draw: st.DrawFn) -> tuple[list[GridRow], int]:
    """Draw rows that fill a width, cut at random, with columns merged over several rows."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    side = draw(st.integers(0, width - 1))
    drawn = []
    for index in range(height):
        free = width - (side if index else 0)
        parts = [part(1, height) for _ in range(side)] if not index else []
        free -= len(parts)
        while free:
            colspan = draw(st.integers(1, free))
            parts.append(part(colspan))
            free -= colspan
        drawn.append(tuple(parts))
    return rows(*drawn), width


@given(tilings())
def test_placed_parts_cover_every_track_exactly_once(tiling: tuple[list[GridRow], int]) -> None:
    drawn, width = tiling
    cells: list[GridCell] = [cell for row in place(drawn, width) for cell in row]
    seen = [Seen(cell.row, cell.column, cell.rowspan, cell.colspan, cell.text) for cell in cells]
    assert covers_exactly_once(seen, len(drawn), width)
