"""Where in a document self-assessment forms stand, those that could not be read as well."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.carriers import CarriedCell, CarriedDocument, CarriedGrid
from perfeval.places import Place
from perfeval.reading.candidates import parts_of
from perfeval.reading.enclosed import enclosed_of
from perfeval.reading.model import UnreadPart
from perfeval.reading.printed_pages import as_printed
from perfeval.reading.region import Region, columns_in
from perfeval.reading.table import Candidate
from perfeval.reading.vocabulary import vocabulary
from perfeval.rulebook.form import IndicatorContent


def form_places(carried: CarriedDocument) -> frozenset[Place]:
    """Return where the cells of the self-assessment forms of a document stand.

    Args:
        carried: The grids and texts of the file.
    """
    shown = as_printed(carried, tuple(map(enclosed_of, carried.enclosed)))
    return frozenset(cell.place for part in parts_of(shown) for cell in _cells(part, shown))


def _cells(part: Candidate | UnreadPart, shown: CarriedDocument) -> Iterator[CarriedCell]:
    if isinstance(part, Candidate):
        region = part.region
        yield from (cell for cell in region.grid.cells if region.first <= cell.row < region.end)
    elif part.is_fault and part.name:
        for grid in shown.grids:
            if part.name.startswith(f"第{grid.number}张表") and _is_form(part, grid):
                yield from grid.cells


def _is_form(part: UnreadPart, grid: CarriedGrid) -> bool:
    """Tell whether what was not read is a form or the rest of one.

    Below the title of a form, of which nothing else is seen, may stand any other table.
    """
    if part.place is None:  # the rest of a form has no place of its own
        return True
    whole = Region(grid, 0, grid.height)
    return any(columns_in(whole, vocabulary(None).indicators, IndicatorContent.NAME))
