"""Two figures in one unit."""

from __future__ import annotations

from perfeval.cells.reading import read_cell
from perfeval.cells.units import InOneUnit, in_common_unit


def test_a_converted_figure_has_no_zeros_that_nobody_wrote() -> None:
    found = in_common_unit(read_cell("11500亩"), read_cell("1.2万亩"))
    assert isinstance(found, InOneUnit)
    assert list(map(str, found[:2])) == ["11500", "12000"]
