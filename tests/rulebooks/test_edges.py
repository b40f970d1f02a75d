"""Examples at the edges of bands are made from the rules: they hold, and they reach every edge."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

import perfeval
from perfeval import Rulebook
from perfeval.example import UNSCORED, mismatches
from perfeval.example.edges import edge_examples
from tests.property.strategies_rulebooks import rulebooks

every_rulebook = pytest.mark.parametrize("name", perfeval.rulebook_ids())


@every_rulebook
def test_what_a_rule_says_at_its_edges_is_what_is_scored(name: str) -> None:
    book = perfeval.load_rulebook(name)
    for example in edge_examples(book):
        assert mismatches(example, perfeval.score(example.sheet, book)) == (), example.name


@given(rulebooks())
def test_any_valid_rulebook_scores_at_its_edges_as_it_says(data: dict[str, Any]) -> None:
    """Bands by words, ladders, steps of satisfaction, grades, and what falls to nothing."""
    book = Rulebook.model_validate(data)
    for example in edge_examples(book):
        assert mismatches(example, perfeval.score(example.sheet, book)) == (), example.name


@every_rulebook
def test_no_two_edges_have_one_name(name: str) -> None:
    names = [example.name for example in edge_examples(perfeval.load_rulebook(name))]
    assert len(names) == len(set(names))


@every_rulebook
def test_every_grade_and_every_band_has_both_sides_of_its_edge(name: str) -> None:
    book = perfeval.load_rulebook(name)
    made = edge_examples(book)
    if not book.weights.scored:
        assert made == (), "nothing changes at a number where nothing is scored"
        return
    totals = {example.expected.total for example in made}
    for grade in book.grades.bands[:-1]:
        assert {grade.lower, grade.lower - Decimal("0.01")} <= totals
    judged = [example for example in made if example.name.startswith("归入")]
    for band, example in zip(book.qualitative.bands, judged, strict=True):
        points = example.expected.points
        ends = (f"评 {band.lower.normalize():f}", f"评 {band.upper.normalize():f}")
        assert [points[end] != UNSCORED for end in ends] == [
            band.includes_lower,
            band.includes_upper,
        ]
        assert {str(value) for value in points.values()} > {UNSCORED}


def test_each_step_of_a_ladder_is_tried_at_its_edge_and_just_below() -> None:
    made = {example.name: example for example in edge_examples(perfeval.load_rulebook("jiangxi"))}
    points = {
        name: example.expected.points["预算执行"]
        for name, example in made.items()
        if name.startswith("执行率")
    }
    assert points == {
        "执行率 100%": 10,
        "执行率不到 100%": 7,
        "执行率 80%": 7,
        "执行率不到 80%": 5,
        "执行率 60%": 5,
        "执行率不到 60%": 0,
        "执行率 0%": 0,
    }
