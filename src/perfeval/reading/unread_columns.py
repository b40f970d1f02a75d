"""Columns of a block that are not read: their headings are not known, or they have none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from perfeval.reading.contents import is_unfilled, shown
from perfeval.reading.form_columns import aside_headings
from perfeval.reading.model import Gathered
from perfeval.reading.region import HeadingColumns, Region
from perfeval.rulebook.form_faults import heading_key


def tell_unread_columns(
    region: Region, columns: HeadingColumns[Any], rows: Collection[int], gathered: Gathered
) -> None:
    """Say which columns with something in these rows are not read."""
    for heading in columns.unknown:
        if gathered.is_form and heading_key(heading.text) in aside_headings():
            continue
        below = (region.grid.at(row, heading.column) for row in rows)
        if any(not is_unfilled(cell.text) for cell in below if cell != heading):
            gathered.skip(f"“{shown(heading.text)}”一栏没有读", heading.place)
    if gathered.is_form:
        return
    for cells in columns.unheaded(region, rows):
        filled = [cell for cell in cells if not is_unfilled(cell.text)]
        if filled:
            said = f"没有栏名的一列有 {len(filled)} 格没有读：{shown(filled[0].text)}"
            gathered.skip(said, filled[0].place)
