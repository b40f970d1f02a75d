"""重点工作完成情况: the department's fields of work as the table that accounts print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfeval._resources import __version__
from perfeval.documents.form.grid import GridPart, GridRow, Role, Table, place

TITLE = "重点工作完成情况"
_HEADINGS = ("序号", "重要事项", "工作内容及目标", "完成情况")
_WIDTHS = (12, 32, 56, 70)


class Duty(NamedTuple):
    """A field of work: its name, what was to be done, and what was done."""

    name: str
    aim: str
    done: str


def duties_table(title: str, duties: Sequence[Duty], stamp: str) -> Table:
    """Lay out 重点工作完成情况.

    Args:
        title: The title of the table.
        duties: The fields of work; what was done is said in the words of the department's text.
        stamp: Id, version and hash of the rulebook.
    """
    head = GridRow("表头", tuple(GridPart(text, Role.HEADING) for text in _HEADINGS))
    rows = [head]
    for number, duty in enumerate(duties, 1):
        parts = (
            GridPart(str(number), Role.VALUE),
            GridPart(duty.name, Role.LABEL),
            GridPart(duty.aim, Role.TEXT),
            GridPart(duty.done, Role.TEXT),
        )
        rows.append(GridRow(duty.name, parts))
    return Table(
        title=title,
        above_left="",
        above_right="",
        widths=_WIDTHS,
        rows=place(rows, len(_WIDTHS)),
        stamp=f"perfeval {__version__}; {stamp}",
    )
