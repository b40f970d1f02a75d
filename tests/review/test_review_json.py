"""Workpapers and gradings go through JSON and come back equal."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

import perfeval
from perfeval import Grading, JsonError, ReviewEntry, Workpaper, from_json, to_json
from perfeval.places import CellPlace
from perfeval.review import audit, grade
from tests.documents.schemas import faults_by_stored_schema

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


@pytest.fixture(scope="module")
def paper() -> Workpaper:
    profile = perfeval.load_review_profile("review-firm-sample")
    return perfeval.review_workpaper(perfeval.evaluate(REAL), profile)


@pytest.fixture(scope="module")
def grading(paper: Workpaper) -> Grading:
    place = CellPlace("项目1", "N9")
    entries = {
        -1: ReviewEntry(actual="1200.50"),
        1: ReviewEntry(cut=Decimal("0.50"), code="B03-3", ground="不全", place=place),
        20: ReviewEntry(
            actual="还行",
            judged=Decimal(3),
            actual_place=CellPlace("项目1", "J28"),
            judged_place=CellPlace("项目1", "Q28"),
        ),
    }
    graded = grade(paper, entries)
    return Grading((graded,), audit([graded])[0], is_whole=True, compared=2)


def test_a_workpaper_comes_back_equal(paper: Workpaper) -> None:
    text = to_json(paper)
    assert from_json(text, Workpaper) == paper
    assert faults_by_stored_schema(json.loads(text)) == []


def test_a_grading_comes_back_equal(grading: Grading) -> None:
    text = to_json(grading)
    assert from_json(text, Grading) == grading
    assert faults_by_stored_schema(json.loads(text)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("papers", 0, "total"), "99.00"),
        (("papers", 0, "grade"), "优"),
        (("papers", 0, "entries", 2, "cut"), "x"),
        (("papers", 0, "entries", 2, "more"), 1),
        (("papers", 0, "entries", 2, "place"), {"kind": "nowhere"}),
        (("papers", 0, "entries", 2, "judged_place"), {"kind": "nowhere"}),
        (("papers", 0, "entries", 2, "actual_place"), None),
        (("papers", 0, "workpaper", "profile", "codes"), []),
        (("papers", 0, "workpaper", "scorecard", "total"), "100"),
        (("papers",), {}),
        (("is_whole",), "yes"),
    ],
)
def test_what_was_changed_by_hand_is_refused(
    grading: Grading, path: tuple[str | int, ...], value: Any
) -> None:
    """Points are computed again: what is written must be what follows."""
    whole = json.loads(to_json(grading))
    inner = whole["data"]
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(JsonError):
        from_json(json.dumps(whole))
