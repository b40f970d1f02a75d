"""The 自评表 as a workbook (.xlsx) that people fill in without perfeval: 填报表.

It computes by itself what `perfeval.scoring.engine.score` computes: every formula is written from
the rulebook, and its cached value is what the engine gives.
"""

from __future__ import annotations

from perfeval._resources import __version__
from perfeval.documents.form.table import lay_out
from perfeval.documents.workbook.blank import Start, start_of
from perfeval.documents.workbook.building import Building
from perfeval.documents.workbook.writer import write_workbook
from perfeval.rulebook import Rulebook
from perfeval.scoring.engine import score
from perfeval.sheet import Sheet

__all__ = ["form_workbook"]


def form_workbook(
    rulebook: Rulebook,
    sheet: Sheet | None = None,
    last_year: Sheet | None = None,
    *,
    data: bool = True,
) -> bytes:
    """Write the form of a rulebook as a workbook that computes points, total and grade.

    Args:
        rulebook: The rulebook: its form is the layout, its rules are the formulas.
        sheet: What the form is filled with; ``None`` for an empty form.
        last_year: Last year's sheet: its names, weights and targets are suggested.
        data: Whether the workbook carries what of the sheet it does not show.

    Returns:
        The workbook; the same bytes for the same arguments.

    Raises:
        RenderError: The form does not add up, or a text cannot stand in a cell.
    """
    start: Start = start_of(rulebook, sheet, last_year)
    card = score(start.sheet, rulebook)
    built = Building(
        card, lay_out(card), start, start.sheet if sheet is not None and data else None
    )
    stamp = f"perfeval {__version__}; {rulebook.stamp}"
    return write_workbook(built.page, built.hidden, built.printed, built.names, built.title, stamp)
