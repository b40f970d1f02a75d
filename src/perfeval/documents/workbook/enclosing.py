"""What a form carries, so that the filled workbook is read back: how it was made, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfeval.carriers.enclosure import ENCLOSURE
from perfeval.documents.inputs.enclosed import ShownCell, ShownTexts, enclosed_text
from perfeval.documents.workbook.form_page import FormPage
from perfeval.documents.workbook.formula import Formula
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.page import VisibleSheet, value_of
from perfeval.numbers import plain
from perfeval.rulebook import Rulebook
from perfeval.sheet import Sheet

TEMPLATE = 1
"""The version of the form's make-up; one that a reader does not know it reads as any workbook."""
_PIECE = 16_000
"""Characters in a cell: a workbook holds 32,767 in its own count, which takes some for two."""
_LABELS = frozenset({"label", "title"})


def enclosing_sheet(rulebook: Rulebook, sheet: Sheet | None, form: FormPage) -> HiddenSheet:
    """Return the hidden sheet that carries what a form was made of.

    Args:
        rulebook: The rulebook.
        sheet: What fills it, with last year's suggestions; ``None`` where nobody has filled it.
        form: The form as it was laid out.
    """
    page = form.page
    shown = ShownTexts(
        cells=tuple(_cells(page)), below=form.typed_below, labels=tuple(_labels(page))
    )
    text = enclosed_text(rulebook, sheet, shown, template=TEMPLATE)
    carrying = HiddenSheet(ENCLOSURE)
    for row, start in enumerate(range(0, len(text), _PIECE)):
        carrying.cells[row, 0] = text[start : start + _PIECE]
    return carrying


def _cells(page: VisibleSheet) -> Iterator[ShownCell]:
    """Yield what the form shows, but for the hidden columns at its end."""
    for (row, column), area in page.areas.items():
        value = value_of(page.cells[row, column][0])
        text = plain(value) if isinstance(value, Decimal) else str("" if value is None else value)
        yield ShownCell(row, column, area.rowspan, area.colspan, text)


def _labels(page: VisibleSheet) -> Iterator[tuple[int, int]]:
    """Yield the cells whose texts are the form's, put together by a formula."""
    for place in page.areas:
        content, look = page.cells[place]
        if isinstance(content, Formula) and look.font in _LABELS:
            yield place
