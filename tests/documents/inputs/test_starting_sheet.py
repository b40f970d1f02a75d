"""The sheet to begin with, for rulebooks of one's own too."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfeval import Rulebook, load_rulebook, rulebook_ids
from perfeval.documents.inputs.starting_sheet import starting_sheet
from perfeval.source import read_text


@pytest.mark.parametrize("rulebook", rulebook_ids())
def test_the_weights_of_each_section_close_to_the_usual_weight(rulebook: str) -> None:
    book = load_rulebook(rulebook)
    source = read_text(starting_sheet(book), "新表")
    assert source.problems == ()
    if not book.weights.scored:
        assert "分值:" not in starting_sheet(book)
        return
    weights = [
        row["分值"]
        for section in source.data["指标"].values()
        for rows in (section.values() if isinstance(section, dict) else [section])
        for row in rows
    ]
    assert sum(weights, book.weights.execution) == book.weights.full
    assert all(weight == weight.to_integral_value() for weight in weights)


def test_a_section_that_no_form_divides_has_its_row_right_below_it() -> None:
    """决策 and 过程 have no 质量指标: the row belongs to no 二级指标 until somebody names one."""
    rows = read_text(starting_sheet(load_rulebook("yinchuan")), "新表").data["指标"]
    assert [row["分值"] for row in rows["决策指标"]] == [10]
    assert list(rows["满意度指标"]) == ["服务对象满意度指标"]


def test_nothing_is_filled_in_but_rulebook_unit_and_weights() -> None:
    data = read_text(starting_sheet(load_rulebook("hubei-2020")), "新表").data
    assert {key: value for key, value in data.items() if isinstance(value, str | Decimal)} == {
        "评分办法": "hubei-2020",
        "金额单位": "万元",
    }


def test_a_hostile_rulebook_cannot_leave_its_comment_or_its_value() -> None:
    book = load_rulebook("hubei-2020").model_copy(
        update={"name": "办法\n项目名称: 假", "id": 'a"b: c #'}
    )
    data = read_text(starting_sheet(book), "新表").data
    assert data["项目名称"] is None
    assert data["评分办法"] == 'a"b: c #'


def test_the_same_rulebook_gives_the_same_text() -> None:
    book: Rulebook = load_rulebook("mof-2020")
    assert starting_sheet(book) == starting_sheet(book)
