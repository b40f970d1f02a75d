"""Workpapers and their grading as JSON that `from_json` reads back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfeval.documents.as_json import Data, finding_data
from perfeval.fields import plain_data
from perfeval.numbers import plain
from perfeval.places import place_data
from perfeval.review.grading import GradedWorkpaper, Grading, ReviewEntry
from perfeval.review.workpaper import RowFinding, Workpaper
from perfeval.scorecard import Scorecard

CardData = Callable[[Scorecard], Data]
"""What writes a scorecard with all that it was made of."""


def workpaper_data(paper: Workpaper, card_data: CardData) -> Data:
    """Return a workpaper with all that it was made of."""
    return {
        **card_data(paper.scorecard),
        "profile": plain_data(paper.profile),
        "findings": [_row_finding(one) for one in paper.findings],
        "file": paper.file,
        "table": paper.table,
    }


def _row_finding(one: RowFinding) -> Data:
    return {"row": one.row, "code": one.code, "message": one.message}


def stored_grading(grading: Grading, card_data: CardData) -> Data:
    """Return a grading as what it was made of: the points follow from it."""
    return {
        "papers": [_graded(paper, card_data) for paper in grading.papers],
        "findings": list(map(finding_data, grading.findings)),
        "is_whole": grading.is_whole,
        "compared": grading.compared,
    }


def _graded(paper: GradedWorkpaper, card_data: CardData) -> Data:
    return {
        "workpaper": workpaper_data(paper.workpaper, card_data),
        "entries": [_entry(row.row.at, row.entry) for row in paper.rows],
        "total": None if paper.total is None else plain(paper.total),
        "grade": paper.grade,
        "source": paper.source,
    }


def _entry(at: int, entry: ReviewEntry) -> Data:
    figures = {"cut": entry.cut, "judged": entry.judged}
    place: Any = None if entry.place is None else place_data(entry.place)
    others = {name: getattr(entry, name) for name in ("actual_place", "judged_place")}
    return {
        "row": at,
        "actual": entry.actual,
        "code": entry.code,
        "ground": entry.ground,
        **{name: None if value is None else plain(value) for name, value in figures.items()},
        "place": place,
        **{name: place_data(one) for name, one in others.items() if one is not None},
    }
