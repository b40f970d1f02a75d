"""Printed cells as real tables write them: the points are what their construction says."""

from __future__ import annotations

from fractions import Fraction

import pytest

import perfeval
from perfeval import IndicatorLine, load_rulebook, load_sheet
from tests.property.cell_pairs import PrintedPair, pairs, sheets_of
from tests.property.cell_places import PLACES, of_places
from tests.seeds import FIRST

BOOK = load_rulebook("mof-2020")
SEED, QUICK, LONG, ROWS = 20261128, 2400, 100_000, 200


def lines_of(drawn: list[PrintedPair]) -> list[IndicatorLine]:
    """Score pairs, some hundred rows to a sheet."""
    sheets = [load_sheet(data) for data in sheets_of(drawn, BOOK.id, ROWS)]
    return [line for sheet in sheets for line in perfeval.score(sheet, BOOK).lines]


def differing(drawn: list[PrintedPair]) -> list[str]:
    """Return the pairs whose bounds are not those of their construction."""
    return [
        f"{pair}: {line.low} to {line.high}, not {pair.low} to {pair.high}"
        for pair, line in zip(drawn, lines_of(drawn), strict=True)
        if (Fraction(line.low), Fraction(line.high)) != (pair.low, pair.high)
    ]


def test_cells_score_as_they_were_made() -> None:
    """One reading gives its points, two give the range of both, none is asked."""
    assert differing(pairs(SEED + FIRST, QUICK)) == []


def test_cells_of_twelve_places_score_as_they_were_made() -> None:
    """Signs and units in columns, and each place's way to type a figure."""
    assert len(PLACES) >= 12
    assert differing(of_places(SEED + FIRST, QUICK)) == []


@pytest.mark.slow
def test_a_hundred_thousand_cells_score_as_they_were_made() -> None:
    """0 wrong points among 100,000 pairs in the spellings of real tables."""
    assert differing(pairs(SEED + FIRST, LONG // 2)) == []
    assert differing(of_places(SEED + FIRST, LONG // 2)) == []
