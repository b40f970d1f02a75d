"""Remarks at the cells of somebody's own file: all else in the copy is as it was.

A remark has a place as `perfeval.carriers` names it, a text and a kind; what it means is known to
whoever makes it. Comments are put into the package itself: only the parts that must change do.
"""

from __future__ import annotations

from perfeval.marks.document import mark_document
from perfeval.marks.older import mark_older
from perfeval.marks.pictures import PagePicture, page_pictures
from perfeval.marks.values import AUTHOR, CellRemark, MarkedCopy, MarkKind
from perfeval.marks.workbook import mark_workbook

__all__ = [
    "AUTHOR",
    "CellRemark",
    "MarkKind",
    "MarkedCopy",
    "PagePicture",
    "mark_document",
    "mark_older",
    "mark_workbook",
    "page_pictures",
]
